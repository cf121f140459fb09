"""A register goes out masked at a key; in full only for those who may, with a reason."""

from __future__ import annotations

import pytest

from integrity_desk.domain.access import Handout
from tests.ui.registers import choosing

NUMBER = "11010519491231002X"


@pytest.fixture
def path(tmp_path, monkeypatch):
    """Return where the person says the file should go."""
    chosen = tmp_path / "公务人员.csv"
    choosing(monkeypatch, chosen)
    return chosen


def test_an_export_is_masked(sit, office, path):
    office.person(citizen_id=NUMBER)
    desk = sit("viewer")
    desk.open("person")
    assert not desk.window.actions_table["export_full"].isEnabled()
    desk.window.actions_table["export"].trigger()
    desk.until(path.exists)
    desk.until(lambda: bool(office.reading().find(Handout)))
    assert NUMBER not in path.read_text("utf-8-sig")


def test_an_export_in_full_wants_a_reason_that_is_kept(sit, office, path):
    office.person(citizen_id=NUMBER)
    desk = sit("clerk")
    page = desk.open("person")
    desk.window.actions_table["export_full"].trigger()
    desk.until(lambda: page.export.dialog is not None)
    page.export.dialog.form.submit()
    assert not path.exists()
    page.export.dialog.form.set_values({"reason": "示例：上级核对"})
    page.export.dialog.form.submit()
    desk.until(lambda: bool(office.reading().find(Handout)))
    [noted] = office.reading().find(Handout)
    assert (noted.in_full, noted.reason) == (True, "示例：上级核对")
    assert NUMBER in path.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("typed", "written"), [("示例名单", "示例名单.xlsx"), ("示例.csv", "示例.csv")]
)
def test_a_name_without_its_ending_gets_it(sit, office, tmp_path, monkeypatch, typed, written):
    choosing(monkeypatch, tmp_path / typed)
    desk = sit("viewer")
    desk.open("person")
    desk.window.actions_table["export"].trigger()
    desk.until(lambda: bool(office.reading().find(Handout)))
    assert (tmp_path / written).exists()
