"""Lists: ordered row numbers, filters, ranges, counts, and rows by key."""

from __future__ import annotations

import pytest

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.people import Person
from integrity_desk.domain.records import type_of
from integrity_desk.domain.units import Unit, UnitKind
from integrity_desk.errors import NotFound
from integrity_desk.storage import records
from integrity_desk.storage.records import Selection

DUE = ("2026-06-30", "2026-01-31", "2026-12-31", None)


@pytest.fixture
def commitments(office):
    return [office.commitment(subject=f"承诺{n}", kind="contract", due_on=day)
            for n, day in enumerate(DUE)]  # fmt: skip


@pytest.fixture
def listed(office):
    """Return ``listed(**selection)``: the subjects of the commitments it selects, in order."""

    def ask(**which):
        database = office.store.database
        rows = records.row_numbers(database, Selection(type="commitment", **which))
        by_row = records.at_rows(database, "commitment", rows)
        return [by_row[row].subject for row in rows]

    return ask


@pytest.mark.usefixtures("commitments")
def test_a_list_is_newest_first_unless_told_otherwise(listed):
    assert listed() == ["承诺3", "承诺2", "承诺1", "承诺0"]
    assert listed(descending=False) == ["承诺0", "承诺1", "承诺2", "承诺3"]


def test_long_lists_and_counts_are_read_from_an_index_alone(office):
    conn, asked = office.store.database.conn, []
    conn.set_trace_callback(asked.append)
    ordered = Selection(type="commitment", order_by="due_on")
    records.row_numbers(office.store.database, ordered)
    records.row_numbers(office.store.database, Selection(type="commitment"))
    records.counts(office.store.database, "commitment", "state")
    conn.set_trace_callback(None)
    for statement in asked:
        (plan, *_rest) = conn.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        assert "COVERING INDEX" in plan[3], statement
    assert len(asked) == 3


@pytest.mark.usefixtures("commitments")
def test_a_list_is_ordered_by_any_field_and_empty_ones_are_least(listed):
    assert listed(order_by="due_on", descending=False) == ["承诺3", "承诺1", "承诺0", "承诺2"]


@pytest.mark.usefixtures("commitments")
@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2026-06-30", None, ["承诺2", "承诺0"]),
        (None, "2026-06-30", ["承诺1", "承诺0"]),
        ("2026-01-31", "2026-06-30", ["承诺1", "承诺0"]),
        ("2027-01-01", None, []),
    ],
)
def test_both_ends_of_a_range_belong_to_it(listed, first, last, found):
    assert listed(ranges={"due_on": (first, last)}) == found


def test_all_conditions_hold_together(office, commitments, listed):
    office.step(commitments[2], "register")
    assert listed(equals={"state": ("registered",)}) == ["承诺2"]
    either = {"state": ("registered", "draft")}
    assert listed(equals=either, ranges={"due_on": ("2026-06-01", None)}) == ["承诺2", "承诺0"]
    assert listed(equals={"state": ()}) == []


@pytest.mark.usefixtures("commitments")
def test_a_list_is_narrowed_to_the_rows_of_a_search(office, listed):
    rows = tuple(office.reading().index.find("承诺1", limit=10))
    assert listed(rows=rows) == ["承诺1"]
    assert listed(rows=()) == []


def test_the_length_of_a_list_is_the_count(office, commitments):
    selection = Selection(type="commitment", ranges={"due_on": ("2026-06-30", None)})
    rows = records.row_numbers(office.store.database, selection)
    assert len(rows) == records.count(office.store.database, selection) == 2
    office.step(commitments[0], "register")
    by_state = records.counts(office.store.database, "commitment", "state")
    assert by_state == {"draft": 3, "registered": 1}


def test_a_void_record_leaves_every_list_and_keeps_its_history(office, commitments, listed, acting):
    with acting() as work:
        work.void(work.load_any(commitments[1]))
    assert listed() == ["承诺3", "承诺2", "承诺0"]
    assert records.counts(office.store.database, "commitment", "state") == {"draft": 3}
    assert office.reading().history(commitments[1])[-1].set == {"_void": True}


def test_a_void_record_is_not_written_to_any_more(commitments, acting):
    with acting() as work:
        work.void(work.load_any(commitments[1]))
    with pytest.raises(NotFound), acting() as work:
        work.load_any(commitments[1])


def test_rows_gone_meanwhile_are_left_out(office, commitments):
    found = records.at_rows(office.store.database, "commitment", (999_999,))
    assert found == {}
    assert commitments


def test_records_are_found_by_equal_fields_of_every_kind(office):
    village = office.unit(name="示例村", kind="village_committee", parent_id=office.hall)
    reader = office.reading()
    assert [each.id for each in reader.find(Unit, kind=UnitKind.VILLAGE_COMMITTEE)] == [village]
    assert [each.id for each in reader.find(Unit, parent_id=office.hall)] == [village]
    assert reader.find(Unit, parent_id="") != []


def test_an_id_of_another_type_is_not_found(office):
    with pytest.raises(NotFound):
        office.reading().load(Person, office.hall)
    with pytest.raises(NotFound):
        office.reading().load_any("0" * 32)


def test_what_points_at_a_record_is_found(office):
    commitment = office.commitment(unit_id=office.hall, person_id=office.clerk_person)
    found = records.pointing_at(office.store.database, office.hall, "unit")
    assert {each.id for each in found} >= {commitment, office.clerk_person}


def test_titles_of_many_records_are_read_at_once(office, commitments):
    names = records.titles(office.store.database, [*commitments, office.hall, "f" * 32])
    assert names[commitments[0]] == "承诺0"
    assert len(names) == 5


def test_a_title_is_the_one_that_the_record_itself_is_known_by(office):
    made = [office.enter(each.name) for each in TYPES if each.register and not each.written_once]
    names = records.titles(office.store.database, made)
    for rec in made:
        record = office.record(rec)
        assert names[rec] == type_of(record).title_of(record)


def test_every_kind_of_value_comes_back_from_its_column(office):
    made = office.complaint(service_area="elderly_care", about_unit_id=office.unit())
    office.step(made, "accept")
    links = {"handler_unit_id": office.hall, "handler_id": office.clerk_person}
    office.step(made, "verify", **links)
    office.amend(made, recused_ids=[office.person()])
    complaint = office.record(made)
    assert len(complaint.recused_ids) == 1
    assert complaint.service_area.label
    assert complaint.received_on.isoformat() == "2026-05-11"
    assert complaint.entered_at == office.now()
