"""Evidence files: attached once by content, read back whole."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from integrity_desk.domain.attachments import Attachment
from integrity_desk.domain.fields import Id
from integrity_desk.domain.plain import from_plain
from integrity_desk.domain.records import type_of
from integrity_desk.errors import InvalidInput, NotPermitted
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.visibility import may_see
from integrity_desk.storage import attachments
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _

LARGEST_BYTES = 256 << 20
"""The largest attachment that fits a bundle volume."""


@dataclass(frozen=True, kw_only=True)
class AttachFile(Command[Id]):
    """Keep a file with a record; ``purpose`` is the code of attachments.Purpose or ""."""

    permission: ClassVar[str] = "attach"
    owner_id: Id
    path: Path
    purpose: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ListAttachments(Question["tuple[Attachment, ...]"]):
    """The files of one record."""

    owner_id: Id


@dataclass(frozen=True, kw_only=True)
class ReadAttachment(Question[bytes]):
    """The bytes of one file."""

    id: Id


@performs(AttachFile)
def attach_file(command: AttachFile, work: UnitOfWork) -> Id:
    """Read the file once into the store and note it on its record."""
    owner = work.load_any(command.owner_id)
    if not may_see(owner, work):
        raise NotPermitted(_("这条内容只对经办人和复核员开放。"))
    declared = type_of(Attachment)
    if type_of(owner).name not in declared.field("owner_id").to:
        raise InvalidInput("", _("“{type}”不能带附件。").format(type=_(type_of(owner).label)))
    name, size = _keep(command.path, work)
    purpose = declared.field("purpose")
    attachment = Attachment(
        owner_id=owner.id,
        file_name=command.path.name,
        purpose=from_plain(purpose, command.purpose or None),
        note=command.note,
        media_type=mimetypes.guess_type(command.path.name)[0] or "application/octet-stream",
        size_bytes=size,
        sha256=name,
    )
    return work.add(attachment).id


@answers(ListAttachments)
def list_attachments(question: ListAttachments, reader: Reader) -> tuple[Attachment, ...]:
    """Find what is attached, if the owner may be seen."""
    if not may_see(reader.load_any(question.owner_id), reader):
        return ()
    return tuple(reader.find(Attachment, owner_id=question.owner_id))


@answers(ReadAttachment)
def read_attachment(question: ReadAttachment, reader: Reader) -> bytes:
    """Put the chunks together, if the owner may be seen."""
    attachment = reader.load(Attachment, question.id)
    if not may_see(reader.load_any(attachment.owner_id), reader):
        raise NotPermitted(_("这条内容只对经办人和复核员开放。"))
    return b"".join(attachments.chunks(reader.database, attachment.sha256))


def _keep(path: Path, work: UnitOfWork) -> tuple[str, int]:
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise InvalidInput(
                "", _("文件“{name}”超过256MB，请压缩或拆分后再添加。").format(name=path.name)
            )
        with path.open("rb") as file:
            return attachments.put(work.database, file)
    except OSError as error:
        raise InvalidInput(
            "", _("读不出文件“{name}”，请确认它还在原处。").format(name=path.name)
        ) from error
