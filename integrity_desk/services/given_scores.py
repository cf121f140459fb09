"""Points of third parties, read from a spreadsheet: one row a unit, one column an indicator."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from integrity_desk.domain.fields import Id
from integrity_desk.domain.scoring import HUNDRED
from integrity_desk.errors import InvalidInput
from integrity_desk.services.spreadsheet_layout import ID_HEADING
from integrity_desk.wording import N_, _

UNIT_HEADINGS = (N_("单位"), N_("单位名称"), N_("被考核单位"))
"""Headings under which a unit's name is looked for."""

NUMBER_HEADING = "考核编号"
"""Heading of the column that says which evaluation a table is for."""
MARKS = (ID_HEADING, NUMBER_HEADING)
"""Hidden columns of a table that is handed out, by which it is recognised when it comes back."""

Given = dict[Id, dict[Id, int]]
"""Indicator id -> unit id -> hundredths of a point."""


def read_given(
    path: Path, indicators: Mapping[str, Id], units: Mapping[Id, str], number: str
) -> Given:
    """Return the points of every indicator that has a column; an empty cell gives none.

    A table that was exported knows its units by their marks, and the evaluation by its number.
    InvalidInput names the row for another evaluation, an unknown unit, a unit that stands twice,
    or what is no number.
    """
    from integrity_desk.documents.spreadsheet_reading import (  # noqa: PLC0415  (lazy: openpyxl)
        read_rows,
    )

    unit_ids = {name: unit_id for unit_id, name in units.items()}
    given: Given = {}
    seen: set[Id] = set()
    for row, cells in read_rows(path):
        known = {heading: cells[heading] for heading in indicators if heading in cells}
        if not known:
            raise InvalidInput("", _no_column(indicators))
        _check_number(row, cells, number)
        mark = cells.get(ID_HEADING, "")
        unit_id = mark if mark in units else unit_ids.get(_unit_name(cells))
        if unit_id is None:
            raise _refused(row, _("单位“{name}”不在考核范围内").format(name=_unit_name(cells)))
        if unit_id in seen:
            raise _refused(row, _("单位“{name}”出现了两次").format(name=_unit_name(cells)))
        seen.add(unit_id)
        for heading, text in known.items():
            if text.strip():
                given.setdefault(indicators[heading], {})[unit_id] = _points(row, heading, text)
    if not given:
        raise InvalidInput("", _("表格里没有评分，没有导入任何内容。"))
    return given


def hundredths(text: str) -> int:
    """Read a number of points: "87.5" is 8750; InvalidInput when it is none."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise InvalidInput(
            "value", _("“{text}”不是数，请填写0至100的数。").format(text=text)
        ) from None
    if not number.is_finite() or not 0 <= number <= HUNDRED:
        raise InvalidInput("value", _("评分应在0至100之间。"))
    return round(number * HUNDRED)


def _check_number(row: int, cells: Mapping[str, str], number: str) -> None:
    told = cells.get(NUMBER_HEADING, "").strip()
    if told not in ("", number):
        raise _refused(row, _("这是另一次考核（{number}）的评分表").format(number=told))


def _points(row: int, heading: str, text: str) -> int:
    try:
        return hundredths(text)
    except InvalidInput as problem:
        raise _refused(
            row, _("“{heading}”：{problem}").format(heading=heading, problem=problem.sentence)
        ) from problem


def _unit_name(cells: Mapping[str, str]) -> str:
    headings = (*UNIT_HEADINGS, *(_(each) for each in UNIT_HEADINGS))
    return next((cells[each].strip() for each in headings if cells.get(each)), "")


def _no_column(indicators: Mapping[str, Id]) -> str:
    return _("表格里没有与评分指标同名的列。需要的列：单位、{names}。").format(
        names=_("、").join(indicators)
    )


def _refused(row: int, problem: str) -> InvalidInput:
    return InvalidInput(
        "",
        _("第{row}行：{problem}。没有导入任何内容。").format(row=row, problem=problem.rstrip("。")),
    )
