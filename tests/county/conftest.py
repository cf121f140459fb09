from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from integrity_desk.county import enrolment, inbox, office
from integrity_desk.county.applying import blob_path
from integrity_desk.sync import age, age_opening, keys, receipt
from tests.bundles import COUNTY, CREATED, ORG, SendingDesk
from tests.county import postgres as postgres_server

PASSPHRASE = "示例县级口令一二三"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@dataclass
class County:
    """An invented county with desks of its own."""

    root: Path
    desks: list[SendingDesk] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        """The county's folder."""
        return self.root / "county"

    def enrolled(self, desk: str = "d02", replica: str = "7f3a" * 4) -> SendingDesk:
        """Return a desk that has been let in."""
        with office.opened(self.folder, PASSPHRASE) as opened:
            made = SendingDesk(county=opened.keys, desk=desk, replica=replica)
        path = self.root / f"{made.stream}.enrol.json"
        path.write_bytes(
            keys.enrolment(
                made.keys, org=ORG, desk=desk, replica=replica, name="示例镇", created=CREATED
            )
        )
        enrolment.enrol(
            self.folder, path, self.root / "trust", passphrase=PASSPHRASE, code=made.keys.code,
            now=NOW,
        )  # fmt: skip
        self.desks.append(made)
        return made

    def receive(self, stick: Path) -> inbox.Report:
        """Take in what lies on a stick; receipts go to ``out``."""
        return inbox.receive(self.folder, stick, self.root / "out", passphrase=PASSPHRASE, now=NOW)

    def receipt_for(self, desk: SendingDesk, report: inbox.Report) -> receipt.Receipt:
        """Return what the last receipt to a desk says."""
        with office.opened(self.folder, PASSPHRASE) as opened:
            known = opened.trust.known
        for path in reversed(report.sent):
            if desk.stream in path.name:
                return receipt.read(
                    path, desk.keys.age_secrets, known, self.root / "reading",
                    own_stream=desk.stream,
                )  # fmt: skip
        raise AssertionError("no receipt")

    def kept(self) -> Any:
        """Return everything the ledger holds of records and revisions, to compare."""
        with office.opened(self.folder, PASSPHRASE) as opened:
            return list(opened.ledger.lines()), opened.ledger.records()

    def blob(self, sha256: str) -> bytes:
        """Return an attachment the county keeps, decrypted."""
        kept = blob_path(self.folder, sha256).read_bytes()
        with office.opened(self.folder, PASSPHRASE) as opened:
            secrets = opened.keys.age_secrets
        return b"".join(age_opening.opened(io.BytesIO(kept), len(kept), secrets))

    def status(self) -> office.Status:
        """Return what the county says of itself."""
        return office.status(self.folder, passphrase=PASSPHRASE)


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server, where Debian's package is installed."""
    if postgres_server.program("initdb") is None:
        pytest.skip("PostgreSQL is not installed here: its ledger goes untested")
    with postgres_server.running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def ledger_address(request):
    """Where the county's ledger lies: "" for its own file, else a fresh database of a server."""
    if request.param == "sqlite":
        return ""
    return request.getfixturevalue("postgres").fresh()


@pytest.fixture
def county(tmp_path, monkeypatch, ledger_address):
    """Return a county whose passphrase costs nothing to check (tested for real elsewhere)."""
    wrapped = {}

    def wrap(secret, passphrase):
        token = f"{len(wrapped)}".encode()
        wrapped[token, passphrase] = secret
        return token

    monkeypatch.setattr(age, "wrap", wrap)
    monkeypatch.setattr(age, "unwrap", lambda token, passphrase: wrapped[token, passphrase])
    made = County(tmp_path)
    office.init(
        made.folder, code=COUNTY, name="示例县信用办", passphrase=PASSPHRASE, now=NOW,
        server=ledger_address,
    )  # fmt: skip
    return made
