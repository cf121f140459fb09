"""Spreadsheets out of and into a register, by the page's own acts."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from integrity_desk.domain.commitments import Commitment
from integrity_desk.domain.complaints import Complaint
from integrity_desk.domain.import_sources import ImportSource
from integrity_desk.domain.units import Unit
from integrity_desk.services.registers import Filter
from integrity_desk.services.spreadsheets import ExportRegister
from integrity_desk.ui.dialogs.import_rows import ImportRowsDialog
from tests.office import Office
from tests.ui.registers import Sitting, choosing

GOOD = "单位名称,单位类别\n示例镇卫生院,事业单位\n示例村,村民委员会\n"
ORDERS = """流水,登记于,写的什么,说明文字,种类
示例-1,2026-05-08,示例路灯不亮,示例路灯坏十日。,道路照明
示例-2,2026-05-09,示例款未付,示例工程款未付。,欠款纠纷
"""


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that a person chooses in the system's dialog."""
    path = tmp_path / "表格.csv"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    return path


@pytest.fixture
def exported(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The register of commitments written out; chosen in the system's dialog."""
    path = tmp_path / "承诺.xlsx"
    office.as_("clerk").perform(ExportRegister(filter=Filter(type="commitment"), path=path))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    return path


def importing(desk: Sitting, register: str = "unit") -> ImportRowsDialog:
    desk.open(register)
    desk.window.actions_table["import"].trigger()
    dialog = desk.page.findChild(ImportRowsDialog)
    desk.until(lambda: dialog.close_button.isEnabled())
    return dialog


def shown(dialog: ImportRowsDialog) -> list[list[str]]:
    """The lines of the group shown, the box's word first where there is one."""
    model = dialog.review.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def group(dialog: ImportRowsDialog, kind: str) -> None:
    dialog.review.chips.choose(kind)
    dialog.review.chips.chosen.emit(kind)


def edit(path: Path, row: int, **values: str) -> None:
    """Write into cells of the exported data by heading."""
    book = load_workbook(path)
    heads = [each.value for each in book["数据"][1]]
    for heading, value in values.items():
        book["数据"].cell(row, heads.index(heading) + 1).value = value
    book.save(path)


def test_every_problem_is_shown_and_the_corrected_file_goes_in(sit, office, chosen):
    chosen.write_text("单位名称,单位类别,电话\n,随便,1\n示例村,村民委员会,2\n", "utf-8-sig")
    desk = sit("clerk")
    dialog = importing(desk)
    assert [(line[0], line[2]) for line in shown(dialog)] == [
        ("A2", "单位名称"), ("B2", "单位类别"),
    ]  # fmt: skip
    assert dialog.verdict.text().startswith("2行中有1行需要改正")
    assert "电话" in dialog.note.text()
    assert not dialog.go.isEnabled()
    chosen.write_text(GOOD, "utf-8-sig")
    dialog.again.click()
    desk.until(lambda: dialog.go.isEnabled())
    assert dialog.go.text() == "导入 2 行"
    dialog.go.click()
    desk.until(lambda: len(office.reading().find(Unit)) == 3)
    desk.until(lambda: "已导入单位 2 条" in desk.window.status.message.sentence)
    assert "示例镇卫生院" in desk.rows()


def test_sound_rows_go_in_alone_when_the_clerk_says_so(sit, office, chosen):
    chosen.write_text("单位名称,单位类别\n,随便\n示例村,村民委员会\n", "utf-8-sig")
    desk = sit("clerk")
    dialog = importing(desk)
    assert not dialog.go.isEnabled()
    dialog.only_sound.click()
    assert dialog.go.text() == "导入 1 行"
    dialog.go.click()
    desk.until(lambda: len(office.reading().find(Unit, name="示例村")) == 1)


def test_a_copy_with_comments_is_written_and_the_review_stays(sit, chosen, tmp_path, monkeypatch):
    chosen.write_text("单位名称,单位类别\n,随便\n示例村,村民委员会\n", "utf-8-sig")
    copy = tmp_path / "副本.xlsx"
    choosing(monkeypatch, copy)
    desk = sit("clerk")
    dialog = importing(desk)
    before = shown(dialog)
    dialog.copy_button.click()
    desk.until(lambda: "已保存“副本.xlsx”" in dialog.verdict.text())
    assert "不在可选的范围内" in load_workbook(copy)["数据"]["B2"].comment.text
    assert shown(dialog) == before


def test_unknown_headings_are_mapped_once_with_samples_and_remembered(sit, office, chosen):
    chosen.write_text(ORDERS, "utf-8-sig")
    desk = sit("clerk")
    dialog = importing(desk, "complaint")
    mapping = dialog.mapping
    assert dialog.go.text() == "按此核对"
    assert not dialog.go.isEnabled()
    assert "还缺必填的" in mapping.told.text()
    targets = {"流水": "来源编号", "登记于": "收到日期", "写的什么": "事由",
               "说明文字": "反映的事实", "种类": "事项类别"}  # fmt: skip
    for heading, ours in targets.items():
        box = mapping.boxes[heading]
        box.setCurrentIndex(next(n for n in range(box.count()) if box.itemText(n) == ours))
        box.picked.emit()
    assert list(mapping.defaults.editors) == ["channel"]
    channel = mapping.defaults.editors["channel"]
    channel.setCurrentIndex(channel.findText("12345热线"))
    channel.picked.emit()
    for word, ours in (("道路照明", "其他"), ("欠款纠纷", "拖欠账款")):
        box = mapping.words.boxes["matter", word]
        box.setCurrentIndex(box.findText(ours))
        assert box.currentIndex() > 0, ours
        box.picked.emit()
    mapping.key.setCurrentIndex(mapping.key.findText("来源编号"))
    mapping.name.setText("示例街道台账")
    assert mapping.told.isHidden()
    assert dialog.go.isEnabled()
    dialog.go.click()
    desk.until(lambda: dialog.go.text() == "导入 2 行" and dialog.go.isEnabled())
    dialog.go.click()
    desk.until(lambda: len(office.reading().find(Complaint)) == 2)
    first, second = office.reading().find(Complaint)
    assert (first.channel.value, first.matter.value, second.matter.value) == (
        "hotline_12345", "other", "arrears",
    )  # fmt: skip
    (kept,) = office.reading().find(ImportSource)
    assert kept.name == "示例街道台账"
    chosen.write_text(ORDERS + "示例-3,2026-05-10,示例事项,示例事实。,道路照明\n", "utf-8-sig")
    again = importing(sit("clerk"), "complaint")
    assert again.go.text() == "导入 1 行"
    assert "按来源“示例街道台账”读取" in again.note.text()


def test_the_columns_of_a_known_list_can_be_looked_at_and_changed(sit, office, chosen):
    chosen.write_text(GOOD.replace("单位类别", "单位类别,通称"), "utf-8-sig")
    desk = sit("clerk")
    dialog = importing(desk)
    assert "通称" in dialog.note.text()
    dialog.columns_button.click()
    assert dialog.mapping.isVisible()
    box = dialog.mapping.boxes["通称"]
    box.setCurrentIndex(box.findText("简称"))
    box.picked.emit()
    dialog.go.click()
    desk.until(lambda: dialog.go.isEnabled() and dialog.review.isVisible())
    assert "按来源“表格”读取" in dialog.note.text()
    assert "不导入" not in dialog.note.text()


def test_groups_are_filters_and_every_change_is_taken_or_left(sit, office, tmp_path, request):
    first, second = office.registered_commitment(), office.registered_commitment()
    exported = request.getfixturevalue("exported")
    rows = {load_workbook(exported)["数据"].cell(row, 1).value: row for row in (2, 3)}
    at = {rec: rows[office.record(rec).number] for rec in (first, second)}
    office.amend(first, basis="本机后来填的")
    edit(exported, at[first], 依据文件="表格里填的", 承诺对象="示例村民")
    edit(exported, at[second], 依据文件="示例文件", 承诺对象="示例企业")
    desk = sit("clerk")
    dialog = importing(desk, "commitment")
    assert dialog.go.text() == "改动 3 处"
    group(dialog, "conflict")
    ((decided, _place, _title, heading, here, there),) = shown(dialog)
    assert (decided, heading, here, there) == (
        "留本机的", "依据文件", "本机后来填的", "表格里填的",
    )  # fmt: skip
    dialog.review.table.setFocus()
    desk.qtbot.keyClick(dialog.review.table, Qt.Key.Key_Space)
    assert shown(dialog)[0][0] == "用表格的"
    group(dialog, "changed")
    assert [line[0] for line in shown(dialog)] == ["采用"] * 3
    mine = next(n for n, line in enumerate(shown(dialog)) if line[-1] == "示例企业")
    dialog.review.table.selectRow(mine)
    desk.qtbot.keyClick(dialog.review.table, Qt.Key.Key_Space)
    assert dialog.go.text() == "改动 3 处"
    revisions = len(office.reading().history(first)), len(office.reading().history(second))
    dialog.go.click()
    desk.until(lambda: office.record(first).basis == "表格里填的")
    kept = office.record(first), office.record(second)
    assert [(each.basis, each.beneficiary) for each in kept] == [
        ("表格里填的", "示例村民"), ("示例文件", ""),
    ]  # fmt: skip
    after = len(office.reading().history(first)), len(office.reading().history(second))
    assert after == (revisions[0] + 1, revisions[1] + 1)


def test_a_whole_group_is_left_with_one_button(sit, office, request):
    office.registered_commitment()
    exported = request.getfixturevalue("exported")
    edit(exported, 2, 依据文件="示例文件", 承诺对象="示例村民")
    desk = sit("clerk")
    dialog = importing(desk, "commitment")
    dialog.review.leave_all.click()
    assert [line[0] for line in shown(dialog)] == ["不采用"] * 2
    assert not dialog.go.isEnabled()
    wanted = next(n for n, line in enumerate(shown(dialog)) if line[-1] == "示例村民")
    dialog.review.table.selectRow(wanted)
    desk.qtbot.keyClick(dialog.review.table, Qt.Key.Key_Space)
    assert dialog.go.text() == "改动 1 处"
    dialog.go.click()
    desk.until(lambda: office.reading().find(Commitment)[0].beneficiary == "示例村民")
    assert office.reading().find(Commitment)[0].basis == ""


def test_an_unchanged_export_says_that_there_is_nothing_to_do(sit, office, request):
    office.registered_commitment()
    request.getfixturevalue("exported")
    dialog = importing(sit("clerk"), "commitment")
    assert dialog.verdict.text() == "表格里的内容和本机一样，没有需要导入的变化。"
    assert dialog.review.isHidden()
    assert dialog.columns_button.isHidden()
    assert not dialog.go.isEnabled()


def test_a_stopped_check_leaves_the_dialog_usable(sit, chosen):
    lines = "".join(f"示例{n}站,事业单位\n" for n in range(3_000))
    chosen.write_text("单位名称,单位类别\n" + lines, "utf-8-sig")
    desk = sit("clerk")
    desk.open("unit")
    desk.window.actions_table["import"].trigger()
    dialog = desk.page.findChild(ImportRowsDialog)
    desk.until(lambda: desk.tasks.busy)
    desk.tasks.stop()
    desk.until(lambda: dialog.close_button.isEnabled())
    assert dialog.verdict.text() == "已停止，没有导入任何内容。"
    assert not dialog.go.isEnabled()
    dialog.again.click()
    desk.until(lambda: dialog.go.text() == "导入 3,000 行")


def test_a_file_that_cannot_be_read_is_told_in_one_sentence(sit, chosen):
    chosen.with_suffix(".csv").write_bytes(b"")
    desk = sit("clerk")
    dialog = importing(desk)
    assert "没有找到表头行" in dialog.verdict.text()
    assert not dialog.go.isEnabled()
    chosen.write_text(GOOD, "utf-8-sig")
    dialog.again.click()
    desk.until(lambda: dialog.go.text() == "导入 2 行" and dialog.go.isEnabled())


def test_a_file_changed_after_the_review_is_not_taken_and_may_be_checked_again(sit, office, chosen):
    chosen.write_text(GOOD, "utf-8-sig")
    desk = sit("clerk")
    dialog = importing(desk)
    chosen.write_text(GOOD + "示例二村,村民委员会\n", "utf-8-sig")
    dialog.go.click()
    desk.until(lambda: "核对之后又改过" in dialog.verdict.text())
    assert not dialog.go.isEnabled()
    assert len(office.reading().find(Unit)) == 1
    dialog.again.click()
    desk.until(lambda: dialog.go.text() == "导入 3 行" and dialog.go.isEnabled())


def test_who_may_not_edit_is_not_offered_the_import(sit):
    desk = sit("viewer")
    page = desk.open("unit")
    assert page.list.import_button.isHidden()
    assert not desk.window.actions_table["import"].isEnabled()
