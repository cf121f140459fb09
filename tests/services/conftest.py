"""The county at the other end of the stick, worked by the program's own county folder."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from integrity_desk.county import enrolment, inbox, receipts
from integrity_desk.county import office as county_office
from integrity_desk.domain.fields import Id
from integrity_desk.errors import Cancelled
from integrity_desk.services.county_trust import ImportTrust, ShowTrust, WriteEnrolment
from integrity_desk.services.desk import Desk
from integrity_desk.services.desk_keys import desk_keys
from integrity_desk.services.exchange import (
    CarryBundles,
    ImportReceipts,
    ListBundles,
    ReceiptReport,
    SealBundle,
)
from integrity_desk.services.neighbours import ImportNeighbours, NeighbourReport
from integrity_desk.storage.deliveries import Bundle
from integrity_desk.sync import age, keys, receipt
from integrity_desk.sync.receipt import Receipt
from tests.office import START, Office

PASSPHRASE = "示例县级口令一二三"


@dataclass
class CountyEnd:
    """An invented county; ``stick`` is what is carried between it and the desks."""

    root: Path

    @classmethod
    def made(cls, root: Path) -> CountyEnd:
        """Begin a county in ``root``."""
        made = cls(root)
        made.stick.mkdir()
        county_office.init(
            made.folder, code="999901", name="示例县信用办", passphrase=PASSPHRASE, now=START
        )
        return made

    @property
    def folder(self) -> Path:
        """The county's folder."""
        return self.root / "county"

    @property
    def stick(self) -> Path:
        """The folder that stands for the stick."""
        return self.root / "stick"

    @property
    def status(self) -> county_office.Status:
        """What the county says of itself."""
        return county_office.status(self.folder, passphrase=PASSPHRASE)

    def admit(self, office: Office) -> Path:
        """Let a desk in by its enrolment file; return the trust list on the stick."""
        clerk = office.as_("clerk")
        said = clerk.perform(WriteEnrolment(folder=self.stick)).value
        return enrolment.enrol(
            self.folder, said, self.stick, passphrase=PASSPHRASE,
            code=clerk.ask(ShowTrust()).desk_code, now=office.now(),
        )  # fmt: skip

    def enrol(self, office: Office) -> None:
        """Let a desk in and make it take over the trust list."""
        trust, code = self.admit(office), self.status.code
        office.as_("clerk").perform(ImportTrust(path=trust, county_code=code))

    def receive(self, office: Office) -> inbox.Report:
        """Take in what lies on the stick; receipts go back onto it."""
        return inbox.receive(
            self.folder, self.stick, self.stick, passphrase=PASSPHRASE, now=office.now()
        )

    def bring(self, office: Office) -> inbox.Report:
        """Seal, carry and receive."""
        office.as_("clerk").perform(SealBundle())
        office.as_("clerk").perform(CarryBundles(folder=self.stick))
        return self.receive(office)

    def round_trip(self, office: Office) -> Any:
        """Seal, carry, receive, and take the receipt in; return the receipt's report."""
        self.bring(office)
        return office.as_("clerk").perform(ImportReceipts(path=self.stick)).value

    def say(self, office: Office, told: Receipt) -> Path:
        """Write a receipt of the test's own words, under the county's seal."""
        with county_office.opened(self.folder, PASSPHRASE) as opened:
            return receipts._send(
                opened, told.stream, "receipt", told.document(), self.stick, now=office.now()
            )

    def read(self, office: Office, path: Path) -> Receipt:
        """Return what a receipt says."""
        with county_office.opened(self.folder, PASSPHRASE) as opened:
            known = opened.trust.known
        reader = office.reading()
        stream = keys.stream_of(reader.identity.org, reader.identity.desk, reader.identity.replica)
        secrets = desk_keys(reader).age_secrets
        return receipt.read(path, secrets, known, self.root / "reading", own_stream=stream)


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CountyEnd:
    """Return a county whose passphrase costs nothing to check (tested for real elsewhere)."""
    wrapped: dict[tuple[bytes, str], Any] = {}

    def wrap(secret: Any, passphrase: str) -> bytes:
        token = f"{len(wrapped)}".encode()
        wrapped[token, passphrase] = secret
        return token

    monkeypatch.setattr(age, "wrap", wrap)
    monkeypatch.setattr(age, "unwrap", lambda token, passphrase: wrapped[token, passphrase])
    return CountyEnd.made(tmp_path)


