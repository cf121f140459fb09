"""Which incarnation of a store this is: a copied or restored one must not sign as the original.

Two stores that number their revisions alike would fork the county's chain. So a mark lies
outside the store, on this machine: if it is missing, names another replica, or has seen more
bundles than the store remembers, the store goes on under a new replica and a new stream.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from integrity_desk.storage import meta
from integrity_desk.storage.database import Database, files_in_words, transaction


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What this machine remembers of a store."""

    replica: str
    bundles: int


def settle(database: Database, marks: Path) -> bool:
    """Begin a new incarnation when the mark does not fit; return whether one was begun."""
    replica = (meta.get(database, "replica") or b"").decode()
    mark = _read(_place(database, marks))
    fits = mark is not None and mark.replica == replica and mark.bundles <= _bundles(database)
    if not fits:
        with transaction(database):
            meta.put(database, "replica", secrets.token_hex(8).encode())
    remember(database, marks)
    return not fits


def remember(database: Database, marks: Path) -> None:
    """Write the mark: this replica, and how many bundles have been sealed."""
    replica = (meta.get(database, "replica") or b"").decode()
    place = _place(database, marks)
    mark = Mark(replica=replica, bundles=_bundles(database))
    if _read(place) != mark:
        with files_in_words():
            _write(place, mark)


def _bundles(database: Database) -> int:
    return int(database.conn.execute("SELECT count(*) FROM bundle").fetchone()[0])


def _place(database: Database, marks: Path) -> Path:
    name = (meta.get(database, "store") or b"").decode()
    return marks / f"{name}.json"


def _write(place: Path, mark: Mark) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(asdict(mark), file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(place)


def _read(place: Path) -> Mark | None:
    try:
        return Mark(**json.loads(place.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
