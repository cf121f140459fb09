"""The workbench: piles, badges, quick buttons, midnight; and looking through all registers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from integrity_desk.services.drafts import KeepDraft
from integrity_desk.services.records import DiscardRecord
from integrity_desk.services.sealing import answer_for_everything
from integrity_desk.ui.watch import Watch
from tests.office import Office
from tests.ui.workplaces import Visit, titles


@pytest.fixture
def visit(qtbot, office: Office) -> Iterator[Visit]:
    made = Visit(qtbot, office.folder, office.now)
    yield made
    made.close()


@pytest.fixture
def late(office: Office) -> str:
    return office.registered_commitment(subject="逾期的示例承诺", due_on="2026-05-09")


def marked(visit: Visit) -> list[str]:
    """The pages marked in the navigation."""
    buttons = visit.window.navigation._buttons
    return [name for name, each in buttons.items() if each.isChecked()]


def test_an_empty_office_says_that_nothing_is_due(visit):
    visit.come_in("clerk")
    assert not visit.page.due.empty.isHidden()
    assert visit.page.due.list.count() == 0
    assert visit.page.figures["due"].accessibleName() == "到期与临期 0"


def test_what_is_late_or_due_within_a_week_is_listed_most_urgent_first(visit, office, late):
    office.registered_commitment(subject="临期的示例承诺", due_on="2026-05-14")
    office.registered_commitment(subject="今天到期的示例承诺", due_on="2026-05-12")
    office.registered_commitment(subject="以后的示例承诺", due_on="2026-12-31")
    visit.come_in("clerk")
    lines = visit.page.due.list.lines()
    assert [(each.title, each.badge, each.tone) for each in lines] == [
        ("逾期的示例承诺", "逾期3天", "red"),
        ("今天到期的示例承诺", "今天到期", "amber"),
        ("临期的示例承诺", "还有2天", "amber"),
    ]


def test_no_line_of_a_long_pile_is_cut_in_half(visit, office):
    for number in range(30):
        office.registered_commitment(subject=f"示例承诺{number}", due_on="2026-05-14")
    visit.come_in("clerk")
    shown = visit.page.due.list
    line = shown.sizeHintForRow(0)
    for height in (640, 700, 713, 768):
        visit.window.resize(1366, height)
        visit.until(lambda height=height: visit.window.height() == height)
        visit.settle()
        assert shown.count() * line > shown.viewport().height() > 3 * line
        assert shown.viewport().height() % line == 0


def test_figures_of_the_county_are_plain_for_who_may_not_report(visit):
    visit.come_in("viewer")
    plain = [
        name
        for name, each in visit.page.figures.items()
        if each.focusPolicy() == Qt.FocusPolicy.NoFocus
    ]
    assert plain == ["unsent", "rejected", "unsettled", "unanswered", "asked_again"]


def test_what_the_county_asks_for_again_is_a_figure_until_it_is_sealed(visit, office):
    actor = office.account("clerk").actor
    with office.store.unit_of_work(actor=actor, command="Test", now=office.now()) as work:
        assert answer_for_everything("2026-05-12T01:00:00Z", work)
    visit.come_in("clerk")
    figure = visit.page.figures["asked_again"]
    visit.until(lambda: not figure.isHidden())
    figure.clicked.emit()
    visit.until(lambda: visit.page.title == "上报与回执")


def test_a_line_leads_to_its_record(visit, late):
    visit.come_in("clerk")
    visit.page.figures["due"].clicked.emit()
    visit.qtbot.keyClick(visit.page.due.list, Qt.Key.Key_Return)
    visit.settle()
    assert visit.page.title == "公开承诺"
    visit.until(lambda: visit.page.panel.view is not None)
    assert visit.page.panel.view.id == late


def test_only_who_may_approve_has_something_to_review(visit, office):
    record = office.integrity_record(subject="待复核的示例记录")
    office.step(record, "submit")
    visit.come_in("reviewer")
    assert titles(visit.page.waiting.list) == ["待复核的示例记录"]
    visit.window.sign_out_wanted.emit()
    visit.until(lambda: hasattr(visit.session.window, "sign_in"))
    visit.come_in("clerk")
    assert titles(visit.page.waiting.list) == []


def test_drafts_are_named_by_what_was_typed(visit, office, late):
    clerk = office.as_("clerk")
    clerk.perform(KeepDraft(key="new:complaint", content=typed("complaint", "没写完的示例投诉")))
    clerk.perform(KeepDraft(key=f"amend:{late}", content=typed("commitment", "改到一半", late)))
    gone = office.commitment()
    clerk.perform(KeepDraft(key=f"amend:{gone}", content=typed("commitment", "已删除", gone)))
    clerk.perform(DiscardRecord(id=gone))
    visit.come_in("clerk")
    found = {(each.lead, each.title, each.id) for each in visit.page.drafts.list.lines()}
    assert found == {
        ("新投诉举报", "没写完的示例投诉", ""),
        ("公开承诺", "逾期的示例承诺", late),
    }


def test_a_draft_on_the_workbench_opens_with_what_was_typed(visit, office):
    kept = KeepDraft(key="new:complaint", content=typed("complaint", "没写完的示例投诉"))
    office.as_("clerk").perform(kept)
    visit.come_in("clerk")
    (line,) = visit.page.drafts.list.lines()
    visit.page.drafts.opened.emit(line)
    visit.until(lambda: visit.page.forms.view is not None)
    visit.settle()
    view = visit.page.forms.view
    assert view.form.values()["subject"] == "没写完的示例投诉"
    assert not view.keeper.bar.isVisibleTo(view)
    assert view.form.isAncestorOf(QApplication.focusWidget())


def typed(type_name, subject, rec=""):
    """What a form keeps while it is filled in."""
    return {"type": type_name, "id": rec, "values": {"subject": subject}}


def test_badges_are_red_only_for_what_is_late(visit, office):
    office.registered_commitment(due_on="2026-05-14")
    visit.come_in("clerk")
    buttons = visit.window.navigation._buttons
    visit.until(lambda: buttons["commitment"]._count == 1)
    assert not buttons["commitment"]._late
    office.now.set_day(date(2026, 5, 15))
    visit.window.findChild(Watch).look_at_the_day()
    visit.until(lambda: buttons["commitment"]._late and buttons["workbench"]._late)


def test_a_new_day_is_noticed_at_midnight(visit, office):
    office.registered_commitment(due_on="2026-05-21")
    visit.come_in("clerk")
    assert visit.page.due.list.count() == 0
    office.now.set_day(date(2026, 5, 20))
    visit.window.findChild(Watch).look_at_the_day()
    visit.until(lambda: visit.page.due.list.count() == 1)
    assert visit.page.subtitle == "2026年5月20日"


def test_the_status_line_says_what_waits_and_when_it_was_copied(visit, office, late):
    office.as_("clerk").back_up()
    office.now.advance(days=9)
    visit.come_in("clerk")
    line = visit.window.status
    visit.until(lambda: line._backup.text() == "备份：9天前")
    assert line._backup.property("kind") == "error"
    assert line._sync.text() == "尚未上报"
    assert line._pending.text().endswith("项修改待上报")


def test_a_quick_button_opens_an_empty_form(visit):
    visit.come_in("clerk")
    button = visit.page.findChild(QPushButton, "complaint")
    assert button.text() == "登记投诉"
    button.click()
    visit.settle()
    assert visit.page.title.startswith("登记")


def test_a_viewer_has_no_quick_buttons(visit):
    visit.come_in("viewer")
    assert visit.page.findChild(QPushButton, "complaint") is None


def test_the_search_box_looks_through_all_registers(visit, office, late):
    office.complaint(subject="反映示例承诺没有兑现")
    visit.come_in("clerk")
    visit.window.head.search.setText("示例承诺")
    visit.until(lambda: visit.page.title == "查找" and visit.page.list.count() == 4)
    assert titles(visit.page.list) == [
        "公开承诺  1 条",
        "逾期的示例承诺",
        "投诉举报  1 条",
        "反映示例承诺没有兑现",
    ]
    assert visit.page.list.marked == ("示例承诺",)


def test_no_page_is_marked_while_all_registers_are_looked_through(visit, late):
    visit.come_in("clerk")
    assert marked(visit) == ["workbench"]
    visit.window.head.search.setText("逾期")
    visit.until(lambda: visit.page.title == "查找")
    assert marked(visit) == []
    visit.window.navigate("workbench")
    assert marked(visit) == ["workbench"]


def test_escape_in_the_search_box_leads_back(visit, late):
    visit.come_in("clerk")
    box = visit.window.head.search
    box.setText("逾期")
    visit.until(lambda: visit.page.title == "查找")
    visit.qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert visit.page.title == "工作台"


def test_nothing_found_is_said(visit):
    visit.come_in("clerk")
    visit.window.head.search.setText("没有这样的字")
    visit.until(lambda: visit.page.title == "查找" and not visit.page.empty.isHidden())
    visit.settle()
    assert visit.page.empty._words.text() == "没有找到“没有这样的字”。"


def test_what_ran_out_overnight_is_ended_at_sign_in_and_told(visit, office):
    record = office.effective_record(severity="ordinary", expires_on="2026-05-20")
    office.now.set_day(date(2026, 5, 21))
    visit.come_in("clerk")
    assert office.state_of(record) == "expired"
    assert "诚信记录1条" in visit.window.status.message.sentence
