"""Writing without waiting for the disk: for a store still being made, which can be made again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from integrity_desk.storage.database import Database


@contextmanager
def without_waiting(database: Database) -> Iterator[None]:
    """Let the block's transactions reach the disk when they may; closing the store waits for all.

    A power cut meanwhile can destroy the store: never for one that somebody works in.
    """
    database.conn.execute("PRAGMA synchronous = OFF")
    try:
        yield
    finally:
        database.conn.execute("PRAGMA synchronous = FULL")
