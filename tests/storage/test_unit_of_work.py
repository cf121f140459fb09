"""One act: record, revision, search text and number are kept together, or not at all."""

from __future__ import annotations

import dataclasses

import pytest

from integrity_desk.domain.commitments import Commitment
from integrity_desk.domain.revisions import decode
from integrity_desk.domain.units import Unit, UnitKind
from integrity_desk.errors import Cancelled, InvalidInput
from integrity_desk.storage.database import connect

LONG = "长" * 20_000


def everything(office):
    raw = connect(office.folder / "store.db", office.key)
    tables = [name for name in raw.table_names() if not name.endswith(("_data", "_idx"))]
    content = {name: raw.conn.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    raw.close()
    return content


@pytest.mark.parametrize("failure", [KeyError, Cancelled, InvalidInput("", "不行"), SystemExit])
def test_a_failure_in_mid_act_leaves_nothing(office, acting, failure):
    before = everything(office)

    def act():
        with acting() as work:
            added = work.add(Unit(name="不会留下", kind=UnitKind.OTHER))
            work.next_number("诺")
            work.save(dataclasses.replace(added, name="也不会留下"))
            work.void(added)
            raise failure

    with pytest.raises(BaseException):  # noqa: B017, PT011  (each failure in its turn)
        act()
    assert everything(office) == before


def test_a_revision_says_who_when_where_and_what(office, acting):
    with acting(command="EnterRecord") as work:
        unit = work.add(Unit(name="示例单位", kind=UnitKind.OTHER))
    (line,) = office.reading().history(unit.id)
    assert line.by == office.account("clerk").id
    assert line.cmd == "EnterRecord"
    assert line.replica == office.store.identity.replica
    assert line.set["desk"] == "999901001-01"
    assert line.set["entered_at"] == "2026-05-12T01:00:00Z"
    assert line.type == "unit@1"


def test_every_line_would_be_accepted_by_a_stranger(office):
    office.walk(office.registered_commitment(), "start", "report_fulfilled", "fulfil")
    rows = office.store.database.conn.execute("SELECT line FROM revision").fetchall()
    assert len([decode(line) for (line,) in rows]) == len(rows) > 8


def test_saving_an_unchanged_record_writes_nothing(office, acting):
    unit = office.unit()
    with acting() as work:
        work.save(work.load_any(unit))
        assert not work.changes.records
    assert len(office.reading().history(unit)) == 1


def test_a_change_writes_the_changed_fields_alone_and_names_what_they_replace(office):
    unit = office.unit(name="旧名", short_name="旧")
    office.amend(unit, name="新名")
    first, second = office.reading().history(unit)
    assert second.set == {"name": "新名"}
    assert second.pred == {"name": [first.dot]}


def test_the_outcome_names_what_was_written(office, acting):
    commitment = office.commitment()
    with acting() as work:
        loaded = work.load_any(commitment)
        work.save(dataclasses.replace(loaded, subject="改过的事项"))
        assert work.changes.types == {"commitment"}
        assert work.changes.records == {commitment}


def test_writing_a_part_says_that_its_owner_changed(office, acting):
    commitment = office.commitment()
    entry = office.enter("progress_entry", commitment_id=commitment)
    with acting() as work:
        loaded = work.load_any(entry)
        work.save(dataclasses.replace(loaded, content="又有进展"))
        assert work.changes.records == {commitment, entry}


def test_numbers_run_without_gaps_even_after_a_failed_act(office, acting):
    def number(*, fail=False):
        with acting() as work:
            given = work.next_number("诺")
            if fail:
                raise Cancelled
        return given

    assert number() == "诺2026-01-0001"
    with pytest.raises(Cancelled):
        number(fail=True)
    assert number() == "诺2026-01-0002"


def test_a_line_too_long_to_travel_is_refused_with_a_sentence(office, acting):
    links = {"unit_id": office.hall, "person_id": office.clerk_person}
    before = everything(office)
    texts = ("content", "target", "basis", "beneficiary", "publication_reason")

    def act():
        with acting() as work:
            made = Commitment(**links, **dict.fromkeys(texts, LONG))
            work.add(made)

    with pytest.raises(InvalidInput, match="附件"):
        act()
    assert everything(office) == before
