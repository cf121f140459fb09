"""Nobody complained of, nobody near them, no unit of theirs handles a case: every path refused."""

from __future__ import annotations

import pytest

from integrity_desk.domain.accounts import Role
from integrity_desk.domain.complaints import LIFE
from integrity_desk.domain.firewall import PASSED_ON
from integrity_desk.errors import DeskError, InvalidInput, StepRefused


@pytest.fixture
def town(office):
    """Return a unit complained of, with what is above, below, beside and after it."""

    class Town:
        above = office.unit(name="示例镇人民政府")
        about = office.unit(name="示例镇财政所", parent_id=above)
        below = office.unit(name="财政所票据室", parent_id=about)
        deep = office.unit(name="票据室库房", parent_id=below)
        beside = office.unit(name="示例镇便民中心", parent_id=above)
        after = office.unit(name="示例镇财经办")
        chief = office.person(name="周所长", unit_id=about)
        staff = office.person(name="吴科员", unit_id=below)
        wife = office.person(name="郑示例", unit_id=beside)
        friend = office.person(name="冯示例", unit_id=beside)
        clean = office.person(name="陈示例", unit_id=beside)

    office.step(Town.about, "close", by="admin", successor_id=Town.after)
    office.enter(
        "kinship", person_id=Town.chief, related_id=Town.wife, nearness="spouse", withdraws=True
    )
    office.enter(
        "kinship", person_id=Town.friend, related_id=Town.chief, nearness="interest",
        withdraws=True,
    )  # fmt: skip
    return Town


@pytest.fixture
def case(office, town):
    return office.step(
        office.complaint(about_unit_id=town.about, about_person_id=town.chief), "accept",
        by="reviewer",
    )  # fmt: skip


BARRED_UNITS = ("about", "below", "deep", "after")
BARRED_PEOPLE = ("chief", "staff", "wife", "friend")


@pytest.mark.parametrize("unit", BARRED_UNITS)
@pytest.mark.parametrize("act", ["assign", "verify"])
def test_no_unit_behind_the_wall_is_given_the_case(office, town, case, act, unit):
    with pytest.raises(InvalidInput) as refusal:
        office.step(
            case, act, by="reviewer", handler_unit_id=getattr(town, unit), handler_id=town.clean
        )
    assert refusal.value.field == "handler_unit_id"


@pytest.mark.parametrize("person", BARRED_PEOPLE)
@pytest.mark.parametrize("place", ["handler_id", "stand_in_id"])
def test_nobody_behind_the_wall_handles_or_stands_in(office, town, case, place, person):
    given = {"handler_unit_id": town.beside, "handler_id": town.clean}
    with pytest.raises(InvalidInput) as refusal:
        office.step(case, "assign", by="reviewer", **{**given, place: getattr(town, person)})
    assert refusal.value.field == place


@pytest.mark.parametrize("unit", ["above", "beside"])
def test_the_unit_above_and_those_beside_may_handle_it(office, town, case, unit):
    office.step(
        case, "assign", by="reviewer", handler_unit_id=getattr(town, unit), handler_id=town.clean
    )
    assert office.record(case).handler_unit_id == getattr(town, unit)


def test_a_tie_without_withdrawal_bars_nobody(office, town, case):
    cousin = office.person(name="卫示例", unit_id=town.beside)
    office.enter("kinship", person_id=town.chief, related_id=cousin, withdraws=False)
    office.step(case, "assign", by="reviewer", handler_unit_id=town.beside, handler_id=cousin)
    assert office.record(case).handler_id == cousin


def test_a_promise_complained_of_brings_its_unit_and_person(office, town):
    promise = office.registered_commitment(unit_id=town.beside, person_id=town.clean)
    case = office.step(office.complaint(about_commitment_id=promise), "accept", by="reviewer")
    for given in (
        {"handler_unit_id": town.beside, "handler_id": office.clerk_person},
        {"handler_unit_id": town.above, "handler_id": town.clean},
    ):
        with pytest.raises(InvalidInput):
            office.step(case, "assign", by="reviewer", **given)


@pytest.fixture
def assigned(office, town, case):
    return office.step(
        case, "verify", by="reviewer", handler_unit_id=town.beside, handler_id=town.clean
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("about_unit_id", "beside"), ("about_person_id", "clean"), ("recused_ids", ["clean"])],
)
def test_an_amendment_that_would_accuse_the_handler_asks_to_reassign_first(
    office, town, assigned, field, value
):
    told = (
        [getattr(town, each) for each in value] if isinstance(value, list) else getattr(town, value)
    )
    with pytest.raises(InvalidInput, match="请先改派"):
        office.amend(assigned, by="reviewer", **{field: told})
    given = {field: told, "handler_unit_id": town.above, "handler_id": office.clerk_person}
    office.amend(assigned, by="reviewer", **given)
    assert office.record(assigned).handler_id == office.clerk_person


