"""Neighbour desks of one township: the same bundles, merged field by field, settled by people."""

from __future__ import annotations

import shutil

import pytest

from integrity_desk.county import enrolment
from integrity_desk.domain.accounts import Role
from integrity_desk.domain.authors import Author
from integrity_desk.domain.merging import predecessors
from integrity_desk.domain.revisions import Revision
from integrity_desk.domain.times import epoch_ms
from integrity_desk.domain.units import Unit
from integrity_desk.errors import NotFound, NotPermitted, StepRefused
from integrity_desk.services.attachments import AttachFile
from integrity_desk.services.checking import CheckStore
from integrity_desk.services.county_trust import ImportTrust, ShowTrust
from integrity_desk.services.exchange import SealBundle
from integrity_desk.services.neighbours import ImportNeighbours, ListNeighbours
from integrity_desk.services.record_view import OpenRecord
from integrity_desk.services.registers import FindRecords
from integrity_desk.services.settling import (
    KEEP,
    REMOVE,
    ListUnsettled,
    Settle,
    ShowUnsettled,
)
from integrity_desk.storage import deliveries, revisions
from tests.exchanging import delivered
from tests.services.conftest import PASSPHRASE, Township


def lines(office):
    """All lines of what travels, by dot: what two desks must have alike."""
    rows = office.store.database.conn.execute(
        "SELECT replica, n, line FROM revision JOIN record ON record.id = revision.rec"
        " WHERE record.type NOT IN ('account') ORDER BY replica, n"
    )
    return rows.fetchall()


def shown(office, type_name="unit"):
    """All rows of a register as they are shown, by id."""
    cursor = office.store.database.conn.execute(f'SELECT * FROM "{type_name}" ORDER BY id')
    heads = [each[0] for each in cursor.description]
    return [
        {head: value for head, value in zip(heads, row, strict=True) if head != "row"}
        for row in cursor
    ]


def names(office):
    """The names of all units with their ids."""
    return {(each["id"], each["name"]) for each in shown(office)}


@pytest.fixture
def disputed(township):
    """(id, township) of a unit whose name both desks have changed, each without the other."""
    unit = township["01"].unit(name="示例站")
    township.exchange()
    township["01"].amend(unit, name="示例东站")
    township["02"].now.advance(hours=1)
    township["02"].amend(unit, name="示例西站")
    township.exchange()
    return unit


# Taking in


def test_what_one_desk_enters_stands_at_the_other_byte_for_byte(township):
    unit = township["01"].unit(name="示例东站")
    township.exchange()
    here = township["02"].record(unit)
    assert (here.name, here.desk) == ("示例东站", "999901001-01")
    assert lines(township["01"]) == lines(township["02"])
    assert shown(township["01"]) == shown(township["02"])


def test_what_came_is_found_by_its_words_and_waits_for_no_bundle(township):
    unit = township["01"].unit(name="示例东站")
    township.exchange()
    found = township["02"].as_("viewer").ask(FindRecords(text="示例东站"))
    assert unit in repr(found)
    assert township["02"].as_("clerk").perform(SealBundle()).value is None
    assert delivered(township["02"], unit).state == "elsewhere"


def test_the_chains_of_both_desks_hold_afterwards(township):
    township["01"].unit()
    township.exchange()
    township["02"].unit(name="示例第二单位")
    township.exchange()
    for office in township.offices.values():
        assert office.as_("viewer").ask(CheckStore()).sound


def test_a_line_that_came_and_was_tampered_with_breaks_the_chain(township):
    township["01"].unit()
    township.exchange()
    sql = township["02"].store.database.conn
    sql.execute("DROP TRIGGER revision_is_not_changed")
    sql.execute(
        "UPDATE revision SET line = CAST(line || ' ' AS BLOB)"
        " WHERE position = (SELECT max(position) FROM arrival)"
    )
    assert revisions.first_break(township["02"].store.database) is not None
    assert revisions.first_break(township["02"].store.database, tail=10) is not None


def test_the_same_stick_again_changes_nothing(township):
    township["01"].unit()
    township.exchange()
    before = lines(township["02"]), shown(township["02"])
    report = township.take("02")
    assert {each.act for each in report.files} == {"duplicate"}
    assert (report.revisions, lines(township["02"]), shown(township["02"])) == (0, *before)


