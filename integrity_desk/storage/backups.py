"""Backups: a whole copy of the encrypted store, under the same key, made while it is in use."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime
from pathlib import Path

from integrity_desk.domain.times import CHINA
from integrity_desk.errors import StoreUnavailable
from integrity_desk.storage import integrity, revisions
from integrity_desk.storage.database import Database, connect, files_in_words, in_words
from integrity_desk.wording import _

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
        shutil.copyfile(keyring, keyring_of(target))
        growing.replace(target)
        for old in newest_first(folder)[keep:]:
            old.unlink()
            keyring_of(old).unlink(missing_ok=True)
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


def keyring_of(backup: Path) -> Path:
    """Return where the keyring that goes with a backup lies."""
    return backup.with_suffix(".keyring.json")


def prove_whole(backup: Path, key: bytes) -> None:
    """Raise StoreUnavailable unless the backup opens, every page and the whole log hold."""
    database = connect(backup, key, read_only=True)
    try:
        if integrity.damaged_pages(database):
            raise StoreUnavailable(_("此备份有损坏的页，没有恢复。请选更早的备份。"))
        broken = revisions.first_break(database)
    finally:
        database.close()
    if broken is not None:
        raise StoreUnavailable(
            _("此备份的第{n}条变更记录与校验值不符，没有恢复。请选更早的备份。").format(n=broken.n)
        )


def put_back(backup: Path, keyring: Path, folder: Path, key: bytes, at: datetime) -> None:
    """Put a proved backup in the place of the store; what stood there goes into ``aside/``.

    Raises StoreUnavailable, with nothing changed, while another program has the store open.
    """
    growing = folder / "store.restoring"
    with files_in_words():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup, growing)
        with growing.open("rb+") as file:
            os.fsync(file.fileno())
    try:
        _fold(folder / "store.db", key)
        with files_in_words():
            _set_aside(folder, at)
            if keyring.parent != folder:
                shutil.copyfile(keyring, folder / "keyring.json")
            growing.replace(folder / "store.db")
    finally:
        growing.unlink(missing_ok=True)


def _fold(store: Path, key: bytes) -> None:
    """Fold the write-ahead log into its store, which nobody else may have open meanwhile."""
    if not store.is_file():
        return
    try:
        database = connect(store, key)
    except StoreUnavailable:
        return  # damaged, or of another key: it is set aside as it lies there
    try:
        with in_words():
            database.conn.execute("PRAGMA busy_timeout = 0")
            database.conn.execute("PRAGMA journal_mode = DELETE")
    finally:
        database.close()


def _set_aside(folder: Path, at: datetime) -> None:
    for old in (folder / name for name in ("store.db", "store.db-wal", "store.db-shm")):
        if old.exists():
            aside = folder / "aside"
            aside.mkdir(exist_ok=True)
            old.replace(aside / f"{at.astimezone(CHINA):%Y%m%d-%H%M%S}{old.name[5:]}")


def _copy(database: Database, growing: Path) -> None:
    try:
        with in_words():
            database.conn.execute("VACUUM INTO ?", (str(growing),))
        with growing.open("rb+") as file:
            os.fsync(file.fileno())
    except BaseException:
        growing.unlink(missing_ok=True)
        raise
