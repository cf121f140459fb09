"""Cases that may be the same: offered with a reason, never with a name."""

from __future__ import annotations

import pytest

from integrity_desk.domain.accounts import Role
from integrity_desk.errors import InvalidInput, NotPermitted
from integrity_desk.services.duplicates import (
    SAME_REPORTER,
    SAME_SUBJECT,
    SIMILAR_TEXT,
    FindDuplicates,
    FindDuplicatesOf,
)

PHONE = "13800000007"
NAME = "钱密报示例"


def likes(office, by="clerk", own="", **values):
    return office.as_(by).ask(FindDuplicates(values=values, id=own))


@pytest.fixture
def known(office):
    return office.complaint(
        channel="letter", subject="反映示例村道路维修拖延", about_unit_id=office.hall,
        facts="约定三月完工的道路至今没有动工，雨天无法通行。",
        reporter={"kind": "named", "name": NAME, "phone": "138 0000 0007"},
    )  # fmt: skip


def test_the_same_reporter_is_known_by_the_number_however_it_is_written(office, known):
    (found,) = likes(office, **{"subject": "另一件完全不同的事", "reporter.phone": PHONE})
    assert (found.id, found.reasons) == (known, (SAME_REPORTER,))
    assert NAME not in repr(found)
    assert PHONE not in repr(found)


def test_similar_words_are_known_of_anybody(office, known):
    (found,) = likes(office, subject="示例村道路维修一直拖延", facts="路一直没有动工")
    assert (found.id, found.reasons) == (known, (SIMILAR_TEXT,))


def test_the_same_unit_alone_is_no_reason_but_makes_less_likeness_enough(office, known):
    assert likes(office, subject="窗口人员态度生硬推诿", about_unit_id=office.hall) == ()
    near = "反映示例村里路坏了没人维修"
    assert likes(office, subject=near) == ()
    (found,) = likes(office, subject=near, about_unit_id=office.hall)
    assert found.reasons == (SAME_SUBJECT, SIMILAR_TEXT)
    assert found.id == known


def test_something_else_and_the_record_itself_are_not_offered(office, known):
    assert likes(office, subject="低保评议没有公示结果", facts="评议名单一直没有张贴出来。") == ()
    assert likes(office, own=known, subject="反映示例村道路维修拖延") == ()


def test_an_old_case_is_not_offered(office, known):
    office.now.advance(days=400)
    assert likes(office, subject="反映示例村道路维修拖延") == ()
    assert known


def test_typing_numbers_is_no_way_to_find_who_complained_in_secrecy(office):
    case = office.complaint(
        channel="letter", reporter={"kind": "confidential", "name": NAME, "phone": PHONE}
    )
    office.open_account("second", Role.CLERK)
    asked = {"subject": "别的事情别的事情", "reporter.phone": PHONE}
    assert likes(office, "second", **asked) == ()
    assert [each.id for each in likes(office, "clerk", **asked)] == [case]
    assert [each.id for each in likes(office, "reviewer", **asked)] == [case]
    with pytest.raises(NotPermitted):
        likes(office, "viewer", **asked)


def test_an_entered_case_is_compared_by_what_it_says_and_who_complained(office, known):
    like = office.complaint(
        channel="telephone", subject="另一件完全不同的事情", facts="说的是低保评议没有张榜公布。",
        reporter={"name": "同一人示例", "phone": PHONE},
    )  # fmt: skip
    (found,) = office.as_("clerk").ask(FindDuplicatesOf(id=like))
    assert (found.id, found.reasons) == (known, (SAME_REPORTER,))
    office.open_account("second", Role.CLERK)
    assert office.as_("second").ask(FindDuplicatesOf(id=like)) == ()


def test_what_is_joined_already_is_not_offered_again(office, leading):
    alike = {"channel": "telephone", "subject": "反映示例工程款逾期未付"}
    second, third = office.complaint(**alike), office.complaint(**alike)
    offered = {each.id for each in office.as_("clerk").ask(FindDuplicatesOf(id=second))}
    assert offered == {leading, third}
    for each in (second, third):
        office.step(each, "join", joined_to_id=leading)
    together = {leading, second, third}
    for each in together:
        found = office.as_("clerk").ask(FindDuplicatesOf(id=each))
        assert not together & {like.id for like in found}


@pytest.fixture
def leading(office):
    made = office.complaint(channel="letter", reporter={"name": "赵甲示例"})
    links = {"handler_unit_id": office.unit(), "handler_id": office.person(name="韩承办")}
    office.step(made, "accept", by="clerk")
    return office.step(made, "verify", by="clerk", **links)


def test_joined_cases_are_answered_with_the_leading_one_and_lose_nothing(office, leading):
    second = office.complaint(channel="telephone", reporter={"name": "孙乙示例"})
    number = office.record(second).number
    office.step(second, "join", joined_to_id=leading)
    assert office.record(second).due_on is not None  # its own reporter still waits
    office.walk(leading, "find_unsubstantiated")
    office.step(leading, "answer", answer="已经核实并说明。")
    joined = office.record(second)
    assert (joined.state, joined.answer, joined.number) == ("answered", "已经核实并说明。", number)
    (part,) = [each for each in office.view(second).parts if each.type == "reporter"]
    assert len(part.rows) == 1
    office.step(second, "close")
    assert office.state_of(leading) == "answered"


def test_a_joined_case_can_be_separated_again(office, leading):
    second = office.complaint(channel="telephone")
    office.step(second, "join", joined_to_id=leading)
    office.step(second, "separate", separation_reason="涉及另一单位")
    assert (office.state_of(second), office.record(second).joined_to_id) == ("accepted", "")


def test_nothing_is_joined_to_itself_to_a_joined_or_to_an_answered_case(office, leading):
    second, third = office.complaint(channel="letter"), office.complaint(channel="letter")
    with pytest.raises(InvalidInput):
        office.step(second, "join", joined_to_id=second)
    office.step(second, "join", joined_to_id=leading)
    for target in (second, office.complaint(channel="letter")):
        with pytest.raises(InvalidInput):
            office.step(third, "join", joined_to_id=target)
    with pytest.raises(InvalidInput):
        office.step(leading, "join", joined_to_id=office.step(third, "accept"))
