"""A promise changed lawfully, and not by a change of term; one broken, and what follows of it."""

from __future__ import annotations

import pytest

from integrity_desk.domain.commitments import Commitment
from integrity_desk.domain.integrity_files import IntegrityRecord

SAVED = "ctrl+s"
NOT_FOR_THAT = "不得以“{}”为由改变承诺"


@pytest.fixture
def promise(office):
    """A promise of investment policy that is being kept."""
    given = office.registered_commitment(
        subject="示例产业园标准厂房三年免租", kind="investment_policy", key_area="investment",
        service_area=None, due_on="2028-12-31",
    )  # fmt: skip
    return office.walk(given, "start")


def test_a_promise_is_not_changed_for_a_new_term_or_person_but_for_a_public_interest(
    screen, start, office, promise, take, stands
):
    program = start()
    program.sign_in("clerk")
    program.open_newest("公开承诺")
    screen.see("报告履行情况", "button")
    assert not screen.sees("依法变更", part=True)  # who entered it cannot decide that
    assert program.leave() == 0

    program = start()
    program.sign_in("reviewer")
    program.open_newest("公开承诺")
    screen.see("履行中", "label")
    take(promise, "change_lawfully", "reviewer")
    screen.choose("变更事由", "政府换届")
    screen.type_into("事由说明", "原班子作出的承诺，新一届政府重新研究。")
    screen.type_into("决定机关", "示例镇人民政府")
    screen.keys(SAVED)
    screen.see("请填写“履行的程序”。", part=True)
    screen.type_into("履行的程序", "镇长办公会研究。")
    screen.type_into("决定文号", "示镇政〔2026〕7号")
    screen.type_into("补偿安排", "不补偿。")
    screen.keys(SAVED)
    screen.see(NOT_FOR_THAT.format("政府换届"), part=True)
    screen.choose("政府换届", "相关责任人更替")
    screen.keys(SAVED)
    screen.see(NOT_FOR_THAT.format("相关责任人更替"), part=True)
    assert office.state_of(promise) == "in_progress"

    screen.keys("ctrl+a")
    screen.choose("相关责任人更替", "社会公共利益")
    screen.type_into("事由说明", "厂房用地划入饮用水源保护区，须整体迁出。")
    screen.type_into("履行的程序", "听证、合法性审查、镇党委会集体讨论。")
    screen.type_into("补偿安排", "另行提供同等面积厂房，并补偿搬迁费用。")
    screen.keys(SAVED)
    stands(promise, "lawfully_changed")
    screen.keys("ctrl+z")
    program.is_told("这一步是复核决定，不能撤销")
    assert program.leave() == 0
    changed = office.reading().load(Commitment, promise)
    assert changed.change_ground.value == "public_interest"
    assert (changed.change_document, changed.changed_on) == (
        "示镇政〔2026〕7号",
        changed.changed_on,
    )
    assert changed.change_compensation.startswith("另行提供")


def test_a_broken_promise_offers_a_record_and_the_chain_leads_back_to_the_promise(
    screen, start, office, promise, take, stands
):
    program = start()
    program.sign_in("reviewer")
    program.open_newest("公开承诺")
    screen.see("履行中", "label")
    take(promise, "breach", "reviewer")
    screen.type_into("核定意见", "到期未兑现，也没有依法变更，认定违约失信。")
    screen.keys(SAVED)
    stands(promise, "breached")
    assert office.reading().find(IntegrityRecord) == []  # it is offered, never made by itself
    assert program.leave() == 0

    program = start()
    program.sign_in("clerk")
    program.open_newest("公开承诺")
    screen.see("违约失信", "label")
    screen.tab_to("为责任单位登记诚信记录")
    screen.keys("space")
    screen.focus_is_on("诚信主体")
    assert screen.see("事由", "text").text == "示例产业园标准厂房三年免租"
    screen.choose("失信程度", "一般")
    screen.type_into("决定文号", "示县诚办〔2026〕3号")
    screen.type_into("决定机关", "示例县诚信建设办公室")
    screen.choose("是否公示", "公示")
    screen.keys(SAVED)
    screen.see("已保存", part=True)
    (record,) = office.reading().find(IntegrityRecord)
    kept = office.reading().load(Commitment, promise)
    assert (record.subject_id, record.source_id) == (kept.unit_id, promise)
    assert record.kind.value == "breach"

    screen.see("来龙去脉", "label")
    screen.keys("alt+Up")
    screen.see("违约失信", "label")
    assert not screen.sees("为责任单位登记诚信记录")  # it was taken up
    screen.see("为责任人登记诚信记录", "button")
    screen.keys("alt+Down")
    screen.see("草稿", "label")
    take(record.id, "submit")
    stands(record.id, "in_review")
    assert program.leave() == 0

    program = start()
    program.sign_in("reviewer")
    program.open_newest("诚信记录")
    screen.see("待复核", "label")
    take(record.id, "approve", "reviewer")
    screen.focus_is_on("生效日期")
    screen.keys(SAVED)
    stands(record.id, "effective")
    assert program.leave() == 0
