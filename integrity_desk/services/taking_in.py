"""Taking in one bundle of another desk: its lines kept, its files kept, its records shown anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import RecordType, record_types
from integrity_desk.domain.revisions import Revision, decode_trusted
from integrity_desk.errors import BundleRefused
from integrity_desk.storage import foreign, joining
from integrity_desk.storage.foreign import NEW, TAKEN, Arrivals
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.sync.bundle_reader import Staged
from integrity_desk.wording import _


@dataclass(frozen=True, kw_only=True)
class Applied:
    """What one bundle brought: how many new lines, of which records, and their stamps' latest."""

    revisions: int
    records: tuple[Id, ...]
    stamps: tuple[str, ...]


def apply(parts: Sequence[Staged], work: UnitOfWork) -> Applied:
    """Keep the lines and files of one bundle; BundleRefused before anything is kept.

    Codes: ``type`` for what never travels between desks, ``replica`` for lines in this desk's
    own name that it never wrote, ``dot`` for a number that stands for other words here.
    """
    declared = {each.name: each for each in record_types()}
    for part in parts:
        for line in part.revisions():
            _refuse(decode_trusted(line), line, declared, work)
    arrivals = Arrivals(work.database)
    records: dict[Id, None] = {}
    latest, count = "", 0
    for part in parts:
        for line in part.revisions():
            revision = decode_trusted(line)
            if arrivals.add(revision, line, part.envelope.stream, part.envelope.seq) == NEW:
                records[revision.rec] = None
                latest, count = max(latest, revision.hlc), count + 1
        for blob in part.blobs():
            with blob.path.open("rb") as content:
                work.put_blob(content)
    stamps = (latest,) if latest else ()
    return Applied(revisions=count, records=tuple(records), stamps=stamps)


def show_again(touched: Iterable[Id], work: UnitOfWork) -> int:
    """Show these records anew, and what waited for a newer program; return how many conflict."""
    waiting = (rec for rec in foreign.newer(work.database))
    conflicts = 0
    for rec in dict.fromkeys((*touched, *waiting)):
        joining.show_anew(work, rec)
        conflicts += foreign.is_unsettled(work.database, rec)
    return conflicts


def _refuse(
    revision: Revision, line: bytes, declared: Mapping[str, RecordType], work: UnitOfWork
) -> None:
    kind = declared.get(revision.type_name)
    if kind is not None and (kind.restricted or not kind.synced):
        raise BundleRefused(
            "type", _("同步包里有不应离开登记点的内容，已整份拒收。请与发出的登记点联系。")
        )
    known = foreign.kept_as(work.database, revision, line)
    if known == TAKEN:
        raise BundleRefused(
            "dot", _("同步包里有编号相同而内容不同的修改，已整份拒收。请与发出的登记点核对。")
        )
    if known == NEW and revision.replica == work.identity.replica:
        raise BundleRefused(
            "replica", _("同步包里有冒用本登记点名义的修改，已整份拒收。请立即报告县级。")
        )
