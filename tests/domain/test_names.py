import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from integrity_desk.domain.names import MAX_SPELLINGS, fold, pinyin_keys, surname

COMMON = "王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许韩冯邓曹彭肖田董袁潘蔡余杜戴夏钟汪"


@pytest.mark.parametrize(
    ("name", "first_two"),
    [
        ("单小明", ("sxm", "shanxiaoming")),
        ("曾红", ("zh", "zenghong")),
        ("翟强", ("zq", "zhaiqiang")),
        ("区明", ("om", "ouming")),
        ("查文", ("zw", "zhawen")),
        ("仇英", ("qy", "qiuying")),
        ("解明", ("xm", "xieming")),
        ("朴英", ("py", "piaoying")),
        ("任明", ("rm", "renming")),
        ("單小明", ("sxm", "shanxiaoming")),
        ("吕明", ("lm", "lvming")),
        ("单于明", ("cym", "chanyuming")),
        ("欧阳明", ("oym", "ouyangming")),
        ("万俟明", ("mqm", "moqiming")),
    ],
)
def test_a_surname_is_read_as_a_surname_first(name, first_two):
    assert pinyin_keys(name)[:2] == first_two


def test_the_other_readings_of_a_surname_still_find_it():
    assert {"danming", "chanming", "dm", "cm"} <= set(pinyin_keys("单明"))


def test_letters_and_digits_stay_and_punctuation_goes():
    assert pinyin_keys("A栋·3号")[:2] == ("ad3h", "adong3hao")


def test_a_name_that_cannot_be_spelled_has_no_keys():
    assert pinyin_keys("") == ()
    assert pinyin_keys("·——") == ()


@given(st.text(alphabet=COMMON + "行重长乐单曾和参差的了着·A1", max_size=80))
def test_keys_are_few_plain_and_distinct(name):
    keys = pinyin_keys(name)
    assert len(keys) == len(set(keys)) <= 2 * MAX_SPELLINGS
    assert all(key.isascii() and key.isalnum() and key == key.lower() for key in keys)


@pytest.mark.parametrize("character", COMMON)
def test_the_readings_agree_with_pypinyin(character):
    (expected,) = pinyin([character], style=Style.NORMAL, heteronym=True)
    spelled = {syllable.replace("ü", "v") for syllable in expected}
    assert spelled <= set(pinyin_keys(character))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("王明", "王"), ("欧阳明", "欧阳"), ("欧阳", "欧"), ("阿依·买买提", ""), ("Li Ming", "")],
)
def test_the_surname_is_told_from_the_given_name(name, expected):
    assert surname(name) == expected


def test_both_scripts_and_both_widths_compare_equal():
    assert fold("誠信臺賬ＡＢ１２") == fold("诚信台账ab12") == "诚信台账ab12"
    assert fold("發票與頭髮") == "发票与头发"


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


def test_run_time_needs_no_pinyin_package():
    code = (
        "import sys; from integrity_desk.domain.names import pinyin_keys; pinyin_keys('单明');"
        "sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
