"""Letters as declared text: a template names fields of its record, and is checked before use.

A template's body is lines: plain text is a paragraph; ``# `` begins a heading, ``| `` a line
without indent, ``> `` a line to be filled in by hand, ``? `` a paragraph (``? | `` a line without
indent) that is left out when one of its fields is empty, and ``[[附件]]`` stands for a table.
``{收到日期}`` is a field of the record by its label, ``{被反映单位.联系电话}`` one of the record it
links to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from integrity_desk.domain.fields import Field, Kind
from integrity_desk.domain.records import RecordType, type_named
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import N_, _

ISSUER = "发文单位"
"""The unit that writes; its fields follow a dot."""
ABOUT = {
    "今天": N_("打印的日期"),
    "登记类别": N_("登记在哪一本台账"),
    "题名": N_("登记的名称"),
    "期限依据": N_("办理期限所依据的条款"),
}
"""What every record has besides its fields, and what it is."""

TABLES = {
    "附件": N_("登记所附的材料"),
    "卷内文件": N_("登记、文书和附件，按时间排列"),
}
"""Tables a body may hold on a line of their own, and what stands in them."""

MOST_LETTERS = 6_000
_DEPTH = 3
_MANAGED = frozenset({"number", "state", "subject_name", "unit_id"})


class PartKind(Enum):
    """What a line of a body is; the value is how it begins."""

    PARAGRAPH = ""
    HEADING = "# "
    FLUSH = "| "
    BLANK = "> "
    OPTIONAL = "? "
    TABLE = "[["


@dataclass(frozen=True, kw_only=True)
class Part:
    """One line of a body; ``line`` counts from 1."""

    kind: PartKind
    text: str
    line: int
    indented: bool = True

    @property
    def paths(self) -> tuple[str, ...]:
        """The fields it names."""
        return tuple(_FIELD.findall(self.text))


@dataclass(frozen=True, kw_only=True)
class LetterTemplate:
    """One kind of letter: for which records, when, and what it says."""

    id: str
    title: str
    types: tuple[str, ...]
    body: str
    addressee: str = ""
    """To whom, without the colon; "" for letters that address nobody."""
    states: tuple[str, ...] = ()
    """States of a record in which it is offered; () for all."""
    filled: tuple[str, ...] = ()
    """Fields (names) that must be filled in for it to be offered."""
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field (name) -> codes, one of which its value must be."""
    dated: str = ""
    """The field (name) with the letter's day; the day of the first printing otherwise."""
    letterhead: bool = True
    sealed: bool = True
    own_number: bool = False
    """Whether it bears its record's number instead of one of its own."""


def parts_of_body(body: str) -> tuple[Part, ...]:
    """Read a body line by line; empty lines only divide it for the eye."""
    return tuple(
        _part(text.strip(), line) for line, text in enumerate(body.splitlines(), 1) if text.strip()
    )


def check_template(template: LetterTemplate) -> None:
    """Raise InvalidInput for the first line that cannot be printed, naming it."""
    if not template.title.strip():
        raise InvalidInput("title", _("请填写文书名称。"))
    if not template.body.strip():
        raise InvalidInput("body", _("正文是空的，请写上内容，或恢复原样。"))
    if len(template.body) > MOST_LETTERS:
        raise InvalidInput("body", _("正文最多{most}字，请删减。").format(most=f"{MOST_LETTERS:,}"))
    types = [type_named(each) for each in template.types]
    for name, text in (("title", template.title), ("addressee", template.addressee)):
        _check_text(name, text, 1, types)
    for part in parts_of_body(template.body):
        if part.kind is PartKind.TABLE and part.text not in TABLES:
            raise _wrong(
                part.line,
                _("没有名为“{name}”的表格，可以用的有：{known}。").format(
                    name=part.text, known=_("、").join(TABLES)
                ),
            )
        _check_text("body", part.text, part.line, types)


