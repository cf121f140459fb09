"""Changing this desk's keys, as a county may ask for every few years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from integrity_desk.errors import StepRefused
from integrity_desk.services.acts import Command, performs
from integrity_desk.services.county_trust import kept_trust, own_stream, stamp
from integrity_desk.services.desk_keys import desk_keys, keep_desk_keys
from integrity_desk.services.pending_keys import await_county, pending_statement
from integrity_desk.services.sealing import want_everything
from integrity_desk.storage import deliveries
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.sync import rotation
from integrity_desk.sync.keys import DeskKeys
from integrity_desk.wording import _


@dataclass(frozen=True, kw_only=True)
class RotateKeys(Command[bool]):
    """Make new keys; the outcome is whether the county learns of them by itself.

    It does when it believes the old key: the old key then vouches for the new one. Otherwise
    the desk must be enrolled anew, and what the old key sealed is repeated, for the county may
    not take it any more. What is on its way to the old address can still be opened.
    """

    permission: ClassVar[str] = "administer"


@performs(RotateKeys)
def rotate_keys(command: RotateKeys, work: UnitOfWork) -> bool:
    """Sign with the new key from the next bundle on."""
    if pending_statement(work) is not None:
        raise StepRefused(
            _("上次更换的密钥县级还没有确认。请先带U盘去县级，导入发回的信任名单后再换。")
        )
    old = desk_keys(work)
    new = old.renewed()
    believed = _is_believed(old, work)
    if believed:
        said = rotation.statement(
            old, new, stream=own_stream(work), after=_last_sealed(work), created=stamp(work)
        )
        await_county(said, work)
    elif deliveries.bundles(work.database):
        want_everything(work)
    keep_desk_keys(new, work)
    work.touch("bundles")
    return believed


def _is_believed(keys: DeskKeys, reader: Reader) -> bool:
    trust = kept_trust(reader)
    entry = trust.known.get(keys.signer.key) if trust else None
    return entry is not None and entry.revoked_after is None and own_stream(reader) in entry.streams


def _last_sealed(reader: Reader) -> int:
    sealed = deliveries.bundles(reader.database, own_stream(reader))
    return sealed[0].seq if sealed else 0
