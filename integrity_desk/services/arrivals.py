"""What may be wanted at the front door, before anybody is signed in.

Declared apart from ``front_door``, which carries it out: the sign-in window is painted before
the libraries of the store are loaded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class LookForStore:
    """Whether a store lies in ``folder``."""

    folder: Path


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """Open the store as ``login``; answered by the desk."""

    folder: Path
    login: str
    password: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class BeginStore:
    """Make a new store; answered by ``BegunStore``. Fields as in ``opening.NewDesk``."""

    folder: Path
    org: str
    desk: str
    name: str
    login: str
    administrator: str
    password: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Recover:
    """Give ``login`` a new password with the recovery code; answered by the desk."""

    folder: Path
    code: str = field(repr=False)
    login: str
    password: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ListCopies:
    """Which backups lie beside the store in ``folder``; answered newest first."""

    folder: Path


@dataclass(frozen=True, kw_only=True)
class Restore:
    """Go back to a backup and sign in to it; answered by the desk."""

    folder: Path
    backup: Path
    login: str
    password: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class OpenSample:
    """Make the sample township unless it is there; answered by its accounts."""

    folder: Path


@dataclass(frozen=True, kw_only=True)
class BegunStore:
    """A new store's desk, its recovery code, and the sheet to print as a PDF."""

    desk: Any
    recovery_code: str = field(repr=False)
    recovery_sheet: bytes = field(repr=False)
