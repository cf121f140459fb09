"""What the county sent that was taken in: by contents, so that sealed again it is no news."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from integrity_desk.storage import meta
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.sync import bundle_reader

_TAKEN = "answers_taken"
_MOST = 500


def note_taken(paths: Iterable[Path], work: UnitOfWork) -> bool:
    """Remember these receipts and lists; whether any of them was not known."""
    known = taken(work)
    contents = (bundle_reader.inspect(path, {}).envelope.content for path in paths)
    fresh = tuple(dict.fromkeys(each for each in contents if each not in known))
    meta.put(work.database, _TAKEN, json.dumps((*known, *fresh)[-_MOST:]).encode())
    return bool(fresh)


def taken(reader: Reader) -> tuple[str, ...]:
    """Return the contents of the last ones taken in, the newest last."""
    return tuple(json.loads(meta.get(reader.database, _TAKEN) or b"[]"))