def test_numbers_are_unique_because_each_carries_its_desk(township):
    numbers = [
        township[desk].record(township[desk].registered_commitment()).number
        for desk in ("01", "02")
    ]
    township.exchange()
    assert len(set(numbers)) == 2
    assert {"01", "02"} <= {each.split("-")[1] for each in numbers}


def test_who_did_it_is_named_though_accounts_stay_at_home(township):
    unit = township["01"].unit(name="示例东站")
    township.exchange()
    view = township["02"].view(unit)
    assert view.history[-1].by == "钱经办"
    assert township["02"].reading().find(Author)
    logins = township["02"].store.database.conn.execute("SELECT count(*) FROM account")
    assert logins.fetchone()[0] == 4


def test_reporters_sealed_items_and_drafts_stay_at_home(township):
    first = township["01"]
    case = first.complaint(reporter={"name": "孙密报示例"})
    first.enter("sealed_item")
    draft = first.commitment()
    township.exchange()
    there = township["02"]
    assert there.record(case)
    assert "孙密报示例".encode() not in b"".join(line for _r, _n, line in lines(there))
    assert not shown(there, "reporter")
    assert not shown(there, "sealed_item")
    with pytest.raises(NotFound):
        there.record(draft)


def test_a_file_comes_along(township, tmp_path):
    first, second = township["01"], township["02"]
    unit = first.unit()
    evidence = tmp_path / "示例证据.txt"
    evidence.write_text("示例证据内容", "utf-8")
    first.as_("clerk").perform(AttachFile(owner_id=unit, path=evidence))
    township.exchange()
    kept = second.store.database.conn.execute("SELECT count(*) FROM blob").fetchone()[0]
    assert kept == 1


# Order, gaps and time away


def test_a_desk_that_was_away_is_told_what_is_missing_and_catches_up(township, tmp_path):
    first = township["01"]
    for number in range(4):
        first.unit(name=f"示例单位{number}")
        township.send("01")
    aside = tmp_path / "aside"
    aside.mkdir()
    for path in sorted(township.stick.glob("999901001-01-*.tsb"))[:2]:
        shutil.move(path, aside / path.name)
    report = township.take("02")
    assert [each.act for each in report.files] == ["held", "held"]
    (neighbour,) = township["02"].as_("clerk").ask(ListNeighbours())
    assert (neighbour.through_seq, neighbour.held, neighbour.missing) == (0, 2, ("1", "2"))
    township.take("02", aside)
    assert names(first) < names(township["02"])
    (neighbour,) = township["02"].as_("clerk").ask(ListNeighbours())
    assert (neighbour.through_seq, neighbour.missing) == (4, ())


def test_a_desk_let_in_later_gets_everything_in_one_snapshot(county):
    township = Township(county, "01")
    first = township["01"]
    unit = first.unit(name="示例早先单位")
    county.round_trip(first)
    later = Township(county, "02")
    try:
        township.tell_all()
        sealed = township.send("01")
        assert sealed.revisions > 1
        later.take("02")
        assert later["02"].record(unit).name == "示例早先单位"
        assert names(first) < names(later["02"])
        assert township.send("01") is None
    finally:
        township.close()
        later.close()


def test_a_revoked_desk_is_not_taken_in_after_its_number(township):
    first, second = township["01"], township["02"]
    first.unit(name="示例停用前")
    township.send("01")
    stream = first.as_("clerk").ask(ShowTrust()).stream
    enrolment.revoke(
        township.county.folder, stream, township.stick, passphrase=PASSPHRASE, after=1,
        now=first.now(),
    )  # fmt: skip
    trust = township.county.admit(second)
    second.as_("clerk").perform(ImportTrust(path=trust))
    unit = first.unit(name="示例停用后")
    township.send("01")
    report = township.take("02")
    assert [each.act for each in report.files] == ["apply", "refused"]
    with pytest.raises(NotFound):
        second.record(unit)
    assert second.as_("clerk").ask(ListNeighbours())[0].revoked


