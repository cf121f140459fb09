"""What the store knows of itself: the desk, its keys, its counters."""

from __future__ import annotations

from integrity_desk.storage.database import Database


def get(database: Database, name: str) -> bytes | None:
    """Return one entry, or None."""
    row = database.conn.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return bytes(row[0]) if row is not None else None


def put(database: Database, name: str, value: bytes) -> None:
    """Write one entry."""
    database.conn.execute(
        "INSERT INTO meta (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def drop(database: Database, name: str) -> None:
    """Forget one entry."""
    database.conn.execute("DELETE FROM meta WHERE name = ?", (name,))


def counted(database: Database, counter: str) -> int:
    """Return the last number given of a running series; 0 before the first."""
    row = database.conn.execute("SELECT value FROM counter WHERE name = ?", (counter,)).fetchone()
    return int(row[0]) if row is not None else 0


def count_to(database: Database, counter: str, last: int) -> None:
    """Write the last number given of a running series."""
    database.conn.execute(
        "INSERT INTO counter (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (counter, last),
    )
