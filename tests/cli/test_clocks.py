from __future__ import annotations

import pytest


def test_the_list_names_every_clock_with_its_clause(run):
    told = run("clock", "--list")
    assert told.code == 0
    known = {line.split("\t")[0]: line.split("\t")[1:] for line in told.out.splitlines()}
    assert known["hotline_order"][1:3] == ["working_day", "5"]
    assert "信访工作条例" in known["petition_handling"][3]


def test_the_list_as_json(run):
    listed = run("clock", "--list", "--json").json
    (handling,) = [each for each in listed if each["id"] == "petition_handling"]
    assert (handling["length"], handling["extension"], handling["unit"]) == (60, 30, "calendar_day")


def test_a_clock_is_counted_from_a_day(run):
    told = run("clock", "hotline_order", "--from", "2026-05-11")
    assert told.code == 0
    start, due, mark, clause = told.out.strip().split("\t")
    assert (start, due, mark) == ("2026-05-11", "2026-05-18", "final")
    assert clause


def test_every_day_of_a_range_is_counted(run):
    lines = run("clock", "hotline_order", "--from", "2026-05-11..2026-05-15").out.splitlines()
    assert [line.split("\t")[0] for line in lines] == [f"2026-05-{day}" for day in range(11, 16)]


def test_suspended_days_are_not_counted_and_are_explained(run):
    told = run(
        "clock", "hotline_order", "--from", "2026-05-11", "--suspend", "2026-05-13..2026-05-19",
        "--explain", "--json",
    )  # fmt: skip
    (counted,) = told.json
    assert (counted["from"], counted["due"]) == ("2026-05-11", "2026-05-25")
    stopped = [each["day"] for each in counted["explanation"] if "中止" in each["note"]]
    assert stopped == [f"2026-05-{day}" for day in range(13, 20)]


def test_an_explanation_has_a_line_for_every_day(run):
    lines = run(
        "clock", "petition_acceptance", "--from", "2026-05-11", "--explain"
    ).out.splitlines()
    assert len(lines) == 1 + 16
    assert "起算日不计入" in lines[1]
    assert "届满" in lines[-1]


def test_a_day_beyond_the_published_calendar_is_provisional(run):
    assert "\tprovisional\t" in run("clock", "petition_handling", "--from", "2026-12-01").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("no_such_clock", "--from", "2026-05-11"), "clock --list"),
        (("hotline_order", "--from", "yesterday"), "不是日期"),
        (("hotline_order", "--from", "2026-05-11", "--suspend", "2026-05-14..2026-05-12"), "早于"),
        (("petition_handling", "--from", "2026-05-11", "--suspend", "2026-05-12"), "不因此中止"),
        (("petition_handling", "--from", "1990-01-01"), "尚无"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_a_sentence(run, words, said):
    told = run("clock", *words)
    assert (told.code, told.out) == (1, "")
    assert said in told.err


def test_a_clock_without_a_day_is_wrong_words(run):
    told = run("clock", "hotline_order")
    assert told.code == 2
    assert "--from" in told.err


def test_as_a_process_of_its_own(program):
    told = program("--language", "en", "clock", "hotline_order", "--from", "2026-05-11")
    assert (told.code, told.out.split("\t")[1]) == (0, "2026-05-18")
