from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity_desk.domain.fields import Kind
from integrity_desk.domain.identifiers import (
    birth_date,
    check_identifier,
    citizen_check_digit,
    citizen_forms,
    credit_check_symbol,
    normalise,
    recognise,
)

CREDIT_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"

births = st.dates(min_value=date(1900, 1, 1), max_value=date(2030, 12, 31))


@st.composite
def citizen_ids(draw):
    division = draw(st.integers(110000, 829999))
    body = f"{division}{draw(births):%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + iso_7064_mod_11_2(body)


@st.composite
def credit_codes(draw):
    body = draw(st.text(CREDIT_SYMBOLS, min_size=17, max_size=17))
    return body + credit_check_symbol(body)


def iso_7064_mod_11_2(digits):
    """The recursive form of ISO 7064, as the standard writes it."""
    product = 0
    for digit in digits:
        product = (product + int(digit)) * 2 % 11
    check = (12 - product) % 11
    return "X" if check == 10 else str(check)


@given(citizen_ids())
def test_every_well_formed_citizen_number_passes_and_gives_its_birth_date(number):
    verdict = check_identifier(number)
    assert (verdict.kind, verdict.ok, verdict.code) == (Kind.CITIZEN_ID, True, "")
    assert verdict.birth_date == date.fromisoformat(
        f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    )
    assert citizen_check_digit(number[:17]) == number[17]


@given(citizen_ids(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_in_a_citizen_number_is_always_noticed(number, place, shift):
    wrong_digit = str((int(number[place]) + shift) % 10)
    wrong = number[:place] + wrong_digit + number[place + 1 :]
    verdict = check_identifier(wrong, Kind.CITIZEN_ID)
    assert not verdict.ok
    assert verdict.sentence.endswith("。")


@given(citizen_ids(), st.integers(0, 15))
def test_two_exchanged_neighbours_in_a_citizen_number_are_always_noticed(number, place):
    left, right = number[place], number[place + 1]
    swapped = number[:place] + right + left + number[place + 2 :]
    assert check_identifier(swapped, Kind.CITIZEN_ID).ok == (left == right)


def test_the_worked_example_of_the_standard_passes():
    assert check_identifier("11010519491231002X").ok
    assert check_identifier("440524188001010014").ok


@pytest.mark.parametrize(
    "written",
    ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ"],
)
def test_spaces_small_letters_and_full_width_digits_do_not_matter(written):
    verdict = check_identifier(written)
    assert (verdict.ok, verdict.value) == (True, "11010519491231002X")


def test_a_birth_date_that_never_was_is_named():
    verdict = check_identifier("110105194902310029", Kind.CITIZEN_ID)
    assert (verdict.ok, verdict.code) == (False, "birth_date")
    assert "19490231" in verdict.sentence


@pytest.mark.parametrize("division", ["330113", "330114", "999999", "156789"])
def test_a_division_code_nobody_knows_is_kept(division):
    body = f"{division}19800101001"
    assert check_identifier(body + citizen_check_digit(body)).ok


def test_an_old_number_of_15_digits_is_recognised_and_says_it_cannot_be_checked():
    verdict = check_identifier("110105491231002")
    assert (verdict.kind, verdict.ok, verdict.code) == (Kind.CITIZEN_ID, True, "old_number")
    assert verdict.birth_date == date(1949, 12, 31)


def test_a_number_without_a_birth_date_gives_none():
    assert birth_date("110105491331002") is None
    assert birth_date("abc") is None


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1101051949123100", "length"),
        ("11010519491231X021", "character"),
        ("010105194912310020", "character"),
        ("110105194912310021", "check_digit"),
        ("", "empty"),
    ],
)
def test_each_fault_of_a_citizen_number_has_its_own_code(value, code):
    verdict = check_identifier(value, Kind.CITIZEN_ID)
    assert (verdict.ok, verdict.code) == (False, code)


@given(credit_codes())
def test_every_well_formed_credit_code_passes(code):
    assert check_identifier(code, Kind.CREDIT_CODE).ok
    assert check_identifier(code.lower(), Kind.CREDIT_CODE).value == code


@given(credit_codes(), st.integers(0, 17), st.integers(1, 30))
def test_one_wrong_symbol_in_a_credit_code_is_always_noticed(code, place, shift):
    moved = CREDIT_SYMBOLS[(CREDIT_SYMBOLS.index(code[place]) + shift) % 31]
    wrong = code[:place] + moved + code[place + 1 :]
    assert check_identifier(wrong, Kind.CREDIT_CODE).code == "check_digit"


@pytest.mark.parametrize("prefix", ["N1", "N2", "N3", "91", "11", "12", "52", "Y1", "A1"])
def test_credit_codes_of_every_registering_authority_pass(prefix):
    body = f"{prefix}350526MA0000001"
    verdict = check_identifier(body + credit_check_symbol(body))
    assert (verdict.kind, verdict.ok) == (Kind.CREDIT_CODE, True)


def test_letters_among_the_first_eight_places_are_allowed():
    body = "N2A50X26MF0000012"
    assert check_identifier(body + credit_check_symbol(body)).ok


def test_a_published_credit_code_passes():
    assert check_identifier("91350100M000100Y43").ok


@pytest.mark.parametrize("letter", "IOSVZ")
def test_a_letter_the_standard_leaves_out_is_named(letter):
    verdict = check_identifier(f"91350100M0001{letter}0Y43", Kind.CREDIT_CODE)
    assert verdict.code == "confusable_letter"
    assert f"“{letter}”" in verdict.sentence


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("13812345678", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("０５９５－２２３４５６７８", "0595-22345678"),
        ("(0595) 22345678", "0595-22345678"),
        ("+86 010-62345678 转 801", "010-62345678转801"),
        ("0595-22345678-801", "0595-22345678转801"),
        ("(0595)2234567 分机 12", "0595-2234567转12"),
        ("22345678", "22345678"),
        ("400-123-4567", "4001234567"),
        ("12345", "12345"),
        ("110", "110"),
    ],
)
def test_telephone_numbers_are_written_one_way(written, kept):
    assert normalise(written, Kind.PHONE) == kept


@pytest.mark.parametrize("number", ["12812345678", "1381234567", "0595-123", "99", "电话"])
def test_what_no_telephone_looks_like_is_a_warning(number):
    verdict = check_identifier(number, Kind.PHONE)
    assert (verdict.ok, verdict.code) == (False, "shape")


def test_what_looks_like_nothing_known_says_so():
    verdict = check_identifier("示例镇人民政府")
    assert (verdict.kind, verdict.ok, verdict.code) == (None, False, "unrecognised")
    assert verdict.as_plain()["kind"] == "unknown"


def test_eighteen_digits_are_judged_by_the_check_that_passes():
    body = "91350526123456789"
    code = body + credit_check_symbol(body)
    assert recognise(code) is Kind.CREDIT_CODE
    assert recognise("110105194912310021") is Kind.CITIZEN_ID


@given(st.text(max_size=25))
def test_no_text_whatever_breaks_the_check(text):
    for kind in (None, Kind.CITIZEN_ID, Kind.CREDIT_CODE, Kind.PHONE):
        verdict = check_identifier(text, kind)
        assert verdict.ok or verdict.sentence


def test_an_old_number_and_the_new_one_are_forms_of_one_another():
    new = "11010519491231002X"
    assert citizen_forms(new) == (new, "110105491231002")
    assert citizen_forms("110105491231002") == ("110105491231002", new)


def test_who_was_born_in_this_century_has_no_old_number():
    assert citizen_forms("999901200001011236") == ("999901200001011236",)
    assert citizen_forms("") == ("",)
