"""A reporter repeated where it would leave the office is warned of, to those who may know."""

from __future__ import annotations

import pytest

from integrity_desk.domain.accounts import Role
from integrity_desk.services.reporter_traces import FindTraces

NAME, PHONE = "孙密报示例", "13800000003"


@pytest.fixture
def case(office):
    return office.complaint(
        channel="letter", subject="反映示例项目拖欠",
        reporter={"kind": "confidential", "name": NAME, "phone": PHONE},
    )  # fmt: skip


def warned(office, type_name, by="reviewer", rec="", **values):
    return office.as_(by).ask(FindTraces(type=type_name, values=values, id=rec))


def test_an_answer_that_names_the_reporter_is_warned_of_without_the_name(office, case):
    said = warned(office, "complaint", rec=case, answer=f"{NAME}反映的情况属实。")
    assert "“答复内容”里写有投诉举报人的姓名或名称" in said
    assert NAME not in said
    assert warned(office, "complaint", rec=case, answer="您反映的情况属实。") == ""


def test_another_telephone_number_in_an_answer_is_let_be(office, case):
    assert warned(office, "complaint", rec=case, answer="请与13900000009联系。") == ""
    assert "联系电话" in warned(office, "complaint", rec=case, answer=f"已致电{PHONE}。")


def test_an_order_and_a_record_that_go_back_to_the_case_are_compared_too(office, case):
    for type_name, field in (("rectification_order", "problem"), ("integrity_record", "facts")):
        values = {"source_id": case, field: f"{NAME}多次催要未果。"}
        assert "姓名或名称" in warned(office, type_name, **values)
        assert warned(office, type_name, **{field: f"{NAME}多次催要未果。"}) == ""


def test_a_notice_is_compared_over_the_records_it_announces(office, case):
    record = office.effective_record(source_kind="complaint", source_id=case)
    notice = office.enter("notice", item_ids=[record], body=f"根据{NAME}的反映，现予公示。")
    assert "“正文”" in office.view(notice).betrays
    office.amend(notice, body="根据群众反映，现予公示。")
    assert office.view(notice).betrays == ""


def test_what_names_the_reporter_of_a_joined_case_is_warned_of_at_the_leading_one(office, case):
    leading = office.step(office.complaint(channel="letter"), "accept")
    office.step(case, "join", joined_to_id=leading)
    assert "姓名或名称" in warned(office, "complaint", rec=leading, answer=f"{NAME}等反映属实。")


def test_typing_names_is_no_way_to_guess_who_complained(office, case):
    office.open_account("second", Role.CLERK)
    assert warned(office, "complaint", "second", case, answer=f"{NAME}反映属实。") == ""
    assert "姓名或名称" in warned(office, "complaint", "clerk", case, answer=f"{NAME}反映属实。")
    office.amend(case, facts=f"{NAME}说款项没有付。")
    assert "“反映的事实”" in office.view(case).betrays
    for by in ("second", "viewer"):
        assert office.view(case, by=by).betrays == ""
