"""Neighbour desks of one township: the same bundles, merged field by field, settled by people."""

from __future__ import annotations

import shutil

import pytest

from integrity_desk.county import enrolment
from integrity_desk.domain.authors import Author
from integrity_desk.domain.merging import predecessors
from integrity_desk.domain.revisions import Revision
from integrity_desk.domain.times import epoch_ms
from integrity_desk.errors import NotFound, NotPermitted, StepRefused
from integrity_desk.services.attachments import AttachFile
from integrity_desk.services.checking import CheckStore
from integrity_desk.services.county_trust import ImportTrust, ShowTrust
from integrity_desk.services.exchange import SealBundle
from integrity_desk.services.neighbours import ImportNeighbours, ListNeighbours
from integrity_desk.services.registers import FindRecords
from integrity_desk.storage import deliveries, revisions
from tests.exchanging import delivered, shown, travelled, unit_names
from tests.services.conftest import PASSPHRASE, Township

# Taking in


def test_what_one_desk_enters_stands_at_the_other_byte_for_byte(township):
    unit = township["01"].unit(name="示例东站")
    township.exchange()
    here = township["02"].record(unit)
    assert (here.name, here.desk) == ("示例东站", "999901001-01")
    assert travelled(township["01"]) == travelled(township["02"])
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
    before = travelled(township["02"]), shown(township["02"])
    report = township.take("02")
    assert {each.act for each in report.files} == {"duplicate"}
    assert (report.revisions, travelled(township["02"]), shown(township["02"])) == (0, *before)


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


def test_every_change_in_the_history_names_the_desk_it_was_made_on(township):
    unit = township["01"].unit(name="示例东站")
    township.exchange()
    township["02"].amend(unit, name="示例东站新名")
    township.exchange()
    for desk in ("01", "02"):
        newest, oldest = township[desk].view(unit).history
        assert (newest.desk, oldest.desk) == ("999901001-02", "999901001-01")
        assert (newest.foreign, oldest.foreign) == (desk == "01", desk == "02")


def test_reporters_sealed_items_and_drafts_stay_at_home(township):
    first = township["01"]
    case = first.complaint(reporter={"name": "孙密报示例"})
    first.enter("sealed_item")
    draft = first.commitment()
    township.exchange()
    there = township["02"]
    assert there.record(case)
    assert "孙密报示例".encode() not in b"".join(line for _r, _n, line in travelled(there))
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
    assert unit_names(first) < unit_names(township["02"])
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
        assert unit_names(first) < unit_names(later["02"])
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
    assert travelled(first) == travelled(second)


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
