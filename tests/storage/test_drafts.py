"""Drafts: what was typed and not saved is there after a restart, for its own account only."""

from __future__ import annotations

import pytest

from integrity_desk.services.drafts import DiscardDraft, KeepDraft, ListDrafts
from integrity_desk.services.records import EnterRecord


@pytest.fixture
def drafts(office):
    """Return ``drafts(login)``: what this account's drafts hold, newest first."""
    return lambda login: [(each.key, each.content) for each in office.as_(login).ask(ListDrafts())]


def test_a_draft_survives_a_restart(office, drafts):
    content = {"subject": "写到一半", "amount_fen": 100, "recused_ids": ["x"], "due_on": None}
    office.as_("clerk").perform(KeepDraft(key="new:commitment", content=content))
    office.reopen()
    assert drafts("clerk") == [("new:commitment", content)]


def test_a_draft_kept_again_replaces_the_earlier_one(office, drafts):
    clerk = office.as_("clerk")
    clerk.perform(KeepDraft(key="new:unit", content={"name": "甲"}))
    clerk.perform(KeepDraft(key="new:unit", content={"name": "甲乙"}))
    assert drafts("clerk") == [("new:unit", {"name": "甲乙"})]


def test_two_accounts_keep_drafts_of_the_same_form_apart(office, drafts):
    office.as_("clerk").perform(KeepDraft(key="new:unit", content={"name": "甲"}))
    office.as_("reviewer").perform(KeepDraft(key="new:unit", content={"name": "乙"}))
    assert drafts("clerk") == [("new:unit", {"name": "甲"})]
    office.as_("reviewer").perform(DiscardDraft(key="new:unit"))
    assert drafts("reviewer") == []
    assert drafts("clerk") != []


def test_the_newest_draft_stands_first(office, drafts):
    for key in ("new:unit", "new:person"):
        office.as_("clerk").perform(KeepDraft(key=key, content={}))
        office.now.advance(minutes=1)
    assert [key for key, _content in drafts("clerk")] == ["new:person", "new:unit"]


def test_saving_the_form_takes_its_draft_away(office, drafts):
    clerk = office.as_("clerk")
    clerk.perform(KeepDraft(key="new:unit", content={"name": "甲"}))
    values = office.values("unit")
    clerk.perform(EnterRecord(type="unit", values=values, draft_key="new:unit"))
    assert drafts("clerk") == []
