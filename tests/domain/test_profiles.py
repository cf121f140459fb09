"""A reporting profile is checked against the declarations before anything is mapped by it."""

from __future__ import annotations

import pytest

from integrity_desk.domain.profile_checks import check
from integrity_desk.domain.profiles import Origin, national_text, read_profile
from integrity_desk.errors import InvalidInput
from integrity_desk.paths import resource

BUNDLED = sorted(path.name for path in resource("profiles").glob("*.toml"))


def changed(old, new):
    text = national_text()
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize("name", BUNDLED)
def test_the_bundled_profiles_fit_the_declarations(name):
    profile = read_profile(resource(f"profiles/{name}").read_text("utf-8"))
    check(profile)
    assert profile.items


@pytest.mark.parametrize("name", BUNDLED)
def test_no_code_is_given_out_as_the_standards_that_was_not_taken_from_it(name):
    profile = read_profile(resource(f"profiles/{name}").read_text("utf-8"))
    for item in profile.items:
        for each in (item, *item.elements):
            if profile.bases[each.code_from].origin is Origin.STANDARD:
                assert each.code == "", each.name


def test_the_bundled_profile_asks_for_no_reporter_and_withholds_nothing():
    profile = read_profile(national_text())
    assert (profile.reporters, profile.withheld) == (False, ())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('field = "document_number"', 'field = "nothing"', "没有字段“nothing”"),
        ('field = "subject_id.credit_code"', 'field = "subject_id.none"', "没有字段"),
        ('field = "document_number"', 'field = "subject.none"', "没有字段"),
        ('type = "repair"', 'type = "repairs"', "没有可以进目录的登记类型“repairs”"),
        ('type = "repair"', 'type = "reporter"', "没有可以进目录的登记类型“reporter”"),
        ('type = "repair"', 'type = "inquiry"', "没有可以进目录的登记类型"),
        ('format = "YYYY-MM-DD"', 'format = "C..10"', "类型不合"),
        ('format = "N..18,2", unit = "元"', 'format = "N..18,2"', "类型不合"),
        ('format = "N..18,2", unit = "元"', 'format = "N..18,2", unit = "万元"', "类型不合"),
        ('format = "C..200", required', 'format = "C..0", required', "格式“C..0”不认识"),
        ('active = "在用", closed = "停用"', 'active = "在用"', "缺：closed"),
        ('active = "在用"', 'activ = "在用"', "不认识的代码"),
        ('unit = "法人及非法人组织", ', "", "缺：unit"),
        ('kind = ["administrative_penalty"]', 'kind = ["penalty"]', "条件“kind”"),
        ('states = ["granted", ', 'states = ["given", ', "没有状态“given”"),
        ('name_from = "court"', 'name_from = "judge"', "出处“judge”"),
        ('code = "CF_WSH"', 'code = "CF_SY"', "各不相同的代码"),
        ('key = "honour"', 'key = "repair"', "同一个文件名"),
        ("withheld = []", 'withheld = ["trainings"]', "没有这种可上报的登记"),
        ("withheld = []", 'withheld = ["reporter"]', "没有这种可上报的登记"),
        ("withheld = []", 'withheld = ["person"]', "又说它不上报"),
        ("withheld = []", 'withheld = ["commitment"]', "又说它不上报"),
        ("TSB-PROFILE/1", "TSB-PROFILE/2", "格式版本不认识"),
        ("reporters = false", 'reporters = "no"', "读不出来"),
        ("reporters = false", "reporters = ", "读不出来"),
        ('origin = "own"', 'origin = "mine"', "读不出来"),
        ('key = "unit"', 'key = "../unit"', "读不出来"),
        ('version = "2026.1"', "version = 2026", "读不出来"),
        ('key = "unit"', 'key = "unit"\nextra = 1', "读不出来"),
    ],
)
def test_whatever_cannot_be_is_named_in_one_sentence(old, new, said):
    with pytest.raises(InvalidInput, match=said) as caught:
        check(read_profile(changed(old, new)))
    assert caught.value.sentence.endswith(("。", "件。"))


def test_a_type_is_withheld_only_as_long_as_nothing_mapped_reads_it():
    check(read_profile(changed("withheld = []", 'withheld = ["training", "pledge"]')))
    with pytest.raises(InvalidInput, match="又说它不上报"):
        check(read_profile(changed("withheld = []", 'withheld = ["integrity_record"]')))


def test_a_state_that_a_newer_program_has_stops_only_who_takes_the_profile_anew():
    older = read_profile(changed('effective = "有效", ', ""))
    check(older, complete=False)
    with pytest.raises(InvalidInput, match="缺：effective"):
        check(older)


def test_text_nested_without_end_is_refused():
    with pytest.raises(InvalidInput, match="读不出来"):
        read_profile("a = " + "[" * 100_000)


def test_endless_text_is_refused():
    with pytest.raises(InvalidInput, match="太大"):
        read_profile("#" * 300_000)
