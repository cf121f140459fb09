"""New keys of this desk that its county does not know yet: the old key's word for them."""

from __future__ import annotations

from pathlib import Path

from integrity_desk.services.desk_keys import desk_keys
from integrity_desk.storage import meta
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.sync import media, rotation, seal
from integrity_desk.sync.files import sentences
from integrity_desk.sync.trust import Trust

_ENTRY = "key_rotation"


def pending_statement(reader: Reader) -> bytes | None:
    """Return the statement that has still to reach the county, or None."""
    return meta.get(reader.database, _ENTRY)


def await_county(statement: bytes, work: UnitOfWork) -> None:
    """Let the statement go with every stick until the county's list names the new key."""
    meta.put(work.database, _ENTRY, statement)
    work.touch("bundles")


def carry_statement(folder: Path, work: UnitOfWork) -> tuple[Path, ...]:
    """Write the statement beside the bundles and read it back; empty when none is pending."""
    statement = pending_statement(work)
    if statement is None:
        return ()
    kept = work.outbox / rotation.parse(statement).file_name
    with sentences(kept):
        work.outbox.mkdir(exist_ok=True)
        kept.write_bytes(statement)
    try:
        return (media.carry(kept, folder).path,)
    finally:
        kept.unlink()


def key_named_in(trust: Trust, reader: Reader) -> str:
    """Return by which of this desk's keys a list names it: the old one while the new is pending.

    A list may have been issued before the county heard of the new key.
    """
    own, statement = desk_keys(reader).signer.key, pending_statement(reader)
    if own in trust.known or statement is None:
        return own
    return seal.fingerprint(bytes.fromhex(rotation.parse(statement).replaces))


def settle_rotation(trust: Trust, work: UnitOfWork) -> None:
    """The county names the new key: its statement need not be carried any more."""
    if desk_keys(work).signer.key in trust.known:
        meta.drop(work.database, _ENTRY)
