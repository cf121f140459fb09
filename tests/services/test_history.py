"""The log tells everything: what is shown of it, and that it equals what is stored."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.merging import merged
from integrity_desk.domain.plain import record_from_plain
from integrity_desk.domain.records import type_named
from integrity_desk.errors import DeskError
from integrity_desk.services.checking import CheckStore
from integrity_desk.services.record_history import FieldChange
from integrity_desk.services.records import DiscardRecord
from integrity_desk.storage import records


def all_managed(declared):
    """Whether the program alone writes records of this type."""
    return not declared.typed_fields


ENTERABLE = [
    each.name
    for each in TYPES
    if not (each.written_once or each.name == "evaluation_objection" or all_managed(each))
    and each.name
    not in {"account", "access", "handout", "attachment", "import_source", "rule_change", "author"}
]


def differing(office):
    """Return the ids whose row is not what their lines add up to."""
    database = office.store.database
    found = []
    for rec, name in database.conn.execute("SELECT id, type FROM record").fetchall():
        told = merged(office.reading().history(rec))
        kept = records.load(database, type_named(name).cls, rec)
        void = not records.stands(database, name, rec)
        if record_from_plain(type_named(name), rec, told.values) != kept or told.void != void:
            found.append((name, rec))
    return found


def test_every_type_is_stored_as_its_lines_say(office):
    for name in ENTERABLE:
        office.enter(name)
    assert differing(office) == []
    assert office.as_("viewer").ask(CheckStore()).sound


acts = st.lists(
    st.tuples(st.sampled_from(["amend", "step", "discard", "enter"]), st.integers(0, 30)),
    min_size=5,
    max_size=25,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts)
def test_whatever_is_done_the_rows_are_what_the_lines_add_up_to(office, acts):
    made = [office.commitment(), office.complaint(reporter={}), office.integrity_record()]
    for act, number in acts:
        rec = made[number % len(made)]
        office.now.advance(minutes=number)
        try:
            if act == "enter":
                made.append(office.enter(ENTERABLE[number % len(ENTERABLE)]))
            elif act == "discard":
                office.as_("clerk").perform(DiscardRecord(id=rec))
            elif act == "amend":
                office.amend(rec, subject=f"改过的事项{number}", key_area="procurement")
            else:
                declared = type_named(records.type_of_id(office.store.database, rec))
                steps = declared.life.steps if declared.life else ()
                office.step(rec, steps[number % len(steps)].act)
        except (DeskError, ZeroDivisionError):
            continue
    assert differing(office) == []


def test_the_history_reads_as_what_was_done(office):
    commitment = office.commitment(subject="旧事项")
    office.now.advance(hours=1)
    office.amend(commitment, subject="新事项")
    office.now.advance(days=1)
    office.step(commitment, "register")
    history = office.view(commitment).history
    assert [entry.act for entry in history] == ["登记", "修改", "录入草稿"]
    assert [entry.by for entry in history] == ["钱经办"] * 3
    assert history[1].changes == (FieldChange("承诺事项", "新事项", "旧事项"),)
    assert [entry.at for entry in history] == sorted((e.at for e in history), reverse=True)
    assert history[-1].desk == "999901001-01"
    assert not any(entry.foreign for entry in history)


def test_the_history_of_a_cleared_field_says_so(office):
    commitment = office.commitment(target="示例目标")
    office.amend(commitment, target=None)
    assert FieldChange("可衡量的目标", "（清空）") in office.view(commitment).history[0].changes


def test_the_history_says_what_a_field_said_before_and_a_long_text_only_what_it_says_now(office):
    first, second = office.unit(name="示例甲办"), office.unit(name="示例乙办")
    rec = office.commitment(
        unit_id=first, content="示例旧内容", amount_fen=100_00, due_on="2026-12-31"
    )
    office.amend(rec, unit_id=second, content="示例新内容", amount_fen=250_00, due_on="2027-01-31")
    changes = office.view(rec).history[0].changes
    assert {each.label: each.words for each in changes} == {
        "责任单位": "示例甲办 → 示例乙办",
        "具体内容": "示例新内容",
        "承诺金额": "100.00 → 250.00",
        "兑现期限": "2026-12-31 → 2027-01-31",
    }


def test_the_history_masks_private_values(office):
    person = office.person(phone="13800000002")
    assert "13800000002" not in repr(office.view(person).history)


def test_a_row_changed_behind_the_log_is_found(office):
    unit = office.unit(name="原名")
    office.store.database.conn.execute("UPDATE unit SET name = '改名' WHERE id = ?", (unit,))
    report = office.as_("viewer").ask(CheckStore())
    assert not report.sound
    assert "原名" in report.faults[0]


def test_a_row_taken_out_behind_the_log_is_found(office):
    unit = office.unit(name="原名")
    office.store.database.conn.execute("DELETE FROM unit WHERE id = ?", (unit,))
    assert not office.as_("viewer").ask(CheckStore()).sound


def test_a_row_hidden_behind_the_log_is_found(office):
    unit = office.unit(name="原名")
    office.store.database.conn.execute("UPDATE unit SET void = 1 WHERE id = ?", (unit,))
    assert not office.as_("viewer").ask(CheckStore()).sound
