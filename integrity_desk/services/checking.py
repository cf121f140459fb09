"""Checking the store: database pages, revision chain, records against their log, attachments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from integrity_desk.domain.fields import Id
from integrity_desk.domain.merging import merged
from integrity_desk.domain.plain import record_from_plain
from integrity_desk.domain.records import Record, RecordType, changed_fields, record_types
from integrity_desk.errors import NotFound
from integrity_desk.services.acts import Question, answers
from integrity_desk.storage import attachments, foreign, integrity, records, revisions
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _


@dataclass(frozen=True, kw_only=True)
class CheckStore(Question["StoreReport"]):
    """Whether the store is whole; ``records_too`` also holds every record against its log."""

    permission: ClassVar[str] = "view"
    records_too: bool = True


@dataclass(frozen=True, kw_only=True)
class StoreReport:
    """What a check found; ``sentence`` says it in one."""

    sound: bool
    sentence: str
    revisions: int
    records: int
    attachments: int
    faults: tuple[str, ...]


@answers(CheckStore)
def check_store(question: CheckStore, reader: Reader) -> StoreReport:
    """Look at the four parts in turn; the first fault of each is named.

    A store with damaged pages is not read any further: any statement may stumble over one.
    """
    faults = _page_faults(reader)
    counted = dict.fromkeys(("record", "revision", "blob"), 0)
    if not faults:
        faults = [*_chain_faults(reader), *_blob_faults(reader)]
        if question.records_too:
            faults += _record_faults(reader)
        counted = integrity.sizes(reader.database)
    return StoreReport(
        sound=not faults,
        sentence=_sentence(faults, counted),
        revisions=counted["revision"],
        records=counted["record"],
        attachments=counted["blob"],
        faults=tuple(faults),
    )


def _page_faults(reader: Reader) -> list[str]:
    if integrity.damaged_pages(reader.database):
        return [_("数据库文件有损坏的页")]
    return []


def _chain_faults(reader: Reader) -> list[str]:
    broken = revisions.first_break(
        reader.database,
        step=lambda done, total: reader.progress.step(done, total, _("核对变更记录")),
    )
    if broken is None:
        return []
    return [_("第{n}条变更记录与校验值不符").format(n=broken.n)]


def _blob_faults(reader: Reader) -> list[str]:
    found = [
        _("附件{name}…的内容与摘要不符").format(name=name[:12])
        for name in attachments.damaged(reader.database)
    ]
    for declared in record_types():
        if declared.has("sha256"):
            names = dict(attachments.lost(reader.database, declared.name))
            titles = records.titles(reader.database, names)
            found += [_("“{name}”的文件不见了").format(name=titles[rec]) for rec in names]
    return found


def _record_faults(reader: Reader) -> list[str]:
    found = []
    total, done = integrity.sizes(reader.database)["record"], 0
    unreadable = set(foreign.newer(reader.database))
    for declared in record_types():
        for rec, history in integrity.histories(reader.database, declared.name):
            done += 1
            if done % 1000 == 0:
                reader.progress.step(done, total, _("对照记录和变更历史"))
            if rec in unreadable:
                continue
            told = merged(history)
            wanted = None if told.void else record_from_plain(declared, rec, told.values)
            if not _same(wanted, _kept(declared, rec, reader)):
                name = declared.title_of(record_from_plain(declared, rec, told.values))
                found.append(_("“{name}”的内容与变更历史不一致").format(name=name))
    unlogged = integrity.unlogged(reader.database)
    titles = records.titles(reader.database, unlogged)
    found += [
        _("“{name}”在变更历史中没有记载").format(name=titles.get(rec, rec)) for rec in unlogged
    ]
    if lost := integrity.lost(reader.database):
        found.append(_("变更历史中的{count}条记录不见了").format(count=lost))
    return found


def _kept(declared: RecordType, rec: Id, reader: Reader) -> Record | None:
    try:
        return reader.load(declared.cls, rec)
    except NotFound:
        return None


def _same(wanted: Record | None, kept: Record | None) -> bool:
    if wanted is None or kept is None:
        return wanted is kept
    return not changed_fields(wanted, kept)


def _sentence(faults: list[str], counted: dict[str, int]) -> str:
    if not faults:
        return _(
            "检查通过：{records}条记录、{revisions}条变更、{blobs}个附件全部完好，变更链连续无缺。"
        ).format(records=counted["record"], revisions=counted["revision"], blobs=counted["blob"])
    return _("检查发现{count}处问题：{first}。请停止录入，保留现场并从备份核对。").format(
        count=len(faults), first=faults[0]
    )
