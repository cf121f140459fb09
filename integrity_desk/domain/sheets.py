"""What a printed sheet says, apart from how it looks; and the digest that proves it unchanged.

The digest is SHA-256 over the canonical JSON of everything printed. Its first twelve
hexadecimal digits stand on the sheet as ``9F3A-6C21-77E0`` and in its QR code, so a sheet on
a wall can be checked against the store without a network.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from integrity_desk.domain.fields import Choice
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import _


class Paper(Choice):
    """The papers a notice is printed on."""

    A4 = "a4", "A4 公文"
    A3 = "a3", "A3 张贴"
    TWO_A4 = "two_a4", "两张A4拼贴"


class Layout(Choice):
    """How the items of a notice stand on its sheet."""

    TABLE = "table", "表格"
    LIST = "list", "列表"
    SINGLE = "single", "单项"


class Align(Enum):
    """Where the text of a column stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a printed table; widths are relative to each other."""

    heading: str
    width: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a printed table; ``place`` names its record in error messages, unprinted."""

    cells: tuple[str, ...]
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class NoticeSheet:
    """Everything that one printed version of a notice says."""

    kind: str
    number: str
    version: int
    issuer: str
    title: str
    lead: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    posted_from: date
    posted_until: date
    place: str
    contact: str
    phone: str
    closing: str
    issued_on: date
    layout: Layout = Layout.TABLE
    withheld: tuple[str, ...] = ()
    """The grounds on which words are left out, numbered when there are several."""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"row {row.place!r}: {len(row.cells)} cells")


@dataclass(frozen=True, kw_only=True)
class RecoverySheet:
    """The sheet that opens the store on the day its password is lost."""

    unit: str
    desk: str
    code: str
    made_on: date

    @property
    def groups(self) -> tuple[str, ...]:
        """The code in the groups in which it is read out and typed."""
        if "-" in self.code:
            return tuple(self.code.split("-"))
        return tuple(self.code[at : at + 5] for at in range(0, len(self.code), 5))


@dataclass(frozen=True, kw_only=True)
class SheetMark:
    """What a sheet's QR code says about it."""

    number: str
    version: int
    code: str


def sheet_json(sheet: NoticeSheet) -> str:
    """Return the canonical JSON of what is printed: sorted keys, no spaces, ISO dates."""
    content = dataclasses.asdict(sheet)
    for row in content["rows"]:
        del row["place"]
    if sheet.layout is Layout.TABLE:  # sheets printed before there were others keep their code
        del content["layout"]
    if not sheet.withheld:
        del content["withheld"]
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def sheet_from_json(text: str) -> NoticeSheet:
    """Return the sheet that ``sheet_json`` wrote; InvalidInput when the text is not one."""
    try:
        content = json.loads(text)
        columns = tuple(
            Column(**{**column, "align": Align(column["align"])}) for column in content["columns"]
        )
        rows = tuple(Row(cells=tuple(row["cells"])) for row in content["rows"])
        days = {name: date.fromisoformat(content[name]) for name in _DAYS}
        read = {
            **days,
            "columns": columns,
            "rows": rows,
            "lead": tuple(content["lead"]),
            "withheld": tuple(content.get("withheld", ())),
            "layout": _layout(content.get("layout", Layout.TABLE.value)),
        }
        return NoticeSheet(**{**content, **read})
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise InvalidInput("", _("存档的公示内容已损坏，无法重新打印。")) from error


def sheet_digest(sheet: NoticeSheet) -> str:
    """Return the SHA-256 of the printed content, 64 hexadecimal digits."""
    return hashlib.sha256(sheet_json(sheet).encode()).hexdigest()


def sheet_code(sheet: NoticeSheet) -> str:
    """Return the code printed on the sheet, e.g. ``9F3A-6C21-77E0``."""
    return code_of(sheet_digest(sheet))


def sheet_qr_text(sheet: NoticeSheet) -> str:
    """Return the text of the sheet's QR code."""
    return qr_text_of(sheet_code(sheet), sheet.version, sheet.number)


def code_of(digest: str) -> str:
    """Return the printed code of a digest: its first twelve digits in groups of four."""
    return "-".join(_in_groups(digest[:12].upper(), 4))


def qr_text_of(code: str, version: int, number: str) -> str:
    """Return the text of a QR code; the number stands last, being Chinese."""
    return f"{_QR_MARK} {code} v{version} {number}"


def parse_qr_text(text: str) -> SheetMark:
    """Read what a scanner typed; InvalidInput when it is not the code of one of our sheets."""
    found = _QR_TEXT.fullmatch(text.strip())
    if found is None:
        raise InvalidInput("code", _("这不是本系统公示单上的二维码内容，请重新扫描或输入校验码。"))
    return SheetMark(
        number=found["number"], version=int(found["version"]), code=found["code"].upper()
    )


_QR_MARK = "INTEGRITY-DESK"
_QR_TEXT = re.compile(
    rf"{_QR_MARK} (?P<code>(?:[0-9A-F]{{4}}-){{2}}[0-9A-F]{{4}}) v(?P<version>\d{{1,6}})"
    r" (?P<number>\S.*)",
    re.IGNORECASE,
)
_DAYS = ("posted_from", "posted_until", "issued_on")


def _layout(code: str) -> Layout:
    return next(each for each in Layout if each.value == code)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (Align, Layout)):
        return str(value.value)
    raise TypeError(f"not printable: {value!r}")


def _in_groups(text: str, size: int) -> Sequence[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]
