"""Measures that the rules ask for: by subject, severity, kind and day, with clause and last day."""

from __future__ import annotations

import pytest


def offered(office, record):
    """{kind of measure: values} of what the opened record offers by rule."""
    found = office.view(record, by="clerk").suggested
    return {each.values["kind"]: each.values for each in found if each.code.startswith("measure-")}


@pytest.fixture
def subject(office):
    """Return ``subject("person")``: one person or unit."""
    return {"person": office.person(name="李示例"), "unit": office.unit(name="示例供水公司")}.get


@pytest.mark.parametrize(
    ("of", "severity", "kinds"),
    [
        ("unit", "minor", {"rectify"}),
        ("unit", "ordinary", {"rectify", "no_honours", "talk", "not_excellent"}),
        (
            "unit", "serious",
            {"rectify", "no_honours", "circular", "accountability", "not_excellent"},
        ),
        ("person", "minor", set()),
        ("person", "ordinary", {"no_honours", "talk", "not_excellent"}),
        (
            "person", "serious",
            {"no_honours", "restrict_appointment", "restrict_title", "circular", "not_excellent"},
        ),
    ],
)  # fmt: skip
def test_what_is_offered_follows_subject_and_severity(office, subject, of, severity, kinds):
    record = office.effective_record(
        subject_id=subject(of), severity=severity, decided_on="2026-05-06"
    )
    assert set(offered(office, record)) == kinds


def test_the_rule_in_force_on_the_day_of_the_decision_counts(office, subject):
    before = office.effective_record(subject_id=subject("unit"), decided_on="2024-09-12")
    since = office.effective_record(subject_id=subject("unit"), decided_on="2024-09-13")
    assert "talk" not in offered(office, before)
    assert "talk" in offered(office, since)
    older = office.effective_record(subject_id=subject("unit"), decided_on="2017-09-04")
    assert offered(office, older) == {}


def test_basis_and_last_day_are_filled_in_by_the_row(office, subject):
    record = office.effective_record(subject_id=subject("person"), decided_on="2026-05-06")
    by_kind = offered(office, record)
    assert by_kind["not_excellent"]["until_on"] == "2026-12-31"
    assert by_kind["no_honours"]["until_on"] == office.record(record).expires_on.isoformat()
    assert "until_on" not in by_kind["talk"]
    assert by_kind["talk"]["basis"] == "市政务诚信通知（2024年）五（二）：实施警示约谈"


def test_a_sanction_bars_promotion_as_long_as_it_runs(office, subject):
    record = office.effective_record(
        subject_id=subject("person"), kind="government_sanction", sanction="demerit",
        sanction_rule="sanctions_law", severity="ordinary", decided_on="2026-05-06",
    )  # fmt: skip
    barred = offered(office, record)["restrict_appointment"]
    assert barred["until_on"] == office.record(record).sanction_until.isoformat()
    assert "第十九条" in barred["basis"]


def test_a_good_record_offers_what_is_good(office, subject):
    record = office.effective_record(
        subject_id=subject("unit"), nature="trustworthy", kind="honour", severity=None
    )
    assert set(offered(office, record)) == {"priority"}


def test_taken_up_it_is_imposed_by_a_second_person_and_offered_no_more(office, subject):
    record = office.effective_record(subject_id=subject("unit"), decided_on="2026-05-06")
    values = offered(office, record)["talk"]
    measure = office.step(office.enter("measure", **values), "impose")
    assert office.state_of(measure) == "in_force"
    assert "talk" not in offered(office, record)
    assert "rectify" in offered(office, record)


def test_nothing_is_offered_for_what_is_not_in_force(office, subject):
    draft = office.integrity_record(subject_id=subject("unit"))
    assert offered(office, draft) == {}
    ended = office.effective_record(subject_id=subject("unit"))
    office.step(ended, "revoke")
    assert offered(office, ended) == {}
