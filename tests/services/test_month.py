"""A month of two desks and a county with one stick, week by week; nothing is lost on the way."""

from __future__ import annotations

import errno

import pytest

from integrity_desk.county import enrolment
from integrity_desk.domain.units import Unit
from integrity_desk.errors import MediaUnavailable
from integrity_desk.services.checking import CheckStore
from integrity_desk.services.deliveries import ListRejected
from integrity_desk.services.exchange import CarryBundles, ImportReceipts, ListBundles, SealBundle
from integrity_desk.services.settling import ListUnsettled, Settle, ShowUnsettled
from integrity_desk.storage.deliveries import ACCEPTED
from integrity_desk.sync.files import Files
from integrity_desk.sync.receipt import BundleVerdict, Receipt, RevisionVerdict
from tests.exchanging import delivered, travelled
from tests.services.conftest import PASSPHRASE


@pytest.fixture
def month(township, monkeypatch):
    """The township after four weeks."""
    made = Month(township, monkeypatch)
    made.the_stick_is_pulled_in_the_first_week()
    made.a_receipt_is_lost_in_the_second()
    made.a_record_is_sent_back_in_the_third()
    made.both_change_one_name_in_the_fourth()
    return made


class Month:
    """What happens, each week on what the week before left."""

    def __init__(self, township, monkeypatch):
        self.township, self.county, self.patches = township, township.county, monkeypatch
        self.first, self.second = township["01"], township["02"]
        self.hall = self.first.unit(name="示例第一周登记的站")

    def the_stick_is_pulled_in_the_first_week(self):
        clerk = self.first.as_("clerk")
        clerk.perform(SealBundle())

        def pulled(files, file):
            raise OSError(errno.EIO, "pulled")

        with self.patches.context() as patch:
            patch.setattr(Files, "flush", pulled)
            with pytest.raises(MediaUnavailable) as refused:
                clerk.perform(CarryBundles(folder=self.county.stick))
        assert refused.value.status == "pulled"
        assert [each.state for each in clerk.ask(ListBundles())] == ["exported"]
        self._everybody_reports()

    def a_receipt_is_lost_in_the_second(self):
        self._next_week()
        self.first.amend(self.hall, address="示例路2号")
        self.county.bring(self.first)
        for receipt in self.county.stick.glob("*-to-*.tsb"):
            receipt.unlink()
        lost = delivered(self.first, self.hall)
        assert lost.state != ACCEPTED
        self._everybody_reports()
        assert delivered(self.first, self.hall).state == ACCEPTED

    def a_record_is_sent_back_in_the_third(self):
        self._next_week()
        sent_back = self.first.unit(name="示例名称写错的站")
        clerk = self.first.as_("clerk")
        bundle = clerk.perform(SealBundle()).value
        self.county.say(self.first, _sends_back(bundle, sent_back, self.first))
        clerk.perform(ImportReceipts(path=self.county.stick))
        (rejected,) = clerk.ask(ListRejected())
        assert (rejected.id, rejected.reason) == (sent_back, "名称与机构编制不符。")
        self._clear_stick()
        self.first.amend(sent_back, name="示例名称改正的站")
        self._everybody_reports()
        assert clerk.ask(ListRejected()) == ()

    def both_change_one_name_in_the_fourth(self):
        self._next_week()
        self.township.exchange()
        self.first.amend(self.hall, name="示例东站")
        self.second.now.advance(hours=1)
        self.second.amend(self.hall, name="示例西站")
        self.township.exchange()
        desk = self.second.as_("reviewer")
        assert [each.id for each in desk.ask(ListUnsettled())] == [self.hall]
        (field,) = desk.ask(ShowUnsettled(id=self.hall)).fields
        east = next(each.code for each in field.versions if each.words == "示例东站")
        desk.perform(Settle(id=self.hall, chosen={field.name: east}))
        self.township.exchange()

    def _everybody_reports(self):
        for office in self.township.offices.values():
            office.as_("clerk").perform(SealBundle())
            if office.as_("clerk").ask(ListBundles()):
                office.as_("clerk").perform(CarryBundles(folder=self.county.stick, everything=True))
                self.county.receive(office)
                office.as_("clerk").perform(ImportReceipts(path=self.county.stick))

    def _next_week(self):
        self._clear_stick()
        for office in self.township.offices.values():
            office.now.advance(days=7)

    def _clear_stick(self):
        for path in self.county.stick.iterdir():
            path.unlink()


def _sends_back(bundle, rec, office):
    dot = office.reading().history(rec)[-1].dot
    return Receipt(
        stream=bundle.stream, through_seq=bundle.seq, content_through=bundle.content,
        bundles=(BundleVerdict(seq=bundle.seq, content=bundle.content, state="partly"),),
        revisions=(
            RevisionVerdict(
                dot=dot, rec=rec, state="rejected", code="field.name", field="name",
                message_zh="名称与机构编制不符。",
            ),
        ),
        held=(), missing=(), missing_blobs=(), trust_serial=1,
    )  # fmt: skip


def test_after_a_month_both_desks_hold_the_same_and_all_chains_are_whole(month):
    assert travelled(month.first) == travelled(month.second)
    for office in (month.first, month.second):
        assert office.record(month.hall).name == "示例东站"
        assert office.as_("viewer").ask(CheckStore()).sound
        assert office.as_("clerk").ask(ListUnsettled()) == ()


def test_the_county_has_the_settled_word_of_both(month):
    month._everybody_reports()
    report = month.county.receive(month.first)
    assert not [line for line in report.lines if line.act in ("refused", "fork", "chain")]
    for office in (month.first, month.second):
        assert {each.state for each in office.as_("clerk").ask(ListBundles())} <= {
            "accepted", "partly",
        }  # fmt: skip


def test_a_desk_revoked_at_the_months_end_is_heard_no_more_and_loses_nothing_of_its_own(month):
    clerk = month.second.as_("clerk")
    bundles = clerk.ask(ListBundles())
    enrolment.revoke(
        month.county.folder, bundles[0].stream, month.county.stick, passphrase=PASSPHRASE,
        after=bundles[0].seq, now=month.second.now(),
    )  # fmt: skip
    made = month.second.unit(name="示例停用以后登记的站")
    report = month.county.bring(month.second)
    assert "revoked" in [line.code for line in report.lines]
    assert month.second.reading().load(Unit, made).name == "示例停用以后登记的站"
