import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity_desk.domain.fields import Kind
from integrity_desk.domain.privacy import NameMask, mask, mask_name


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (Kind.CITIZEN_ID, "350526198001011234", "350526********1234"),
        (Kind.CITIZEN_ID, "35052619800101123x", "350526********123X"),
        (Kind.CITIZEN_ID, "350526800101123", "350526******123"),
        (Kind.PHONE, "13800001234", "138****1234"),
        (Kind.PHONE, "+86 138 0000 1234", "138****1234"),
        (Kind.PHONE, "0595-22345678", "0595-****5678"),
        (Kind.PHONE, "0595-22345678转801", "0595-****5678转***"),
        (Kind.TEXT, "示例路一百二十三号", "示例*****三号"),
        (Kind.TEXT, "密", "*"),
        (Kind.TEXT, "", ""),
    ],
)
def test_private_values_are_starred_by_kind(kind, value, shown):
    assert mask(kind, value) == shown


@given(st.sampled_from(Kind), st.text(alphabet="0123456789X-转字", min_size=1, max_size=30))
def test_a_mask_never_shows_the_whole_value(kind, value):
    shown = mask(kind, value)
    if any(character not in "-转" for character in value):
        assert "*" in shown


@given(st.text(alphabet="0123456789", min_size=16, max_size=17))
def test_an_identity_number_of_the_wrong_length_is_masked_no_less(value):
    assert mask(Kind.CITIZEN_ID, value).count("*") >= 8


@pytest.mark.parametrize(
    ("name", "style", "shown"),
    [
        ("王小明", NameMask.SURNAME_STARS, "王**"),
        ("王明", NameMask.SURNAME_STARS, "王*"),
        ("欧阳小明", NameMask.SURNAME_STARS, "欧阳**"),
        ("歐陽明", NameMask.SURNAME_STARS, "歐陽*"),
        ("王小明", NameMask.SURNAME_SOMEONE, "王某某"),
        ("王明", NameMask.SURNAME_SOMEONE, "王某"),
        ("王小明", NameMask.ALL_STARS, "***"),
        ("阿依·买买提", NameMask.SURNAME_STARS, "阿*****"),
        ("", NameMask.SURNAME_STARS, ""),
        ("王", NameMask.SURNAME_STARS, "*"),
    ],
)
def test_names_are_made_anonymous_in_three_ways(name, style, shown):
    assert mask_name(name, style) == shown
