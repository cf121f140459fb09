"""The workbench: four piles, by what is due and by what this account can move."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from integrity_desk.domain.accounts import Role
from integrity_desk.domain.notices import GATE
from integrity_desk.services.drafts import KeepDraft
from integrity_desk.services.exchange import CarryBundles, ImportReceipts, SealBundle
from integrity_desk.services.workbench import ShowStatus, ShowWorkbench


@pytest.fixture
def bench(office):
    """Return ``bench(by)``: the workbench of an account."""
    return lambda by="clerk": office.as_(by).ask(ShowWorkbench())


def ids(pile):
    return [each.id for each in pile.items]


def posted_notice(office, until):
    notice = office.enter(
        "notice", kind="information", place="示例镇公开栏", contact="孙示例", phone="0999-80000000",
        from_on="2026-05-01", until_on=until, **dict.fromkeys(GATE, "not_involved"),
    )  # fmt: skip
    return office.walk(notice, "submit", "approve", "post")


def test_an_empty_desk_has_nothing_to_do(bench):
    shown = bench()
    assert [pile.count for pile in (shown.due, shown.waiting, shown.coming_down)] == [0, 0, 0]
    assert (shown.rejected, shown.drafts) == (0, 0)


@pytest.mark.parametrize("by", ["clerk", "reviewer", "viewer", "admin"])
def test_everybody_sees_what_is_due_soonest_first(office, bench, by):
    late = office.registered_commitment(due_on="2026-05-11")
    today = office.registered_commitment(due_on="2026-05-12")
    office.registered_commitment(due_on="2026-06-30")
    case = office.complaint(received_on="2026-05-11")  # five working days: the 18th
    pile = bench(by).due
    assert ids(pile) == [late, today, case]
    assert [each.tone for each in pile.items] == ["red", "amber", "amber"]
    assert [each.due_on for each in pile.items] == [
        date(2026, 5, 11), date(2026, 5, 12), date(2026, 5, 18),
    ]  # fmt: skip
    assert {each.type: (each.count, each.late) for each in pile.types} == {
        "commitment": (2, True), "complaint": (1, False),
    }  # fmt: skip
    assert pile.late


def test_what_is_done_is_not_due(office, bench):
    case = office.complaint(received_on="2026-05-11")
    assert bench().due.count == 1
    office.step(case, "refer")
    assert bench().due.count == 0


def test_the_days_pass_and_the_pile_grows(office, bench):
    office.registered_commitment(due_on="2026-05-30")
    assert bench().due.count == 0
    office.now.set_day(date(2026, 5, 23))
    assert [each.tone for each in bench().due.items] == ["amber"]
    office.now.set_day(date(2026, 5, 31))
    assert [each.tone for each in bench().due.items] == ["red"]


def test_what_waits_for_a_second_person_waits_for_reviewers_only(office, bench):
    record = office.step(office.integrity_record(), "submit")
    notice = office.enter(
        "notice", kind="information", place="示例镇公开栏", contact="孙示例", phone="0999-80000000",
        from_on="2026-05-12", until_on="2026-05-20", **dict.fromkeys(GATE, "not_involved"),
    )  # fmt: skip
    office.step(notice, "submit")
    assert set(ids(bench("reviewer").waiting)) == {record, notice}
    for by in ("clerk", "viewer", "admin"):
        assert bench(by).waiting.count == 0
    office.step(record, "approve")
    assert ids(bench("reviewer").waiting) == [notice]


def test_drafts_do_not_wait_for_anybody(office, bench):
    office.integrity_record()
    assert bench("reviewer").waiting.count == 0


def test_a_notice_comes_down_on_its_last_day_and_stays_until_it_is_down(office, bench):
    today, tomorrow = posted_notice(office, "2026-05-12"), posted_notice(office, "2026-05-13")
    assert ids(bench().coming_down) == [today]
    office.now.advance(days=1)
    assert ids(bench().coming_down) == [today, tomorrow]
    assert bench().coming_down.late
    office.step(today, "take_down")
    assert ids(bench().coming_down) == [tomorrow]


def test_items_are_told_in_words(office, bench):
    rec = office.registered_commitment(subject="示例承诺", due_on="2026-05-12")
    (item,) = bench().due.items
    assert (item.id, item.type, item.type_label) == (rec, "commitment", "公开承诺")
    assert (item.number, item.title, item.note) == ("诺2026-01-0001", "示例承诺", "已登记")


def test_a_long_pile_is_counted_whole_and_shown_in_part(office, bench, tmp_path):
    unit = office.some("unit")
    for number in range(103):
        office.registered_commitment(subject=f"示例承诺{number}", unit_id=unit, due_on="2026-05-12")
    pile = bench().due
    assert (pile.count, len(pile.items)) == (103, 100)


def test_kept_drafts_are_counted_for_their_own_account(office, bench):
    office.as_("clerk").perform(KeepDraft(key="new:unit", content={"name": "示"}))
    assert (bench().drafts, bench("reviewer").drafts) == (1, 0)


def test_the_status_line_follows_the_way_to_the_county(office, county):
    county.enrol(office)
    clerk = office.as_("clerk")
    before = clerk.ask(ShowStatus())
    assert before.desk_name == "示例镇政务服务大厅"
    assert before.unsent > 0
    assert (before.awaiting_receipt, before.last_receipt, before.last_backup) == (0, None, None)
    clerk.perform(SealBundle())
    clerk.perform(CarryBundles(folder=county.stick))
    assert (clerk.ask(ShowStatus()).unsent, clerk.ask(ShowStatus()).awaiting_receipt) == (0, 1)
    county.receive(office)
    office.now.advance(days=1)
    clerk.perform(ImportReceipts(path=county.stick))
    office.as_("admin").back_up()
    after = clerk.ask(ShowStatus())
    assert (after.awaiting_receipt, after.last_receipt) == (0, date(2026, 5, 13))
    assert after.last_backup == date(2026, 5, 13)
    assert after.store_bytes > 0


def test_the_day_of_the_last_receipt_is_the_day_in_china(office, county):
    county.enrol(office)
    office.unit()
    county.bring(office)
    office.now.at = datetime(2026, 5, 13, 17, tzinfo=UTC)  # one in the morning in China
    office.as_("clerk").perform(ImportReceipts(path=county.stick))
    assert office.as_("clerk").ask(ShowStatus()).last_receipt == date(2026, 5, 14)


def test_another_reviewer_sees_the_same_piles(office, bench):
    office.open_account("second", Role.REVIEWER)
    office.step(office.integrity_record(), "submit")
    assert bench("second").waiting == bench("reviewer").waiting


def test_an_unpaid_instalment_is_due_and_leads_to_its_commitment(office, bench):
    debt = office.registered_commitment(kind="debt", amount_fen=300_00, due_on="2026-12-31")
    office.enter(
        "instalment", commitment_id=debt, sequence=2, amount_fen=100_00, due_on="2026-05-09"
    )
    due = bench().due
    (line,) = due.items
    assert (line.id, line.type, line.due_on) == (debt, "commitment", date(2026, 5, 9))
    assert "分期应付日 2" in line.title
    assert (due.count, due.late) == (1, True)


def test_what_falls_due_of_one_register_by_several_clocks_is_added_up(office, bench):
    office.complaint(received_on="2026-05-11")
    office.complaint(received_on="2026-05-11", channel="letter", referred_by="示例县信访局")
    (counted,) = [each for each in bench().due.types if each.type == "complaint"]
    assert counted.count == 2
