"""Entering, numbering, amending, discarding: what is kept and what is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from integrity_desk.errors import Cancelled, InvalidInput, NotFound, StepRefused
from integrity_desk.services import acts
from integrity_desk.services.acts import Command
from integrity_desk.services.records import AmendRecord, DiscardRecord, enter_record
from integrity_desk.services.registers import Filter, FindRecords, ListRecords
from integrity_desk.storage.database import connect


def everything(office):
    raw = connect(office.folder / "store.db", office.key)
    tables = [name for name in raw.table_names() if not name.endswith(("_data", "_idx"))]
    content = {name: raw.conn.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    raw.close()
    return content


def numbers(office, *records):
    return [office.record(each).number for each in records]


# Numbers


def test_numbers_run_per_register_and_year(office):
    first, second = office.registered_commitment(), office.registered_commitment()
    complaint = office.complaint()
    assert numbers(office, first, second, complaint) == [
        "诺2026-01-0001", "诺2026-01-0002", "诉2026-01-0001",
    ]  # fmt: skip
    office.now.set_day(date(2027, 1, 4))
    assert numbers(office, office.registered_commitment()) == ["诺2027-01-0001"]


def test_the_year_of_a_number_is_the_year_in_china(office):
    office.now.set_day(date(2027, 1, 1))
    office.now.advance(hours=-8.5)
    assert office.now.today == date(2027, 1, 1)
    assert numbers(office, office.registered_commitment()) == ["诺2027-01-0001"]


def test_a_draft_has_no_number_and_a_refused_step_uses_none_up(office):
    draft = office.commitment(service_area=None)
    assert numbers(office, draft) == [""]
    with pytest.raises(InvalidInput):
        office.step(draft, "register")
    with pytest.raises(InvalidInput):
        office.enter("complaint", subject="")
    assert numbers(office, office.registered_commitment(), office.complaint()) == [
        "诺2026-01-0001", "诉2026-01-0001",
    ]  # fmt: skip


def test_a_number_stays_through_the_whole_life(office):
    commitment = office.registered_commitment()
    office.walk(commitment, "start", "report_fulfilled", "fulfil", "reopen", "report_fulfilled")
    assert numbers(office, commitment) == ["诺2026-01-0001"]


# What is refused


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("subject", {"subject": ""}),
        ("subject", {"subject": "  \n "}),
        ("subject", {"subject": "长" * 201}),
        ("content", {"content": "3 MB 的粘贴" * 250_000}),
        ("due_on", {"made_on": "2026-05-02", "due_on": "2026-05-01"}),
        ("due_on", {"due_on": "2026-02-30"}),
        ("due_on", {"due_on": "明天"}),
        ("due_on", {"due_on": 20260501}),
        ("amount_fen", {"amount_fen": -1}),
        ("amount_fen", {"amount_fen": "一百"}),
        ("amount_fen", {"amount_fen": 10**30}),
        ("kind", {"kind": "no such kind"}),
        ("content", {"content": "机密★10年\n正文"}),
        ("content", {"content": "半个字\ud83d"}),
        ("publication_reason", {"publication": "withhold"}),
        ("unit_id", {"unit_id": ""}),
        ("number", {"number": "诺2026-01-9999"}),
        ("state", {"state": "fulfilled"}),
        ("entered_by", {"entered_by": "0" * 32}),
        ("no_such_field", {"no_such_field": "x"}),
    ],
)
def test_what_cannot_stand_is_refused_with_its_field_and_a_sentence(office, field, values):
    links = {"unit_id": office.hall, "person_id": office.clerk_person}
    before = everything(office)
    with pytest.raises(InvalidInput) as refused:
        office.enter("commitment", **{**links, **values})
    assert refused.value.field == field
    assert refused.value.sentence.endswith("。")
    assert len(refused.value.sentence) < 120
    assert everything(office) == before


def test_a_link_to_the_wrong_kind_of_record_is_refused(office):
    with pytest.raises(InvalidInput) as refused:
        office.commitment(unit_id=office.clerk_person)
    assert refused.value.field == "unit_id"
    with pytest.raises((InvalidInput, NotFound)):
        office.commitment(unit_id="0" * 32)


def test_a_discarded_record_cannot_be_linked_to(office):
    draft = office.commitment()
    office.as_("clerk").perform(DiscardRecord(id=draft))
    with pytest.raises((InvalidInput, NotFound)):
        office.enter("progress_entry", commitment_id=draft)


def test_text_is_kept_without_the_blanks_around_it(office):
    assert office.record(office.unit(name="　示例村 \n")).name == "示例村"


# Amending


def test_a_final_record_is_not_amended(office):
    commitment = office.registered_commitment()
    office.walk(commitment, "start", "report_fulfilled", "fulfil")
    with pytest.raises(StepRefused, match="已办结"):
        office.amend(commitment, subject="改写历史")
    assert not office.view(commitment).amendable


def test_what_a_later_step_asks_for_is_not_written_ahead(office):
    commitment = office.registered_commitment()
    with pytest.raises(InvalidInput, match="相应步骤") as refused:
        office.amend(commitment, judgement="提前写好的核定意见")
    assert refused.value.field == "judgement"


def test_what_a_later_step_asks_for_is_not_written_on_entry_either(office):
    with pytest.raises(InvalidInput, match="相应步骤"):
        office.commitment(judged_on="2026-05-01", judgement="登记时就写好的核定意见")


def test_an_amendment_passes_the_same_checks_as_an_entry(office):
    commitment = office.commitment()
    with pytest.raises(InvalidInput):
        office.amend(commitment, due_on="2025-01-01")
    with pytest.raises(InvalidInput):
        office.amend(commitment, unit_id=office.clerk_person)
    with pytest.raises(InvalidInput):
        office.amend(commitment, state="fulfilled")


def test_a_missing_record_is_told(office):
    with pytest.raises(NotFound):
        office.as_("clerk").perform(AmendRecord(id="0" * 32, values={}))


# Discarding


def test_a_discarded_draft_is_gone_with_its_parts_and_nobody_revives_it(office):
    draft = office.commitment(subject="将被丢弃的承诺")
    office.enter("progress_entry", commitment_id=draft)
    clerk = office.as_("clerk")
    clerk.perform(DiscardRecord(id=draft))
    for of in ("commitment", "progress_entry"):
        assert len(clerk.ask(ListRecords(filter=Filter(type=of)))) == 0
    assert clerk.ask(FindRecords(text="将被丢弃")) == ()
    for act in (
        lambda: office.step(draft, "register"),
        lambda: office.amend(draft, subject="又活了"),
        lambda: clerk.perform(DiscardRecord(id=draft)),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_registered_record_is_not_discarded(office):
    with pytest.raises(StepRefused, match="只有草稿"):
        office.as_("clerk").perform(DiscardRecord(id=office.registered_commitment()))


# All or nothing


@dataclass(frozen=True, kw_only=True)
class EnterMany(Command[None]):
    """Enter units until somebody presses Stop."""


def enter_many(command, work):
    for done in range(1_000):
        enter_record("unit", {"name": f"示例{done}", "kind": "other"}, work)
        work.progress.step(done, 1_000, "导入")


class Impatient:
    def step(self, done, total, label):
        if done == 20:
            raise Cancelled


def test_an_entry_whose_companion_is_refused_leaves_nothing(office):
    before = everything(office)
    with pytest.raises(InvalidInput):
        office.complaint(reporter={"name": ""})
    assert everything(office) == before


def test_a_stopped_import_leaves_nothing_and_the_desk_goes_on(office, monkeypatch):
    monkeypatch.setitem(acts._performers, EnterMany, enter_many)
    desk = office.as_("clerk")
    before = everything(office)
    with pytest.raises(Cancelled):
        desk.perform(EnterMany(), progress=Impatient())
    assert everything(office) == before
    assert office.record(office.unit(name="之后")).name == "之后"
