"""Ledgers on paper: chosen columns, filtered and ordered, masked, noted, and stopped half-way."""

from __future__ import annotations

import hashlib

import pytest

from integrity_desk.documents.preview import page_count, page_text
from integrity_desk.domain.access import Handout
from integrity_desk.errors import Cancelled, InvalidInput, NotPermitted
from integrity_desk.services.ledgers import (
    ChooseLedgerColumns,
    DrawLedger,
    NoteLedger,
    ShowLedgerColumns,
)
from integrity_desk.services.registers import Filter


def ledger(office, type_name="commitment", *, by="clerk", columns=(), **narrowed):
    shown = Filter(type=type_name, **narrowed)
    return office.as_(by).ask(DrawLedger(filter=shown, columns=columns, bundled_fonts=True))


def text_of(pdf):
    pages = (page_text(pdf, page) for page in range(page_count(pdf)))
    return "".join("".join(page.split()) for page in pages)


@pytest.fixture
def promises(office):
    for month in range(1, 6):
        office.registered_commitment(subject=f"第{month}件示例事项", due_on=f"2026-0{month + 4}-20")
    return office


def test_a_ledger_shows_the_chosen_columns_in_the_chosen_order(promises):
    text = text_of(ledger(promises, columns=("due_on", "subject")).pdf)
    assert text.index("兑现期限") < text.index("承诺事项")
    assert "责任单位" not in text


def test_without_a_choice_it_shows_the_columns_of_the_list(promises):
    text = text_of(ledger(promises).pdf)
    assert all(each in text for each in ("编号", "承诺事项", "责任单位", "状态"))


def test_its_head_says_the_filter_in_words_and_its_foot_who_printed_it(promises):
    drawn = ledger(promises, states=("registered",), order_by="due_on", descending=False)
    text = text_of(drawn.pdf)
    assert "状态：已登记" in text
    assert "共5条" in text
    assert "2026-05-12" in text
    assert "钱经办" in text
    assert "第1页共1页" in text
    assert text.index("第1件") < text.index("第5件")


def test_columns_are_remembered_for_the_account_alone(promises):
    columns = ("subject", "due_on")
    promises.as_("clerk").perform(ChooseLedgerColumns(type="commitment", columns=columns))
    asked = ShowLedgerColumns(type="commitment")
    assert promises.as_("clerk").ask(asked).chosen == columns
    assert promises.as_("reviewer").ask(asked).chosen != columns
    assert "责任单位" not in text_of(ledger(promises).pdf)
    assert "责任单位" in text_of(ledger(promises, by="reviewer").pdf)


def test_an_unknown_column_is_refused(promises):
    with pytest.raises(InvalidInput, match="没有“reporter”这一列"):
        ledger(promises, columns=("reporter",))


def test_private_values_are_masked_on_paper(office):
    office.person(name="周示例", citizen_id="11010519491231002X", phone="13800000000")
    text = text_of(ledger(office, "person", columns=("name", "citizen_id", "phone")).pdf)
    assert "周示例" in text
    assert "11010519491231002X" not in text
    assert "13800000000" not in text


def test_who_complained_has_no_ledger_and_stands_in_none(office):
    office.complaint(reporter={"name": "赵甲示例"})
    with pytest.raises(NotPermitted):
        ledger(office, "reporter", by="reviewer")
    assert "赵甲示例" not in text_of(ledger(office, "complaint", by="reviewer").pdf)


def test_taking_a_ledger_away_is_noted_with_its_digest(promises):
    drawn = ledger(promises)
    assert promises.reading().find(Handout) == []
    narrowed = Filter(type="commitment")
    promises.as_("clerk").perform(NoteLedger(filter=narrowed, ledger=drawn))
    (noted,) = promises.reading().find(Handout)
    assert (noted.register, noted.rows) == ("commitment", 5)
    assert noted.digest == hashlib.sha256(drawn.pdf).hexdigest()


def test_a_character_no_font_has_is_named_with_its_record_and_column(office):
    made = office.registered_commitment(subject="示例𪚥事项")
    number = office.record(made).number
    with pytest.raises(Exception, match=rf"{number}“承诺事项”中的“𪚥”（U\+2A6A5）"):
        ledger(office)
    marked = DrawLedger(filter=Filter(type="commitment"), bundled_fonts=True, mark_missing=True)
    assert "〔U+2A6A5〕" in text_of(office.as_("clerk").ask(marked).pdf)


def test_a_ledger_can_be_stopped(promises):
    class Stop:
        def step(self, done, total, label=""):
            raise Cancelled

    with pytest.raises(Cancelled):
        promises.as_("clerk").ask(DrawLedger(filter=Filter(type="commitment")), Stop())


def test_the_same_list_gives_the_same_bytes(promises):
    assert ledger(promises).pdf == ledger(promises).pdf
