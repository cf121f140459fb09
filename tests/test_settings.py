"""The settings file survives damage, newer programs and full disks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from integrity_desk.errors import StoreUnavailable
from integrity_desk.settings import VERSION, Settings, SettingsFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_without_a_file_the_defaults_hold(path):
    file = SettingsFile(path)
    assert file.current == Settings()
    assert file.complaint == ""
    assert not path.exists()


def test_a_change_is_there_at_the_next_start(path):
    SettingsFile(path).change(scheme="dark", large=True)
    assert SettingsFile(path).current == Settings(scheme="dark", large=True)
    assert json.loads(path.read_text())["version"] == VERSION
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]


def test_what_a_newer_program_wrote_is_kept(path):
    path.parent.mkdir()
    path.write_text(json.dumps({"version": 9, "scheme": "dark", "sound": "on"}))
    SettingsFile(path).change(large=True)
    kept = json.loads(path.read_text())
    assert (kept["sound"], kept["scheme"], kept["large"]) == ("on", "dark", True)


@pytest.mark.parametrize("damage", ["{", "[]", '{"large": "yes"}', '{"scheme": null}', "\x00"])
def test_a_damaged_file_gives_the_defaults_and_is_set_aside(path, damage):
    path.parent.mkdir()
    path.write_text(damage)
    file = SettingsFile(path)
    assert file.current == Settings()
    assert "设置文件已损坏" in file.complaint
    assert path.with_suffix(".damaged").read_text() == damage
    file.change(language="en")
    assert SettingsFile(path).current.language == "en"


def test_settings_that_cannot_be_written_hold_until_the_program_ends(tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    file = SettingsFile(in_the_way / "settings.json")
    with pytest.raises(StoreUnavailable, match="只在本次运行中有效"):
        file.change(large=True)
    assert file.current.large
