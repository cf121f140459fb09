"""The desk is not for state secrets: text that carries a classification mark is refused."""

from __future__ import annotations

import re

from integrity_desk.domain.records import Record, type_of
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import _

_GRADE = r"(?:[绝絕]\s*密|[机機]\s*密|秘\s*密)"

_MARK = re.compile(
    rf"{_GRADE}\s*[★☆*＊]"  # 机密★10年, as GB/T 9704 prints it
    rf"|密\s*[级級]\s*[:：为為]?\s*[\[〔【(（“]?\s*{_GRADE}"  # 密级：秘密
    rf"|[\[〔【(（]\s*{_GRADE}\s*[\]〕】)）]"  # 【机密】
    rf"|^\s*{_GRADE}\s*(?:\d+\s*年|长期|長期)?\s*$",  # a line of its own, older documents
    re.MULTILINE,
)


def refuse_state_secrets(record: Record) -> None:
    """Raise InvalidInput for the first text that carries a mark 秘密, 机密 or 绝密.

    Only marks as documents carry them count; the words inside a sentence (商业秘密,
    涉及国家秘密的不予公开) do not. Rule: 保守国家秘密法, computers that are not for secrets.
    """
    values = record.__dict__
    for field in type_of(record).text_fields:
        if carries_secret_mark(values[field.name]):
            raise InvalidInput(
                field.name,
                _(
                    "“{field}”中带有国家秘密标志。本系统不得存储国家秘密，"
                    "请删去该内容，原件按保密规定另行登记保管。"
                ).format(field=_(field.label)),
            )


def carries_secret_mark(text: str) -> bool:
    """Whether ``text`` carries a classification mark."""
    return "密" in text and _MARK.search(text) is not None
