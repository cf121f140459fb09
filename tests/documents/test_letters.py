"""Letters stand on the grid of GB/T 9704, and many of them are one file."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from itertools import pairwise

import pytest

from integrity_desk.documents.fonts import MissingCharacter
from integrity_desk.documents.letters import CHARACTERS, LINES, render_letter, render_letters
from integrity_desk.documents.page import BODY_LEADING
from integrity_desk.domain.letters import BlankLine, Heading, Letter, letter_code
from integrity_desk.domain.reports import Paragraph, Table
from tests.documents.conftest import COLUMNS, rows, squeezed

LONG = "本单位对承诺事项逐项核对并按期兑现接受社会监督" * 40


def letter(**changes: object) -> Letter:
    content: dict[str, object] = {
        "title": "受理告知书",
        "number": "文2026-01-0001",
        "version": 1,
        "issuer": "示例镇人民政府",
        "addressee": "示例公司",
        "blocks": (
            Paragraph(text="来件收悉，已经受理。"),
            Heading(text="一、事项"),
            Paragraph(text="示例事项。"),
            BlankLine(label="接收人（签名）："),
        ),
        "issued_on": date(2026, 5, 12),
    }
    return Letter(**{**content, **changes})


def baselines(reader, pdf, page=1):
    """Heights above the lower edge at which Song text of the body size stands on a page."""
    said = reader._run("pdftotext", "-bbox", "-f", str(page), "-l", str(page),
                       reader._kept(pdf), "-")  # fmt: skip
    words = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)<', said)
    return sorted(
        {
            round(float(low), 1)
            for low, _high, text in words
            if "逐项核对" in text or "社会监督" in text
        }
    )


def test_a_full_page_has_twenty_two_lines_of_twenty_eight_characters(fonts, reader):
    plain = letter(letterhead=False, sealed=False, addressee="", blocks=(Paragraph(text=LONG),) * 3)
    pdf = render_letter(plain, fonts)
    lines = [
        line.strip()
        for line in reader.text(pdf, "-layout", "-f", "2", "-l", "2").splitlines()
        if "—" not in line and "文2026" not in line and line.strip()
    ]
    assert len(lines) == LINES
    assert max(len(line) for line in lines) == CHARACTERS


def test_lines_stand_one_leading_apart_and_begin_again_on_the_grid_after_a_table(fonts, reader):
    table = Table(columns=COLUMNS, rows=rows(1))
    blocks = (Paragraph(text=LONG[:100]), table, Paragraph(text=LONG[:100]))
    found = baselines(reader, render_letter(letter(blocks=blocks, sealed=False), fonts))
    assert len(found) >= 5
    steps = [(each - found[0]) / BODY_LEADING for each in found]
    assert all(abs(each - round(each)) < 0.02 for each in steps)


def test_a_letter_says_what_it_holds_and_proves_itself(fonts, reader):
    pdf = render_letter(letter(), fonts)
    said = squeezed(reader.text(pdf, "-raw"))
    for text in ("示例镇人民政府", "受理告知书", "示例公司：", "一、事项", "2026年5月12日"):
        assert text in said
    assert f"校验码：{letter_code(letter())}" in said
    assert reader.check(pdf) == ""
    assert {flags for _, flags in reader.fonts(pdf)} == {("yes", "yes", "yes")}
    assert reader.info(pdf)["Title"] == "受理告知书"


def test_a_letter_without_a_number_proves_nothing(fonts, reader):
    said = squeezed(reader.text(render_letter(letter(number="", version=0), fonts)))
    assert "校验码" not in said
    assert "打印时编号" in said


def test_a_heading_is_not_left_behind_by_the_last_paragraph(fonts, reader):
    for length in range(280, 420, 28):
        blocks = (
            Paragraph(text=LONG[:length]), Heading(text="三、处理意见"), Paragraph(text="照办。"),
        )  # fmt: skip
        pages = reader.pages(render_letter(letter(blocks=blocks), fonts))
        (page,) = [each for each in pages if "三、处理意见" in each]
        assert "照办" in page


def test_a_line_or_two_too_many_are_brought_onto_the_page_of_the_others(fonts, reader):
    """GB/T 9704-2012, 7.3.5.4: the lines come closer, rather than a seal on a page of its own."""
    lengths = range(28 * 9, 28 * 15, 28)
    made = [render_letter(letter(blocks=(Paragraph(text=LONG[:n]),)), fonts) for n in lengths]
    pages = [len(reader.pages(pdf)) for pdf in made]
    steps = [_steps(baselines(reader, pdf)) for pdf in made]
    assert pages[0] == 1
    assert pages[-1] == 2
    assert steps[0] == pytest.approx(BODY_LEADING, abs=0.1)
    assert steps[-1] == pytest.approx(BODY_LEADING, abs=0.1)  # closer would save nothing
    closer = [step for step, count in zip(steps, pages, strict=True) if count == 1]
    assert BODY_LEADING * LINES / 25 - 0.1 < min(closer) < BODY_LEADING - 0.5


def _steps(found):
    return min(after - before for before, after in pairwise(found))


def test_lines_to_sign_stay_together_with_their_heading_and_the_seal(fonts, reader):
    blanks = tuple(BlankLine(label=f"签名{at}：") for at in range(3))
    for length in range(28 * 6, 28 * 24, 28):
        blocks = (Paragraph(text=LONG[:length]), Heading(text="三、反馈"), *blanks)
        pages = [
            squeezed(page) for page in reader.pages(render_letter(letter(blocks=blocks), fonts))
        ]
        [page] = [each for each in pages if "三、反馈" in each]
        for words in ("签名0：", "签名1：", "签名2：", "2026年5月12日"):
            assert words in page


def test_letters_together_are_numbered_from_one_each_and_outlined(fonts, reader):
    many = [letter(number=f"书2026-01-{at:04d}", place=f"示例{at}") for at in range(1, 4)]
    pdf = render_letters(many, fonts)
    pages = reader.pages(pdf)
    assert len(pages) == 3
    assert all("—1—" in squeezed(page) for page in pages)
    assert reader.check(pdf) == ""


def test_the_same_letter_gives_the_same_bytes_and_another_number_another_code(fonts):
    assert render_letter(letter(), fonts) == render_letter(letter(), fonts)
    assert letter_code(letter()) != letter_code(dataclasses.replace(letter(), number="文1"))


def test_a_character_no_font_has_stops_the_letter_by_name(fonts):
    broken = letter(blocks=(Paragraph(text="示例\U0001f600"),), place="诉2026-01-0001")
    with pytest.raises(MissingCharacter, match=r"诉2026-01-0001.*U\+1F600"):
        render_letter(broken, fonts)
