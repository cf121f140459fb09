"""A record type nobody but this test knows: all it has, it has from its one declaration."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import pytest
from jsonschema import Draft202012Validator

from integrity_desk.domain import records
from integrity_desk.domain.fields import (
    Choice,
    Id,
    choice,
    citizen_id,
    day,
    link,
    long_text,
    money,
    phone,
    text,
)
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.records import Record, RecordType, record_type
from integrity_desk.domain.revisions import encode
from integrity_desk.errors import InvalidInput, NotPermitted, StepRefused
from integrity_desk.services.checking import CheckStore
from integrity_desk.services.records import TakeStep
from integrity_desk.services.registers import Filter, FindRecords
from integrity_desk.services.spreadsheet_imports import ImportRows
from integrity_desk.services.spreadsheets import ExportRegister
from integrity_desk.storage.columns import indexed
from integrity_desk.sync.schema import line_schema
from integrity_desk.ui.pages.base import PageEntry
from integrity_desk.ui.pages.register import RegisterPage
from tests.office import Office
from tests.ui.registers import Sitting, button, sitting, texts_of, typed
from tools import schema

CITIZEN, PHONE = "110101199003070011", "13800000001"


class Water(Choice):
    """What comes out of it."""

    SWEET = "sweet", "甜水"
    BITTER = "bitter", "苦水"


LIFE = LifeCycle(
    states=(
        State("planned", "拟建", private=True), State("dug", "已成井"), State("shut", "已填埋"),
    ),
    steps=(
        Step(act="dig", label="成井", of=("planned",), to="dug", needs=("dug_on",), numbered=True),
        Step(act="shut", label="填埋", of=("dug",), to="shut", second_person=True,
             permission="approve"),
    ),
)  # fmt: skip


class Well(Record):
    """An invented register of wells."""

    name: str = text(
        "井名", section="水井", required=True, searched=True, listed=20, help="按村民的叫法填写"
    )
    water: Water | None = choice("水质", Water, filtered=True, listed=6)
    story: str = long_text("来历", searched=True)
    cost_fen: int | None = money("造价", listed=10)
    unit_id: Id = link("所在单位", to="unit", section="看井人", filtered=True)
    keeper: str = citizen_id("看井人身份证号")
    phone: str = phone("看井人电话")
    dug_on: date | None = day("成井日期", section="成井", filtered=True, listed=10)


@pytest.fixture(scope="module")
def well() -> Iterator[RecordType]:
    """Declare it, and afterwards take it out of the registry again."""
    before = dict(records._REGISTRY), dict(records._BY_CLASS)
    record_type("example_well", label="示例水井", title="name", prefix="井", life=LIFE)(Well)
    yield records.type_named("example_well")
    for registry, kept in zip((records._REGISTRY, records._BY_CLASS), before, strict=True):
        registry.clear()
        registry.update(kept)


@pytest.fixture
def office(office: Office, well: RecordType) -> Office:
    """An office whose store has the table that ``tools/schema.py`` prints for the declaration."""
    return dug(office, well)


@pytest.fixture
def sit(qtbot, office: Office, well: RecordType) -> Iterator[Callable[[str], Sitting]]:
    page = PageEntry(
        id=well.name, label=well.label, icon="home",
        factory=partial(RegisterPage, type_name=well.name),
    )  # fmt: skip
    with sitting(qtbot, office) as made:
        yield lambda login: made(login, page)


def dug(office: Office, well: RecordType) -> Office:
    printed: dict[str, Callable[..., None]] = {}
    exec(schema.migration("Wells", {}, {well: well.fields}), printed)
    printed["upgrade"](office.store.database)
    return office


def one(office: Office, **more: object) -> Id:
    return office.enter(
        "example_well",
        **{"name": "示例村东头老井", "water": "sweet", "cost_fen": 123_456, "keeper": CITIZEN,
           "phone": PHONE, "story": "光绪年间开凿", **more},
    )  # fmt: skip


def test_its_table_has_the_declared_columns_and_indexes(office, well):
    database = office.store.database.conn
    columns = {row[1] for row in database.execute("PRAGMA table_info(example_well)")}
    assert columns == {"row", "id", "void", *(field.name for field in well.fields)}
    indexes = {row[1] for row in database.execute("PRAGMA index_list(example_well)")}
    for field in well.fields:
        assert (f"example_well_{field.name}" in indexes) is indexed(well, field), field.name


def test_its_form_is_headed_helped_and_saved(sit, office):
    desk = sit("clerk")
    page = desk.open("example_well")
    assert desk.rows() == []
    page.forms.new()
    form = desk.form()
    shown = texts_of(form)
    for words in ("水井", "看井人", "井名", "水质", "造价", "看井人电话", "按村民的叫法填写"):
        assert any(words in each for each in shown), words
    form.submit()
    assert "请填写“井名”。" in texts_of(form)
    form.set_values(typed(form, {"name": "示例村西头新井", "water": "bitter"}))
    form.submit()
    desk.until(lambda: page.forms.view is None)
    assert desk.rows() == ["示例村西头新井"]
    assert [each.label for each in page.list.model.columns if each.name != "state"] == [
        "编号", "井名", "水质", "造价", "成井日期",
    ]  # fmt: skip


def test_its_list_is_narrowed_by_its_filters_and_its_states(sit, office):
    one(office, name="甜井示例")
    one(office, name="苦井示例", water="bitter")
    desk = sit("clerk")
    page = desk.open("example_well")
    assert button(page.list.chips, "拟建 2").isEnabled()
    page.list.popover._choices["water"].tick(("bitter",))
    page.list.popover.changed.emit()
    assert desk.rows() == ["苦井示例"]
    assert set(page.list.popover._days) == {"dug_on"}


@pytest.mark.parametrize("sought", ["老井", "东", "光绪", CITIZEN, PHONE])
def test_it_is_found_by_words_and_by_whole_numbers(office, sought):
    rec = one(office)
    hits = office.as_("viewer").ask(FindRecords(text=sought))
    assert [(each.id, each.title) for each in hits] == [(rec, "示例村东头老井")]


def test_what_is_sensitive_is_masked(sit, office):
    rec = one(office)
    desk = sit("clerk")
    desk.open_record("example_well", rec)
    words = desk.words()
    assert "110101********0011" in words
    assert "138****0001" in words
    assert CITIZEN not in words
    assert PHONE not in words


def test_it_goes_out_as_a_spreadsheet_and_comes_in_at_another_desk(
    office, another_office, well, tmp_path
):
    one(office, keeper="", phone="")
    path = tmp_path / "wells.xlsx"
    office.as_("clerk").perform(ExportRegister(filter=Filter(type="example_well"), path=path))
    other = dug(another_office(desk="02"), well)
    taken = other.as_("clerk").perform(ImportRows(type="example_well", path=path)).value
    assert taken.added == 1
    (came,) = other.reading().find(Well)
    assert (came.name, came.water, came.cost_fen) == ("示例村东头老井", Water.SWEET, 123_456)


def test_its_lines_fit_the_schema_that_travels_with_a_bundle(office, well):
    rec = one(office)
    by_type = line_schema((well,))
    line = json.loads(encode(office.reading().history(rec)[0]))
    fits = Draft202012Validator(by_type).is_valid
    assert fits(line)
    for field, wrong in (("water", "salty"), ("cost_fen", "much"), ("dug_on", 5), ("name", 5)):
        assert not fits({**line, "set": {**line["set"], field: wrong}}), field


def test_its_history_says_who_changed_what_from_what_to_what(office):
    rec = one(office)
    office.amend(rec, water="bitter")
    newest = office.view(rec).history[0]
    assert (newest.by, newest.act) == ("钱经办", "修改")
    assert [(each.label, each.words) for each in newest.changes] == [("水质", "甜水 → 苦水")]


def test_its_life_cycle_is_obeyed_and_its_number_given(office):
    rec = one(office)
    clerk, reviewer = office.as_("clerk"), office.as_("reviewer")
    dig = partial(TakeStep, type="example_well", id=rec, act="dig")
    with pytest.raises(InvalidInput, match="成井日期"):
        clerk.perform(dig())
    clerk.perform(dig(values={"dug_on": "2026-05-12"}))
    assert office.record(rec).number == "井2026-01-0001"
    with pytest.raises(StepRefused, match="已成井"):
        clerk.perform(dig(values={"dug_on": "2026-05-12"}))
    shut = TakeStep(type="example_well", id=rec, act="shut")
    with pytest.raises(NotPermitted):
        clerk.perform(shut)
    reviewer.perform(shut)
    assert office.state_of(rec) == "shut"


def test_a_store_with_it_is_checked_like_any_other(office):
    rec = one(office)
    assert office.as_("viewer").ask(CheckStore()).sound
    office.store.database.conn.execute(
        "UPDATE example_well SET water = 'bitter' WHERE id = ?", (rec,)
    )
    office.store.database.conn.commit()
    assert not office.as_("viewer").ask(CheckStore()).sound
