"""Backups: a whole copy of the encrypted store, under the same key, made while it is in use."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime
from pathlib import Path

from integrity_desk.domain.times import CHINA
from integrity_desk.storage.database import Database, files_in_words, in_words

_KEPT = 14


def back_up(
    database: Database, keyring: Path, folder: Path, at: datetime, *, keep: int = _KEPT
) -> Path:
    """Write ``folder/YYYYMMDD-HHMMSS.db``, named in China time; return its path.

    The keyring goes along as ``….keyring.json``: without it no password opens the copy.

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
        shutil.copyfile(keyring, _keyring_of(target))
        growing.replace(target)
        for old in newest_first(folder)[keep:]:
            old.unlink()
            _keyring_of(old).unlink(missing_ok=True)
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


def _keyring_of(backup: Path) -> Path:
    return backup.with_suffix(".keyring.json")


def _copy(database: Database, growing: Path) -> None:
    try:
        with in_words():
            database.conn.execute("VACUUM INTO ?", (str(growing),))
        with growing.open("rb+") as file:
            os.fsync(file.fileno())
    except BaseException:
        growing.unlink(missing_ok=True)
        raise
