"""Revisions: one canonical line for every change, kept and forwarded byte for byte.

    {"by":…,"cmd":…,"hlc":…,"n":7,"pred":{field:[dot]},"rec":…,"replica":…,"set":{field:value},
     "type":"person@3"}

The line is audit trail, history, undo and sync feed in one. Canonical means: keys sorted,
UTF-8, no spaces, whole numbers below 2^53; a line is accepted only if encoding what was read
gives the same bytes. ``pred`` names, field by field, the writes this write replaces (sorted
dots; a field that replaces nothing is left out); see ``domain/merging.py``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from operator import attrgetter
from typing import Any, NoReturn, TypeAlias

Value: TypeAlias = str | int | bool | list[str] | None
"""What a field may be set to: days "YYYY-MM-DD", moments "YYYY-MM-DDTHH:MM:SSZ", codes, ids."""

MAX_LINE_BYTES = 256 * 1024

VOID = "_void"
"""The field that declares a whole record void."""

FIRST_HASH = b"\0" * 32
"""What the chain of every replica starts from."""

_KEYS = ("by", "cmd", "hlc", "n", "pred", "rec", "replica", "set", "type")
_MEMBERS = attrgetter(*_KEYS)
_TOO_BIG = 2**53
_MAX_AHEAD_MS = 48 * 3600 * 1000
_MAX_COUNTER = 0xFFFF

_DOT = re.compile(r"[0-9a-f]{16}-[1-9][0-9]{0,15}").fullmatch
_FIELD = re.compile(r"_?[a-z][a-z0-9_]{0,62}").fullmatch
_HEAD = re.compile(
    r"[0-9a-f]{16} [0-9a-f]{32} [0-9a-f]{16} "
    r"[a-z][a-z0-9_]{0,47}@[1-9][0-9]{0,3} [A-Za-z][A-Za-z0-9_.]{0,79}"
).fullmatch


class NotARevision(ValueError):
    """Bytes that are not one canonical revision line; the text says why, for the log."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """One person's change of one record.

    ``by`` account id, ``cmd`` command name, ``hlc`` 16 hex digits (see ``Clock``), ``n`` the
    running number in its replica (1, 2, 3 …), ``rec`` record id, ``replica`` 16 hex digits,
    ``type`` record type and schema version.
    """

    by: str
    cmd: str
    hlc: str
    n: int
    pred: Mapping[str, list[str]]
    rec: str
    replica: str
    set: Mapping[str, Value]
    type: str

    @property
    def dot(self) -> str:
        """The name of this write for ever: "replica-n"."""
        return f"{self.replica}-{self.n}"

    @property
    def type_name(self) -> str:
        """The record type without its schema version."""
        return self.type.partition("@")[0]

    @property
    def schema(self) -> int:
        """The schema version of the record type this was written under."""
        return int(self.type.partition("@")[2])


def encode(revision: Revision) -> bytes:
    """Return the canonical line, without a line end; the caller vouches for the values."""
    return _dumps(dict(zip(_KEYS, _MEMBERS(revision), strict=True))).encode()


def decode(line: bytes) -> Revision:
    """Return the revision of a line from outside; NotARevision for anything but canonical."""
    if len(line) > MAX_LINE_BYTES:
        raise NotARevision("line too long")
    try:
        read = _loads(line.decode())
        canonical = _dumps(read).encode() == line
    except (ValueError, RecursionError) as error:
        raise NotARevision("not JSON in UTF-8") from error
    if not canonical:
        raise NotARevision("not canonical")
    check(read)
    return Revision(**read)


def check(read: Any) -> None:
    """Refuse JSON, read from a canonical line, that does not have the shape of a revision."""
    if type(read) is not dict or tuple(read) != _KEYS:
        raise NotARevision("wrong keys")
    _check_head(read)
    _check_set(read["set"])
    _check_pred(read)


def decode_trusted(line: bytes) -> Revision:
    """Return the revision of a line that ``decode`` or ``encode`` has already vouched for."""
    return Revision(**json.loads(line))


def chain_hash(previous: bytes, line: bytes) -> bytes:
    """Return sha256(previous ‖ line): 32 bytes that vouch for the whole log so far."""
    return sha256(previous + line).digest()


@dataclass(frozen=True, slots=True)
class Clock:
    """A hybrid logical clock: 48 bits of milliseconds, 16 bits of counter; a tie-break only."""

    ms: int = 0
    counter: int = 0

    @property
    def stamp(self) -> str:
        """The ``hlc`` of a revision: 16 hex digits that sort as text in order of time."""
        return f"{self.ms << 16 | self.counter:016x}"

    @classmethod
    def at(cls, stamp: str) -> Clock:
        """Return the clock that shows ``stamp``."""
        both = int(stamp, 16)
        return cls(both >> 16, both & _MAX_COUNTER)

    def tick(self, now_ms: int) -> Clock:
        """Return the next reading: later than this one even if the machine's clock went back."""
        if now_ms > self.ms:
            return Clock(now_ms, 0)
        if self.counter == _MAX_COUNTER:
            return Clock(self.ms + 1, 0)
        return Clock(self.ms, self.counter + 1)

    def seen(self, stamp: str, now_ms: int) -> Clock:
        """Return the clock after reading another desk's stamp; one 48 h ahead is not adopted."""
        other = Clock.at(stamp)
        if other.ms > now_ms + _MAX_AHEAD_MS:
            return self
        return max(self, other, key=lambda clock: (clock.ms, clock.counter))


def _check_head(read: dict[str, Any]) -> None:
    try:
        head = " ".join((read["hlc"], read["rec"], read["replica"], read["type"], read["cmd"]))
    except TypeError as error:
        raise NotARevision("wrong value kind") from error
    if not _HEAD(head):
        raise NotARevision("malformed name or stamp")
    if type(read["n"]) is not int or not 0 < read["n"] < _TOO_BIG:
        raise NotARevision("wrong number")
    if type(read["by"]) is not str or len(read["by"]) > 64:
        raise NotARevision("wrong author")


def _check_set(written: Any) -> None:
    if type(written) is not dict or not written:
        raise NotARevision("nothing written")
    for field, value in written.items():
        _check_field(field)
        kind = type(value)
        if kind is str or kind is bool or value is None:
            continue
        if kind is int and -_TOO_BIG < value < _TOO_BIG:
            continue
        if kind is list and all(type(each) is str for each in value):
            continue
        raise NotARevision("wrong value kind")


@lru_cache(maxsize=1024)
def _check_field(name: str) -> None:
    """Refuse a malformed name; the same few come again and again, and only good ones are kept."""
    if not _FIELD(name):
        raise NotARevision("malformed field name")


def _check_pred(read: dict[str, Any]) -> None:
    pred = read["pred"]
    if type(pred) is not dict or not pred.keys() <= read["set"].keys():
        raise NotARevision("replaces a field it does not write")
    if not pred:
        return
    own = f"{read['replica']}-{read['n']}"
    for dots in pred.values():
        if type(dots) is not list or not dots:
            raise NotARevision("malformed predecessors")
        if not all(type(dot) is str and _DOT(dot) for dot in dots) or own in dots:
            raise NotARevision("malformed predecessor")
        if any(left >= right for left, right in pairwise(dots)):
            raise NotARevision("predecessors not in order")


def _refuse_constant(name: str) -> NoReturn:
    raise NotARevision(f"{name} is not JSON")


_dumps = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode
_loads = json.JSONDecoder(parse_constant=_refuse_constant).decode