def test_strangers_are_refused_with_a_sentence(township, county):
    other = Township(county, "09")
    try:
        other["09"].unit()
        other.send("09")
        report = township.take("02")
        assert {each.act for each in report.files} == {"refused"}
    finally:
        other.close()


def test_an_empty_stick_says_so(township, tmp_path):
    with pytest.raises(StepRefused, match="没有其他登记点的同步包"):
        township["01"].as_("clerk").perform(ImportNeighbours(path=tmp_path))


# Settling


def test_two_versions_stand_side_by_side_with_who_when_and_where(township, disputed):
    for office in township.offices.values():
        (line,) = office.as_("clerk").ask(ListUnsettled())
        assert (line.id, line.fields) == (disputed, ("单位名称",))
        asked = office.as_("clerk").ask(ShowUnsettled(id=disputed))
        (field,) = asked.fields
        assert [(each.words, each.desk, each.shown) for each in field.versions] == [
            ("示例西站", "999901001-02", True),
            ("示例东站", "999901001-01", False),
        ]
        assert {each.by for each in field.versions} == {"钱经办"}
        assert field.versions[0].at > field.versions[1].at
        assert office.record(disputed).name == "示例西站"


def test_the_version_chosen_stands_at_both_desks(township, disputed):
    clerk = township["01"].as_("clerk")
    (field,) = clerk.ask(ShowUnsettled(id=disputed)).fields
    clerk.perform(Settle(id=disputed, chosen={"name": field.versions[1].code}))
    assert clerk.ask(ListUnsettled()) == ()
    township.exchange()
    assert township["02"].record(disputed).name == "示例东站"
    assert township["02"].as_("clerk").ask(ListUnsettled()) == ()
    assert shown(township["01"]) == shown(township["02"])


def test_choosing_what_is_shown_settles_too(township, disputed):
    clerk = township["01"].as_("clerk")
    (field,) = clerk.ask(ShowUnsettled(id=disputed)).fields
    clerk.perform(Settle(id=disputed, chosen={"name": field.versions[0].code}))
    township.exchange()
    assert township["02"].as_("clerk").ask(ListUnsettled()) == ()


def test_a_third_wording_may_be_written(township, disputed):
    clerk = township["02"].as_("clerk")
    clerk.perform(Settle(id=disputed, written={"name": "示例中心站"}))
    township.exchange()
    for office in township.offices.values():
        assert office.record(disputed).name == "示例中心站"
        assert office.as_("clerk").ask(ListUnsettled()) == ()


def test_amending_the_field_settles_it_as_well(township, disputed):
    township["01"].amend(disputed, name="示例新站")
    assert township["01"].as_("clerk").ask(ListUnsettled()) == ()
    township.exchange()
    assert township["02"].as_("clerk").ask(ListUnsettled()) == ()


def test_both_desks_settling_differently_is_asked_again(township, disputed):
    for desk, name in (("01", "示例甲站"), ("02", "示例乙站")):
        township[desk].as_("clerk").perform(Settle(id=disputed, written={"name": name}))
    township.exchange()
    for office in township.offices.values():
        (line,) = office.as_("clerk").ask(ListUnsettled())
        assert line.id == disputed


def test_a_version_that_is_no_longer_there_is_not_chosen(township, disputed):
    clerk = township["01"].as_("clerk")
    (field,) = clerk.ask(ShowUnsettled(id=disputed)).fields
    code = field.versions[0].code
    clerk.perform(Settle(id=disputed, chosen={"name": code}))
    with pytest.raises(NotFound, match="已经裁定过"):
        clerk.perform(Settle(id=disputed, chosen={"name": code}))


def test_what_a_second_person_judged_is_settled_by_a_reviewer(township):
    first, second = township["01"], township["02"]
    record = first.effective_record()
    township.exchange()
    for office, words in ((first, "示例甲方事实。"), (second, "示例乙方事实。")):
        office.open_account("second", Role.REVIEWER, name="示例复核乙")
        office.amend(record, by="second", facts=words)
    township.exchange()
    asked = first.as_("clerk").ask(ShowUnsettled(id=record))
    assert not asked.may_settle
    choice = {"facts": asked.fields[0].versions[0].code}
    with pytest.raises(NotPermitted):
        first.as_("clerk").perform(Settle(id=record, chosen=choice))
    first.as_("reviewer").perform(Settle(id=record, chosen=choice))
    assert first.as_("reviewer").ask(ListUnsettled()) == ()


