"""Attachments: file contents inside the encrypted store, once per content, in 1-MiB chunks."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from io import SEEK_CUR, SEEK_END, SEEK_SET, BufferedReader, RawIOBase
from typing import Any, BinaryIO

from integrity_desk.domain.fields import Id
from integrity_desk.errors import NotFound
from integrity_desk.storage.columns import quoted
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


def lost(database: Database, type_name: str) -> Iterator[tuple[Id, str]]:
    """Yield (record, sha256) where the content is gone of a record of this type that was made here.

    What arrived from another desk may still be waiting for its content.
    """
    yield from database.conn.execute(
        f"SELECT made.id, made.sha256 FROM {quoted(type_name)} AS made"
        " LEFT JOIN blob USING (sha256)"
        " WHERE made.void = 0 AND made.sha256 <> '' AND blob.sha256 IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM revision JOIN arrival USING (position) WHERE rec = made.id)"
    )


class Content(RawIOBase):
    """A kept content as a file to be read anywhere, a chunk at a time; NotFound if not here.

    Its plain bytes are never written to a disk.
    """

    def __init__(self, database: Database, name: str) -> None:
        super().__init__()
        row = database.conn.execute(
            "SELECT size_bytes FROM blob WHERE sha256 = ?", (name,)
        ).fetchone()
        if row is None:
            raise NotFound(_("附件内容不在本机。"))
        self.size: int = row[0]
        self._database, self._name = database, name
        self._at = 0
        self._chunk: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be read anywhere."""
        return True

    def tell(self) -> int:
        """Return the place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        """Go to a place from the start, from here, or from the end."""
        start = {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        """Read what is left of the chunk at this place, at most."""
        position, begin = divmod(self._at, _CHUNK_BYTES)
        part = self._read(position)[begin : begin + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _read(self, position: int) -> bytes:
        if self._chunk[0] != position:
            row = self._database.conn.execute(
                "SELECT data FROM blob_chunk WHERE sha256 = ? AND position = ?",
                (self._name, position),
            ).fetchone()
            self._chunk = (position, row[0] if row else b"")
        return self._chunk[1]


def opened(database: Database, name: str) -> BinaryIO:
    """Return the content as a file; NotFound when it is not kept here."""
    return BufferedReader(Content(database, name), _CHUNK_BYTES)
