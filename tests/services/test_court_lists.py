"""A unit on the court's list: late, it must answer; settled, it leaves the list."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.due_board import ShowBoard
from integrity_desk.services.file_papers import short_report
from integrity_desk.services.subject_files import ShowFile
from integrity_desk.services.workbench import ShowWorkbench

ENTRY = {
    "kind": "court_list", "source_kind": "court_list", "court": "示例县人民法院",
    "case_number": "（2026）示执12号", "court_listed_on": "2026-04-01",
    "obligation": "支付示例工程款。", "settle_due_on": "2026-06-30",
    "performance": "unperformed",
}  # fmt: skip


@pytest.fixture
def listed(office):
    """A unit that has to perform by 2026-06-30."""
    return office.effective_record(**ENTRY, subject_id=office.some("unit"))


def offers(office, record):
    return [each.type for each in consequences(office, record)]


def consequences(office, record):
    """What is offered because the day has passed, beside what every such record offers by rule."""
    found = office.view(record).suggested
    return [each for each in found if not each.code.startswith("measure-")]


def due(office):
    lanes = office.as_("clerk").ask(ShowBoard()).lanes
    return [item for each in lanes for item in each.items]


def perform(office, record, **values):
    told = {"performed_on": "2026-05-12", "performance_proof": "示转账1号", **values}
    return office.step(record, "perform", **told)


def test_before_its_day_nothing_is_offered(office, listed):
    office.now.set_day(date(2026, 6, 30))
    assert offers(office, listed) == []


def test_after_its_day_an_order_and_a_measure_are_offered_until_taken_up(office, listed):
    office.now.set_day(date(2026, 7, 1))
    order, measure = consequences(office, listed)
    assert (order.type, measure.type) == ("rectification_order", "measure")
    assert "限期2026-06-30履行" in order.values["problem"]
    office.enter("rectification_order", **order.values)
    assert offers(office, listed) == ["measure"]


def test_the_day_to_perform_by_is_due_on_board_and_workbench_until_it_is_met(office, listed):
    office.now.set_day(date(2026, 6, 29))
    (item,) = due(office)
    assert (item.what, item.due, item.clause) == (
        "限期履行", date(2026, 6, 30), "法院裁判或和解协议确定的履行期限",
    )  # fmt: skip
    assert [each.due_on for each in office.as_("clerk").ask(ShowWorkbench()).due.items] == [
        item.due
    ]
    perform(office, listed, performance="partly")
    assert len(due(office)) == 1
    perform(office, listed, performance="performed")
    assert due(office) == []
    assert office.as_("clerk").ask(ShowWorkbench()).due.count == 0


def test_a_settlement_sets_another_day_and_is_no_performance_yet(office, listed):
    with pytest.raises(InvalidInput, match="还没有登记和解协议"):
        perform(office, listed, performance="settled")
    office.step(listed, "settle", settled_on="2026-05-11", settle_due_on="2026-08-31")
    assert office.state_of(listed) == "effective"
    office.now.set_day(date(2026, 8, 31))
    assert [each.due for each in due(office)] == [date(2026, 8, 31)]
    assert offers(office, listed) == []
    office.now.set_day(date(2026, 9, 1))
    assert offers(office, listed) == ["rectification_order", "measure"]


def test_nobody_leaves_the_list_before_the_obligation_is_met(office, listed):
    with pytest.raises(StepRefused, match="须先办理“登记履行”"):
        office.step(listed, "delist")
    perform(office, listed, performance="partly")
    with pytest.raises(StepRefused, match="须先办理“登记履行”"):
        office.step(listed, "delist")
    with pytest.raises(InvalidInput, match="在办理相应步骤时填写"):
        office.amend(listed, court_removed_on="2026-05-12", by="reviewer")


def test_settled_and_removed_the_record_ends_and_its_measures_with_it(office, listed):
    measure = office.step(office.enter("measure", record_id=listed), "impose")
    office.step(listed, "settle", settled_on="2026-05-10", settlement="分两期付清。")
    perform(office, listed, performance="settled", removal_asked_on="2026-05-12")
    office.now.set_day(date(2026, 5, 20))
    office.step(listed, "delist", court_removed_on="2026-05-18")
    assert office.state_of(listed) == "delisted"
    lifted = office.record(measure)
    assert (lifted.state, lifted.ended_on) == ("lifted", date(2026, 5, 18))
    assert "移出失信被执行人名单" in lifted.ending_reason
    file = office.as_("viewer").ask(ShowFile(subject_id=office.record(listed).subject_id))
    told = [(each.day, each.what) for each in file.events]
    assert {
        (date(2026, 5, 18), "移出失信名单"), (date(2026, 5, 18), "措施终止"),
        (date(2026, 5, 12), "履行法院裁判"), (date(2026, 5, 10), "达成和解"),
    } <= set(told)  # fmt: skip
    assert file.told == "有效失信记录0条（其中异议处理中0条），已终止1条。"


def test_whoever_entered_the_entry_does_not_take_it_off_the_list(office):
    record = office.integrity_record(**{**ENTRY, "subject_id": office.some("unit")}, by="reviewer")
    office.open_account("second", office.account("reviewer").role, name="示例复核乙")
    office.step(record, "submit")
    office.step(record, "approve", by="second")
    perform(office, record, performance="performed")
    with pytest.raises(StepRefused, match="登记人以外"):
        office.step(record, "delist", by="reviewer")
    office.step(record, "delist", by="second")
    assert office.state_of(record) == "delisted"


def test_only_an_entry_of_the_list_has_these_acts(office, listed):
    def offered(rec):
        return {step.act for step in office.view(rec).offered} & {"perform", "settle", "delist"}

    other = office.effective_record()
    assert offered(other) == set()
    assert offered(listed) == {"perform", "settle"}
    perform(office, listed, performance="performed")
    assert offered(listed) == {"delist"}
    with pytest.raises(StepRefused, match="只有“失信被执行人”记录"):
        perform(office, other, performance="performed")


def test_a_report_tells_when_it_left_the_list_and_not_when_it_would_have_run_out(office, listed):
    perform(office, listed, performance="performed")
    office.step(listed, "delist", court_removed_on="2026-05-12")
    record = office.record(listed)
    assert record.expires_on > record.court_removed_on
    paper = repr(short_report(office.record(record.subject_id), office.reading()))
    assert "2026-05-12" in paper
    assert record.expires_on.isoformat() not in paper