# Deletions are proposals


@pytest.fixture
def half_deleted(township):
    """A unit that one desk deleted while the other wrote to it."""
    unit = township["01"].unit(name="示例站")
    township.exchange()
    with township["01"].store.unit_of_work(
        actor=township["01"].account("reviewer").actor, command="DiscardRecord",
        now=township["01"].now(),
    ) as work:  # fmt: skip
        work.void(work.load(Unit, unit))
    township["02"].amend(unit, name="示例西站")
    township.exchange()
    return unit


def test_a_deletion_beside_a_write_leaves_the_record_visible_and_flagged(township, half_deleted):
    for office in township.offices.values():
        assert office.record(half_deleted).name == "示例西站"
        (line,) = office.as_("clerk").ask(ListUnsettled())
        assert line.fields == ("是否删除",)


@pytest.mark.parametrize("decision", [KEEP, REMOVE])
def test_the_decision_about_a_deletion_holds_at_both_desks(township, half_deleted, decision):
    reviewer = township["02"].as_("reviewer")
    (field,) = reviewer.ask(ShowUnsettled(id=half_deleted)).fields
    assert [each.code for each in field.versions] == [KEEP, REMOVE]
    reviewer.perform(Settle(id=half_deleted, chosen={"_void": decision}))
    township.exchange()
    for office in township.offices.values():
        assert office.as_("reviewer").ask(ListUnsettled()) == ()
        if decision == KEEP:
            assert office.record(half_deleted).name == "示例西站"
        else:
            with pytest.raises(NotFound):
                office.record(half_deleted)


def test_a_deletion_that_nobody_contradicts_is_followed(township):
    unit = township["01"].unit(name="示例站")
    township.exchange()
    with township["01"].store.unit_of_work(
        actor=township["01"].account("reviewer").actor, command="DiscardRecord",
        now=township["01"].now(),
    ) as work:  # fmt: skip
        work.void(work.load(Unit, unit))
    township.exchange()
    with pytest.raises(NotFound):
        township["02"].as_("clerk").ask(OpenRecord(id=unit))


# A newer program


def test_what_a_newer_program_wrote_is_kept_shown_and_not_touched(township):
    first, second = township["01"], township["02"]
    unit = first.unit(name="示例站")
    _write_newer(first, unit, {"name": "示例新版站", "colour": "示例色"}, "unit@9")
    township.exchange()
    assert second.record(unit).name == "示例新版站"
    assert not second.view(unit).amendable
    with pytest.raises((StepRefused, NotPermitted)):
        second.amend(unit, name="示例旧版站")
    assert lines(first) == lines(second)


def test_a_type_nobody_here_knows_stays_in_the_log_until_the_upgrade(township):
    first, second = township["01"], township["02"]
    unit = first.unit()
    _write_newer(first, unit, {"song": "示例歌"}, "hymn@1", rec="f" * 32)
    township.send("01")
    report = township.take("02")
    assert report.unreadable == 1
    kept = second.store.database.conn.execute(
        "SELECT count(*) FROM revision WHERE rec = ?", ("f" * 32,)
    ).fetchone()
    assert kept == (1,)
    assert second.as_("viewer").ask(CheckStore()).sound


def _write_newer(office, sample, written, kind, rec=""):
    """Write a line as a later version of the program would."""
    database = office.store.database
    replica = office.store.identity.replica
    head = revisions.head(database, replica)
    known = revisions.of_record(database, rec or sample)
    line = Revision(
        by="c" * 32, cmd="AmendRecord", hlc=head.clock.tick(epoch_ms(office.now())).stamp,
        n=head.n + 1, pred=predecessors(known, written), rec=rec or sample, replica=replica,
        set=written, type=kind,
    )  # fmt: skip
    position, _hash = revisions.append(database, line, head.hash)
    deliveries.await_sending(database, position, "unit", sample)
