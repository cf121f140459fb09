"""An evaluation in the real window: indicators, points, how a number arose, notices of the best."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from integrity_desk.domain.evaluation import EvaluationResult, Indicator
from integrity_desk.domain.notices import Notice, NoticeKind
from integrity_desk.services.evaluation import GiveScores
from integrity_desk.ui.dialogs.pick_many import PickManyDialog
from integrity_desk.ui.widgets.code_button import CodeButton
from integrity_desk.ui.widgets.entry_button import EntryButton
from tests.office import Office
from tests.ui.registers import Sitting, button


@pytest.fixture
def units(office: Office) -> list[str]:
    return [office.unit(name=name) for name in ("示例甲村民委员会", "示例乙村民委员会")]


@pytest.fixture
def scheme(office: Office, units: list[str]) -> str:
    """A scheme that collects points of one entered and one computed indicator."""
    made = office.enter("evaluation_scheme", unit_ids=units)
    office.enter("indicator", evaluation_scheme_id=made, name="民主评议", weight=60)
    office.enter(
        "indicator", evaluation_scheme_id=made, name="承诺兑现率", weight=40,
        source="computed", formula="fulfilment_rate", scorer="",
    )  # fmt: skip
    promise = office.registered_commitment(
        unit_id=units[0], made_on="2026-01-05", due_on="2026-02-01"
    )
    office.step(promise, "start")
    return office.step(made, "open")


def opened(desk: Sitting, scheme: str) -> Any:
    """Open the evaluation's sheet from its panel."""
    page: Any = desk.open_record("evaluation_scheme", scheme)
    button(page.panel, "打开得分表").click()
    desk.until(lambda: page.work is not None and page.work.sheet is not None)
    desk.settle()
    return page.work


def give(office: Office, scheme: str, points: dict[str, int]) -> None:
    (first,) = [
        each for each in office.reading().find(Indicator, evaluation_scheme_id=scheme)
        if each.formula is None
    ]  # fmt: skip
    office.as_("clerk").perform(GiveScores(indicator_id=first.id, values=points))


def words(sheet: Any) -> list[str]:
    table = sheet.table
    return [table.horizontalHeaderItem(each).text() for each in range(table.columnCount())]


def test_the_units_of_a_scheme_are_ticked_in_a_list(sit, office, units):
    desk = sit("clerk")
    page = desk.open("evaluation_scheme")
    page.act("new")
    editor = desk.form()._boxes["unit_ids"].editor
    editor.set_value((units[1],))
    editor.list_button.click()
    (dialog,) = editor.findChildren(PickManyDialog)
    desk.until(lambda: dialog.picker.model.rowCount() > 2)
    assert dialog.go.text() == "选定（1个）"
    dialog.picker.search.setText("示例甲村")
    desk.until(lambda: dialog.picker.model.rowCount() == 1)
    dialog.picker.all_button.click()
    desk.until(lambda: len(dialog.picker.ids) == 2)
    dialog.perform()
    assert editor.value() == (units[1], units[0])
    desk.until(lambda: "移除 示例甲村民委员会" in [
        each.accessibleName() for each in editor.findChildren(QPushButton)
    ])  # fmt: skip
    words = [each.text() for each in page.forms.view.findChildren(QPushButton)]
    assert "保存并开始采集" not in words, "indicators come first"
    desk.form()._dirty = False


def test_a_scheme_without_indicators_takes_the_usual_ones_at_one_press(sit, office, units):
    scheme = office.enter("evaluation_scheme", unit_ids=units)
    desk = sit("clerk")
    sheet = opened(desk, scheme)
    button(sheet, "采用常用指标").click()
    desk.until(lambda: bool(sheet.sheet.heads))
    assert sheet.sheet.weight == 100
    assert sheet.table.rowCount() == 2


def test_an_indicator_is_changed_and_dropped_from_the_head_of_its_column(sit, office, units):
    scheme = office.enter("evaluation_scheme", unit_ids=units)
    for name in ("民主评议", "多余的指标"):
        office.enter("indicator", evaluation_scheme_id=scheme, name=name, weight=50)
    desk = sit("clerk")
    sheet = opened(desk, scheme)
    sheet.table.setCurrentCell(0, 2)
    desk.qtbot.keyClick(sheet.table, Qt.Key.Key_F2)
    amend, drop = sheet.indicators.menu.actions()
    assert amend.text() == "修改指标“民主评议”…"
    amend.trigger()
    desk.until(lambda: sheet.acts.dialog is not None and sheet.acts.dialog.isVisible())
    sheet.acts.dialog.form.set_values({"weight": 100})
    sheet.acts.dialog.form.submit()
    desk.until(lambda: sheet.sheet.weight == 150)
    sheet.table.horizontalHeader().sectionClicked.emit(3)
    _amend, drop = sheet.indicators.menu.actions()
    drop.trigger()
    desk.until(lambda: [head.name for head in sheet.sheet.heads] == ["民主评议"])


def test_the_buttons_fold_below_where_one_line_has_no_room(sit, office, scheme):
    desk = sit("clerk")
    sheet = opened(desk, scheme)
    assert not sheet._top.folded
    desk.window.resize(desk.window.minimumWidth(), 768)
    shown = [each for each in sheet.findChildren(CodeButton) if each.isVisible()]
    desk.until(lambda: all(each.width() >= each.sizeHint().width() for each in shown))


