"""How values read on screens and sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from integrity_desk.domain import fields as declare
from integrity_desk.domain.areas import KeyArea
from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.display import local_minute, long_day, words, yuan
from integrity_desk.domain.fields import Choice, Kind
from integrity_desk.domain.records import type_named


class Colour(Choice):
    """Two invented choices."""

    RED = "red", "红"
    BLUE = "blue", "蓝"


@dataclass(frozen=True, kw_only=True)
class Everything:
    """One field of every kind."""

    text: str = declare.text("文字")
    number: int | None = declare.number("数目")
    money: int | None = declare.money("金额")
    day: date | None = declare.day("日期")
    moment: datetime | None = declare.moment("时刻")
    flag: bool = declare.flag("是否")
    choice: Choice | None = declare.choice("颜色", Colour)
    choices: tuple[Choice, ...] = declare.choices("颜色", Colour)
    link: str = declare.link("单位", to="unit")
    links: tuple[str, ...] = declare.links("单位", to="unit")


FIELDS = SimpleNamespace(
    **{
        name: member.metadata["declared"]
        for name, member in Everything.__dataclass_fields__.items()
    }
)
TITLES = {"a" * 32: "示例镇", "b" * 32: "示例村"}


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("text", "原样", "原样"),
        ("number", 0, "0"),
        ("number", 12000, "12000"),
        ("money", 0, "0.00"),
        ("money", 1_234_567, "12,345.67"),
        ("money", -5, "-0.05"),
        ("day", date(2026, 5, 2), "2026-05-02"),
        ("moment", datetime(2026, 5, 11, 23, 59, tzinfo=UTC), "2026-05-12 07:59"),
        ("flag", True, "是"),
        ("choice", Colour.BLUE, "蓝"),
        ("choices", (Colour.RED, Colour.BLUE), "红、蓝"),
        ("link", "a" * 32, "示例镇"),
        ("links", ("a" * 32, "b" * 32), "示例镇、示例村"),
    ],
)
def test_a_value_of_every_kind_has_its_words(kind, value, shown):
    assert words(getattr(FIELDS, kind), value, TITLES) == shown


@pytest.mark.parametrize("name", vars(FIELDS))
def test_what_is_not_filled_in_reads_as_nothing(name):
    field = getattr(FIELDS, name)
    assert words(field, field.empty) == ""


def test_a_record_that_is_not_on_this_desk_says_so():
    assert words(FIELDS.link, "c" * 32, TITLES) == "（不在本机）"
    assert words(FIELDS.links, ("a" * 32, "c" * 32), TITLES) == "示例镇、（不在本机）"


@pytest.mark.parametrize(
    "field",
    [field for each in TYPES for field in each.fields if field.sensitive and field.is_text],
    ids=lambda field: field.name,
)
def test_every_private_field_is_masked_unless_asked_otherwise(field):
    value = "110101199003070011"
    assert value not in words(field, value)
    assert words(field, value, masked=False) == value


def test_an_identity_number_keeps_its_ends():
    field = type_named("person").field("citizen_id")
    assert field.kind is Kind.CITIZEN_ID
    assert words(field, "110101199003070011") == "110101********0011"


def test_labels_are_those_of_the_declaration():
    field = type_named("commitment").field("key_area")
    assert [words(field, each) for each in KeyArea] == [each.label for each in KeyArea]


def test_days_of_running_text_have_no_leading_noughts():
    assert long_day(date(2026, 5, 2)) == "2026年5月2日"


def test_amounts_are_grouped_by_thousands():
    assert yuan(123_456_789_01) == "123,456,789.01"


def test_a_moment_is_shown_in_china_time_wherever_it_comes_from():
    assert local_minute(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == "2027-01-01 00:00"
