from __future__ import annotations

from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from integrity_desk.documents.spreadsheet_reading import read_rows
from integrity_desk.documents.spreadsheets import Export, write_csv, write_xlsx
from integrity_desk.errors import Cancelled, DeskError

HEADINGS = ("编号", "承诺人", "身份证号", "备注")
ROWS = [
    ("承诺2026-02-0001", "王𬭛", "350526199001011234", "=HYPERLINK(1)"),
    ("承诺2026-02-0002", "示例\n分行", "000123", "-5"),
    ("承诺2026-02-0003", '引号"逗号,', "", "+cmd|' /C calc'!A0"),
]
WRITERS = pytest.mark.parametrize(
    ("write", "name"), [(write_xlsx, "表.xlsx"), (write_csv, "表.csv")]
)


def export(rows=ROWS):
    about = (("导出人", "示例经办员"), ("筛选条件", "全部"))
    return Export(title="示例登记簿", headings=HEADINGS, rows=rows, about=about)


@WRITERS
def test_what_is_written_is_read_back(write, name, tmp_path):
    assert write(tmp_path / name, export()) == 3
    read = [values for _, values in read_rows(tmp_path / name)]
    assert [tuple(values.values()) for values in read] == ROWS


@WRITERS
def test_a_stopped_export_leaves_nothing_behind(write, name, tmp_path):
    def stop(done):
        raise Cancelled

    with pytest.raises(Cancelled):
        write(tmp_path / name, export(ROWS * 100), stop)
    assert list(tmp_path.iterdir()) == []


@WRITERS
def test_a_folder_that_is_not_there_is_a_sentence(write, name, tmp_path):
    with pytest.raises(DeskError, match="无法写入"):
        write(tmp_path / "gone" / name, export())


def test_nothing_in_an_xlsx_is_a_formula_and_numbers_stay_text(tmp_path):
    write_xlsx(tmp_path / "a.xlsx", export())
    sheet = load_workbook(tmp_path / "a.xlsx")["数据"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}


def test_nothing_in_a_csv_starts_a_formula(tmp_path):
    write_csv(tmp_path / "a.csv", export())
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert ",'=HYPERLINK" in content.decode()
    assert ",-5\r\n" in content.decode()


def test_the_cover_says_who_what_and_how_many(tmp_path):
    write_xlsx(tmp_path / "a.xlsx", export())
    cover = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    *said, (digest, value) = cover.iter_rows(values_only=True)
    assert digest == "内容摘要"
    assert len(value) == 64
    assert [tuple(row) for row in said] == [
        ("示例登记簿", None),
        ("导出人", "示例经办员"),
        ("筛选条件", "全部"),
        ("条数", "3"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_of_any_usual_encoding_is_read(encoding, tmp_path):
    (tmp_path / "a.csv").write_bytes("姓名,日期\n王䶮,2026年2月3日\n".encode(encoding))
    assert list(read_rows(tmp_path / "a.csv")) == [(2, {"姓名": "王䶮", "日期": "2026-02-03"})]


def test_typed_cells_become_plain_text(tmp_path):
    book = Workbook()
    book.active.append(["示例登记表"])
    book.active.append([])
    book.active.append(["日期", "时间", "数量", "金额", "是否", "文字日期"])
    book.active.append(
        [date(2026, 2, 3), datetime(2026, 2, 3, 8, 30), 12.0, 8.5, True, " 2026/2/3 "]
    )
    book.save(tmp_path / "a.xlsx")
    assert list(read_rows(tmp_path / "a.xlsx")) == [
        (
            4,
            {
                "日期": "2026-02-03",
                "时间": "2026-02-03 08:30",
                "数量": "12",
                "金额": "8.5",
                "是否": "是",
                "文字日期": "2026-02-03",
            },
        )
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 and then rubbish", "不是完好的表格"),
        (b"\xd0\xcf\x11\xe0 old Excel", "旧版"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\xff", "不是表格文件"),
        (b"", "没有找到表头行"),
        ("姓名,姓名\n甲,乙\n".encode(), "出现了两次"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(content, said, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(content)
    with pytest.raises(DeskError, match=said):
        list(read_rows(tmp_path / "坏.xlsx"))


def test_a_missing_file_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(DeskError, match="无法读取"):
        list(read_rows(tmp_path / "none.xlsx"))
