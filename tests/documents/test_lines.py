from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity_desk.documents.fonts import Fonts, Role
from integrity_desk.documents.lines import (
    CLOSING,
    FULL_WIDTH,
    MAX_STRETCH,
    OPENING,
    set_paragraph,
    widest_word,
    wrap,
)

FACE = Fonts(bundled_only=True).typeface(Role.BODY)

PARAGRAPHS = (
    "为进一步推进政务诚信建设（以下简称“诚信建设”），提高办事效率，根据《优化营商环境条例》《保障"
    "中小企业款项支付条例》等规定，本镇就便民服务、招商引资、账款清偿等事项作出承诺，现予公示。",
    "“一窗受理”“一次告知”“限时办结”——凡材料齐全的，当场受理；材料不齐的，一次告知（书面形式）；"
    "需要上报的，自受理之日起5个工作日内上报，逾期的，由首问责任人书面说明理由。",
    "截至2026年6月30日，全镇共登记承诺事项1,286项，已履行1,173项（占91.2%），按期履行中81项，逾期"
    "整改32项；涉及账款8,640.27万元，已清偿8,512.90万元，清偿率98.5%，较上年提高4.2个百分点……",
    "监测结果为：COD≤50mg/L、NH3-N≤5mg/L；参照GB 18918—2002《城镇污水处理厂污染物排放标准》执行。",
    "任何单位和个人对公示内容有异议的，可以书面、口头、电话、网络等任何一种方式，向本镇党政办公室反映！",
)


def width_of(line):
    return FACE.width(line.text) + sum(gap for _, gap in line.pieces) + line.indent


@pytest.mark.parametrize("measure", [9000, 13500, 17250, 21000, 28000])
@pytest.mark.parametrize("paragraph", PARAGRAPHS)
class TestParagraph:
    def test_loses_no_character(self, paragraph, measure):
        lines = set_paragraph(paragraph, FACE, measure, indent=2000)
        assert "".join(line.text for line in lines).replace(" ", "") == paragraph.replace(" ", "")

    def test_no_line_begins_or_ends_with_a_forbidden_mark(self, paragraph, measure):
        lines = set_paragraph(paragraph, FACE, measure, indent=2000)
        assert [line.text for line in lines[1:] if line.text[0] in CLOSING] == []
        assert [line.text for line in lines[:-1] if line.text[-1] in OPENING] == []

    def test_only_the_empty_half_of_a_mark_stands_outside(self, paragraph, measure):
        for line in set_paragraph(paragraph, FACE, measure, indent=2000):
            last = line.text[-1]
            blank = FACE.blanks(last)[1] if last in FULL_WIDTH else 0
            assert width_of(line) - blank <= measure + 1

    def test_no_gap_grows_so_far_that_readers_copy_a_space(self, paragraph, measure):
        for line in set_paragraph(paragraph, FACE, measure, indent=2000):
            for (text, gap), (after, _) in zip(line.pieces, line.pieces[1:], strict=False):
                mixed = text.isascii() != after.isascii()
                assert gap <= MAX_STRETCH + (125 if mixed else 0) + 0.01


@pytest.mark.parametrize("measure", [13500, 17250, 21000, 28000])
@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_no_character_is_left_alone_on_the_last_line(paragraph, measure):
    lines = set_paragraph(paragraph, FACE, measure, indent=2000)
    assert len(lines) == 1 or len(lines[-1].text.rstrip("，。；！…）")) >= 2


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_full_lines_of_han_text_end_at_the_measure(paragraph):
    lines = set_paragraph(paragraph, FACE, 28000, indent=2000)
    for line in lines[:-1]:
        assert width_of(line) >= 28000 - 1


def test_numbers_dates_and_words_stay_whole():
    for paragraph in PARAGRAPHS:
        text = "\n".join(line.text for line in set_paragraph(paragraph, FACE, 13500))
        for word in ("1,286", "8,640.27", "98.5%", "COD≤50mg/L"):
            assert (word in paragraph) == (word in text)


def test_dashes_and_ellipses_are_not_divided():
    for measure in range(3000, 9000, 250):
        lines = [line.text for line in set_paragraph("承诺——就是债……必须还", FACE, measure)]
        assert any("——" in line for line in lines)
        assert any("……" in line for line in lines)


def test_adjacent_marks_share_the_space_of_one_half():
    [line] = set_paragraph("《条例》（试行）", FACE, 100_000)
    assert width_of(line) < FACE.width("《条例》（试行）") - 400


def test_a_word_wider_than_the_line_is_broken_rather_than_printed_over_the_edge():
    for line in set_paragraph("https://example.invalid/" + "a" * 80, FACE, 6000):
        assert width_of(line) <= 6000


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_cells_obey_the_same_rules(paragraph):
    lines = wrap(paragraph, FACE.advances, 9000)
    assert "".join(lines).replace(" ", "") == paragraph.replace(" ", "")
    assert [line for line in lines[1:] if line[0] in CLOSING] == []
    assert [line for line in lines[:-1] if line[-1] in OPENING] == []
    assert all(FACE.width(line) <= 9000 + 500 for line in lines)


def test_a_line_break_in_a_cell_is_kept():
    assert wrap("第一行\n\n第三行", FACE.advances, 9000) == ["第一行", "", "第三行"]


def test_the_widest_word_is_what_a_column_must_hold():
    assert widest_word("期限2026-06-30", FACE.advances) == FACE.width("2026-06-30")


@given(
    st.text(alphabet="承诺公示，。（）《》“”——……1a 、%", max_size=60),
    st.integers(min_value=2, max_value=12),
)
def test_any_text_is_set_whole_at_any_measure(text, ems):
    paragraph = "".join(line.text for line in set_paragraph(text, FACE, ems * 1000))
    cells = "".join(wrap(text, FACE.advances, ems * 1000))
    assert paragraph.replace(" ", "") == text.replace(" ", "")
    assert cells.replace(" ", "") == text.replace(" ", "")
