"""What the county says of a revision, decided from the declarations alone.

rejected    field.required   field.kind   dot.taken
warning     type.unknown   type.newer   field.unknown   field.choice   field.length
            field.citizen_id   field.credit_code   field.phone
superseded  conflict
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.fields import Field, Kind
from integrity_desk.domain.identifiers import check_identifier
from integrity_desk.domain.merging import Merged
from integrity_desk.domain.plain import from_plain
from integrity_desk.domain.records import RecordType
from integrity_desk.domain.revisions import VOID, Revision, Value
from integrity_desk.errors import InvalidInput
from integrity_desk.sync.receipt import RevisionVerdict
from integrity_desk.wording import _

REJECTED, WARNING, SUPERSEDED = "rejected", "warning", "superseded"

_BY_NAME = {declared.name: declared for declared in TYPES}
_CHECKED = {
    Kind.CITIZEN_ID: "field.citizen_id",
    Kind.CREDIT_CODE: "field.credit_code",
    Kind.PHONE: "field.phone",
}
_PLAIN = {Kind.NUMBER: int, Kind.MONEY: int, Kind.FLAG: bool, Kind.CHOICES: list, Kind.LINKS: list}


def examine(
    revisions: Sequence[Revision], merged: Merged, county_ref: str
) -> Iterator[RevisionVerdict]:
    """Yield the verdicts on one record's newly arrived ``revisions`` that are not acceptance.

    ``merged`` is the record with them. At most one verdict a revision, the gravest; a missing
    required field is charged to the last of them.
    """
    for revision in revisions:
        found = list(_remarks(revision))
        if revision is revisions[-1]:
            found += _missing(revision, merged)
        found += _superseded(revision, merged)
        if found:
            state, code, field, message = min(found, key=lambda each: _GRAVITY.index(each[0]))
            yield RevisionVerdict(
                dot=revision.dot, rec=revision.rec, state=state, code=code, field=field,
                message_zh=message, county_ref=county_ref,
            )  # fmt: skip


def taken(revision: Revision) -> RevisionVerdict:
    """Return the verdict on a revision whose dot the county knows with other contents."""
    return RevisionVerdict(
        dot=revision.dot, rec=revision.rec, state=REJECTED, code="dot.taken",
        message_zh=_("同一编号的修改县级已收到过，内容不同；登记点的数据库可能是恢复或拷贝的。"),
    )  # fmt: skip


def superseded(revision: Revision, merged: Merged, county_ref: str) -> RevisionVerdict | None:
    """Return the verdict on a revision kept before that another desk's now stands above."""
    for state, code, field, message in _superseded(revision, merged):
        return RevisionVerdict(
            dot=revision.dot, rec=revision.rec, state=state, code=code, field=field,
            message_zh=message, county_ref=county_ref,
        )  # fmt: skip
    return None


@cache
def _required(written_as: str) -> tuple[Field, ...]:
    """The fields that must be filled in, of a type and schema that this program knows."""
    name, _at, schema = written_as.partition("@")
    declared = _BY_NAME.get(name)
    if declared is None or int(schema) > declared.schema:
        return ()
    return tuple(field for field in declared.fields if field.required)


_GRAVITY = (REJECTED, SUPERSEDED, WARNING)

_Remark = tuple[str, str, str, str]
"""(state, code, field, message)."""


def _remarks(revision: Revision) -> Iterator[_Remark]:
    declared = _BY_NAME.get(revision.type_name)
    if declared is None:
        message = _("县级程序还不认识这类记录，已原样保存，升级后处理。")
        yield WARNING, "type.unknown", "", message
        return
    if revision.schema > declared.schema:
        yield WARNING, "type.newer", "", _("登记点的程序较新，已原样保存，县级升级后处理。")
        return
    for name, value in revision.set.items():
        if name != VOID:
            yield from _of_value(declared, name, value)


def _of_value(declared: RecordType, name: str, value: Value) -> Iterator[_Remark]:
    if not declared.has(name):
        message = _("县级程序还不认识字段“{field}”，已原样保存。").format(field=name)
        yield WARNING, "field.unknown", name, message
        return
    field = declared.field(name)
    if value is None:
        return
    if type(value) is not _PLAIN.get(field.kind, str):
        sentence = _("“{field}”的内容类型不对。").format(field=_(field.label))
        yield REJECTED, "field.kind", name, sentence
        return
    try:
        from_plain(field, value)
    except InvalidInput as error:
        is_choice = field.kind in (Kind.CHOICE, Kind.CHOICES)
        state, code = (WARNING, "field.choice") if is_choice else (REJECTED, "field.kind")
        yield state, code, name, error.sentence
        return
    yield from _of_text(field, value)


def _of_text(field: Field, value: Value) -> Iterator[_Remark]:
    if not isinstance(value, str):
        return
    if field.max_length and len(value) > field.max_length:
        sentence = _("“{field}”超过规定长度。").format(field=_(field.label))
        yield WARNING, "field.length", field.name, sentence
    if field.kind in _CHECKED and value:
        verdict = check_identifier(value, field.kind)
        if not verdict.ok:
            yield WARNING, _CHECKED[field.kind], field.name, verdict.sentence


def _missing(revision: Revision, merged: Merged) -> Iterator[_Remark]:
    if merged.void:
        return
    for field in _required(revision.type):
        if merged.values.get(field.name) in (None, "", []):
            message = _("“{field}”必须填写。").format(field=_(field.label))
            yield REJECTED, "field.required", field.name, message


def _superseded(revision: Revision, merged: Merged) -> Iterator[_Remark]:
    """A surviving write that is not the one shown: another desk's is, until a person settles it."""
    for name, writes in merged.conflicts.items():
        if name != VOID and any(each.dot == revision.dot for each in writes[:-1]):
            message = _("另一登记点同时修改了同一字段，目前显示对方的内容，请核对后裁定。")
            yield SUPERSEDED, "conflict", name, message