def usable_fields(declared: RecordType) -> Iterator[Field]:
    """Yield the fields that may stand in letters: nothing private, nothing of the program's own."""
    for each in declared.fields:
        kept = not each.managed or each.name in _MANAGED or each.kind is Kind.DAY
        if kept and not each.sensitive and "account" not in each.to:
            yield each


def field_labelled(declared: RecordType, label: str) -> Field | None:
    """Return the usable field of that label; None when there is none."""
    return next((each for each in usable_fields(declared) if each.label == label), None)


def paths_for(types: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return what a template of these types may name: (path, where it comes from)."""
    declared = [type_named(each) for each in types]
    own = [
        (each.label, each.section or declared[0].label)
        for each in usable_fields(declared[0])
        if all(field_labelled(other, each.label) for other in declared)
    ]
    linked = [
        (f"{each.label}.{below.label}", each.label)
        for each in usable_fields(declared[0])
        if each.kind is Kind.LINK
        for below in _of_types(each.to)
    ]
    issuer = [(f"{ISSUER}.{each.label}", ISSUER) for each in usable_fields(type_named("unit"))]
    return (*own, *((name, _(note)) for name, note in ABOUT.items()), *issuer, *linked)


def _of_types(types: Sequence[str]) -> Iterator[Field]:
    seen: set[str] = set()
    for name in types:
        for each in usable_fields(type_named(name)):
            if each.label not in seen and each.kind is not Kind.LINK:
                seen.add(each.label)
                yield each


def _check_text(name: str, text: str, line: int, types: Sequence[RecordType]) -> None:
    bare = _FIELD.sub("", text)
    if "{" in bare or "}" in bare:
        sentence = _("花括号不成对，字段应写成“{example}”。").format(example="{编号}")
        raise _wrong(line, sentence, name)
    for path in _FIELD.findall(text):
        if not _is_known(path, types):
            raise _wrong(
                line,
                _("“{path}”不是“{type}”可以用在文书里的项目，请从右侧列表中选择。").format(
                    path=path, type=_("、").join(_(each.label) for each in types)
                ),
                name,
            )


def _is_known(path: str, types: Sequence[RecordType]) -> bool:
    first, *rest = path.split(".")
    if first in ABOUT:
        return not rest
    if first == ISSUER:
        return not rest or _leads_on(rest, [type_named("unit")])
    if len(rest) >= _DEPTH:
        return False
    return all(_leads_on([first, *rest], [each]) for each in types)


def _leads_on(labels: Sequence[str], types: Sequence[RecordType]) -> bool:
    """Whether one of the types has the field, and what it links to has the next one."""
    for declared in types:
        found = field_labelled(declared, labels[0])
        if found is None:
            continue
        if len(labels) == 1:
            return True
        if found.kind is Kind.LINK and _leads_on(labels[1:], [type_named(e) for e in found.to]):
            return True
    return False


def _wrong(line: int, sentence: str, name: str = "body") -> InvalidInput:
    if name != "body":
        return InvalidInput(name, sentence)
    return InvalidInput(name, _("第{line}行：{sentence}").format(line=line, sentence=sentence))


def _part(text: str, line: int) -> Part:
    if text.startswith("[[") and text.endswith("]]"):
        return Part(kind=PartKind.TABLE, text=text[2:-2].strip(), line=line)
    if text.startswith("? | "):
        return Part(kind=PartKind.OPTIONAL, text=text[4:].strip(), line=line, indented=False)
    for kind in (PartKind.HEADING, PartKind.FLUSH, PartKind.BLANK, PartKind.OPTIONAL):
        if text.startswith(kind.value):
            indented = kind is not PartKind.FLUSH
            return Part(kind=kind, text=text[2:].strip(), line=line, indented=indented)
    return Part(kind=PartKind.PARAGRAPH, text=text, line=line)


_FIELD = re.compile(r"\{([^{}]*)\}")


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with its fields replaced; KeyError for one without a value."""
    return _FIELD.sub(lambda found: values[found[1]], text)


def paths_in(text: str) -> tuple[str, ...]:
    """Return the fields a text names."""
    return tuple(_FIELD.findall(text))
