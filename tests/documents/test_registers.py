from __future__ import annotations

import re
from datetime import date

import pytest

from integrity_desk.documents.fonts import MissingCharacter
from integrity_desk.documents.preview import page_count, page_text
from integrity_desk.documents.registers import render_register, write_register
from integrity_desk.errors import Cancelled
from tests.documents.conftest import COLUMNS, PROMISE, squeezed


def register(fonts, cells, **options):
    return render_register(
        title="示例镇承诺登记簿",
        subtitle="填报单位：示例镇人民政府",
        columns=COLUMNS,
        rows=cells,
        made_on=date(2026, 2, 3),
        fonts=fonts,
        footer="示例登记点打印",
        **options,
    )


def cells(count):
    for at in range(1, count + 1):
        yield (str(at), f"示例{at:05d}号站", f"{PROMISE}其{at}", "2026-06-30", "王𬭛")


def test_a_register_of_twenty_thousand_rows_loses_no_row(fonts, reader):
    pdf = register(fonts, cells(20_000))
    said = squeezed(reader.text(pdf, "-raw"))
    assert reader.check(pdf) == ""
    assert said.count("王𬭛") == 20_000
    found = set(re.findall(r"示例(\d{5})号站", said))
    assert found == {f"{at:05d}" for at in range(1, 20_001)}
    assert {flags for _, flags in reader.fonts(pdf)} == {("yes", "yes", "yes")}


def test_head_and_page_count_stand_on_every_page(fonts, reader):
    pages = reader.pages(register(fonts, cells(100)))
    for number, page in enumerate(pages, start=1):
        assert "承诺事项" in page
        assert f"第{number}页共{len(pages)}页" in squeezed(page)
        assert "示例登记点打印" in page


def test_a_row_taller_than_a_page_is_split_between_lines(fonts):
    tall = "；".join(f"（{at}）{PROMISE}" for at in range(120))
    pdf = register(fonts, [("1", "示例站", tall, "2026-06-30", "在办"), *cells(2)])
    said = "".join(squeezed(page_text(pdf, at)) for at in range(page_count(pdf)))
    assert page_count(pdf) > 2
    assert all(f"（{at}）" in said for at in range(120))


def test_an_empty_register_still_shows_its_head(fonts, reader):
    pdf = register(fonts, [])
    assert reader.check(pdf) == ""
    assert "承诺事项" in reader.text(pdf)


def test_the_same_rows_give_the_same_bytes(fonts):
    assert register(fonts, cells(50)) == register(fonts, cells(50))


def test_a_missing_character_names_row_and_column(fonts):
    with pytest.raises(MissingCharacter, match="第2行“履行情况”"):
        register(fonts, [*cells(1), ("2", "示例站", "承诺", "2026-06-30", "𡒄")])


def test_progress_counts_rows_and_may_stop_the_work(fonts, tmp_path):
    seen = []
    register(fonts, cells(450), progress=seen.append)
    assert seen == [200, 400, 450]

    def stop(done):
        raise Cancelled

    target = tmp_path / "register.pdf"
    with pytest.raises(Cancelled):
        write_register(
            target, title="示例", subtitle="", columns=COLUMNS, rows=cells(450),
            made_on=date(2026, 2, 3), fonts=fonts, progress=stop,
        )  # fmt: skip
    assert not target.exists()
