"""Training sessions and pledges for many at once."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from integrity_desk.domain.pledges import Pledge, PledgeTemplate
from integrity_desk.domain.training import Presence
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.pledges import IssuePledges, SignPledges
from integrity_desk.services.sign_in_sheets import DrawSignInSheet, sign_in_sheet
from integrity_desk.services.training import (
    ExpectPeople,
    ImportAttendance,
    ListStaff,
    Mark,
    MarkAttendance,
    ShowAttendance,
    StrikePeople,
)


@pytest.fixture
def session(office):
    return office.enter("training", topic="示例廉政教育", held_on="2026-05-10", hours=2)


@pytest.fixture
def people(office):
    names = ("孙甲示例", "李乙示例", "周丙示例")
    return [office.person(name=name) for name in names]


def the_list(office, session):
    return {
        each.name: each for each in office.as_("clerk").ask(ShowAttendance(training_id=session))
    }


def expect(office, session, people):
    command = ExpectPeople(training_id=session, person_ids=tuple(people))
    return office.as_("clerk").perform(command).value


def mark(office, **marks):
    return office.as_("clerk").perform(MarkAttendance(**marks)).value


def test_many_are_put_on_the_list_at_once_and_nobody_twice(office, session, people):
    assert expect(office, session, people) == 3
    assert expect(office, session, [*people, office.clerk_person]) == 1
    assert {each.presence for each in the_list(office, session).values()} == {Presence.EXPECTED}


def test_everybody_in_post_may_be_picked_with_their_unit(office, people):
    office.step(people[0], "retire")
    staff = {each.id: each for each in office.as_("clerk").ask(ListStaff())}
    assert people[0] not in staff
    assert staff[people[1]].unit


def test_attendance_is_marked_together(office, session, people):
    expect(office, session, people)
    first, second, third = the_list(office, session).values()
    mark(
        office,
        marks={
            first.id: Mark(presence=Presence.PRESENT),
            second.id: Mark(presence=Presence.LEAVE, reason="出差"),
            third.id: Mark(presence=Presence.MADE_UP, made_up_on=date(2026, 5, 11)),
        },
    )
    told = the_list(office, session)
    assert told[second.name].reason == "出差"
    assert told[third.name].made_up_on == date(2026, 5, 11)


def test_absence_without_reason_is_refused_by_name_and_marks_nobody(office, session, people):
    expect(office, session, people)
    first, second, _third = the_list(office, session).values()
    with pytest.raises(InvalidInput, match=second.name):
        mark(
            office,
            marks={
                first.id: Mark(presence=Presence.PRESENT),
                second.id: Mark(presence=Presence.ABSENT),
            },
        )
    assert the_list(office, session)[first.name].presence is Presence.EXPECTED


def test_a_closed_session_keeps_its_list(office, session, people):
    expect(office, session, people)
    line = the_list(office, session)["孙甲示例"]
    office.walk(session, "hold", "close")
    with pytest.raises(StepRefused, match="归档"):
        mark(office, marks={line.id: Mark(presence=Presence.PRESENT)})
    with pytest.raises(StepRefused, match="归档"):
        office.as_("clerk").perform(StrikePeople(attendance_ids=(line.id,)))
    with pytest.raises(StepRefused, match="归档"):
        expect(office, session, [office.clerk_person])


def test_who_was_listed_by_mistake_is_struck_off(office, session, people):
    expect(office, session, people)
    line = the_list(office, session)["孙甲示例"]
    office.as_("clerk").perform(StrikePeople(attendance_ids=(line.id,)))
    assert "孙甲示例" not in the_list(office, session)


def test_a_session_is_not_held_before_its_day(office):
    session = office.enter("training", topic="示例讲座", held_on="2026-06-01", hours=2)
    with pytest.raises(InvalidInput, match="不能晚于今天"):
        office.step(session, "hold")


def test_the_unit_on_the_list_is_that_of_the_day(office, session, people):
    expect(office, session, people)
    before = the_list(office, session)["孙甲示例"].unit
    office.amend(people[0], unit_id=office.unit(name="另一示例单位"))
    assert the_list(office, session)["孙甲示例"].unit == before


def test_a_line_entered_by_itself_knows_whose_it_is(office, session, people):
    office.enter("attendance", training_id=session, person_id=people[0])
    assert the_list(office, session)["孙甲示例"].unit


def test_a_sign_in_sheet_marks_who_was_there_and_names_who_is_unknown(
    office, session, people, tmp_path
):
    expect(office, session, people[:2])
    path = tmp_path / "签到.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(
            [["序号", "姓名"], ["1", "孙甲示例"], ["2", "周丙示例"], ["3", "无此人"]]
        )
    command = ImportAttendance(training_id=session, path=path)
    reading = office.as_("clerk").perform(command).value
    assert (reading.present, reading.unknown) == (2, ("无此人",))
    presence = {name: each.presence for name, each in the_list(office, session).items()}
    assert presence == {
        "孙甲示例": Presence.PRESENT, "李乙示例": Presence.EXPECTED, "周丙示例": Presence.PRESENT,
    }  # fmt: skip


def issue(office, subjects, **values):
    given = {"template": PledgeTemplate.PUBLIC_SERVANT, "occasion": "2026年度", **values}
    command = IssuePledges(subject_ids=tuple(subjects), issued_on=date(2026, 5, 12), **given)
    return office.as_("clerk").perform(command).value


def test_one_pledge_is_made_for_each_and_none_twice(office, people):
    made = issue(office, people)
    assert len(made) == 3
    assert issue(office, people) == ()
    assert len(issue(office, people, occasion="任职")) == 3
    pledge = office.record(made[0])
    assert pledge.number.startswith("书2026-01-")
    assert (pledge.subject_name, pledge.state) == ("孙甲示例", "issued")


def test_a_void_pledge_makes_room_for_another(office, people):
    (made,) = issue(office, people[:1])
    office.step(made, "annul")
    assert len(issue(office, people[:1])) == 1


def test_many_pledges_are_signed_on_one_day(office, people):
    made = issue(office, people)
    command = SignPledges(pledge_ids=made, signed_on=date(2026, 5, 12), witness="示例监督人")
    assert office.as_("clerk").perform(command).value == 3
    pledges = office.reading().find(Pledge)
    assert {each.state for each in pledges} == {"signed"}
    assert {each.witness for each in pledges} == {"示例监督人"}


def test_a_unit_pledges_for_itself(office):
    unit = office.unit(name="示例承诺单位")
    (made,) = issue(office, [unit], template=PledgeTemplate.UNIT)
    pledge = office.record(made)
    assert (pledge.subject_name, pledge.unit_id) == ("示例承诺单位", unit)


def test_a_batch_is_one_revision_a_pledge(office, people):
    (made, *_others) = issue(office, people)
    assert len(office.reading().history(made)) == 1


def test_a_pledge_entered_by_itself_knows_its_subject(office, people):
    made = office.enter("pledge", subject_id=people[0], template="leader", issued_on="2026-05-12")
    assert office.record(made).subject_name == "孙甲示例"


def test_the_sheet_to_sign_on_names_the_expected_and_has_room_for_others(office, session, people):
    clerk = office.as_("clerk")
    clerk.perform(ExpectPeople(training_id=session, person_ids=tuple(people[:2])))
    line = the_list(office, session)["李乙示例"]
    clerk.perform(MarkAttendance(marks={line.id: Mark(presence=Presence.LEAVE, reason="示例出差")}))
    report = sign_in_sheet(session, office.reading())
    told, table = report.sections[0].blocks
    assert dict(told.items)["举办日期"] == "2026-05-10"
    named = [(row.cells[1], row.cells[4]) for row in table.rows if row.cells[1]]
    assert sorted(named) == [("孙甲示例", ""), ("李乙示例", "请假")]
    assert len(table.rows) > len(named), "whoever else comes signs below"
    pdf = clerk.ask(DrawSignInSheet(training_id=session, bundled_fonts=True))
    assert pdf.startswith(b"%PDF")
