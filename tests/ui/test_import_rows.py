"""Spreadsheets out of and into a register, by the page's own acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from integrity_desk.domain.units import Unit
from integrity_desk.ui.dialogs.import_rows import ImportRowsDialog
from tests.office import Office
from tests.ui.registers import Sitting, sitting

GOOD = "单位名称,单位类别\n示例镇卫生院,事业单位\n示例村,村民委员会\n"


@pytest.fixture
def sit(qtbot: Any, office: Office) -> Iterator[Callable[[str], Sitting]]:
    with sitting(qtbot, office) as made:
        yield made


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that a person chooses in the system's dialog."""
    path = tmp_path / "单位.csv"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    return path


def importing(desk: Sitting) -> ImportRowsDialog:
    desk.open("unit")
    desk.window.actions_table["import"].trigger()
    dialog = desk.page.findChild(ImportRowsDialog)
    desk.until(lambda: dialog.close_button.isEnabled())
    return dialog


def test_every_problem_is_shown_and_the_corrected_file_goes_in(sit, office, chosen):
    chosen.write_text("单位名称,单位类别,电话\n,随便,1\n示例村,村民委员会,2\n", "utf-8-sig")
    desk = sit("clerk")
    dialog = importing(desk)
    assert [row.cells[:2] for row in dialog.problems.rows] == [
        ("A2", "单位名称"), ("B2", "单位类别"),
    ]  # fmt: skip
    assert dialog.verdict.text().startswith("2行中有1行需要改正")
    assert "电话" in dialog.ignored.text()
    assert not dialog.go.isEnabled()
    chosen.write_text(GOOD, "utf-8-sig")
    dialog.again.click()
    desk.until(lambda: dialog.go.isEnabled())
    dialog.go.click()
    desk.until(lambda: len(office.reading().find(Unit)) == 3)
    desk.until(lambda: "已导入单位 2 条" in desk.window.status.message.sentence)
    assert "示例镇卫生院" in desk.rows()


def test_a_file_that_cannot_be_read_is_told_in_one_sentence(sit, chosen):
    chosen.with_suffix(".csv").write_bytes(b"")
    dialog = importing(sit("clerk"))
    assert dialog.verdict.text()
    assert not dialog.go.isEnabled()


def test_who_may_not_edit_is_not_offered_the_import(sit):
    desk = sit("viewer")
    page = desk.open("unit")
    assert page.list.import_button.isHidden()
    assert not desk.window.actions_table["import"].isEnabled()
