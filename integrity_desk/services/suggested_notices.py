"""Notices that put right what was announced: revoked, corrected, and names restored.

City opinions of 2017, 三(六): a wrong measure is undone and the name restored in the same place.
What is offered is a draft; it passes the gate and a second person as any other notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from integrity_desk.domain.archiving import end_of
from integrity_desk.domain.fields import Id
from integrity_desk.domain.integrity_files import IntegrityRecord
from integrity_desk.domain.measures import Measure
from integrity_desk.domain.notices import WAS_PUBLIC, Notice, NoticeKind
from integrity_desk.domain.records import with_values
from integrity_desk.services.following import follows
from integrity_desk.services.notice_drafts import SuggestNotice, suggest_notice
from integrity_desk.services.suggestions import Suggestion, suggests
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import N_, _, in_chinese

_SAID_BY = {
    "revoked": (N_("拟撤销公告"), NoticeKind.REVOCATION),
    "corrected": (N_("拟更正公告"), NoticeKind.CORRECTION),
    "repaired": (N_("拟停止公示公告"), NoticeKind.CORRECTION),
    "delisted": (N_("拟停止公示公告"), NoticeKind.CORRECTION),
}
"""State of a record that hung -> the button, and the kind of notice that tells of it."""


@suggests("measure")
def after_a_wrong_measure(measure: Measure, reader: Reader) -> Iterator[Suggestion]:
    """A measure undone offers the notice that restores the name."""
    if measure.state != "undone":
        return
    record = reader.load(IntegrityRecord, measure.record_id)
    with in_chinese():
        told = {**_told(record, reader), "measure": _(measure.kind.label) if measure.kind else ""}
        words = {
            "title": _("关于恢复{name}名誉的公告").format(**told),
            "body": _(
                "经核实，此前对{name}采取的“{measure}”措施所依据的诚信记录（{subject}）已于{day}"
                "撤销，该措施不当，现予撤销，并在原范围内恢复{name}的名誉。特此公告。"
            ).format(**told),
        }
    yield _offer(
        N_("拟恢复名誉公告"),
        NoticeKind.RESTORATION,
        measure.id,
        measure.decided_by_id,
        words,
        reader,
    )


@suggests("integrity_record")
def after_it_hung_and_ended(record: IntegrityRecord, reader: Reader) -> Iterator[Suggestion]:
    """A record that hung in public and was revoked, put right or repaired offers to say so."""
    hung = _hung_on(record.id, reader) if record.state in _SAID_BY else None
    if hung is None:
        return
    label, kind = _SAID_BY[record.state]
    with in_chinese():
        told = {**_told(record, reader), "notice": hung.title, "number": hung.number}
        if kind is NoticeKind.REVOCATION:
            words = _revoked(told)
        elif record.state == "corrected":
            words = _corrected(record, told, reader)
        else:
            words = _made_good(record, told)
    words["about_id"] = hung.id
    yield _offer(label, kind, record.id, hung.issuer_id, words, reader)


@follows("notice", "post")
def a_restoring_notice_is_noted(notice: Notice, work: UnitOfWork) -> None:
    """Once it hangs, the measure names the notice that restores the name it wronged."""
    if notice.kind is not NoticeKind.RESTORATION or not notice.concerns_id:
        return
    measure = work.load_any(notice.concerns_id)
    if isinstance(measure, Measure) and measure.state == "undone":
        work.save(with_values(measure, {"restoration_id": notice.id}))


def _offer(
    label: str, kind: NoticeKind, concerns: Id, issuer: Id, words: dict[str, str], reader: Reader
) -> Suggestion:
    usual = suggest_notice(SuggestNotice(kind=kind, issuer_id=issuer), reader)
    values: dict[str, Any] = {
        **words,
        "kind": kind.value,
        "concerns_id": concerns,
        "issuer_id": usual.issuer_id,
        "from_on": usual.from_on.isoformat(),
        "until_on": usual.until_on.isoformat(),
        "place": usual.place,
        "contact": usual.contact,
        "phone": usual.phone,
    }
    given = {name: value for name, value in values.items() if value}
    return Suggestion(
        code=kind.value, type="notice", label=label, values=given, known_by=("concerns_id",)
    )


def _told(record: IntegrityRecord, reader: Reader) -> dict[str, Any]:
    names = records.titles(reader.database, (record.subject_id,))
    return {
        "name": names.get(record.subject_id, ""),
        "subject": record.subject,
        "day": end_of(record) or reader.today,
    }


def _revoked(told: dict[str, Any]) -> dict[str, str]:
    return {
        "title": _("关于撤销{name}一条诚信记录的公告").format(**told),
        "body": _(
            "《{notice}》（{number}）中关于{name}的诚信记录（{subject}）已于{day}撤销，"
            "不再作为失信记录使用，自本公告发布之日起停止公示。特此公告。"
        ).format(**told),
    }


def _corrected(record: IntegrityRecord, told: dict[str, Any], reader: Reader) -> dict[str, str]:
    replaced = reader.load(IntegrityRecord, record.replaced_by_id)
    return {
        "title": _("关于更正{name}一条诚信记录的公告").format(**told),
        "body": _(
            "《{notice}》（{number}）中关于{name}的诚信记录（{subject}）有误，已于{day}更正为：{now}。"
            "特此公告。"
        ).format(**told, now=replaced.subject),
    }


def _made_good(record: IntegrityRecord, told: dict[str, Any]) -> dict[str, str]:
    why = _("已经信用修复") if record.state == "repaired" else _("已履行义务并移出失信名单")
    return {
        "title": _("关于停止公示{name}一条诚信记录的公告").format(**told),
        "body": _(
            "《{notice}》（{number}）中关于{name}的诚信记录（{subject}）{why}，"
            "自{day}起不再作为失信记录使用，停止公示。特此公告。"
        ).format(**told, why=why),
    }


def _hung_on(record_id: Id, reader: Reader) -> Notice | None:
    """Return the newest notice on which the record could be read in public."""
    found = [
        each
        for each in reader.find(Notice)
        if record_id in each.item_ids and each.state in WAS_PUBLIC
    ]
    return found[-1] if found else None
