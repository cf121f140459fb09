"""A county on PostgreSQL takes in townships' first bundles: ``python -m benchmarks.bench_county``.

Each township sends one first bundle of 10,000 revisions; at full scale there are 100 of them. The
peer is a plain COPY of the same lines into a bare table, in the same server. Where PostgreSQL is
not installed there are no rows, and that is said.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import psycopg

from benchmarks.report import Row, table
from integrity_desk.county import enrolment, inbox, office
from integrity_desk.domain.revisions import Clock, Revision, encode
from integrity_desk.sync import bundle_writer, keys
from integrity_desk.sync.envelope import FIRST_PREV, Facts
from integrity_desk.sync.keys import DeskKeys, stream_of

_CODE, _PASSPHRASE = "440000", "an invented passphrase"
_NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
_TOWNSHIPS, _REVISIONS = 100, 10_000
_PLACES = ("滨江", "朝阳", "东风", "胜利", "龙山", "柳溪")


def rows(scale: float) -> list[Row]:
    """Receive ``scale`` × 100 townships' first bundles, at least two."""
    with _server() as server:
        if server is None:
            print("PostgreSQL is not installed here", file=sys.stderr)
            return []
        return _measure(max(2, round(scale * _TOWNSHIPS)), server)


def _measure(townships: int, server: object) -> list[Row]:
    with TemporaryDirectory(prefix="bench-county-") as folder:
        root = Path(folder)
        address: str = server.fresh()  # type: ignore[attr-defined]
        office.init(
            root / "county", code=_CODE, name="示例县", passphrase=_PASSPHRASE, now=_NOW,
            server=address,
        )  # fmt: skip
        lines = [_township(root, number) for number in range(townships)]
        begun = perf_counter()
        report = inbox.receive(
            root / "county", root / "stick", root / "out", passphrase=_PASSPHRASE, now=_NOW
        )
        ours = perf_counter() - begun
        assert report.revisions == townships * _REVISIONS, report
        copied = _copied(server.fresh(), lines)  # type: ignore[attr-defined]
    return [
        Row(
            name=f"receive {townships} × {_REVISIONS:,} revisions", ours=ours, peer=copied,
            against="plain COPY of the lines",
        ),
        Row(
            name="rows a second", unit="rows/s", ours=report.revisions / ours,
            peer=report.revisions / copied, against="plain COPY",
        ),
    ]  # fmt: skip


def _township(root: Path, number: int) -> list[bytes]:
    """Enrol one township and write its first bundle; return the bundle's lines."""
    made, org, replica = DeskKeys.generate(), f"44{number:07d}", f"{number + 1:016x}"
    enrol = root / f"{number}.json"
    enrol.write_bytes(
        keys.enrolment(
            made, org=org, desk="01", replica=replica, name="示例镇",
            created="2026-11-20T02:00:00Z",
        )
    )  # fmt: skip
    enrolment.enrol(
        root / "county", enrol, root / "trust", passphrase=_PASSPHRASE, code=made.code, now=_NOW
    )
    with office.opened(root / "county", _PASSPHRASE) as opened:
        recipient = opened.keys.recipient
    lines = list(_lines(replica, number))
    facts = Facts(
        audience=_CODE, created="2026-11-20T02:00:00Z", kind="delta", org=org, prev=FIRST_PREV,
        seq=1, stream=stream_of(org, "01", replica),
    )  # fmt: skip
    (root / "stick").mkdir(exist_ok=True)
    bundle_writer.write(
        root / "stick", facts, signer=made.signer, recipients=[recipient], revisions=lines
    )
    return lines


def _lines(replica: str, number: int) -> Iterator[bytes]:
    for n in range(1, _REVISIONS + 1):
        yield encode(
            Revision(
                by="c" * 32, cmd="EnterRecord", hlc=Clock(1_795_000_000_000 + n).stamp, n=n,
                pred={}, rec=f"{number:016x}{n:016x}", replica=replica, type="unit@1",
                set={"name": f"{_PLACES[n % 6]}第{n}便民服务站", "kind": "institution"},
            )
        )  # fmt: skip


def _copied(address: str, lines: list[list[bytes]]) -> float:
    with psycopg.connect(address, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE line (township int8, n int8, line bytea)")
        begun = perf_counter()
        with cursor.copy("COPY line FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["int8", "int8", "bytea"])
            for township, some in enumerate(lines):
                for n, line in enumerate(some):
                    copy.write_row((township, n, line))
        return perf_counter() - begun


@contextmanager
def _server() -> Iterator[object]:
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
