from __future__ import annotations

from integrity_desk.documents.notice_sheets import render_notice
from integrity_desk.documents.preview import page_image, page_text
from integrity_desk.domain.sheets import Paper
from tests.documents.conftest import notice


def test_a_page_becomes_pixels_of_its_size_on_white(fonts):
    image = page_image(render_notice(notice(), Paper.A4, fonts), 0, dpi=72)
    assert (image.width, image.height) == (596, 842)
    assert len(image.pixels) == 596 * 842 * 4
    assert image.pixels[:3] == b"\xff\xff\xff"


def test_the_heading_is_red_on_the_page(fonts):
    image = page_image(render_notice(notice(), Paper.A4, fonts), 0, dpi=72)
    pixels = image.pixels
    red = sum(
        pixels[at] < 80 and pixels[at + 1] < 80 and pixels[at + 2] > 150
        for at in range(0, len(pixels), 4)
    )
    assert red > 2000


def test_text_is_read_in_order(fonts):
    text = page_text(render_notice(notice(), Paper.A4, fonts), 0)
    assert text.index("示例镇人民政府") < text.index("承诺事项")
