"""The desk's own keys, kept inside the encrypted store, and what it knows of its county."""

from __future__ import annotations

import json
from datetime import datetime

from integrity_desk.domain.accounts import Actor
from integrity_desk.storage import meta
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.store import Store
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.sync.keys import DeskKeys

_ENTRY = "desk_keys"


def make_desk_keys(store: Store, actor: Actor, at: datetime) -> None:
    """Make the signing and the age key of a new desk."""
    with store.unit_of_work(actor=actor, command="MakeDeskKeys", now=at) as work:
        keep_desk_keys(DeskKeys.generate(), work)


def keep_desk_keys(keys: DeskKeys, work: UnitOfWork) -> None:
    """Keep the desk's private keys in the place of those before."""
    meta.put(work.database, _ENTRY, json.dumps(keys.secrets()).encode())


def desk_keys(reader: Reader) -> DeskKeys:
    """Return the desk's private keys."""
    kept = meta.get(reader.database, _ENTRY)
    assert kept is not None, "a store is made with its keys"
    return DeskKeys.from_secrets(json.loads(kept))
