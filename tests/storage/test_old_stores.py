"""Every released store still opens, upgrades and is whole; see ``fixtures/old_stores.py``."""

from __future__ import annotations

import json

import pytest

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.records import type_named
from integrity_desk.services.attachments import ListAttachments, ReadAttachment
from integrity_desk.services.checking import CheckStore
from integrity_desk.services.drafts import ListDrafts
from integrity_desk.services.opening import sign_in
from integrity_desk.services.record_view import OpenRecord
from integrity_desk.services.records import EnterRecord
from integrity_desk.services.registers import FindRecords
from integrity_desk.storage.columns import column_type
from tests.fixtures.old_stores import FOLDER, census, unpack
from tests.office import PASSWORD

NAMES = sorted(path.name for path in FOLDER.glob("store-v*"))


@pytest.fixture(params=NAMES)
def old(request, tmp_path):
    """Return the name of an old store, and a desk that opened it with today's program."""
    desk = sign_in(unpack(request.param, tmp_path / "old"), "clerk", PASSWORD)
    yield request.param, desk
    desk.close()


def test_there_is_a_store_to_open():
    assert "store-v1" in NAMES


def test_an_old_store_is_whole_and_nothing_is_missing(old):
    name, desk = old
    expected = json.loads((FOLDER / name / "expected.json").read_text("utf-8"))
    conn = desk._store.database.conn
    assert census(conn) == expected
    report = desk.ask(CheckStore())
    assert report.sound, report.faults
    for rec, _type in conn.execute("SELECT id, type FROM record WHERE type = 'unit'").fetchall():
        assert desk.ask(OpenRecord(id=rec)).history


def test_an_old_store_has_todays_columns_after_the_upgrade(old):
    _name, desk = old
    for declared in TYPES:
        rows = desk._store.database.conn.execute(f'PRAGMA table_info("{declared.name}")')
        have = {row[1]: row[2] for row in rows}
        wanted = {field.name: column_type(field) for field in type_named(declared.name).fields}
        assert wanted.items() <= have.items(), declared.name


def test_an_old_store_is_searched_and_written_to(old):
    _name, desk = old
    values = {"name": "升级之后登记的单位", "kind": "other"}
    entered = desk.perform(EnterRecord(type="unit", values=values)).value
    assert [hit.id for hit in desk.ask(FindRecords(text="升级之后"))] == [entered]
    assert desk.ask(FindRecords(text="养老认证"))
    assert desk.ask(CheckStore()).sound


def test_drafts_and_attachments_of_an_old_store_are_there(old):
    _name, desk = old
    (draft,) = desk.ask(ListDrafts())
    assert draft.content == {"name": "写到一半"}
    conn = desk._store.database.conn
    (owner,) = conn.execute("SELECT owner_id FROM attachment").fetchone()
    (attached,) = desk.ask(ListAttachments(owner_id=owner))
    assert desk.ask(ReadAttachment(id=attached.id)).decode() == "示例凭证的内容"
