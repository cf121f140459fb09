"""Backups: a whole copy of the encrypted store, under the same key, made while it is in use."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

from integrity_desk.domain.times import CHINA
from integrity_desk.storage.database import Database, files_in_words, in_words

_KEPT = 14


def back_up(database: Database, folder: Path, at: datetime, *, keep: int = _KEPT) -> Path:
    """Write ``folder/YYYYMMDD-HHMMSS.db``, named in China time; return its path.

    All but the newest ``keep`` are dropped. VACUUM INTO gives a single file without a
    write-ahead log, which opens even where nothing may be written. The copy appears under its
    name only when it is complete.
    """
    target = folder / f"{at.astimezone(CHINA):%Y%m%d-%H%M%S}.db"
    growing = target.with_suffix(".part")
    with files_in_words():
        folder.mkdir(parents=True, exist_ok=True)
        growing.unlink(missing_ok=True)
        _copy(database, growing)
        growing.replace(target)
        for old in newest_first(folder)[keep:]:
            old.unlink()
    return target


def moment_of(backup: Path) -> datetime:
    """Return when a backup was made, from its name."""
    return datetime.strptime(backup.stem, "%Y%m%d-%H%M%S").replace(tzinfo=CHINA)


def day_of(backup: Path) -> date:
    """Return the day a backup was made, from its name."""
    return moment_of(backup).date()


def newest_first(folder: Path) -> list[Path]:
    """Return the backups in a folder."""
    return sorted(folder.glob("????????-??????.db"), reverse=True)


def _copy(database: Database, growing: Path) -> None:
    try:
        with in_words():
            database.conn.execute("VACUUM INTO ?", (str(growing),))
        with growing.open("rb+") as file:
            os.fsync(file.fileno())
    except BaseException:
        growing.unlink(missing_ok=True)
        raise
