"""Small rules that several registers share, each refusing with a sentence that names its field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

from integrity_desk.domain.identifiers import check_identifier
from integrity_desk.domain.records import Record, type_of
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import _


def in_order(*names: str) -> Callable[[Record], None]:
    """Return a check that the named days, where filled in, do not run backwards."""

    def check(record: Record) -> None:
        filled = [name for name in names if getattr(record, name) is not None]
        for earlier, later in pairwise(filled):
            if getattr(record, later) < getattr(record, earlier):
                raise InvalidInput(
                    later,
                    _("“{later}”不能早于“{earlier}”，请核对日期。").format(
                        later=label_of(record, later), earlier=label_of(record, earlier)
                    ),
                )

    return check


def not_negative(*names: str) -> Callable[[Record], None]:
    """Return a check that the named numbers or amounts are not below nought."""

    def check(record: Record) -> None:
        for name in names:
            value = getattr(record, name)
            if value is not None and value < 0:
                raise InvalidInput(
                    name, _("“{field}”不能是负数。").format(field=label_of(record, name))
                )

    return check


def explained(name: str, note: str) -> Callable[[Record], None]:
    """Return a check that an identifier which cannot be right has a reason beside it.

    Paper carries errors, so the number may stand; but not without a word (field ``note``).
    """

    def check(record: Record) -> None:
        value = getattr(record, name)
        if not value or getattr(record, note):
            return
        verdict = check_identifier(value, type_of(record).field(name).kind)
        if not verdict.ok:
            raise InvalidInput(
                name,
                _("{problem}确实无误的，请在“{note}”中写明依据后再保存。").format(
                    problem=verdict.sentence, note=label_of(record, note)
                ),
            )

    return check


def not_after(record: Record, name: str, today: date) -> None:
    """Refuse a day that lies in the future."""
    value = getattr(record, name)
    if value is not None and value > today:
        raise InvalidInput(name, _("“{field}”不能晚于今天。").format(field=label_of(record, name)))


def label_of(record: Record, name: str) -> str:
    """Return the field's label in the current language."""
    return _(type_of(record).field(name).label)
