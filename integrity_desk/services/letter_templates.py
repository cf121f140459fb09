"""The templates of letters: those that come with the program, and an administrator's own words.

A bundled template says for which records and states it is meant; an administrator changes its
title, addressee and body. What is saved has been checked; what came with it can be put back.
"""

from __future__ import annotations

import dataclasses
import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.letter_templates import (
    LetterTemplate,
    check_template,
    parts_of_body,
    paths_for,
    paths_in,
)
from integrity_desk.domain.letters import EditedTemplate, Letter
from integrity_desk.domain.records import made, type_named, with_values
from integrity_desk.domain.steps import check
from integrity_desk.errors import InvalidInput, NotFound
from integrity_desk.paths import resource
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.letter_content import blocks_of
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _, in_chinese


@dataclass(frozen=True, kw_only=True)
class TemplateLine:
    """One template in the administrator's list."""

    id: str
    title: str
    types: str
    """The registers it belongs to, in words."""
    edited: bool


@dataclass(frozen=True, kw_only=True)
class TemplateText:
    """What of a template may be changed, and the fields it may name: (path, where from)."""

    id: str
    title: str
    addressee: str
    body: str
    edited: bool
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class ListTemplates(Question[tuple[TemplateLine, ...]]):
    """All kinds of letters."""

    permission: ClassVar[str] = "administer"


@dataclass(frozen=True, kw_only=True)
class ReadTemplate(Question[TemplateText]):
    """One template as it is in force."""

    permission: ClassVar[str] = "administer"
    id: str


@dataclass(frozen=True, kw_only=True)
class PreviewTemplate(Question[bytes]):
    """A letter with the names of its fields in place of values; refused like ``SaveTemplate``."""

    permission: ClassVar[str] = "administer"
    id: str
    title: str
    addressee: str
    body: str
    bundled_fonts: bool = False


@dataclass(frozen=True, kw_only=True)
class SaveTemplate(Command[None]):
    """Use these words from now on; letters already written stay as they are."""

    permission: ClassVar[str] = "administer"
    id: str
    title: str
    addressee: str
    body: str


@dataclass(frozen=True, kw_only=True)
class ResetTemplate(Command[None]):
    """Use the words that came with the program again."""

    permission: ClassVar[str] = "administer"
    id: str


@functools.cache
def bundled() -> Mapping[str, LetterTemplate]:
    """Return the templates that come with the program, by id, in the order of their titles."""
    found = [
        _read(path.stem, tomllib.loads(path.read_text("utf-8")))
        for path in sorted(resource("templates").glob("*.toml"))
    ]
    return {each.id: each for each in found}


def template_in_force(template_id: str, reader: Reader) -> LetterTemplate:
    """Return a template as it is used here; NotFound for an unknown one."""
    template = bundled().get(template_id)
    if template is None:
        raise NotFound(_("没有这种文书。"))
    edited = _edited(template_id, reader)
    if edited is None:
        return template
    return dataclasses.replace(
        template, title=edited.title, addressee=edited.addressee, body=edited.body
    )


@answers(ListTemplates)
def list_templates(question: ListTemplates, reader: Reader) -> tuple[TemplateLine, ...]:
    """List them by the registers they belong to."""
    edited = {each.template: each for each in reader.find(EditedTemplate)}
    lines = [
        TemplateLine(
            id=each.id,
            title=edited[each.id].title if each.id in edited else each.title,
            types=_("、").join(_(type_named(name).label) for name in each.types),
            edited=each.id in edited,
        )
        for each in bundled().values()
    ]
    return tuple(sorted(lines, key=lambda line: (line.types, line.title)))


@answers(ReadTemplate)
def read_template(question: ReadTemplate, reader: Reader) -> TemplateText:
    """Read the words in force and what they may name."""
    template = template_in_force(question.id, reader)
    return TemplateText(
        id=template.id, title=template.title, addressee=template.addressee, body=template.body,
        edited=_edited(question.id, reader) is not None, fields=paths_for(template.types),
    )  # fmt: skip


@answers(PreviewTemplate)
def preview_template(question: PreviewTemplate, reader: Reader) -> bytes:
    """Check, fill in the fields' own names, and draw."""
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415  (lazy: reportlab)
    from integrity_desk.documents.letters import render_letter  # noqa: PLC0415

    with in_chinese():
        template = _reworded(question, reader)
        texts = (template.addressee, *(part.text for part in parts_of_body(template.body)))
        values = {path: f"〔{path}〕" for text in texts for path in paths_in(text)}
        letter = Letter(
            title=template.title, number="", version=0, issuer=reader.desk_name,
            addressee=template.addressee.replace("{", "〔").replace("}", "〕"),
            blocks=blocks_of(template, values, {}), issued_on=reader.today,
            letterhead=template.letterhead, sealed=template.sealed,
        )  # fmt: skip
        return render_letter(letter, Fonts(bundled_only=question.bundled_fonts))


@performs(SaveTemplate)
def save_template(command: SaveTemplate, work: UnitOfWork) -> None:
    """Check and keep."""
    template = _reworded(command, work)
    kept = _edited(command.id, work)
    words = {"title": template.title, "addressee": template.addressee, "body": template.body}
    edited = with_values(kept or made(EditedTemplate, template=template.id), words)
    check(edited)
    if kept is None:
        work.add(edited)
    else:
        work.save(edited)


@performs(ResetTemplate)
def reset_template(command: ResetTemplate, work: UnitOfWork) -> None:
    """Take the edited words away; their history stays."""
    kept = _edited(command.id, work)
    if kept is not None:
        work.void(kept)


def _reworded(words: Any, reader: Reader) -> LetterTemplate:
    """Return the template with the given words, checked."""
    template = dataclasses.replace(
        template_in_force(words.id, reader),
        title=words.title.strip(), addressee=words.addressee.strip(), body=words.body.strip(),
    )  # fmt: skip
    check_template(template)
    return template


def _edited(template_id: str, reader: Reader) -> EditedTemplate | None:
    return next(iter(reader.find(EditedTemplate, template=template_id)), None)


def _read(template_id: str, written: Mapping[str, Any]) -> LetterTemplate:
    """Read one file; a wrong one is a bug of the program, so it fails loudly."""
    lists = {name: tuple(each) for name, each in written.items() if isinstance(each, list)}
    when = {name: tuple(codes) for name, codes in written.get("when", {}).items()}
    template = LetterTemplate(id=template_id, **{**written, **lists, "when": when})
    for declared in (each for each in TYPES if each.name in template.types):
        for field in (*template.filled, *template.when, *filter(None, (template.dated,))):
            declared.field(field)
    try:
        check_template(template)
    except InvalidInput as error:
        raise ValueError(f"{template_id}.toml: {error.sentence}") from error
    return template
