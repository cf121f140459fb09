from __future__ import annotations

import pytest

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.notices import NoticeKind
from integrity_desk.errors import InvalidInput
from integrity_desk.services.notice_drafts import (
    ITEM_TYPES,
    SHOWN_STATES,
    SuggestNotice,
    publishable,
)
from integrity_desk.services.registers import FetchRows, ListRecords


def test_words_for_a_first_notice_name_the_unit_of_the_account_and_the_year(office):
    told = office.as_("clerk").ask(SuggestNotice(kind=NoticeKind.COMMITMENT))
    assert told.issuer_id == office.hall
    assert told.title == "示例镇政务服务大厅关于2026年度公开承诺事项的公示"
    assert told.lead.startswith("根据政务诚信建设有关规定，现将示例镇政务服务大厅2026年度")
    assert (told.from_on.isoformat(), told.until_on.isoformat()) == ("2026-05-12", "2026-05-19")


def test_issuer_place_and_contact_are_taken_from_the_last_notice(office):
    government = office.unit(name="示例镇人民政府", kind="township")
    office.enter("notice", issuer_id=government, kind="correction", place="镇政府公开栏",
                 contact="孙示例", phone="0999-80000000")  # fmt: skip
    told = office.as_("clerk").ask(SuggestNotice(kind=NoticeKind.FULFILMENT))
    assert told.title == "示例镇人民政府关于2026年度公开承诺履行情况的公示"
    assert (told.place, told.contact, told.phone) == ("镇政府公开栏", "孙示例", "0999-80000000")


def test_only_decided_and_registered_commitments_may_stand_on_a_notice(office):
    shown = office.registered_commitment()
    office.commitment()
    office.registered_commitment(publication="withhold", publication_reason="涉及商业秘密")
    found = office.as_("clerk").ask(ListRecords(filter=publishable("commitment")))
    assert len(found) == 1
    assert office.record(shown).number


def test_a_draft_is_completed_piece_by_piece(office):
    notice = office.enter("notice")
    office.amend(notice, place="镇政府公开栏", state_secret="not_involved")
    assert office.record(notice).place == "镇政府公开栏"
    with pytest.raises(InvalidInput):
        office.amend(notice, posted_on="2026-05-12")


def test_every_kind_of_item_names_states_that_are_declared_and_not_private():
    lives = {each.name: each.life for each in TYPES}
    assert set(ITEM_TYPES.values()) == set(SHOWN_STATES)
    for type_name, states in SHOWN_STATES.items():
        known = {each.code: each for each in lives[type_name].states}
        assert not any(known[code].private for code in states)


def test_a_minor_record_is_not_even_offered_for_a_notice(office):
    minor = office.effective_record(severity="minor", subject="轻微失信示例")
    shown = office.effective_record(severity="ordinary", subject="一般失信示例")
    good = office.effective_record(
        nature="trustworthy", kind="honour", severity=None, subject="守信示例"
    )
    desk = office.as_("clerk")
    rows = desk.ask(ListRecords(filter=publishable("integrity_record")))
    offered = {row.id for row in desk.ask(FetchRows(type="integrity_record", rows=tuple(rows)))}
    assert {shown, good} <= offered
    assert minor not in offered
