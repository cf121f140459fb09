"""The small building blocks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from integrity_desk.ui.tasks import Stage
from integrity_desk.ui.widgets.card import FigureCard
from integrity_desk.ui.widgets.chips import ChipsRow
from integrity_desk.ui.widgets.details import DetailList
from integrity_desk.ui.widgets.empty_state import EmptyState
from integrity_desk.ui.widgets.labels import Badge
from integrity_desk.ui.widgets.message_line import MessageLine
from integrity_desk.ui.widgets.progress_strip import ProgressStrip
from integrity_desk.ui.widgets.search_box import SearchBox
from integrity_desk.ui.widgets.side_panel import SidePanel
from integrity_desk.ui.widgets.timeline import Moment, Timeline


@pytest.fixture
def shown(qtbot):
    def show(widget):
        qtbot.addWidget(widget)
        widget.resize(400, 300)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show


def button(widget, text):
    return next(each for each in widget.findChildren(QPushButton) if each.text() == text)


def words(widget):
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]


def test_chips_tell_what_was_chosen_and_show_counts(shown, qtbot):
    chips = shown(ChipsRow([("all", "全部"), ("late", "已逾期")]))
    chips.set_counts({"late": 1234})
    with qtbot.waitSignal(chips.chosen) as chosen:
        qtbot.mouseClick(button(chips, "已逾期 1,234"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["late"]
    assert chips.current == "late"
    with qtbot.assertNotEmitted(chips.chosen):
        chips.choose("all")


def test_a_badge_changes_its_tone(shown):
    badge = shown(Badge("已受理", "blue"))
    before = badge.palette().windowText().color()
    badge.show_state("已逾期", "red")
    assert badge.palette().windowText().color() != before


def test_the_search_box_waits_for_a_pause_and_esc_lifts_the_search(shown, qtbot):
    box = shown(SearchBox())
    with qtbot.waitSignal(box.searched) as searched:
        qtbot.keyClicks(box, " abc ")
    assert searched.args == ["abc"]
    with qtbot.waitSignal(box.searched) as searched:
        qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert searched.args == [""]
    with qtbot.assertNotEmitted(box.searched, wait=250):
        box.put("别页的搜索")


def test_a_message_can_be_taken_back_once(shown, qtbot):
    line = shown(MessageLine())
    line.resize(400, 30)
    line.offer("撤销操作")
    assert words(line) == [""]
    line.say("已登记示例投诉。")
    line.offer("撤销操作")
    with qtbot.waitSignal(line.undo_wanted):
        qtbot.mouseClick(button(line, "撤销操作"), Qt.MouseButton.LeftButton)
    assert line.sentence == ""


def test_a_long_message_is_shortened_but_whole_in_the_tool_tip(shown, qtbot):
    line = shown(MessageLine())
    line.resize(120, 30)
    line.say("已登记" * 30)
    assert line.sentence == "已登记" * 30
    assert "…" in words(line)[0]
    assert line.toolTip() == line.sentence


def test_progress_shows_only_when_work_is_long_and_stop_is_pressed_once(qtbot):
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.begin()
    assert not strip.isVisible()
    strip.end()
    strip.begin()
    strip.advance(Stage(done=1, total=3, label="正在导入"))
    qtbot.waitUntil(strip.isVisible)
    with qtbot.waitSignal(strip.stop_wanted):
        qtbot.mouseClick(button(strip, "停止"), Qt.MouseButton.LeftButton)
    assert not button(strip, "停止").isEnabled()
    strip.end()
    assert not strip.isVisible()


def test_details_are_replaced_whole_and_can_be_copied(shown, qtbot):
    details = shown(DetailList())
    details.show_pairs([("编号", "诉1号"), ("单位", "示例镇")])
    details.show_pairs([("编号", "诉2号")])
    details.add("期限", "2026年6月1日", "red")
    qtbot.waitUntil(lambda: words(details) == ["编号", "诉2号", "期限", "2026年6月1日"])


def test_a_timeline_shows_every_entry(shown, qtbot):
    line = shown(Timeline())
    line.show_moments(
        [Moment(title="登记", caption="示例", detail="一"), Moment(title="受", caption="乙")]
    )
    qtbot.waitUntil(lambda: words(line) == ["登记", "示例", "一", "受", "乙"])
    line.show_moments([])
    qtbot.waitUntil(lambda: words(line) == [])


def test_an_empty_state_has_a_button_only_when_there_is_something_to_do(shown, qtbot):
    empty = shown(EmptyState("inbox", "没有登记。"))
    assert not button(empty, "").isVisible()
    empty.tell("search", "没有找到。", "清除搜索")
    with qtbot.waitSignal(empty.acted):
        qtbot.mouseClick(button(empty, "清除搜索"), Qt.MouseButton.LeftButton)


def test_a_figure_is_red_only_when_something_is_late(shown, qtbot):
    card = shown(FigureCard("已逾期"))
    figure = card.findChild(QLabel)
    calm = figure.palette().windowText().color()
    card.show_figure(0, late=True)
    assert figure.palette().windowText().color() == calm
    card.show_figure(3, late=True)
    assert figure.palette().windowText().color() != calm
    assert card.accessibleName() == "已逾期 3"
    with qtbot.waitSignal(card.clicked):
        qtbot.keyClick(card, Qt.Key.Key_Return)


def test_a_side_panel_is_emptied_whole(shown):
    panel = shown(SidePanel())
    panel.set_title("示例")
    panel.body.addWidget(QLabel("内容"))
    panel.footer.addWidget(QPushButton("办理"))
    panel.clear()
    assert words(panel) == ["示例"]
