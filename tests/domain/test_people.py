"""Public servants and units: numbers that cannot be right need a word of explanation."""

from __future__ import annotations

import pytest

from integrity_desk.domain.identifiers import citizen_check_digit, credit_check_symbol
from integrity_desk.domain.people import Person
from integrity_desk.domain.records import type_of
from integrity_desk.domain.units import Unit
from integrity_desk.errors import InvalidInput

FIRST_17 = "99990119900307001"
RIGHT = FIRST_17 + citizen_check_digit(FIRST_17)
WRONG = FIRST_17 + ("0" if RIGHT[-1] != "0" else "1")
CREDIT_17 = "11999901000000001"


def check(record):
    for each in type_of(record).checks:
        each(record)


def person(**values):
    return type_of(Person).cls(name="示例", **values)


def unit(**values):
    return type_of(Unit).cls(name="示例单位", **values)


def test_a_number_that_passes_needs_no_explanation():
    check(person(citizen_id=RIGHT))
    check(unit(credit_code=CREDIT_17 + credit_check_symbol(CREDIT_17)))


def test_no_number_needs_no_explanation():
    check(person())
    check(unit())


def test_a_number_that_fails_is_refused_at_its_field_with_the_way_out():
    with pytest.raises(InvalidInput, match="号码核对说明") as refused:
        check(person(citizen_id=WRONG))
    assert refused.value.field == "citizen_id"


def test_a_number_that_fails_may_stand_with_a_reason():
    check(person(citizen_id=WRONG, citizen_id_note="与任职文件原件一致"))


def test_the_same_holds_for_the_code_of_a_unit():
    with pytest.raises(InvalidInput, match="代码核对说明"):
        check(unit(credit_code=CREDIT_17 + "X"))
    check(unit(credit_code=CREDIT_17 + "X", credit_code_note="与登记证书原件一致"))


def test_an_old_number_of_fifteen_digits_is_not_refused():
    check(person(citizen_id="999901900307001"))
