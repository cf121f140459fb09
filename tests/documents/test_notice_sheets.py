from __future__ import annotations

import io
import re
from datetime import date

import pikepdf
import pytest

from integrity_desk.documents.fonts import MissingCharacter
from integrity_desk.documents.notice_looks import GOLD
from integrity_desk.documents.notice_sheets import render_notice
from integrity_desk.documents.page import MM
from integrity_desk.documents.pens import RED
from integrity_desk.documents.preview import page_count, page_text
from integrity_desk.documents.tiling import SCALE, TiledPdf
from integrity_desk.domain.notices import NoticeKind
from integrity_desk.domain.sheets import Column, Layout, Paper, Row, sheet_code
from tests.documents.conftest import COLUMNS, PROMISE, notice, rows, squeezed

PAPERS = pytest.mark.parametrize("paper", list(Paper))


@PAPERS
def test_a_notice_is_sound_and_every_font_is_embedded_as_a_subset(paper, fonts, reader):
    pdf = render_notice(notice(), paper, fonts)
    assert reader.check(pdf) == ""
    assert {flags for _, flags in reader.fonts(pdf)} == {("yes", "yes", "yes")}
    assert [name for name, _ in reader.fonts(pdf) if "Helvetica" in name] == []


@PAPERS
def test_everything_the_sheet_says_is_on_the_paper(paper, fonts, reader):
    sheet = notice()
    said = squeezed(reader.text(render_notice(sheet, paper, fonts), "-layout"))
    for words in (*sheet.lead, sheet.title, sheet.number, sheet_code(sheet), sheet.closing):
        assert squeezed(words) in said
    assert "公示期：2026年2月3日至2026年2月12日。公示地点：示例镇便民服务中心公开栏。" in said
    assert "0000-12345678" in said
    assert "2026年2月2日" in said


@PAPERS
def test_the_same_sheet_gives_the_same_bytes(paper, fonts):
    assert render_notice(notice(), paper, fonts) == render_notice(notice(), paper, fonts)


@pytest.mark.parametrize("paper", [Paper.A4, Paper.A3])
def test_a_long_list_repeats_its_head_and_loses_no_row(paper, fonts, reader):
    pages = reader.pages(render_notice(notice(rows=rows(40)), paper, fonts))
    assert len(pages) > 3
    with_rows = [page for page in pages if "已履行" in page]
    assert all("承诺单位" in page for page in with_rows)
    said = squeezed("".join(pages))
    assert said.count("2026-06-30") == 40
    assert all(f"示例{at}所" in said for at in range(1, 41))


def test_a_table_head_never_stands_without_a_row(fonts, reader):
    for lines in range(1, 14):
        lead = ("本镇就便民服务事项作出如下公开承诺，请予监督。" * 2,) * lines
        pdf = render_notice(notice(lead=lead, rows=rows(2)), Paper.A4, fonts)
        for page in reader.pages(pdf):
            assert ("承诺单位" in page) == ("2026-06-30" in page)


def test_the_seal_is_never_alone_on_a_page(fonts, reader):
    for lines in range(1, 14):
        lead = ("本镇就便民服务事项作出如下公开承诺，请予监督。" * 2,) * lines
        last = reader.pages(render_notice(notice(lead=lead, rows=()), Paper.A4, fonts))[-1]
        assert "特此公示。" in last
        assert "（公章）" in last


def test_a_row_taller_than_the_page_is_continued(fonts):
    long = "；".join(f"（{at}）{PROMISE}" for at in range(60))
    row = Row(cells=("1", "示例办公室", long, "2026-06-30", "已履行"))
    pdf = render_notice(notice(rows=(row,)), Paper.A4, fonts)
    said = "".join(squeezed(page_text(pdf, at)) for at in range(page_count(pdf)))
    assert all(f"（{at}）" in said for at in range(60))


