"""Forms from declarations: values in, values out, and what is wrong at its field."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from integrity_desk.domain import catalogue
from integrity_desk.domain import fields as declare
from integrity_desk.domain.fields import Choice
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.ui.forms import Form


class Way(Choice):
    LETTER = "letter", "来信"
    VISIT = "visit", "来访"
    HOTLINE = "hotline", "12345热线"


def declared(name, made, **changes):
    return dataclasses.replace(made.metadata["declared"], name=name, **changes)


FIELDS = (
    declared("title", declare.text("事项", required=True, help="一句话写明")),
    declared("facts", declare.long_text("事实")),
    declared("count", declare.number("人数")),
    declared("amount_fen", declare.money("金额")),
    declared("due_on", declare.day("期限")),
    declared("heard_at", declare.moment("收到时间")),
    declared("urgent", declare.flag("紧急")),
    declared("way", declare.choice("渠道", Way)),
    declared("ways", declare.choices("渠道们", Way)),
    declared("unit_id", declare.link("单位", to="unit")),
    declared("unit_ids", declare.links("单位们", to="unit")),
    declared("citizen", declare.citizen_id("身份证号")),
    declared("code", declare.credit_code("信用代码")),
    declared("phone", declare.phone("电话")),
)
FILLED = {
    "title": "示例",
    "facts": "第一段\n第二段",
    "count": 12,
    "amount_fen": 1_234_567,
    "due_on": date(2026, 5, 12),
    "heard_at": datetime(2026, 5, 12, 1, 30, tzinfo=UTC),
    "urgent": True,
    "way": Way.VISIT,
    "ways": (Way.LETTER, Way.HOTLINE),
    "unit_id": "u1",
    "unit_ids": ("u1", "u2"),
    "citizen": "110101190001010009",
    "code": "91350100M000100Y43",
    "phone": "0595-22345678",
}
UNITS = {"u1": "示例镇", "u2": "示例村"}


class Finder:
    def find(self, field, text, on_found):
        on_found([(key, title) for key, title in UNITS.items() if text in title])

    def name(self, ids, on_named):
        on_named([(each, UNITS[each]) for each in ids if each in UNITS])


@pytest.fixture
def form(qtbot):
    made = Form((("基本情况", FIELDS[:8]), ("其他", FIELDS[8:])), Finder())
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def box(form, name):
    return form._boxes[name]


def line(form, name):
    return box(form, name).editor.line


def type_into(qtbot, widget, text):
    widget.setFocus()
    widget.selectAll()
    qtbot.keyClicks(widget, text)


def test_values_come_back_as_they_were_set(form):
    assert form.values() == {field.name: field.empty for field in FIELDS}
    form.set_values(FILLED)
    assert form.values() == FILLED
    assert not form.dirty


def test_typing_makes_the_form_dirty_and_tells_its_owner(form, qtbot):
    with qtbot.waitSignal(form.edited):
        type_into(qtbot, line(form, "title"), "x")
    assert form.dirty


@pytest.mark.parametrize(
    "text", ["2026-05-12", "20260512", "2026.5.12", "2026/5/12", "2026年5月12日"]
)
def test_a_day_is_read_as_clerks_write_it_and_rewritten_neatly(form, qtbot, text):
    day = box(form, "due_on").editor
    day.line.setText(text)
    day._settle()
    assert day.value() == date(2026, 5, 12)
    assert day.line.text() == "2026-05-12"


def test_a_day_can_be_picked_from_the_calendar(form, qtbot):
    day = box(form, "due_on").editor
    qtbot.keyClick(day.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert day._calendar.isVisible()
    with qtbot.waitSignal(form.edited):
        day._calendar.clicked.emit(QDate(2026, 6, 1))
    assert day.value() == date(2026, 6, 1)
    assert not day._calendar.isVisible()


def test_a_choice_is_found_by_any_part_of_its_label(form, qtbot):
    editor = box(form, "way").editor
    type_into(qtbot, editor.box.lineEdit(), "234")
    popup = editor.box.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert editor.value() is Way.HOTLINE


def test_a_choice_that_is_not_in_the_list_is_refused(form, qtbot):
    editor = box(form, "way").editor
    editor.box.setEditText("托梦")
    assert "托梦" in editor.problem()
    assert editor.value() is None


def test_a_link_is_chosen_from_what_the_finder_found(form, qtbot):
    editor = box(form, "unit_id").editor
    editor.line.setFocus()
    editor.line.setText("村")
    editor.line.textEdited.emit("村")
    assert "请从" in editor.problem()
    qtbot.waitUntil(editor.line._popup.isVisible)
    qtbot.keyClick(editor.line._popup, Qt.Key.Key_Down)
    qtbot.keyClick(editor.line._popup, Qt.Key.Key_Return)
    assert editor.value() == "u2"
    assert editor.line.text() == "示例村"
    assert editor.problem() == ""


def test_links_are_added_and_removed_one_by_one(form, qtbot):
    editor = box(form, "unit_ids").editor
    form.set_values({"unit_ids": ("u1", "u2")})
    out = next(each for each in editor.findChildren(QPushButton) if each.objectName() == "u1")
    qtbot.mouseClick(out, Qt.MouseButton.LeftButton)
    assert editor.value() == ("u2",)
    editor.line.picked.emit("u1", "示例镇")
    assert editor.value() == ("u2", "u1")


def test_a_doubtful_identity_number_warns_but_may_be_saved(form, qtbot):
    form.set_values({"title": "示例"})
    type_into(qtbot, line(form, "citizen"), "110101190001010001")
    line(form, "citizen").editingFinished.emit()
    assert "校验位" in box(form, "citizen").sentence
    with qtbot.waitSignal(form.submitted):
        form.submit()
    form.set_values({"citizen": "110101********0001"})
    assert box(form, "citizen").sentence == ""
    assert form.values()["citizen"] == "110101********0001"


def test_saving_shows_every_wrong_field_and_goes_to_the_first(form, qtbot):
    line(form, "due_on").setText("明天")
    with qtbot.assertNotEmitted(form.submitted):
        qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert box(form, "title").sentence == "请填写“事项”。"
    assert "明天" in box(form, "due_on").sentence
    qtbot.keyClicks(line(form, "title"), "x")
    assert box(form, "title").sentence == "一句话写明"


def test_ctrl_s_submits_the_checked_values(form, qtbot):
    form.set_values(FILLED)
    line(form, "title").setFocus()
    with qtbot.waitSignal(form.submitted) as submitted:
        qtbot.keyClick(line(form, "title"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert submitted.args[0] == FILLED


def test_a_refusal_stands_at_its_field_or_at_the_foot(form):
    form.set_busy(True)
    form.refuse(InvalidInput("due_on", "“期限”不能早于“收到时间”。"))
    assert box(form, "due_on").sentence == "“期限”不能早于“收到时间”。"
    assert form.save_button.isEnabled()
    form.refuse(StepRefused("当前状态不能办理。"))
    assert form._refusal.text() == "当前状态不能办理。"


def test_esc_closes_a_clean_form_and_asks_about_a_dirty_one(form, qtbot):
    with qtbot.waitSignal(form.closed):
        qtbot.keyClick(form, Qt.Key.Key_Escape)
    type_into(qtbot, line(form, "title"), "x")
    with qtbot.assertNotEmitted(form.closed):
        qtbot.keyClick(line(form, "title"), Qt.Key.Key_Escape)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QMessageBox)
    drop = next(each for each in dialog.buttons() if each.text() == "放弃")
    with qtbot.waitSignal(form.closed):
        drop.click()
    assert not form.dirty


def test_short_fields_stand_side_by_side_when_there_is_room(form, qtbot):
    top = box(form, "count").mapTo(form, box(form, "count").pos())
    assert box(form, "count").y() == box(form, "amount_fen").y(), top
    form.resize(700, 700)
    qtbot.waitUntil(lambda: box(form, "count").y() < box(form, "amount_fen").y())


def test_every_declared_register_has_a_form_whose_controls_are_named(qtbot):
    for each in catalogue.TYPES:
        form = Form(each.sections, Finder())
        qtbot.addWidget(form)
        form.resize(1000, 700)
        for name, value in form.values().items():
            assert value == each.field(name).empty, (each.name, name)
        unnamed = [
            name
            for name, held in form._boxes.items()
            if not ((target := held.editor.focusProxy()).accessibleName() or target.text())
        ]
        assert unnamed == []


def test_what_may_not_be_chosen_is_offered_with_its_reason_and_cannot_be_taken(form, qtbot):
    link = line(form, "unit_id")
    link.show_found([("", "示例镇（须回避）"), ("u2", "示例村")])
    shown = link._names
    rows = [shown.index(row) for row in range(2)]
    assert [row.data() for row in rows] == ["示例镇（须回避）", "示例村"]
    assert [shown.flags(row) == Qt.ItemFlag.NoItemFlags for row in rows] == [True, False]
    link._take(rows[0])
    assert form.values()["unit_id"] == ""
    link._take(rows[1])
    assert form.values()["unit_id"] == "u2"
