"""Every paper the program prints has a specimen, and the specimens can be looked at."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

import integrity_desk.documents
from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.notices import NoticeKind
from integrity_desk.domain.sheets import Paper
from integrity_desk.services.letter_templates import bundled
from integrity_desk.services.opening import sign_in
from integrity_desk.services.sample import load_sample
from integrity_desk.services.specimens import DrawContactSheet, DrawPicture, specimens
from integrity_desk.storage.keyring import Cost
from integrity_desk.wording import in_chinese

CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)
NOT_OF_ITS_OWN = {
    "render_contact_sheet": "made of the specimens themselves",
    "render_letter": "one of what render_letters draws",
}
"""Renderers without a specimen, and why."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "store"
    load_sample(folder, today=date(2026, 5, 20), cost=CHEAP)
    desk = sign_in(folder, "reviewer", "sample-2026")
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def found(desk):
    with in_chinese():
        return {each.name: each for each in specimens(desk)}


def renderers():
    """The functions of documents/ whose name says that they draw a whole document."""
    for path in Path(integrity_desk.documents.__path__[0]).glob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("render_"):
                yield node.name


def test_every_renderer_has_a_specimen(found):
    shown = {each.renderer for each in found.values()}
    lacking = set(renderers()) - shown - NOT_OF_ITS_OWN.keys()
    assert lacking == set(), "add a line to SOURCES of services/specimens.py"


def test_every_register_has_a_specimen_of_its_ledger(found):
    assert {f"ledger-{each.name}" for each in TYPES if each.register} <= found.keys()


def test_every_letter_has_a_specimen(found):
    assert {f"letter-{each}" for each in bundled()} <= found.keys()


def test_no_specimen_names_a_renderer_that_is_not_there(found):
    assert {each.renderer for each in found.values()} <= set(renderers())


def test_every_kind_of_notice_has_a_specimen_on_every_paper(found):
    wanted = {f"notice-{kind.value}-{paper.value}" for kind in NoticeKind for paper in Paper}
    assert wanted <= found.keys()


def test_names_are_file_names_and_titles_tell_specimens_apart(found):
    assert all(each.replace("-", "").replace("_", "").isalnum() for each in found)
    titles = [each.title for each in found.values()]
    assert len(set(titles)) == len(titles)


def test_specimens_stand_on_the_contact_sheet_by_name(desk, found):
    pdf = found["recovery-sheet"].draw()
    with in_chinese():
        sheet, picture = desk.ask(DrawContactSheet(drawn=(("恢复码保管单", pdf),) * 13))
    assert sheet.startswith(b"%PDF")
    assert picture.startswith(b"\x89PNG")
    assert desk.ask(DrawPicture(pdf=pdf)).startswith(b"\x89PNG")
