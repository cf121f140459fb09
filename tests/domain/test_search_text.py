"""What is indexed of a record: pairs of characters, and nothing private."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity_desk.domain import search_text as search
from integrity_desk.domain.commitments import Commitment
from integrity_desk.domain.people import Person
from integrity_desk.domain.reporters import Reporter
from integrity_desk.domain.search_text import is_single, phrase, search_text, spelling

HAN = st.text(alphabet="政务诚信承诺公开甲乙丙丁", min_size=2, max_size=12)


def tokens_of(expression):
    return expression.split('"')[1]


def test_a_run_becomes_its_pairs_and_its_last_character():
    indexed = search_text(Commitment(subject="政务诚信"))
    assert indexed.body.split()[:4] == ["政务", "务诚", "诚信", "信"]
    assert indexed.single.split()[:4] == ["政", "务", "诚", "信"]


def test_what_is_asked_for_is_a_phrase_of_pairs():
    assert phrase("务诚信") == 'body : "务诚 诚信"'
    assert phrase("诚") == 'single : "诚"'
    assert phrase("示例 承诺") == 'body : "示例" AND body : "承诺"'


@given(text=HAN, data=st.data())
def test_every_part_of_a_text_stands_in_its_index_as_a_phrase(text, data):
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    indexed = f" {search_text(Commitment(content=text)).body} "
    assert f" {tokens_of(phrase(text[start:end]))} " in indexed


@pytest.mark.parametrize(
    "text", ["甲乙，丙丁", "甲乙 丙丁", "甲乙_丙丁", "甲乙\n丙丁", "甲乙·丙丁"]
)
def test_no_pair_reaches_across_a_break(text):
    body = search_text(Commitment(content=text)).body.split()
    assert "乙丙" not in body
    assert body.index("乙") < body.index(search._WALL) < body.index("丙丁")


def test_long_text_gives_no_single_characters():
    assert search_text(Commitment(content="示例内容")).single == ""


@pytest.mark.parametrize(
    ("written", "asked"),
    [("濱江路", "滨江路"), ("ＡＢ１２", "ab12"), ("ab12", "ＡＢ１２"), ("發", "发")],
)
def test_scripts_widths_and_cases_fold_together(written, asked):
    indexed = search_text(Commitment(subject=written))
    assert phrase(asked) is not None
    assert tokens_of(phrase(asked)) in f"{indexed.body} {indexed.single}"


def test_private_values_of_open_types_are_not_indexed():
    person = Person(name="王示例", citizen_id="110101199003070011", phone="13800000001")
    indexed = search_text(person)
    shown = f"{indexed.body} {indexed.single}"
    assert "王示" in shown
    assert not {"11", "19", "38", "1", "3"} & set(shown.split())


def test_who_complained_does_not_stand_in_the_index():
    indexed = search_text(Reporter(name="赵甲示例", phone="13800000001", address="示例路1号"))
    assert (indexed.body, indexed.single) == ("", "")


@pytest.mark.parametrize("blank", ["", "   ", "，。！", "　", "_"])
def test_blanks_and_marks_ask_for_nothing(blank):
    assert phrase(blank) is None
    assert not is_single(blank)


@pytest.mark.parametrize(("query", "single"), [("诚", True), (" 诚。", True), ("诚信", False)])
def test_one_character_is_told_from_several(query, single):
    assert is_single(query) is single


@given(query=st.text(max_size=30))
def test_no_query_breaks_out_of_its_quotes(query):
    for expression in (phrase(query), spelling(query)):
        if expression is not None:
            assert expression.count('"') % 2 == 0
            inside = expression.split('"')[1::2]
            assert all(char.isalnum() or char in " │" for each in inside for char in each)


@pytest.mark.parametrize(
    ("query", "asked"),
    [("zsx", '"zsx" *'), ("Zhang San", '"zhangsan" *'), ("张", None), ("a1", None)],
)  # fmt: skip
def test_letters_may_be_pinyin(query, asked):
    assert spelling(query) == asked


def test_the_title_is_spelt_and_a_very_long_one_is_not():
    assert "wsl" in search_text(Person(name="王示例")).spelling.split()
    assert search_text(Commitment(subject="示例" * 11)).spelling == ""
