"""Who complained, written where everybody reads."""

from __future__ import annotations

import pytest

from integrity_desk.domain.reporter_traces import moved, traces

REPORTER = {"name": "赵甲示例", "phone": "13800000001", "address": "示例村三组十二号"}


@pytest.mark.parametrize(
    ("text", "belongs"),
    [
        ("赵甲示例多次到所里催要。", "name"),
        ("请回电13800000001。", "phone"),
        ("家住示例村三组十二号。", "address"),
        ("另有同事13900000002可以作证。", "phone"),
        ("身份证110101199003070011。", "citizen_id"),
    ],
)
def test_a_name_an_address_or_a_number_among_the_facts_is_found(text, belongs):
    (found,) = traces({"facts": text}, REPORTER)
    assert (found.field, found.belongs) == ("facts", belongs)


@pytest.mark.parametrize(
    "text",
    ["合同约定三月付款。", "工单2026051100012345678号", "金额1380000元", "办公电话20000012", ""],
)
def test_other_numbers_and_words_are_left_alone(text):
    assert traces({"facts": text}, REPORTER) == ()


def test_a_single_character_or_a_mask_is_no_trace():
    assert traces({"facts": "赵某说，138****0001"}, {"name": "赵", "phone": "138****0001"}) == ()


def test_what_was_found_is_moved_to_the_reporter_and_out_of_the_facts():
    values = {"facts": "赵甲示例说，请打13900000002。", "subject": "催要工程款"}
    found = traces(values, {"name": "赵甲示例"})
    open_, theirs = moved(values, {"name": "赵甲示例"}, found, "投诉举报人")
    assert open_["facts"] == "投诉举报人说，请打投诉举报人。"
    assert theirs == {"name": "赵甲示例", "phone": "13900000002"}
    assert traces(open_, theirs) == ()


def test_a_number_filled_in_already_stays_as_it_is():
    values = {"facts": "13900000002"}
    _open, theirs = moved(values, REPORTER, traces(values, REPORTER), "…")
    assert theirs["phone"] == REPORTER["phone"]
