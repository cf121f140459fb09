"""Every page, record, form, dialog and front door finds its room on a clerk's small screen."""

from __future__ import annotations

import pytest

from tests.ui.looks.fitting import cut_off
from tests.ui.looks.scenes import DIALOGS, DOOR, FORMS, PAGES, SCENES, STATES, Scene
from tests.ui.looks.showroom import Room, dressed

LOOKS = {"normal": ("zh", False), "large": ("zh", True), "english": ("en", True)}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("login", ["admin", "clerk", "reviewer", "viewer"])
@pytest.mark.parametrize("scenes", [PAGES, FORMS, DIALOGS], ids=["pages", "forms", "dialogs"])
def test_nothing_is_cut_off(qtbot, planted, tmp_path, look, login, scenes):
    language, large = LOOKS[look]
    found = []
    with dressed(large=large):
        room = Room(qtbot, planted, tmp_path / "store", login, language=language)
        for name, scene in scenes.items():
            if scene.login == login:
                found += told(name, room, scene)
                room.put_away()
        room.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", [*STATES, *DOOR])
def test_nothing_is_cut_off_in_a_state(qtbot, planted, tmp_path, look, name):
    language, large = LOOKS[look]
    scene = SCENES[name]
    with dressed(large=large):
        room = Room(qtbot, planted, tmp_path / "store", scene.login, language=language)
        found = told(name, room, scene)
        room.close()
    assert not found, "\n".join(found)


def told(name: str, room: Room, scene: Scene) -> list[str]:
    shown = scene.make(room)
    room.laid_out(shown)
    return [f"{name}: {each}" for each in cut_off(shown)]