class Township:
    """Several desks of one township, all let in at the county; ``stick`` goes round."""

    def __init__(self, county: CountyEnd, *desks: str) -> None:
        self.county = county
        self.offices = {each: Office(county.root / f"desk-{each}", desk=each) for each in desks}
        for office in self.offices.values():
            county.enrol(office)
        self.tell_all()

    def __getitem__(self, desk: str) -> Office:
        return self.offices[desk]

    @property
    def stick(self) -> Path:
        """The folder that stands for the stick."""
        return self.county.stick

    def tell_all(self) -> None:
        """Bring every desk the county's list as it now stands."""
        for office in self.offices.values():
            trust = self.county.admit(office)
            office.as_("clerk").perform(ImportTrust(path=trust))

    def send(self, desk: str) -> Bundle | None:
        """Seal what is due at a desk, and carry all its bundles."""
        clerk = self[desk].as_("clerk")
        sealed = clerk.perform(SealBundle()).value
        if clerk.ask(ListBundles()):
            clerk.perform(CarryBundles(folder=self.stick, everything=True))
        return sealed

    def take(self, desk: str, path: Path | None = None) -> NeighbourReport:
        """Take in what the other desks left on the stick."""
        command = ImportNeighbours(path=path or self.stick)
        return self[desk].as_("clerk").perform(command).value

    def exchange(self, *desks: str) -> None:
        """Let everybody send, then everybody take in."""
        for desk in desks or self.offices:
            self.send(desk)
        for desk in desks or self.offices:
            self.take(desk)

    def differ(self) -> Id:
        """Return a unit whose name the first two desks have changed, each without the other."""
        unit = self["01"].unit(name="示例站")
        self.exchange()
        self["01"].amend(unit, name="示例东站")
        self["02"].now.advance(hours=1)
        self["02"].amend(unit, name="示例西站")
        return unit

    def close(self) -> None:
        """Let go of all stores."""
        for office in self.offices.values():
            office.close()


@pytest.fixture
def township(county: CountyEnd) -> Iterator[Township]:
    """Return two desks of one township that know each other."""
    made = Township(county, "01", "02")
    yield made
    made.close()


@pytest.fixture
def unpack(tmp_path: Path) -> Callable[[Office, Path], Path]:
    """Return ``unpack(office, bundle)``: opens a bundle with tar, age and zstd only."""

    def take_apart(office: Office, bundle: Path) -> Path:
        into = tmp_path / f"opened-{bundle.stem}"
        into.mkdir()
        (into / "key.txt").write_text("\n".join(desk_keys(office.reading()).age_secrets))
        script = f"tar -xf '{bundle}' && age -d -i key.txt payload.age | zstd -dc | tar -x"
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", script], cwd=into, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return into / "bag" / "data"

    return take_apart


@pytest.fixture
def clerk(office: Office, county: CountyEnd) -> Desk:
    """Return the clerk's desk, let in at the county."""
    county.enrol(office)
    return office.as_("clerk")


@pytest.fixture
def seal(clerk: Desk) -> Callable[[], Bundle | None]:
    """Return ``seal()``: seals the next bundle."""
    return lambda: clerk.perform(SealBundle()).value


@pytest.fixture
def take(clerk: Desk, county: CountyEnd) -> Callable[..., ReceiptReport]:
    """Return ``take(path)``: takes in a receipt, or those on the stick."""
    return lambda path=county.stick: clerk.perform(ImportReceipts(path=path)).value


class Stop:
    """A person who presses Stop at once."""

    def step(self, done: int, total: int, label: str = "") -> None:
        """Hear of progress, and stop."""
        raise Cancelled


@pytest.fixture
def stop() -> Stop:
    """Return the progress of an act that is stopped at once."""
    return Stop()
