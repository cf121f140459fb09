"""What leaves the desk as a spreadsheet, read with openpyxl and as bare XML."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from integrity_desk.domain.access import Handout
from integrity_desk.services.registers import Filter
from integrity_desk.services.spreadsheets import ExportRegister

CITIZEN = "110101199003070011"
PHONE = "13800000001"
WICKED = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "＝1+1", "=cmd|' /C calc'!A0")


@pytest.fixture
def export(office, tmp_path):
    """Return ``export(type)``: the path of a register written out."""

    def act(type_name, name="out.xlsx", by="clerk", in_full=False, reason="", **narrowed):
        path = tmp_path / name
        command = ExportRegister(
            filter=Filter(type=type_name, **narrowed), path=path, in_full=in_full, reason=reason
        )
        office.as_(by).perform(command)
        return path

    return act


def parts_of(path):
    """All XML of a workbook, unpacked."""
    with ZipFile(path) as packed:
        return {name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}


def cover_of(path):
    return dict(load_workbook(path)["说明"].iter_rows(min_row=2, values_only=True))


def test_no_cell_of_any_sheet_is_a_formula_whatever_people_wrote(office, export):
    promise = office.registered_commitment(subject=WICKED[0], content=WICKED[6], basis=WICKED[1])
    office.enter("instalment", commitment_id=promise)
    for text in WICKED:
        office.person(name="王示例", post=text)
    for path in (
        export("commitment", text=WICKED[0]),
        export("person", "people.xlsx", in_full=True, reason=WICKED[6]),
    ):
        book = load_workbook(path)
        kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
        assert kinds <= {"s", "n"}  # "n" is an empty cell
        assert not any(re.search(r"<f[ >/]", xml) for xml in parts_of(path).values())
        assert "externalLink" not in " ".join(parts_of(path))
    words = {cell.value for row in load_workbook(path)["数据"].iter_rows() for cell in row}
    assert {"=1+1", "@SUM(A1)", "＝1+1"} <= words


def test_no_csv_cell_begins_with_what_runs(office, export):
    for text in WICKED:
        office.person(name="王示例", post=text)
    path = export("person", "out.csv", text=WICKED[0])
    for written in (path, path.with_name("out-说明.csv")):
        lines = written.read_text("utf-8-sig").splitlines()
        starts = {cell[:1] for line in lines for cell in re.split(r',"?|^"?', line) if cell}
        assert not starts & set("=+@＝＋－＠")


def test_full_numbers_are_in_no_part_of_the_file_unless_asked_for_and_permitted(office, export):
    office.person(citizen_id=CITIZEN, phone=PHONE)
    office.complaint(reporter={"name": "赵甲示例", "phone": "13800000009"})
    for path in (export("person"), export("complaint", "c.xlsx", by="reviewer")):
        everything = " ".join(parts_of(path).values())
        for secret in (CITIZEN, PHONE, "赵甲示例", "13800000009"):
            assert secret not in everything
        assert cover_of(path)["隐私内容"].startswith("已遮盖")
    full = export("person", "full.xlsx", in_full=True, reason="核对示例档案")
    assert CITIZEN in " ".join(parts_of(full).values())
    assert cover_of(full)["隐私内容"] == "未遮盖，理由：核对示例档案"


def test_the_digest_on_the_cover_is_that_of_the_rows_as_anybody_can_count_it(office, export):
    promise = office.registered_commitment()
    office.commitment(subject="示例第二项")
    office.enter("instalment", commitment_id=promise)
    path = export("commitment")
    told = sha256()
    book = load_workbook(path)
    for sheet in book.worksheets[1:]:
        heads, *rows = ([value or "" for value in row] for row in sheet.iter_rows(values_only=True))
        for parts in ([sheet.title, heads], *([row] for row in rows)):
            told.update(json.dumps(parts, ensure_ascii=False).encode() + b"\n")
    assert cover_of(path)["内容摘要"] == told.hexdigest()
    assert cover_of(path)["条数"] == "2"
    assert cover_of(path)["其中：分期兑付"] == "1"


def test_every_handing_out_is_kept_with_who_what_and_the_bytes(office, export):
    office.registered_commitment()
    path = export("commitment", states=("registered",))
    (kept,) = office.reading().find(Handout)
    assert kept.digest == sha256(path.read_bytes()).hexdigest()
    assert kept.handed_by == office.account("clerk").id
    assert kept.narrowed == cover_of(path)["筛选条件"] == "状态：已登记"
    assert str(kept.rows) == cover_of(path)["条数"] == "1"
    assert cover_of(path)["导出人"] == office.account("clerk").name
    assert cover_of(path)["导出时间"].startswith("2026-05-12")
