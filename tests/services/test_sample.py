"""The sample township: whole, invented, the same every time, and made by the real rules."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.deadlines import due_tone
from integrity_desk.domain.fields import Kind
from integrity_desk.domain.identifiers import check_identifier
from integrity_desk.domain.instalments import arrears_fen
from integrity_desk.domain.notices import must_come_down
from integrity_desk.domain.records import type_named, type_of
from integrity_desk.domain.reporters import ReporterKind
from integrity_desk.domain.times import CHINA
from integrity_desk.errors import Cancelled, StoreUnavailable
from integrity_desk.services.attachments import ReadAttachment
from integrity_desk.services.opening import sign_in
from integrity_desk.services.sample import load_sample, sample_accounts
from integrity_desk.services.sample_stories import read_texts
from integrity_desk.storage.keyring import Cost
from integrity_desk.storage.store import Store, keyring

TODAY = date(2026, 5, 20)
NOON = datetime.combine(TODAY, time(12), CHINA)
CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)

NOT_THERE = {
    "access": "noted when somebody unmasks a number",
    "import_source": "made by the first import of a list",
    "rule_change": "noted when an administrator changes what is counted by",
    "author": "noted when a bundle is sealed",
    "letter_template": "an administrator's own words for a letter",
    "handout": "noted when something is printed or exported",
}
"""Record types without a record in the sample, and why."""

EVERY_CHOICE = (
    ("commitment", "kind"),
    ("commitment", "service_area"),
    ("commitment", "key_area"),
    ("complaint", "channel"),
    ("complaint", "matter"),
    ("integrity_record", "kind"),
    ("integrity_record", "severity"),
    ("measure", "kind"),
    ("notice", "kind"),
    ("reporter", "kind"),
    ("stage_duty", "stage"),
)


def records_of(office):
    store = Store.open(
        office.folder, keyring(office.folder).unwrap("reviewer", "sample-2026"), NOON
    )
    with store.reader(actor=None, now=NOON) as reader:
        found = {each.name: reader.find(each.cls) for each in TYPES}
    store.close()
    return found


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return load_sample(tmp_path_factory.mktemp("sample") / "store", today=TODAY, cost=CHEAP)


@pytest.fixture(scope="module")
def township(office):
    return records_of(office)


# Whole


def test_every_record_type_is_there_but_what_only_people_make(township):
    assert {name for name, found in township.items() if not found} <= NOT_THERE.keys()


@pytest.mark.parametrize("name", [each.name for each in TYPES if each.life])
def test_every_state_of_the_life_cycle_is_there(township, name):
    """It counts by nationwide rules, so a state that only a region knows is not in it."""
    life = type_named(name).life
    regional = {each.to for each in life.steps if each.applies}
    ordinary = {each.to for each in life.steps if not each.applies} | {life.initial}
    states = {each.code for each in life.states} - (regional - ordinary)
    assert states - {each.state for each in township[name]} == set()


@pytest.mark.parametrize(("name", "field"), EVERY_CHOICE)
def test_every_choice_is_taken_somewhere(township, name, field):
    choices = set(type_named(name).field(field).choices)
    assert choices - {getattr(each, field) for each in township[name]} == set()


def test_there_are_several_hundred_records(office, township):
    assert office.records > 700
    assert len(township["commitment"]) > 100
    assert len(township["complaint"]) > 80
    assert 40 <= len(township["person"]) <= 60


def test_titles_read_like_titles_and_seldom_repeat(township):
    for name in ("commitment", "complaint", "integrity_record"):
        titles = Counter(each.subject for each in township[name])
        assert all(8 <= len(title) <= 40 for title in titles)
        assert len(titles) > 0.3 * titles.total()
    assert len({each.subject for each in township["commitment"]}) > 60


def test_no_word_of_a_template_is_left_unfilled(township):
    for found in township.values():
        for record in found:
            texts = [
                getattr(record, each.name) for each in type_of(record).typed_fields if each.is_text
            ]
            assert not [text for text in texts if set("{}@") & set(text.replace("@example", ""))]


# What waits on this day


@pytest.mark.parametrize("name", ["commitment", "complaint", "rectification_order"])
def test_something_is_overdue_and_something_due_this_week(township, name):
    tones = {due_tone(each, TODAY) for each in township[name]}
    assert {"red", "amber"} <= tones


def test_something_waits_for_a_second_person(township):
    assert [each for each in township["integrity_record"] if each.state == "in_review"]
    assert [each for each in township["notice"] if each.state == "in_review"]


def test_a_notice_comes_down_today_and_one_should_have(township):
    days = {each.until_on for each in township["notice"] if must_come_down(each, TODAY)}
    assert TODAY in days
    assert min(days) < TODAY


def test_an_instalment_is_in_arrears(township):
    assert any(arrears_fen(each, TODAY) for each in township["instalment"])


def test_nothing_is_dated_after_today_or_before_two_years_ago(township):
    entered = [each.entered_at.astimezone(CHINA).date() for each in township["complaint"]]
    assert max(entered) <= TODAY
    assert min(entered) >= TODAY - timedelta(days=730)


# Files


def test_records_of_every_kind_of_case_have_files_that_can_be_looked_at(office, township):
    held = {each.id: type_of(each).name for found in township.values() for each in found}
    kinds = {held[each.owner_id] for each in township["attachment"]}
    assert kinds >= {
        "progress_entry", "commitment", "complaint", "rectification_order", "integrity_record",
        "objection", "repair", "notice",
    }  # fmt: skip
    boards = {each.owner_id for each in township["attachment"] if held[each.owner_id] == "notice"}
    posted = {each.id for each in township["notice"] if each.state == "posted"}
    assert posted & boards
    assert posted - boards  # so that a photo of the board is still asked for
    assert sum(each.size_bytes for each in township["attachment"]) < 10 << 20
    desk = sign_in(office.folder, "reviewer", "sample-2026")
    contents = {each.file_name: each for each in township["attachment"]}
    for each in contents.values():
        content = desk.ask(ReadAttachment(id=each.id))
        assert content.startswith((b"%PDF-", b"\xff\xd8\xff"))
    desk.close()


# Invented


def test_nobody_has_a_real_name(township):
    given = tuple(read_texts()["people"]["given_names"])
    people = [each.name for each in township["person"]]
    people += [each.name for each in township["account"]]
    people += [each.proposer for each in township["proposal"]]
    assert [name for name in people if not name.endswith(given)] == []
    known = [each for each in township["person"] if each.state != "merged"]
    assert len({each.name for each in known}) == len(known)


def test_numbers_are_right_and_belong_to_nobody(township):
    numbers = [
        (field.kind, getattr(record, field.name))
        for found in township.values()
        for record in found
        for field in type_of(record).fields
        if field.kind in (Kind.CITIZEN_ID, Kind.CREDIT_CODE, Kind.PHONE)
        and getattr(record, field.name)
    ]
    assert [each for each in numbers if not check_identifier(each[1], each[0]).ok] == []
    starts = {Kind.CITIZEN_ID: ("999901",), Kind.PHONE: ("1390000", "200000")}
    starts[Kind.CREDIT_CODE] = ("11999901", "54999901")
    assert [each for each in numbers if not each[1].startswith(starts[each[0]])] == []


def test_who_complained_stands_nowhere_but_with_the_reporter(township):
    cases = {each.id: each for each in township["complaint"]}
    for reporter in township["reporter"]:
        assert reporter.kind is ReporterKind.ANONYMOUS or reporter.name
        case = cases[reporter.complaint_id]
        assert not reporter.phone or reporter.phone not in case.facts
        assert not case.handler_id or case.handler_unit_id != case.about_unit_id


# Made and made again


def test_the_same_day_and_seed_give_the_same_records(township, tmp_path):
    again = records_of(load_sample(tmp_path / "again", today=TODAY, cost=CHEAP))
    del again["account"]  # the first account and its id are as new as the store's keys
    assert again == {name: found for name, found in township.items() if name != "account"}


def test_every_account_signs_in_with_the_password_of_the_manual(office):
    assert office.accounts == sample_accounts()
    assert len(office.accounts) == 4
    for account in office.accounts:
        desk = sign_in(office.folder, account.login, account.password)
        assert (desk.actor.name, desk.actor.role) == (account.name, account.role)
        desk.close()


def test_a_folder_with_a_store_is_left_as_it_is(office):
    before = {each.name: each.stat().st_mtime_ns for each in office.folder.iterdir()}
    with pytest.raises(StoreUnavailable):
        load_sample(office.folder, today=TODAY, cost=CHEAP)
    assert {each.name: each.stat().st_mtime_ns for each in office.folder.iterdir()} == before


class StopsAtOnce:
    def step(self, done, total, label=""):
        raise Cancelled


def test_stopping_leaves_nothing_behind(tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "other.txt").write_text("示例")
    for folder in (tmp_path / "new", kept):
        with pytest.raises(Cancelled):
            load_sample(folder, today=TODAY, cost=CHEAP, progress=StopsAtOnce())
    assert not (tmp_path / "new").exists()
    assert [each.name for each in kept.iterdir()] == ["other.txt"]


@pytest.mark.parametrize(
    "day",
    [
        "2026-02-24",
        "2026-04-23",
        "2026-05-12",
        "2026-05-28",
        "2026-07-01",
        "2026-10-09",
        "2026-11-27",
        "2026-12-28",
        "2027-03-03",
    ],
)
def test_the_township_can_be_told_on_any_day(tmp_path, day):
    told = load_sample(tmp_path / "store", today=date.fromisoformat(day), cost=CHEAP)
    assert told.records > 900
