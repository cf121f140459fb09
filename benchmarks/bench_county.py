"""A county on PostgreSQL takes in townships' first bundles: ``python -m benchmarks.bench_county``.

Each township sends one first bundle of 10,000 revisions; at full scale there are 100 of them. They
are received by one process and, in another county, by a process for every core. The peer is a plain
COPY of the same lines into a bare table, in the same server. Where PostgreSQL is not installed
there are no rows, and that is said.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Protocol

import psycopg

from benchmarks.report import Row, table
from integrity_desk.county import office
from integrity_desk.county.receivers import receive
from integrity_desk.domain.revisions import Clock, Revision, encode
from integrity_desk.sync import bundle_writer
from integrity_desk.sync.envelope import FIRST_PREV, Facts
from integrity_desk.sync.keys import DeskKeys, stream_of
from integrity_desk.sync.trust import TrustedKey

_CODE, _PASSPHRASE = "440000", "an invented passphrase"
_NOW, _CREATED = datetime(2026, 11, 20, 3, tzinfo=UTC), "2026-11-20T02:00:00Z"
_TOWNSHIPS, _REVISIONS = 100, 10_000
_PLACES = ("滨江", "朝阳", "东风", "胜利", "龙山", "柳溪")


class _Server(Protocol):
    def fresh(self) -> str:
        """Return the address of a new, empty database."""


@dataclass(frozen=True)
class _Township:
    """A desk with its first bundle still to be written."""

    number: int
    keys: DeskKeys = field(default_factory=DeskKeys.generate)

    @property
    def org(self) -> str:
        return f"44{self.number:07d}"

    @property
    def replica(self) -> str:
        return f"{self.number + 1:016x}"

    @property
    def stream(self) -> str:
        return stream_of(self.org, "01", self.replica)

    @property
    def trusted(self) -> TrustedKey:
        return TrustedKey(
            sign=self.keys.signer.public.hex(), age=self.keys.recipient, org=self.org,
            name="示例镇", streams=(self.stream,), audiences=(_CODE,),
        )  # fmt: skip

    def lines(self) -> Iterator[bytes]:
        for n in range(1, _REVISIONS + 1):
            yield encode(
                Revision(
                    by="c" * 32, cmd="EnterRecord", hlc=Clock(1_795_000_000_000 + n).stamp, n=n,
                    pred={}, rec=f"{self.number:016x}{n:016x}", replica=self.replica,
                    set={"name": f"{_PLACES[n % 6]}第{n}便民服务站", "kind": "institution"},
                    type="unit@1",
                )
            )  # fmt: skip

    def write(self, folder: Path, recipients: Iterable[str]) -> None:
        facts = Facts(
            audience=_CODE, created=_CREATED, kind="delta", org=self.org, prev=FIRST_PREV, seq=1,
            stream=self.stream,
        )  # fmt: skip
        bundle_writer.write(
            folder, facts, signer=self.keys.signer, recipients=tuple(recipients),
            revisions=self.lines(),
        )  # fmt: skip


def rows(scale: float) -> list[Row]:
    """Receive ``scale`` × 100 townships' first bundles, at least two."""
    with _server() as server:
        if server is None:
            print("PostgreSQL is not installed here", file=sys.stderr)
            return []
        townships = [_Township(number) for number in range(max(2, round(scale * _TOWNSHIPS)))]
        return _measure(townships, server)


def _measure(townships: list[_Township], server: _Server) -> list[Row]:
    with TemporaryDirectory(prefix="bench-county-") as folder:
        stick, crews = Path(folder) / "stick", sorted({1, os.cpu_count() or 1})
        stick.mkdir()
        counties = {crew: Path(folder) / f"county-{crew}" for crew in crews}
        recipients = [_begun(each, server.fresh(), townships) for each in counties.values()]
        for each in townships:
            each.write(stick, recipients)
        copied = _copied(server.fresh(), townships)
        measured: list[Row] = []
        for crew, county in counties.items():
            measured += _rows(len(townships), crew, _received(county, stick, crew), copied)
    return measured


def _rows(townships: int, crew: int, took: float, copied: float) -> list[Row]:
    revisions, against = townships * _REVISIONS, "plain COPY of the lines"
    processes = f"{crew} processes" if crew > 1 else "one process"
    return [
        Row(
            name=f"receive {townships} × {_REVISIONS:,} revisions, {processes}", ours=took,
            peer=copied, against=against,
        ),
        Row(
            name=f"rows a second, {processes}", unit="rows/s", ours=revisions / took,
            peer=revisions / copied, against=against,
        ),
    ]  # fmt: skip


def _begun(folder: Path, address: str, townships: list[_Township]) -> str:
    """Begin a county that knows the townships; return its age address."""
    office.init(folder, code=_CODE, name="示例县", passphrase=_PASSPHRASE, now=_NOW, server=address)
    with office.opened(folder, _PASSPHRASE) as opened:
        opened.ledger.renew_trust(_CREATED, *(each.trusted for each in townships))
        return opened.keys.recipient


def _received(county: Path, stick: Path, crew: int) -> float:
    """Return the seconds one run over the stick takes, unlocking and receipts included."""
    begun = perf_counter()
    receive(
        county, stick, county / "out", passphrase=_PASSPHRASE, now=_NOW, receivers=crew
    )  # fmt: skip
    took = perf_counter() - begun
    bundles = len(list(stick.iterdir()))
    status = office.status(county, passphrase=_PASSPHRASE)
    assert (status.revisions, status.records) == (bundles * _REVISIONS,) * 2, status
    return took


def _copied(address: str, townships: list[_Township]) -> float:
    with psycopg.connect(address, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE line (township int8, n int8, line bytea)")
        took = 0.0
        for each in townships:
            lines = list(each.lines())
            begun = perf_counter()
            with cursor.copy("COPY line FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(["int8", "int8", "bytea"])
                for n, line in enumerate(lines):
                    copy.write_row((each.number, n, line))
            took += perf_counter() - begun
    return took


@contextmanager
def _server() -> Iterator[_Server | None]:
    from tests.county import postgres  # noqa: PLC0415  (the tests know how to start one)

    if postgres.program("initdb") is None:
        yield None
        return
    with postgres.running() as server:
        yield server


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=0.05)
    print(table(rows(parser.parse_args().scale)))


if __name__ == "__main__":
    main()
