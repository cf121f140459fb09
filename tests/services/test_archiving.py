"""What ended long ago is told to nobody who inquires, and is not lost."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.services.file_papers import short_report
from integrity_desk.services.standing import standing_of
from integrity_desk.services.subject_files import ShowFile
from integrity_desk.services.time_rules import ChooseRegion


@pytest.fixture
def person(office):
    return office.person(name="李示例")


@pytest.fixture
def record(office, person):
    """A record whose last day is 2026-12-31, noted as ended the next morning."""
    rec = office.effective_record(subject_id=person, expires_on="2026-12-31")
    office.now.set_day(date(2027, 1, 1))
    office.morning()
    return rec


def ended(office, person):
    return standing_of(office.record(person), office.reading()).ended


def lines(office, rec):
    sections = dict(office.view(rec).sections)
    return [line.words for line in sections.get("存档", ())]


@pytest.mark.parametrize(("day", "told"), [(date(2031, 12, 31), 1), (date(2032, 1, 1), 0)])
def test_an_ended_record_is_told_for_five_years_and_no_longer(office, person, record, day, told):
    office.now.set_day(day)
    assert len(ended(office, person)) == told
    paper = repr(short_report(office.record(person), office.reading()))
    assert (office.record(record).subject in paper) is bool(told)
    assert ("已终止的失信记录" in paper) is bool(told)


def test_the_whole_file_keeps_it_and_says_that_it_is_archived(office, person, record):
    office.now.set_day(date(2032, 1, 1))
    (chapter,) = office.as_("viewer").ask(ShowFile(subject_id=person)).chapters
    assert [each.state_label for each in chapter.entries] == ["已存档"]


def test_the_record_says_until_when_it_is_told_and_by_which_rule(office, record):
    assert lines(office, record) == [
        "2031-12-31，其后转入存档（地方信用管理规定；本地区规则未录入，按五年）"
    ]
    office.as_("admin").perform(ChooseRegion(region="31"))
    office.now.set_day(date(2032, 1, 1))
    assert lines(office, record) == [
        "2031-12-31，已转入存档（《上海市社会信用条例》关于失信信息查询期限的规定）"
    ]


def test_what_runs_what_was_wrong_and_what_speaks_for_somebody_is_never_archived(office, person):
    running = office.effective_record(subject_id=person, expires_on="2050-12-31")
    good = office.effective_record(
        subject_id=person, nature="trustworthy", kind="honour", severity=None,
        expires_on="2026-12-31",
    )  # fmt: skip
    office.now.set_day(date(2040, 1, 1))
    office.morning()
    assert lines(office, running) == lines(office, good) == []
    assert len(standing_of(office.record(person), office.reading()).trustworthy) == 1
