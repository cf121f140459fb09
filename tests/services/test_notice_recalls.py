"""What hangs and is no longer right comes down, or is put right, within three working days."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.services.case_dates import ShowDates
from integrity_desk.services.due_board import ShowBoard
from integrity_desk.services.workbench import ShowWorkbench
from tests.exchanging import lines_in, outbox
from tests.services.notices import draft

DUE = date(2026, 5, 15)
"""Three working days after Tuesday 12 May 2026."""
CLAUSE = "《行政处罚法》第四十八条、第八十五条"
LONG = {"until_on": "2026-06-12"}


@pytest.fixture
def record(office):
    made = office.integrity_record(decided_on="2025-10-01")
    office.step(made, "submit")
    return office.step(made, "approve", effective_on="2025-10-02")


def hang(office, *items, **values):
    told = {"kind": "exposure_list", "title": "示例镇曝光台", **LONG, **values}
    return office.walk(draft(office, list(items), **told), "submit", "approve", "post")


def announce(office, rec):
    """Put up what the ended record offers."""
    (offer,) = [each for each in office.view(rec).suggested if each.type == "notice"]
    notice = draft(office, [], **offer.values)
    return office.walk(notice, "submit", "approve", "post")


def due(office):
    lanes = office.as_("clerk").ask(ShowBoard()).lanes
    return [item for each in lanes for item in each.items if item.what == "撤下或更正"]


def revoked(office, record):
    office.step(record, "revoke")


def corrected(office, record):
    office.step(record, "correct", replaced_by_id=office.effective_record(subject="更正后"))


def repaired(office, record):
    repair = office.step(office.enter("repair", record_id=record, effect_removed=True), "accept")
    office.walk(repair, "grant", "take_effect")


ENDINGS = pytest.mark.parametrize("befalls", [revoked, corrected, repaired])


@ENDINGS
def test_within_three_working_days_of_the_decision_it_is_due_with_its_clause(
    office, record, befalls
):
    notice = hang(office, record)
    assert due(office) == []
    befalls(office, record)
    (item,) = due(office)
    assert (item.id, item.due, item.clause) == (notice, DUE, CLAUSE)
    piled = office.as_("clerk").ask(ShowWorkbench()).due.items
    assert [(each.id, each.due_on) for each in piled] == [(notice, DUE)]
    office.now.set_day(date(2026, 5, 18))
    assert [each.tone for each in due(office)] == ["red"]


@ENDINGS
def test_taken_down_it_is_done(office, record, befalls):
    notice = hang(office, record)
    befalls(office, record)
    office.step(notice, "take_down")
    assert due(office) == []


@ENDINGS
def test_put_right_by_an_announcement_it_is_done(office, record, befalls):
    others = office.effective_record(subject="另一条记录", decided_on="2026-05-01")
    notice = hang(office, record, others)
    befalls(office, record)
    assert len(due(office)) == 1
    about = announce(office, record)
    assert due(office) == []
    assert office.record(notice).state == "posted"
    assert office.record(about).about_id == notice


def test_removed_from_the_courts_list_it_comes_down_too(office):
    listed = office.effective_record(
        kind="court_list", source_kind="court_list", court="示例县人民法院",
        case_number="（2026）示执12号", court_listed_on="2026-04-01", performance="performed",
    )  # fmt: skip
    notice = hang(office, listed)
    office.step(listed, "delist")
    assert [each.id for each in due(office)] == [notice]
    assert "移出失信名单" in office.record(announce(office, listed)).body
    assert due(office) == []


def test_of_two_decisions_the_earlier_counts_until_both_are_told(office, record):
    second = office.effective_record(subject="另一条记录", decided_on="2026-05-01")
    notice = hang(office, record, second)
    revoked(office, record)
    office.now.set_day(date(2026, 5, 13))
    revoked(office, second)
    assert [each.due for each in due(office)] == [DUE]
    announce(office, record)
    assert [each.due for each in due(office)] == [date(2026, 5, 18)]
    announce(office, second)
    assert due(office) == []
    assert office.record(notice).recall_ids == ()


def test_the_day_is_explained_day_by_day(office, record):
    notice = hang(office, record)
    revoked(office, record)
    dates = office.as_("clerk").ask(ShowDates(id=notice, explain=True)).dates
    (limit,) = [each for each in dates if each.rule.startswith("penalty_withdrawal@")]
    assert (limit.day, limit.start, limit.running) == (DUE, date(2026, 5, 12), True)
    assert len(limit.lines) == 4


def test_what_another_desk_decided_is_noted_in_the_morning(township):
    here, there = township["01"], township["02"]
    record = there.effective_record(decided_on="2026-05-01")
    township.exchange()
    notice = hang(here, record)
    revoked(there, record)
    township.exchange()
    assert here.state_of(record) == "revoked"
    assert due(here) == []
    here.morning()
    assert [(each.id, each.due) for each in due(here)] == [(notice, DUE)]
    before = here.reading().history(notice)
    here.morning()
    assert here.reading().history(notice) == before


def test_the_next_bundle_carries_the_decision_its_measures_and_the_notice(
    office, record, seal, unpack
):
    measure = office.step(office.enter("measure", record_id=record), "impose")
    notice = hang(office, record)
    seal()
    revoked(office, record)
    sent = lines_in(unpack(office, outbox(office, seal()))).decode()
    for told in ('"integrity_record.revoke"', '"state":"revoked"', '"state":"undone"', record):
        assert told in sent
    assert measure in sent
    assert notice in sent
    assert "recall_from_on" in sent
    announce(office, record)
    later = lines_in(unpack(office, outbox(office, seal()))).decode()
    assert '"kind":"revocation"' in later
    assert '"state":"withdrawn"' in later
