"""Attachments: file contents inside the encrypted store, once per content, in 1-MiB chunks."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO

from integrity_desk.errors import NotFound
from integrity_desk.storage.database import Database
from integrity_desk.wording import _

_CHUNK_BYTES = 1 << 20


def put(database: Database, content: BinaryIO) -> tuple[str, int]:
    """Keep a file's bytes; return (sha256 in hex, size in bytes). The same content is kept once."""
    digest, size = sha256(), 0
    content.seek(0)
    while chunk := content.read(_CHUNK_BYTES):
        digest.update(chunk)
        size += len(chunk)
    name = digest.hexdigest()
    if not holds(database, name):
        database.conn.execute("INSERT INTO blob (sha256, size_bytes) VALUES (?, ?)", (name, size))
        content.seek(0)
        position = 0
        while chunk := content.read(_CHUNK_BYTES):
            database.conn.execute(
                "INSERT INTO blob_chunk (sha256, position, data) VALUES (?, ?, ?)",
                (name, position, chunk),
            )
            position += 1
    return name, size


def holds(database: Database, name: str) -> bool:
    """Whether the content with this sha256 is kept here."""
    found = database.conn.execute("SELECT 1 FROM blob WHERE sha256 = ?", (name,)).fetchone()
    return found is not None


def chunks(database: Database, name: str) -> Iterator[bytes]:
    """Yield the content in order; NotFound when it is not kept here."""
    if not holds(database, name):
        raise NotFound(_("附件内容不在本机。"))
    rows = database.conn.execute(
        "SELECT data FROM blob_chunk WHERE sha256 = ? ORDER BY position", (name,)
    )
    for (data,) in rows:
        yield data


def damaged(database: Database) -> Iterator[str]:
    """Yield the sha256 of every content that no longer matches it."""
    for name, size in database.conn.execute("SELECT sha256, size_bytes FROM blob").fetchall():
        digest, read = sha256(), 0
        for data in chunks(database, name):
            digest.update(data)
            read += len(data)
        if digest.hexdigest() != name or read != size:
            yield name
