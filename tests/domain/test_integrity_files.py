from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.domain.integrity_files import (
    TRUSTWORTHY_KINDS,
    Nature,
    RecordKind,
    SourceKind,
)
from integrity_desk.domain.steps import advance, check
from integrity_desk.errors import InvalidInput, StepRefused


@pytest.mark.parametrize("kind", RecordKind)
@pytest.mark.parametrize("nature", Nature)
def test_a_record_is_of_the_nature_its_kind_belongs_to(filled, kind, nature):
    record = filled("integrity_record", kind=kind, nature=nature)
    if (kind in TRUSTWORTHY_KINDS) is (nature is Nature.TRUSTWORTHY):
        check(record)
    else:
        with pytest.raises(InvalidInput) as refusal:
            check(record)
        assert refusal.value.field == "kind"


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (RecordKind.BREACH, "severity"),
        (RecordKind.ARREARS, "publication"),
        (RecordKind.COURT_LIST, "court"),
        (RecordKind.COURT_LIST, "case_number"),
        (RecordKind.COURT_LIST, "court_listed_on"),
        (RecordKind.GOVERNMENT_SANCTION, "sanction"),
        (RecordKind.GOVERNMENT_SANCTION, "sanction_rule"),
    ],
)
def test_an_untrustworthy_record_goes_to_review_only_with_what_its_kind_needs(
    filled, facts, kind, field
):
    empty = "" if field in ("court", "case_number") else None
    values = {"kind": kind, "nature": Nature.UNTRUSTWORTHY, field: empty}
    with pytest.raises(InvalidInput) as refusal:
        advance(filled("integrity_record", **values), "submit", facts())
    assert refusal.value.field == field


@pytest.mark.parametrize("source", [SourceKind.COMPLAINT, SourceKind.COMMITMENT])
def test_a_record_that_comes_from_a_register_names_the_entry(filled, facts, source):
    with pytest.raises(InvalidInput) as refusal:
        advance(filled("integrity_record", source_kind=source, source_id=""), "submit", facts())
    assert refusal.value.field == "source_id"


def test_a_decision_of_tomorrow_is_not_reviewed_today(filled, facts):
    tomorrow = date(2026, 5, 8)
    record = filled(
        "integrity_record", decided_on=tomorrow, effective_on=tomorrow, expires_on=tomorrow
    )
    with pytest.raises(InvalidInput) as refusal:
        advance(record, "submit", facts(today=date(2026, 5, 7)))
    assert refusal.value.field == "decided_on"


def test_a_record_expires_the_day_after_its_last_day(filled, facts):
    record = filled("integrity_record", state="effective", expires_on=date(2026, 5, 6))
    with pytest.raises(StepRefused, match="尚未届满"):
        advance(record, "expire", facts(today=date(2026, 5, 6)))
    assert advance(record, "expire", facts(today=date(2026, 5, 7))).state == "expired"
