"""Plain values: what stands in revisions and bundles comes back as it was."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.fields import Kind
from integrity_desk.domain.plain import from_plain, plain_changes, record_from_plain, to_plain
from integrity_desk.domain.records import changed_fields, type_named
from integrity_desk.errors import InvalidInput

EVERY_FIELD = [(each, field) for each in TYPES for field in each.fields]


def named(pair):
    return f"{pair[0].name}.{pair[1].name}" if isinstance(pair, tuple) else None


def test_every_kind_is_declared_somewhere():
    assert {field.kind for _declared, field in EVERY_FIELD} >= set(Kind) - {Kind.CHOICES}


@pytest.mark.parametrize("declared", TYPES, ids=lambda each: each.name)
def test_every_declared_field_comes_back_as_it_was(declared, filled):
    record = filled(declared)
    plain = plain_changes(declared, changed_fields(None, record))
    assert len(plain) >= len(declared.fields) - 1
    assert json.loads(json.dumps(plain)) == plain
    assert record_from_plain(declared, record.id, plain) == record


@pytest.mark.parametrize("pair", EVERY_FIELD, ids=named)
def test_what_is_empty_is_none_and_none_is_empty(pair):
    _declared, field = pair
    assert to_plain(field, field.empty) is None
    assert from_plain(field, None) == field.empty


def test_fields_of_a_newer_program_are_passed_over():
    unit = record_from_plain(type_named("unit"), "a" * 32, {"name": "示例镇", "anthem": "示例歌"})
    assert (unit.id, unit.name) == ("a" * 32, "示例镇")


BAD = {
    Kind.DAY: ("2026-02-30", "昨天", 5, ["2026-05-12"]),
    Kind.MOMENT: ("2026-05-12", "2026-05-12T09:00:00+08:00", 5),
    Kind.NUMBER: ("许多", [1], 2**53, -(2**53), {}),
    Kind.MONEY: ("12.5", 2**53),
    Kind.CHOICE: ("no_such_code", 5, []),
    Kind.CHOICES: (["no_such_code"], 5, "no_such_code"),
    Kind.LINKS: (5,),
    Kind.TEXT: ("半个\ud800",),
}


@pytest.mark.parametrize(
    ("pair", "bad"),
    [
        pytest.param(pair, bad, id=f"{named(pair)}-{number}")
        for pair in {field.kind: (each, field) for each, field in EVERY_FIELD}.values()
        for number, bad in enumerate(BAD.get(pair[1].kind, ()))
    ],
)
def test_a_bad_value_names_its_field(pair, bad):
    _declared, field = pair
    with pytest.raises(InvalidInput, match="格式不对") as refused:
        from_plain(field, bad)
    assert refused.value.field == field.name
    assert f"“{field.label}”" in refused.value.sentence


@given(moment=st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=0)))
def test_a_moment_comes_back_to_the_second(moment):
    field = next(field for _each, field in EVERY_FIELD if field.kind is Kind.MOMENT)
    if moment.year >= 1000:
        assert from_plain(field, to_plain(field, moment)) == moment


def test_a_moment_of_any_zone_is_written_in_utc():
    field = type_named("unit").field("entered_at")
    china = datetime.fromisoformat("2026-05-12T09:00:00+08:00")
    assert to_plain(field, china) == "2026-05-12T01:00:00Z"


def test_a_day_already_read_is_taken_as_it_is():
    field = type_named("complaint").field("received_on")
    assert from_plain(field, date(2026, 5, 12)) == date(2026, 5, 12)
