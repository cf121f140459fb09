"""A unit on the court's list: late, it must answer; settled, it leaves the list."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.errors import InvalidInput


@pytest.fixture
def listed(office):
    """A unit that has to perform by 2026-06-30."""
    return office.effective_record(
        kind="court_list", subject_id=office.some("unit"), source_kind="court_list",
        court="示例县人民法院", case_number="（2026）示执12号", court_listed_on="2026-04-01",
        obligation="支付示例工程款。", settle_due_on="2026-06-30", performance="unperformed",
    )  # fmt: skip


def offers(office, record):
    return [each.type for each in office.view(record).suggested]


def test_before_its_day_nothing_is_offered(office, listed):
    office.now.set_day(date(2026, 6, 30))
    assert offers(office, listed) == []


def test_after_its_day_an_order_and_a_measure_are_offered_until_taken_up(office, listed):
    office.now.set_day(date(2026, 7, 1))
    order, measure = office.view(listed).suggested
    assert (order.type, measure.type) == ("rectification_order", "measure")
    assert "限期2026-06-30履行" in order.values["problem"]
    office.enter("rectification_order", **order.values)
    assert offers(office, listed) == ["measure"]


def test_settled_in_time_nothing_is_offered_and_the_removal_is_noted(office, listed):
    with pytest.raises(InvalidInput, match="和解并履行完毕"):
        office.amend(listed, court_removed_on="2026-05-12", by="reviewer")
    office.open_account("second", office.account("reviewer").role, name="示例复核乙")
    office.amend(listed, performance="settled", court_removed_on="2026-05-12", by="second")
    office.now.set_day(date(2026, 7, 1))
    assert offers(office, listed) == []
    assert office.record(listed).court_removed_on == date(2026, 5, 12)
