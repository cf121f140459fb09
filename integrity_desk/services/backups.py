"""Backups: a whole copy of the store beside it, made while it is in use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from integrity_desk.domain.changes import Changes
from integrity_desk.services.acts import Command, Question, answers
from integrity_desk.storage import backups
from integrity_desk.storage.reader import Reader

BACKED_UP = Changes(parts=frozenset({"backups"}))


@dataclass(frozen=True, kw_only=True)
class BackUp(Command[Path]):
    """Write a whole copy of the store; carries its path. ``Desk.perform`` does it itself."""

    permission: ClassVar[str] = "exchange"


@dataclass(frozen=True, kw_only=True)
class ListBackups(Question["Backups"]):
    """Which copies there are."""


@dataclass(frozen=True, kw_only=True)
class Backup:
    """One copy: when it was made in China time, and its size in bytes."""

    path: Path
    made_at: datetime
    size: int


@dataclass(frozen=True, kw_only=True)
class Backups:
    """The store's folder and its copies, newest first."""

    store_folder: Path
    copies: tuple[Backup, ...]


@answers(ListBackups)
def list_backups(question: ListBackups, reader: Reader) -> Backups:
    """Look into the backup folder."""
    return Backups(store_folder=reader.folder, copies=copies(reader.folder))


def copies(folder: Path) -> tuple[Backup, ...]:
    """Return the backups beside the store in ``folder``, newest first."""
    return tuple(
        Backup(path=path, made_at=backups.moment_of(path), size=path.stat().st_size)
        for path in backups.newest_first(folder / "backups")
    )
