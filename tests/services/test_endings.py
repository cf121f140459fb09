"""What ends by law and by repair: not before its day, counted by dated rules, each morning."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.domain.integrity_files import Severity
from integrity_desk.domain.integrity_terms import earliest_repair, publication_periods
from integrity_desk.errors import InvalidInput, StepRefused


@pytest.fixture
def record(office):
    return office.effective_record(severity="ordinary", decided_on="2026-04-20")


@pytest.fixture
def measure(office, record):
    return office.step(office.enter("measure", record_id=record), "impose")


# Repairs


def test_a_repair_is_refused_too_early_with_the_day_and_the_clause(office, record):
    office.now.set_day(date(2026, 6, 1))
    with pytest.raises(StepRefused) as refusal:
        office.enter("repair", record_id=record, applied_on="2026-06-01")
    assert "2026-08-13" in str(refusal.value)
    assert "信用修复管理办法" in str(refusal.value)


def test_applying_and_granting_are_possible_from_the_same_day(office, record):
    office.now.set_day(date(2026, 8, 12))
    with pytest.raises(StepRefused, match="2026-08-13"):
        office.enter("repair", record_id=record, applied_on="2026-08-12")
    office.now.set_day(date(2026, 8, 13))
    repair = office.enter("repair", record_id=record, applied_on="2026-08-13", effect_removed=True)
    assert office.state_of(office.walk(repair, "accept", "grant")) == "granted"


def test_a_repair_is_not_granted_early_by_leaving_the_least_period_out(office, record):
    office.now.set_day(date(2026, 8, 20))
    repair = office.enter("repair", record_id=record, applied_on="2026-08-13", effect_removed=True)
    office.step(repair, "accept")
    office.amend(record, by="reviewer", published_from="2026-06-01")
    office.amend(repair, published_at_least_until="2026-06-01")
    with pytest.raises(StepRefused, match="2026-09-02"):
        office.step(repair, "grant")


def test_a_repair_is_not_applied_for_on_a_day_to_come(office, record):
    with pytest.raises(InvalidInput, match="不能晚于今天") as refusal:
        office.enter("repair", record_id=record, applied_on="2026-12-01")
    assert refusal.value.field == "applied_on"


def test_a_repair_is_not_moved_to_an_earlier_day_afterwards(office, record):
    office.now.set_day(date(2026, 8, 20))
    repair = office.enter("repair", record_id=record, applied_on="2026-08-20")
    with pytest.raises(StepRefused, match="2026-08-13"):
        office.amend(repair, applied_on="2026-08-12")


def test_only_an_untrustworthy_record_in_force_is_repaired(office, record):
    with pytest.raises(InvalidInput, match="草稿"):
        office.enter("repair", record_id=office.integrity_record())
    good = office.effective_record(nature="trustworthy", kind="honour", severity=None)
    with pytest.raises(InvalidInput, match="守信记录"):
        office.enter("repair", record_id=good)


def test_a_repair_in_effect_ends_the_record_and_lifts_the_measure(office, record, measure):
    office.now.set_day(date(2026, 8, 20))
    repair = office.enter("repair", record_id=record, applied_on="2026-08-20", effect_removed=True)
    assert office.record(repair).published_at_least_until == date(2026, 8, 12)
    office.walk(repair, "accept", "grant", "take_effect")
    kept = office.record(record)
    assert (kept.state, kept.repair_id) == ("repaired", repair)
    assert office.state_of(measure) == "lifted"


def test_a_record_of_an_earlier_rule_waits_by_that_rule(office):
    earlier = office.effective_record(
        severity="serious", decided_on="2026-03-20", effective_on="2026-03-25"
    )
    with pytest.raises(StepRefused, match=r"2026-09-26.*试行"):
        office.enter("repair", record_id=earlier, applied_on="2026-05-12")


@pytest.mark.parametrize(
    ("decided", "until", "clause"),
    [("2023-04-30", date(2024, 4, 30), "527号"), ("2018-03-01", date(2019, 3, 1), "尚无全国统一")],
)
def test_a_record_older_than_the_nationwide_rules_has_a_period_and_says_whence(
    office, decided, until, clause
):
    old = office.record(
        office.effective_record(severity="ordinary", decided_on=decided, effective_on=decided)
    )
    assert (old.published_until, old.expires_on) == (until, until)
    assert clause in earliest_repair(old).sentence


def test_every_day_has_a_period_for_every_severity(office):
    for severity in Severity:
        for decided in (
            date(1999, 1, 1),
            date(2019, 6, 30),
            date(2019, 7, 1),
            date(2023, 4, 30),
            date(2023, 5, 1),
            date(2026, 3, 31),
            date(2026, 4, 1),
            date(2030, 1, 1),
        ):
            found = [
                each
                for each in publication_periods()
                if each.severity == severity.value
                and each.effective_from <= decided <= (each.effective_until or date.max)
            ]
            assert len(found) == 1, (severity, decided)


def test_a_minor_record_waits_for_nothing(office):
    minor = office.effective_record(severity="minor", decided_on="2026-04-20")
    assert office.enter("repair", record_id=minor, applied_on="2026-05-12")


# Terms


@pytest.mark.parametrize(
    ("severity", "until"), [("ordinary", date(2027, 5, 12)), ("serious", date(2029, 5, 12))]
)
def test_publication_and_record_end_by_the_rule_unless_the_decision_says_otherwise(
    office, severity, until
):
    kept = office.record(office.effective_record(severity=severity, decided_on="2026-04-20"))
    assert (kept.published_until, kept.expires_on) == (until, until)
    own = office.record(office.effective_record(severity=severity, expires_on="2026-12-31"))
    assert own.expires_on == date(2026, 12, 31)


def test_a_minor_record_is_not_published(office):
    kept = office.record(office.effective_record(severity="minor", decided_on="2026-04-20"))
    assert (kept.published_from, kept.published_until) == (None, None)


def sanctioned(office, person, sanction, on, rule="sanctions_law"):
    return office.effective_record(
        subject_id=person, kind="government_sanction", sanction=sanction, sanction_rule=rule,
        decided_on=on, effective_on=on, severity="ordinary",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sanction", "until"),
    [
        ("warning", date(2026, 10, 31)), ("demerit", date(2027, 4, 30)),
        ("serious_demerit", date(2027, 10, 30)), ("removal", date(2028, 4, 30)),
    ],
)  # fmt: skip
def test_a_sanction_has_the_term_of_the_law(office, sanction, until):
    kept = office.record(sanctioned(office, office.person(), sanction, "2026-04-30"))
    assert kept.sanction_until == until.replace(day=min(until.day, 30))


def test_what_is_left_of_an_earlier_sanction_is_added_up_to_48_months(office):
    person = office.person()
    sanctioned(office, person, "demerit", "2026-01-01")
    second = office.record(sanctioned(office, person, "warning", "2026-04-01"))
    assert second.sanction_until == date(2027, 7, 3)
    third = office.record(sanctioned(office, person, "removal", "2026-05-01"))
    fourth = office.record(sanctioned(office, person, "removal", "2026-05-02"))
    assert third.sanction_until == date(2029, 7, 3)
    assert fourth.sanction_until == date(2030, 5, 2)


# The morning


def test_what_ran_out_is_ended_in_the_morning_and_only_once(office, record, measure):
    office.now.set_day(date(2027, 5, 12))
    assert office.morning().count == 0
    office.now.set_day(date(2027, 5, 13))
    assert office.morning().records == ("拖欠示例工程款",)
    assert (office.state_of(record), office.state_of(measure)) == ("expired", "lifted")
    assert office.morning().count == 0


def test_a_measure_ends_after_its_last_day(office, record):
    short = office.step(office.enter("measure", record_id=record, until_on="2026-06-01"), "impose")
    office.now.set_day(date(2026, 6, 2))
    assert len(office.morning().measures) == 1
    assert office.state_of(short) == "ended"


def test_a_sanction_of_the_law_is_lifted_by_itself_one_of_the_regulation_by_decision(office):
    new = sanctioned(office, office.person(), "warning", "2026-04-01")
    old = sanctioned(
        office, office.person(name="李示例"), "warning", "2026-04-01", "regulation_2007"
    )
    office.now.set_day(date(2026, 10, 8))
    assert len(office.morning().sanctions) == 1
    assert office.record(new).sanction_lifted_on == date(2026, 10, 1)
    assert office.record(old).sanction_lifted_on is None