def test_a_tie_registered_later_is_shown_and_stops_the_handler(office, town, assigned):
    office.open_account("clean", Role.CLERK, person_id=town.clean, unit_id=town.beside)
    assert office.view(assigned).warning == ""
    office.enter("kinship", person_id=town.clean, related_id=town.chief, withdraws=True)
    assert "请先改派" in office.view(assigned).warning
    assert office.view(assigned, by="clean").offered == ()
    with pytest.raises(StepRefused, match="不得办理"):
        office.step(assigned, "find_substantiated", by="clean")
    with pytest.raises(DeskError):
        office.step(assigned, "find_substantiated", by="reviewer")
    office.step(
        assigned, "reassign", by="reviewer", handler_unit_id=town.above,
        handler_id=office.clerk_person,
    )  # fmt: skip
    assert office.view(assigned).warning == ""


@pytest.fixture
def reviewers(office, town):
    """Let a reviewer in for each way of being behind the wall."""
    for name in BARRED_PEOPLE:
        office.open_account(name, Role.REVIEWER, person_id=getattr(town, name))
    for name in BARRED_UNITS:
        if name != "about":
            office.open_account(f"of_{name}", Role.REVIEWER, unit_id=getattr(town, name))


LATER = {"extend": {"extended_to": "2026-05-20"}}
BARRED_LOGINS = (*BARRED_PEOPLE, "of_below", "of_deep", "of_after")


@pytest.mark.parametrize("login", BARRED_LOGINS)
@pytest.mark.parametrize(
    "act", ["find_substantiated", "find_partly", "find_unsubstantiated", "extend", "suspend",
            "reassign"],
)  # fmt: skip
@pytest.mark.usefixtures("reviewers")
def test_no_reviewer_behind_the_wall_decides(office, assigned, act, login):
    with pytest.raises(StepRefused):
        office.step(assigned, act, by=login, **LATER.get(act, {}))


@pytest.mark.parametrize("login", BARRED_LOGINS)
@pytest.mark.usefixtures("reviewers")
def test_no_reviewer_behind_the_wall_amends_the_case_or_sees_who_complained(office, town, login):
    case = office.complaint(
        about_unit_id=town.about, about_person_id=town.chief, reporter={"kind": "confidential"}
    )
    office.step(case, "accept", by="reviewer")
    with pytest.raises(StepRefused):
        office.amend(case, by=login, demand="不再追究")
    with pytest.raises(StepRefused):
        office.amend(case, by=login, about_person_id="", about_unit_id="")
    (part,) = [each for each in office.view(case, by=login).parts if each.type == "reporter"]
    assert part.hidden
    assert part.rows == ()


def test_an_anonymous_letter_about_the_clerks_own_unit_is_registered_and_referred_only(office):
    case = office.complaint(channel="letter", about_unit_id=office.hall)
    view = office.view(case, by="clerk")
    assert {step.act for step in view.offered} == {"refer", "return"}
    assert "须回避" in view.warning
    office.amend(case, by="clerk", demand="请公开账目")
    for step in LIFE.offered("received"):
        if step.act not in PASSED_ON:
            with pytest.raises(DeskError):
                office.step(case, step.act, by="clerk")
    office.step(case, "refer", by="clerk")
    office.step(case, "referral_receipt", by="clerk")
    with pytest.raises(StepRefused):
        office.step(case, "close", by="clerk")
    office.step(case, "close", by="reviewer")


def test_a_case_is_not_joined_to_one_whose_handler_must_keep_out(office, town, assigned):
    other = office.complaint(about_person_id=town.clean)
    with pytest.raises(InvalidInput, match="须回避") as refusal:
        office.step(other, "join", by="reviewer", joined_to_id=assigned)
    assert refusal.value.field == "joined_to_id"


def test_whoever_withdraws_may_write_themselves_down(office):
    case = office.complaint()
    office.amend(case, by="clerk", recused_ids=[office.clerk_person])
    with pytest.raises(StepRefused):
        office.step(case, "accept", by="clerk")
    with pytest.raises(StepRefused):
        office.amend(case, by="clerk", recused_ids=[])
