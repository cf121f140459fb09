from __future__ import annotations

import io
from pathlib import Path

import pytest
import reportlab
from reportlab.pdfgen.canvas import Canvas

from integrity_desk.documents.cid_font import CidFont, MissingGlyph
from integrity_desk.documents.font_files import faces_by_name
from integrity_desk.documents.fonts import OLD_PRIVATE_USE, Fonts, MissingCharacter, Role
from integrity_desk.documents.notice_sheets import render_notice
from integrity_desk.documents.preview import page_text
from integrity_desk.domain.sheets import Paper
from tests.documents.conftest import NOT_BUNDLED, RARE_NAMES, notice

VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


def test_bundled_faces_fill_every_role_on_any_machine(fonts):
    assert fonts.faces() == {
        "小标宋": "Noto Serif SC",
        "仿宋": "Noto Serif SC",
        "楷体": "Noto Serif SC",
        "黑体": "Noto Sans SC",
    }


def test_a_face_is_found_by_its_name_table_and_a_broken_file_is_passed_over(rare_folder):
    assert list(faces_by_name((rare_folder,))) == ["hanaminb"]


def test_a_rare_character_falls_back_to_the_face_that_has_it(rare_folder, reader):
    fonts = Fonts(folders=[rare_folder])
    pdf = render_notice(notice(lead=(f"承诺人：{RARE_NAMES}。",)), Paper.A4, fonts)
    assert RARE_NAMES in page_text(pdf, 0)
    assert RARE_NAMES in reader.text(pdf)
    assert any(name.endswith("+HanaMinB") for name, _ in reader.fonts(pdf))


def test_a_character_that_no_face_has_stops_the_job_with_its_place(fonts):
    with pytest.raises(MissingCharacter) as refused:
        fonts.check([("承诺2026-02-0001“承诺人”", f"张{NOT_BUNDLED[0]}")])
    assert refused.value.char == "𡒄"
    assert "承诺2026-02-0001“承诺人”" in refused.value.sentence
    assert "U+21484" in refused.value.sentence


def test_a_missing_character_may_be_marked_instead(reader):
    fonts = Fonts(bundled_only=True, mark_missing=True)
    pdf = render_notice(notice(lead=("承诺人：张𡒄。",)), Paper.A4, fonts)
    assert "张〔U+21484〕" in reader.text(pdf)


@pytest.mark.parametrize(
    ("old", "standard"), [("\ue863", "䶮"), ("\ue815", "⺁"), ("\ue864", "龻")]
)
def test_old_private_use_characters_are_printed_as_the_standard_ones(old, standard, fonts, reader):
    pdf = render_notice(notice(lead=(f"承诺人：王{old}。",)), Paper.A4, fonts)
    assert f"王{standard}" in reader.text(pdf)


def test_the_table_of_old_characters_agrees_with_the_gb18030_codec():
    for old, standard in OLD_PRIVATE_USE.items():
        if 0xE815 <= ord(old) <= 0xE864:
            at = ord(old) - 0xE815
            code = bytes([0xFE, 0x50 + at + (at >= 0x2F)])
            assert code.decode("gb18030") in (old, standard)


def test_a_private_use_character_of_unknown_meaning_is_never_drawn(fonts):
    with pytest.raises(MissingCharacter):
        fonts.check([("姓名", "\ue000")])


def test_characters_without_a_shape_do_not_stop_the_job(fonts):
    fonts.check([("姓名", "张\u200b三\ufeff\ufe00")])
    assert fonts.typeface(Role.BODY).width("\u200b") == 0


def test_a_truetype_face_is_embedded_as_a_subset_with_its_unicode_map(reader):
    font = CidFont(VERA)
    out = io.BytesIO()
    canvas = Canvas(out, initialFontName=font.fontName, invariant=1)
    canvas.setFont(font.fontName, 20)
    canvas.drawString(100, 700, "Vera 123")
    canvas.save()
    pdf = out.getvalue()
    assert reader.check(pdf) == ""
    assert reader.fonts(pdf)[0][0].endswith("+BitstreamVeraSans-Roman")
    assert reader.fonts(pdf)[0][1] == ("yes", "yes", "yes")
    assert reader.text(pdf).strip() == "Vera 123"


def test_a_face_never_draws_its_empty_box():
    with pytest.raises(MissingGlyph):
        CidFont(VERA).stringWidth("汉", 12)