def test_page_numbers_stand_outside_right_on_odd_and_left_on_even_pages(fonts, reader):
    text = reader.text(render_notice(notice(rows=rows(20)), Paper.A4, fonts), "-bbox")
    pages = text.split("<page ")[1:]
    sides = []
    for number, page in enumerate(pages, start=1):
        where = re.search(rf'xMin="([\d.]+)" yMin="7[\d.]+" .*>—?{number}—?</word>', page)
        sides.append("right" if float(where[1]) > 297 else "left")
    assert sides == ["right", "left"] * (len(sides) // 2) + ["right"] * (len(sides) % 2)


def test_each_page_tells_how_many_there_are(fonts, reader):
    pages = reader.pages(render_notice(notice(rows=rows(20)), Paper.A4, fonts))
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in squeezed(page)


def test_a_poster_is_one_sheet_where_it_fits_and_its_type_is_legible(fonts):
    pdf = render_notice(notice(rows=rows(2)), Paper.A3, fonts)
    assert page_count(pdf) == 1
    long = render_notice(notice(rows=rows(30)), Paper.A3, fonts)
    with pikepdf.open(io.BytesIO(long)) as opened:
        content = b"".join(page.Contents.read_bytes() for page in opened.pages)
    sizes = {float(size) for size in re.findall(rb"/F\d+ ([\d.]+) Tf", content)}
    small_print = {size for size in sizes if size < 15}
    assert min(sizes - small_print) >= 20


def test_a_missing_character_names_record_and_column(fonts):
    bad = Row(cells=("1", "示例𡒄公司", "承诺", "2026-06-30", "是"), place="承诺2026-02-0009")
    with pytest.raises(MissingCharacter, match="承诺2026-02-0009“承诺单位”"):
        render_notice(notice(rows=(bad,)), Paper.A4, fonts)


def test_metadata_language_and_outline_are_chinese(fonts, reader):
    pdf = render_notice(notice(), Paper.A4, fonts)
    info = reader.info(pdf)
    assert info["Title"] == notice().title
    assert info["Author"] == "示例镇人民政府"
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "zh-CN"
        with opened.open_outline() as outline:
            assert [item.title for item in outline.root] == [notice().title]


def test_the_file_declares_pdf_a_2b_and_carries_what_it_declares(fonts):
    pdf = render_notice(notice(), Paper.A4, fonts)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        with opened.open_metadata() as metadata:
            assert metadata.pdfa_status == "2B"
            assert metadata["dc:title"] == notice().title
            assert metadata["xmp:CreateDate"] == "2026-02-02T00:00:00+08:00"
        assert str(opened.docinfo.CreationDate) == "D:20260202000000+08'00"
        [intent] = opened.Root.OutputIntents
        profile = intent.DestOutputProfile.read_bytes()
        assert int.from_bytes(profile[:4], "big") == len(profile)
        assert profile[36:40] == b"acsp"
        assert not opened.is_encrypted


@PAPERS
def test_a_long_issuer_is_set_smaller_rather_than_over_the_code(paper, fonts, reader):
    issuer = "示例自治县某某民族乡人民政府党政综合办公室和便民服务中心联合工作领导小组"
    pdf = render_notice(notice(issuer=issuer, rows=()), paper, fonts)
    boxes = re.findall(
        r'xMin="([\d.]+)" .* xMax="([\d.]+)" .*>[^<]*</word>', reader.text(pdf, "-bbox")
    )
    width = 595 if paper is Paper.A4 else 842
    assert all(float(left) > 0 and float(right) < width for left, right in boxes)
    code = reader.pages(pdf)[-1].index("校验码")
    assert issuer in squeezed(reader.pages(pdf)[-1][:code])


# Layouts, looks and tiles


def list_of_items(**values):
    return notice(layout=Layout.LIST, **values)


@PAPERS
@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_kind_says_every_cell_in_every_layout_on_every_paper(
    kind, layout, paper, fonts, reader
):
    sheet = notice(kind=kind.label, layout=layout, rows=rows(3))
    pdf = render_notice(sheet, paper, fonts)
    assert reader.check(pdf) == ""
    said = squeezed(reader.text(pdf, "-layout"))
    for row in sheet.rows:
        for cell in row.cells[1:]:
            assert all(squeezed(part) in said for part in cell.splitlines()) or layout is (
                Layout.TABLE
            )
    assert squeezed(sheet_code(sheet)) in said


def test_a_list_names_each_item_and_says_what_its_columns_are(fonts, reader):
    said = squeezed(reader.text(render_notice(list_of_items(rows=rows(2)), Paper.A4, fonts)))
    assert "1．示例1所" in said
    assert "2．示例2所" in said
    single = notice(layout=Layout.SINGLE, rows=rows(1))
    assert "【承诺单位】" in squeezed(reader.text(render_notice(single, Paper.A4, fonts)))


def colours(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        content = b"".join(page.Contents.read_bytes() for page in opened.pages)
    found = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)", content)
    return {tuple(float(part) for part in each) for each in found}


@pytest.mark.parametrize("paper", [Paper.A3, Paper.TWO_A4])
def test_an_honour_roll_is_red_and_gold_and_an_exposure_list_has_no_red_but_the_seals_place(
    paper, fonts
):
    festive = colours(render_notice(notice(kind=NoticeKind.HONOUR_ROLL.label), paper, fonts))
    sober = colours(render_notice(notice(kind=NoticeKind.EXPOSURE_LIST.label), paper, fonts))
    assert {RED, GOLD} <= festive
    reddish = {each for each in sober if each[0] > 0.6 and each[1] < 0.5}
    assert len(reddish) == 1  # the dashed circle where the seal goes
    assert RED not in sober
    assert GOLD not in sober


def test_two_sheets_of_a4_make_one_poster_that_overlaps(fonts):
    pdf = render_notice(notice(rows=()), Paper.TWO_A4, fonts)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        sizes = [
            tuple(round(float(each) / MM) for each in page.MediaBox[2:]) for page in opened.pages
        ]
        content = [page.Contents.read_bytes().decode("latin-1") for page in opened.pages]
    assert sizes == [(297, 210)] * 2
    clips, moves = zip(*(_clip_and_move(each) for each in content), strict=True)
    shown = [
        ((bottom - move) / scale, (bottom + height - move) / scale)
        for (bottom, height), (scale, move) in zip(clips, moves, strict=True)
    ]
    (upper_low, upper_top), (lower_low, lower_top) = shown
    assert upper_top == pytest.approx(420 * MM, abs=0.5)
    assert lower_low == pytest.approx(0, abs=0.5)
    assert (lower_top - upper_low) * moves[0][0] == pytest.approx(10 * MM, abs=0.5)
    upper, lower = (squeezed(page_text(pdf, at)) for at in range(2))
    assert "下半张的上边贴到两侧刻线处" in upper
    assert "沿两侧刻线裁去上边" in lower


def _clip_and_move(content):
    clip = re.search(r"[\d.]+ ([\d.]+) [\d.]+ ([\d.]+) re W n", content)
    move = re.search(r"W n\s+([\d.]+) 0 0 [\d.]+ [\d.]+ (-?[\d.]+) cm", content)
    return tuple(map(float, clip.groups())), tuple(map(float, move.groups()))


def test_a_tiled_posters_type_is_as_large_on_the_wall_as_on_a3(fonts):
    pdf = render_notice(notice(rows=rows(30)), Paper.TWO_A4, fonts)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        content = b"".join(page.Contents.read_bytes() for page in opened.pages)
    scale = float(re.search(rb"W n\s+([\d.]+) 0 0", content)[1])
    sizes = {float(size) * scale for size in re.findall(rb"/F\d+ ([\d.]+) Tf", content)}
    assert min(size for size in sizes if size > 15) >= 20 - 0.1


def _baselines(pdf, page):
    """Where text stands on the poster: the baselines of what is drawn on its A3."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        content = opened.pages[page].Contents.read_bytes().decode("latin-1")
    inside = content[content.index("W n") :]
    return [float(each) for each in re.findall(r"1 0 0 1 [\d.]+ ([\d.]+) Tm", inside)]


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("count", [4, 12])
def test_nothing_is_written_across_the_seam_of_a_tiled_poster(layout, count, fonts):
    pdf = render_notice(notice(rows=rows(count), layout=layout), Paper.TWO_A4, fonts)
    upper, lower = seam = TiledPdf(
        fonts, title="", subject="", author="", made_on=date(2026, 2, 2)
    ).seam
    assert upper - lower >= 10 * MM / SCALE
    for page in range(0, page_count(pdf), 2):
        on_the_poster = [y for y in _baselines(pdf, page) if y > 30]
        assert any(y > upper for y in on_the_poster)
        assert not [y for y in on_the_poster if lower - 2 < y < upper], seam


def test_words_of_one_half_of_a_tiled_poster_are_not_hidden_in_the_other(fonts):
    pdf = render_notice(notice(rows=rows(12)), Paper.TWO_A4, fonts)
    said = "".join(squeezed(page_text(pdf, at)) for at in range(page_count(pdf)))
    for at in range(1, 13):
        assert said.count(f"示例{at}所") == 1
    assert said.count("特此公示。") == 1


def test_a_table_that_goes_on_below_the_seam_has_its_head_there_again(fonts):
    pdf = render_notice(notice(rows=rows(12)), Paper.TWO_A4, fonts)
    for half in (2, 3):
        assert squeezed(page_text(pdf, half)).count("承诺单位") == 1


def test_columns_that_cannot_fill_their_share_leave_it_to_longer_texts(fonts):
    wide = notice(columns=(*COLUMNS[:1], Column(heading="承诺单位", width=20), *COLUMNS[2:]))
    assert page_count(render_notice(wide, Paper.A4, fonts)) == page_count(
        render_notice(notice(), Paper.A4, fonts)
    )