def test_points_are_typed_into_the_table_and_a_word_is_refused_at_its_cell(sit, office, scheme):
    desk = sit("clerk")
    sheet = opened(desk, scheme)
    button(sheet, "填写评分").click()
    table = sheet.dialog.table
    assert table.columnCount() == 2
    table.item(0, 1).setText("很好")
    sheet.dialog.perform()
    assert "示例甲村民委员会“民主评议”" in sheet.dialog.refusal.text()
    table.item(0, 1).setText("87.5")
    table.item(1, 1).setText("70")
    sheet.dialog.perform()
    desk.until(lambda: [line.cells[0].value for line in sheet.sheet.lines] == ["87.5", "70"])


def test_the_table_of_a_third_party_goes_out_and_comes_back(sit, office, units, tmp_path):
    scheme = office.enter("evaluation_scheme", unit_ids=units)
    for name, scorer in (("监督员评价", "示例社会监督员"), ("满意度", "示例县统计局")):
        office.enter(
            "indicator", evaluation_scheme_id=scheme, name=name, weight=50,
            source="supervisors", scorer=scorer,
        )  # fmt: skip
    office.step(scheme, "open")
    desk = sit("clerk")
    sheet = opened(desk, scheme)
    button(sheet, "第三方评分").click()
    offered = [each.text() for each in sheet.tables.menu.actions() if each.text()]
    assert offered == [
        "导出给“示例社会监督员”填写…", "导出给“示例县统计局”填写…", "导出全部评分指标…",
        "收回填好的评分表…",
    ]  # fmt: skip
    path = tmp_path / "评分表.xlsx"
    sheet.tables.export_to(path, scheme, "示例社会监督员")
    desk.until(path.exists)
    book = load_workbook(path)
    book["数据"]["B2"] = 91
    book.save(path)
    sheet.tables.import_from([path], scheme)
    desk.until(lambda: sheet.sheet.lines[0].cells[0].value == "91")


def test_a_number_says_how_it_arose_and_leads_to_the_record_behind_it(sit, office, scheme, units):
    give(office, scheme, {units[0]: 8750, units[1]: 7000})
    office.step(scheme, "compute")
    desk = sit("clerk")
    sheet = opened(desk, scheme)
    row = next(at for at, line in enumerate(sheet.sheet.lines) if line.unit_id == units[0])
    column = words(sheet).index("承诺兑现率（40）")
    sheet.table.setCurrentCell(row, column)
    desk.qtbot.keyClick(sheet.table, Qt.Key.Key_Return)
    desk.until(lambda: sheet.drawer.is_open)
    behind = sheet.panel.findChildren(EntryButton)
    assert [each.accessibleName().split()[0] for each in behind] == ["十个工作日内办结养老认证"]
    behind[0].click()
    desk.until(lambda: desk.window.page.declared.name == "commitment")


def test_the_chart_compares_with_the_last_period(sit, office, scheme, units):
    give(office, scheme, {units[0]: 8750, units[1]: 7000})
    office.step(scheme, "compute")
    later = office.enter(
        "evaluation_scheme", unit_ids=units, previous_id=scheme, title="示例后一期考核",
    )  # fmt: skip
    office.enter("indicator", evaluation_scheme_id=later, name="民主评议", weight=100)
    office.step(later, "open")
    give(office, later, {units[0]: 9000, units[1]: 7100})
    office.step(later, "compute")
    desk = sit("clerk")
    sheet = opened(desk, later)
    assert {"上期", "升降"} <= set(words(sheet))
    assert [each.name for each in sheet.chart.chart.series] == ["上期", "本期"]
    assert "示例甲村民委员会，本期：90.0" in sheet.chart.accessibleDescription()


def test_the_honour_roll_becomes_a_draft_of_a_notice_by_one_press(sit, office, scheme, units):
    give(office, scheme, {units[0]: 9900, units[1]: 7000})
    office.step(scheme, "compute")
    office.step(scheme, "publicise", publicity_from="2026-05-12", publicity_until="2026-05-17")
    office.now.advance(days=7)
    office.walk(scheme, "hear", "finalise")
    best = [
        each.unit_name
        for each in office.reading().find(EvaluationResult, evaluation_scheme_id=scheme)
        if each.grade and each.grade.value == "excellent"
    ]
    desk = sit("clerk")
    sheet = opened(desk, scheme)
    button(sheet, "光荣榜草稿" if best else "曝光台草稿").click()
    desk.until(lambda: bool(office.reading().find(Notice)))
    (notice,) = office.reading().find(Notice)
    assert notice.state == "draft"
    assert notice.kind in (NoticeKind.HONOUR_ROLL, NoticeKind.EXPOSURE_LIST)
    desk.until(lambda: desk.window.page.declared.name == "notice")


def test_the_sheet_is_printed_from_the_keyboard(sit, office, scheme, units):
    give(office, scheme, {units[0]: 8750, units[1]: 7000})
    office.step(scheme, "compute")
    desk = sit("clerk")
    sheet = opened(desk, scheme)
    assert "print" in desk.page.offers
    desk.page.act("print")
    desk.until(lambda: sheet.preview is not None and sheet.preview.viewer.count > 0)
    assert sheet.preview.viewer.landscape
    sheet.preview.reject()


def test_a_viewer_sees_the_sheet_and_changes_nothing(sit, office, scheme):
    sheet = opened(sit("viewer"), scheme)
    codes = {each[0] for each in sheet._offered()}
    assert not codes & {"give", "tables", "indicator"}
