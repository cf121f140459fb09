"""Typed text to values: days, moments, amounts and numbers as clerks write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time
from decimal import Decimal

from integrity_desk.domain.times import CHINA
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import _

_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_BARE_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MOMENT = re.compile(r"(.*\S)\s+(\S*[:时]\S*|\d{4})")
_TIME = re.compile(r"(\d{1,2})[:时](\d{1,2})分?|(\d{2})(\d{2})")
_AMOUNT = re.compile(r"[¥￥]?(-?)(\d+)(?:\.(\d+))?(万?)元?")
_NUMBER = re.compile(r"-?\d+")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d*)?\D*")
"""A comma parts thousands; 12 345,67 means something else elsewhere and is not guessed at."""
_LARGEST = 10**15


def read_day(text: str) -> date | None:
    """Read 2026-05-12, 20260512, 2026.5.12, 2026/5/12 or 2026年5月12日; None when empty."""
    plain = _plain(text)
    if not plain:
        return None
    found = _DAY.fullmatch(plain) or _BARE_DAY.fullmatch(plain)
    try:
        if found is None:
            raise ValueError(plain)
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise InvalidInput(
            "", _("日期“{text}”读不懂，请写成 2026-05-12 或 20260512。").format(text=text.strip())
        ) from None


def read_moment(text: str) -> datetime | None:
    """Read a day and a time of China, 2026-05-12 09:30, as UTC; without a time, midnight."""
    found = _MOMENT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    day_text, time_text = found.groups() if found else (text, "")
    day = read_day(day_text)
    if day is None:
        return None
    clock = _read_time(time_text, text)
    return datetime.combine(day, clock, CHINA).astimezone(UTC)


def read_fen(text: str) -> int | None:
    """Read an amount in yuan, 12,345.67 or 1.5万, as fen; None when empty."""
    plain = _ungrouped(text, r"[¥￥]?")
    if not plain:
        return None
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise InvalidInput(
            "", _("金额“{text}”读不懂，请写成数字，如 12345.67。").format(text=text.strip())
        )
    sign, whole, part, myriads = found.groups()
    fen = Decimal(f"{sign}{whole}.{part or 0}") * (1_000_000 if myriads else 100)
    if fen != fen.to_integral_value() or abs(fen) > _LARGEST:
        raise InvalidInput("", _("金额最多精确到分，且不能过大，请检查。"))
    return int(fen)


def read_number(text: str) -> int | None:
    """Read a whole number; None when empty."""
    plain = _ungrouped(text)
    if not plain:
        return None
    if not _NUMBER.fullmatch(plain) or len(plain) > 15:
        raise InvalidInput("", _("“{text}”不是整数，请检查。").format(text=text.strip()))
    return int(plain)


def _read_time(text: str, whole: str) -> time:
    plain = _plain(text)
    if not plain:
        return time()
    found = _TIME.fullmatch(plain)
    try:
        if found is None:
            raise ValueError(plain)
        hour, minute = (int(part) for part in found.groups() if part is not None)
        return time(hour, minute)
    except ValueError:
        raise InvalidInput(
            "", _("时间“{text}”读不懂，请写成 2026-05-12 09:30。").format(text=whole.strip())
        ) from None


def _ungrouped(text: str, mark: str = "") -> str:
    """Take thousands' commas out where they part thousands, and leave any other for refusal."""
    plain = _plain(text)
    bare = re.sub(f"^{mark}", "", plain)
    return plain.replace(",", "") if _GROUPED.fullmatch(bare) else plain


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
