"""Settings of what is counted by, the import of a calendar, and the reminder in the tray."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from integrity_desk.services.due_board import DueCounts
from integrity_desk.services.time_rules import ShowTimeRules
from integrity_desk.ui.tray import TrayReminder, reminder
from tests.office import Office
from tests.services.test_time_rules import HOLIDAYS_2027
from tests.ui.workplaces import Visit


@pytest.fixture
def visit(qtbot, office: Office) -> Iterator[Visit]:
    made = Visit(qtbot, office.folder, office.now)
    yield made
    made.close()


def test_an_administrator_chooses_the_region_and_the_days(visit, office):
    visit.come_in("admin", "settings")
    card = visit.page.time_rules
    assert card.region.currentText() == "全国规定"
    card.region.setCurrentIndex(card.region.findText("山东省"))
    card.region.activated.emit(card.region.currentIndex())
    card.idle.setValue(9)
    visit.settle()
    kept = office.as_("viewer").ask(ShowTimeRules())
    assert (kept.region, kept.idle_days) == ("37", 9)


def test_others_read_what_is_counted_by_and_change_nothing(visit):
    visit.come_in("clerk", "settings")
    card = visit.page.time_rules
    assert not any(each.isEnabled() for each in (card.region, card.idle, card.importer))


def test_a_new_year_is_read_then_imported_and_what_moved_leads_to_its_record(
    visit, office, tmp_path
):
    office.now.set_day(date(2026, 12, 30))
    case = office.complaint(subject="示例工单", received_on="2026-12-25")
    path = tmp_path / "2027.csv"
    path.write_text(HOLIDAYS_2027, encoding="utf-8")
    before = office.record(case).due_on
    visit.come_in("admin", "settings")
    card = visit.page.time_rules
    assert "1个期限" in card.provisional.text()
    card.open_file(path)
    visit.settle()
    assert card.dialog.days.rows[0].cells == ("2027-01-01", "元旦", "放假")
    card.dialog.take.click()
    visit.settle()
    after = office.record(case).due_on
    assert [each.cells[2:] for each in card.dialog.moved.rows] == [(str(before), str(after))]
    assert after == date(2027, 1, 4)


def test_a_file_that_cannot_be_the_whole_year_is_refused_with_the_reason(visit, tmp_path):
    path = tmp_path / "2027.csv"
    path.write_text(HOLIDAYS_2027.replace("2027-10-01,放假,国庆节\n", ""), encoding="utf-8")
    visit.come_in("admin", "settings")
    card = visit.page.time_rules
    card.open_file(path)
    visit.settle()
    assert "10月1日" in card.dialog.lead.text()
    assert not card.dialog.take.isEnabled()


def test_a_warning_chip_narrows_the_commitments(visit, office):
    office.registered_commitment(subject="快到期的", due_on="2026-05-20", made_on="2026-05-10")
    office.registered_commitment(subject="还早的", due_on="2026-12-31", made_on="2026-05-10")
    visit.come_in("clerk", "commitment")
    shown = visit.page.list
    assert shown.chips._counts["due_soon"] == 1
    shown.chips._buttons["due_soon"].click()
    visit.settle()
    assert shown.shown == 1
    shown.chips._buttons["all"].click()
    visit.settle()
    assert shown.shown == 2


def test_the_tray_reminds_once_a_day_with_counts_only_while_minimised(visit, office):
    window = visit.come_in("clerk")
    tray, told = TrayReminder(window, office.now), []
    tray.told.connect(told.append)
    tray.show_counts(DueCounts(overdue=2, today=1))
    assert told == []
    window.showMinimized()
    visit.until(lambda: told == ["有2项已逾期，1项今天到期。"])
    tray.show_counts(DueCounts(overdue=1, today=1))
    assert len(told) == 1
    tray.show_counts(DueCounts(overdue=3, today=1))
    assert len(told) == 2
    office.now.advance(days=1)
    tray.show_counts(DueCounts(overdue=1, today=0))
    assert told[-1] == "有1项已逾期。"
    assert reminder(DueCounts(overdue=0, today=0)) == ""
