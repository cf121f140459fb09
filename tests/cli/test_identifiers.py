from __future__ import annotations

import pytest


def test_right_numbers_are_exit_code_nought(run):
    told = run("identifier", "check", "110101199003070011", "13800000001")
    assert told.code == 0
    assert [line.split("\t")[1:3] for line in told.out.splitlines()] == [
        ["citizen_id", "ok"], ["phone", "ok"],
    ]  # fmt: skip


def test_one_wrong_number_is_exit_code_one(run):
    told = run("identifier", "check", "110101199003070011", "110101199003070012", "示例")
    assert told.code == 1
    assert "check_digit" in told.out.splitlines()[1]
    assert told.out.splitlines()[2].split("\t")[1] == "unknown"


def test_json_has_a_verdict_for_each(run):
    told = run("identifier", "check", "--json", "110101199003070011", "x")
    assert told.code == 1
    assert [each["ok"] for each in told.json] == [True, False]
    assert told.json[0]["birth_date"] == "1990-03-07"


@pytest.mark.parametrize(("value", "code"), [("110101199003070011", 0), ("x", 1)])
def test_as_a_process_of_its_own(program, value, code):
    assert program("identifier", "check", value).code == code
