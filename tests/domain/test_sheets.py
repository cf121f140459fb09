from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from integrity_desk.domain.sheets import (
    Align,
    Column,
    NoticeSheet,
    Row,
    SheetMark,
    parse_qr_text,
    sheet_code,
    sheet_digest,
    sheet_from_json,
    sheet_json,
    sheet_qr_text,
)
from integrity_desk.errors import InvalidInput

SHEET = NoticeSheet(
    kind="承诺公示",
    number="公示2026-02-0003",
    version=2,
    issuer="示例镇人民政府",
    title="关于承诺事项的公示",
    lead=("现予公示。",),
    columns=(Column(heading="序号", align=Align.CENTER), Column(heading="事项", width=3)),
    rows=(Row(cells=("1", "五日办结"), place="承诺2026-02-0001"),),
    posted_from=date(2026, 2, 3),
    posted_until=date(2026, 2, 12),
    place="公开栏",
    contact="党政办公室",
    phone="0000-12345678",
    closing="特此公示。",
    issued_on=date(2026, 2, 2),
)


def test_the_code_is_the_head_of_the_digest():
    assert sheet_code(SHEET).replace("-", "").lower() == sheet_digest(SHEET)[:12]


def test_the_code_of_a_sheet_never_changes():
    assert sheet_code(SHEET) == "735F-A42B-D031"


@pytest.mark.parametrize(
    "change",
    [
        {"version": 3},
        {"title": "关于承诺事项的公告"},
        {"posted_until": date(2026, 2, 13)},
        {"rows": (Row(cells=("1", "六日办结")),)},
        {"columns": (Column(heading="序号"), Column(heading="事项", width=3))},
    ],
)
def test_any_change_of_what_is_printed_changes_the_digest(change):
    assert sheet_digest(dataclasses.replace(SHEET, **change)) != sheet_digest(SHEET)


def test_what_is_not_printed_does_not_change_the_digest():
    moved = dataclasses.replace(SHEET, rows=(Row(cells=("1", "五日办结"), place="别处"),))
    assert sheet_digest(moved) == sheet_digest(SHEET)


def test_a_kept_sheet_is_printed_again_the_same():
    again = sheet_from_json(sheet_json(SHEET))
    assert sheet_json(again) == sheet_json(SHEET)
    assert again.columns == SHEET.columns


@pytest.mark.parametrize("text", ["", "{}", '{"columns": 1}'])
def test_a_damaged_kept_sheet_is_a_sentence(text):
    with pytest.raises(InvalidInput):
        sheet_from_json(text)


def test_the_qr_code_names_number_version_and_code():
    assert parse_qr_text(sheet_qr_text(SHEET)) == SheetMark(
        number="公示2026-02-0003", version=2, code=sheet_code(SHEET)
    )


@pytest.mark.parametrize("text", ["", "https://example.invalid", "INTEGRITY-DESK 9F3A v1 x"])
def test_another_qr_code_is_refused(text):
    with pytest.raises(InvalidInput):
        parse_qr_text(text)


def test_a_row_must_fit_the_columns():
    with pytest.raises(ValueError, match="1 cells"):
        dataclasses.replace(SHEET, rows=(Row(cells=("1",)),))
