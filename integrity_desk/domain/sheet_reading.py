"""Cells as offices fill them in: days without a year, Excel's day numbers, lost digits, ticks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from integrity_desk.domain.reading import read_day, read_fen, read_moment
from integrity_desk.domain.times import china_day
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import _

_YES = frozenset({"是", "有", "对", "√", "✓", "✔", "☑", "y", "yes", "true", "1"})
_NO = frozenset({"否", "无", "没有", "×", "✗", "✘", "x", "n", "no", "false", "0", "/", "-"})
_LOST = re.compile(r"\d(\.\d+)?e\+?\d+", re.IGNORECASE)
_BROKEN = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|#+)")
_NO_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?")
_SERIAL = re.compile(r"(\d{5})(\.\d+)?")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_IN_WAN = re.compile(r"[（(]?万元?[）)]?$|万元")
_BARE_AMOUNT = re.compile(r"[\d.,\s]+")


@dataclass(frozen=True, kw_only=True)
class Hints:
    """What the sheet says about its cells: the year it speaks of, and how day numbers count."""

    year: int | None = None
    from_1904: bool = False


def only_year(text: str) -> int | None:
    """Return the year that a title speaks of; None when it names none, or more than one."""
    named = {int(each) for each in _YEAR.findall(unicodedata.normalize("NFKC", text))}
    return named.pop() if len(named) == 1 else None


def refuse_damaged(text: str) -> None:
    """Refuse what a spreadsheet program has already spoilt; guessing would put it in for good."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _LOST.fullmatch(plain):
        raise InvalidInput(
            "",
            _(
                "“{text}”是被电子表格改成科学计数法的号码，后面的数字已经丢失，"
                "请把该列设为文本格式，照原件重填。"
            ).format(text=text.strip()),
        )
    if _BROKEN.fullmatch(plain):
        raise InvalidInput(
            "", _("单元格里是公式错误“{text}”，请改成实际内容。").format(text=text.strip())
        )


def read_sheet_day(text: str, hints: Hints) -> date | None:
    """Read a day as ``read_day``, and 3月5日 with the sheet's year, 46086, a day with a time."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if found := _NO_YEAR.fullmatch("".join(plain.split())):
        return _in_year(text, hints.year, int(found[1]), int(found[2]))
    if found := _SERIAL.fullmatch(plain):
        return _from_serial(int(found[1]), hints)
    try:
        return read_day(plain.replace("号", "日"))
    except InvalidInput:
        moment = _moment_or_none(plain)
        if moment is None:
            raise
        return china_day(moment)


def read_sheet_moment(text: str, hints: Hints) -> datetime | None:
    """Read a day and time as ``read_moment``; seconds are left out, Excel's numbers are days."""
    plain = unicodedata.normalize("NFKC", text).strip()
    moment = _moment_or_none(plain)
    if moment is not None or not plain:
        return moment
    day = read_sheet_day(plain, hints)
    return read_moment(day.isoformat()) if day else None


def read_sheet_fen(text: str, heading: str) -> int | None:
    """Read an amount in yuan; under a heading that says 万元 a bare number counts 10,000 yuan."""
    plain = unicodedata.normalize("NFKC", text).strip()
    bare = bool(plain) and _BARE_AMOUNT.fullmatch(plain)
    return read_fen(plain + "万" if bare and _IN_WAN.search(heading) else plain)


def read_flag(text: str) -> bool:
    """Read yes or no in any of the usual words and ticks; InvalidInput for other words."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if plain and plain not in _YES and plain not in _NO:
        raise InvalidInput(
            "", _("“{text}”看不出是或否，请填“是”或“否”。").format(text=text.strip())
        )
    return plain in _YES


def _moment_or_none(text: str) -> datetime | None:
    try:
        return read_moment(
            re.sub(r"([:时分]\d{1,2}):\d{2}(\.\d+)?$", r"\1", text.replace("T", " "))
        )
    except InvalidInput:
        return None


def _in_year(text: str, year: int | None, month: int, number: int) -> date:
    if year is None:
        raise InvalidInput(
            "", _("日期“{text}”没有年份，请写全，如 2026-05-12。").format(text=text.strip())
        )
    return read_day(f"{year}-{month}-{number}") or date.min


def _from_serial(serial: int, hints: Hints) -> date:
    start = date(1904, 1, 1) if hints.from_1904 else date(1899, 12, 30)
    day = start + timedelta(days=serial)
    if not 1950 <= day.year < 2100:
        raise InvalidInput(
            "", _("日期“{text}”读不懂，请写成 2026-05-12 或 20260512。").format(text=serial)
        )
    return day
