"""The search index: contentless FTS5 over bigrams, a pinyin index, and keyed hashes of numbers.

Full ID and telephone numbers never stand in the index: a keyed hash finds the exact number
without showing it. Restricted types (reporters) have an index of their own.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from hashlib import sha256

from integrity_desk.domain import search_text as words
from integrity_desk.domain.fields import Kind
from integrity_desk.domain.identifiers import citizen_forms, normalise
from integrity_desk.domain.records import Record, type_of
from integrity_desk.storage.database import Database

_SHORTEST_SECRET = 7


class SearchIndex:
    """Writes and asks the index of one store."""

    def __init__(self, database: Database, secret: bytes) -> None:
        self._conn = database.conn
        self._secret = secret

    def write(self, row: int, record: Record, *, is_new: bool) -> None:
        """Index a record under its row number, in place of what stood there."""
        if not type_of(record).handed_out:
            return
        restricted = type_of(record).restricted
        table = "search_restricted" if restricted else "search_text"
        found = words.search_text(record)
        verb = "INSERT" if is_new else "INSERT OR REPLACE"
        self._conn.execute(
            f"{verb} INTO {table} (rowid, body, single) VALUES (?, ?, ?)",
            (row, found.body, found.single),
        )
        if found.spelling and not restricted:
            self._conn.execute(
                f"{verb} INTO search_pinyin (rowid, spelling) VALUES (?, ?)", (row, found.spelling)
            )
        elif not is_new:
            self._conn.execute("DELETE FROM search_pinyin WHERE rowid = ?", (row,))
        self._write_secrets(row, record, restricted, is_new=is_new)

    def remove(self, row: int) -> None:
        """Take a record out of the index."""
        for table in ("search_text", "search_restricted", "search_pinyin"):
            self._conn.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))
        self._conn.execute("DELETE FROM search_secret WHERE row = ?", (row,))

    def find(self, query: str, *, limit: int, restricted: bool = False) -> list[int]:
        """Return row numbers of records that hold the query, newest first, at most ``limit``."""
        found: dict[int, None] = {}
        for rows in self._lookups(query, limit, restricted):
            found.update(dict.fromkeys(rows))
            if len(found) >= limit:
                break
        return sorted(found, reverse=True)[:limit]

    def holding(self, number: str, kind: Kind) -> list[int]:
        """Return the rows, restricted ones too, that hold exactly this private number."""
        rows = self._conn.execute(
            "SELECT row FROM search_secret WHERE digest = ?", (self._digest(number, kind),)
        )
        return [row for (row,) in rows]

    def _lookups(self, query: str, limit: int, restricted: bool) -> Iterator[Iterable[int]]:
        expression = words.phrase(query)
        if expression is None:
            return
        tables = ["search_text"] + (["search_restricted"] if restricted else [])
        for table in tables:
            yield self._match(table, expression, limit)
        if words.is_single(query):
            for table in tables:
                yield self._match(table, words.prefix(query), limit)
        spelled = words.spelling(query)
        if spelled:
            yield self._match("search_pinyin", spelled, limit)
        if sum(each.isdigit() for each in query) >= _SHORTEST_SECRET:
            yield self._secrets(query, limit, restricted)

    def _match(self, table: str, expression: str, limit: int) -> list[int]:
        rows = self._conn.execute(
            f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?",
            (expression, limit),
        )
        return [row for (row,) in rows]

    def _secrets(self, query: str, limit: int, restricted: bool) -> list[int]:
        forms = [*self._citizen_digests(query), self._digest(query, Kind.PHONE)]
        rows = self._conn.execute(
            f"SELECT row FROM search_secret WHERE digest IN ({', '.join('?' * len(forms))})"
            " AND restricted <= ? LIMIT ?",
            (*forms, int(restricted), limit),
        )
        return [row for (row,) in rows]

    def _write_secrets(self, row: int, record: Record, restricted: bool, *, is_new: bool) -> None:
        for field in type_of(record).secret_fields:
            value = getattr(record, field.name)
            if value:
                self._conn.execute(
                    "INSERT OR REPLACE INTO search_secret (row, field, digest, restricted)"
                    " VALUES (?, ?, ?, ?)",
                    (row, field.name, self._digest(value, field.kind), int(restricted)),
                )
            elif not is_new:
                self._conn.execute(
                    "DELETE FROM search_secret WHERE row = ? AND field = ?", (row, field.name)
                )

    def _citizen_digests(self, number: str) -> list[bytes]:
        """An old number of 15 digits finds the new one of 18, and the new one the old."""
        return [self._digest(each, Kind.CITIZEN_ID) for each in citizen_forms(number)]

    def _digest(self, value: str, kind: Kind) -> bytes:
        return hmac.digest(self._secret, normalise(value, kind).encode(), sha256)
