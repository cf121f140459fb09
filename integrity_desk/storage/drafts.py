"""Drafts: what a person has typed and not yet saved, kept across a crash."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from integrity_desk.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One unsaved form: its key, plain values, and when it was last kept."""

    key: str
    content: dict[str, Any]
    saved_at: datetime


def keep(database: Database, key: str, account: str, content: dict[str, Any], at: datetime) -> None:
    """Keep a form's values in place of an earlier draft with this key."""
    database.conn.execute(
        "INSERT OR REPLACE INTO draft (key, account, content, saved_at) VALUES (?, ?, ?, ?)",
        (key, account, json.dumps(content, ensure_ascii=False), at.isoformat()),
    )


def discard(database: Database, key: str, account: str) -> None:
    """Forget a draft; nothing happens when there is none."""
    database.conn.execute("DELETE FROM draft WHERE key = ? AND account = ?", (key, account))


def of_account(database: Database, account: str) -> list[Draft]:
    """Return an account's drafts, newest first."""
    rows = database.conn.execute(
        "SELECT key, content, saved_at FROM draft WHERE account = ? ORDER BY saved_at DESC",
        (account,),
    )
    return [
        Draft(key=key, content=json.loads(content), saved_at=datetime.fromisoformat(at))
        for key, content, at in rows
    ]
