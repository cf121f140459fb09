"""The contact sheet: every document small, with its name, and pictures as files."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QImage

from integrity_desk.documents.contact_sheet import Thumbnail, render_contact_sheet
from integrity_desk.documents.notice_sheets import render_notice
from integrity_desk.documents.png import png
from integrity_desk.documents.preview import page_count, page_image
from integrity_desk.domain.sheets import Paper
from tests.documents.conftest import notice


@pytest.fixture(scope="module")
def page(fonts):
    return page_image(render_notice(notice(), Paper.A4, fonts), 0, 40)


def test_a_png_holds_the_pixels_of_the_page(page):
    read = QImage.fromData(png(page)).convertToFormat(QImage.Format.Format_RGB32)
    own = QImage(page.pixels, page.width, page.height, 4 * page.width, QImage.Format.Format_RGB32)
    assert read == own


def test_the_sheet_names_every_document_twelve_a_page(page, fonts, reader):
    shown = [Thumbnail(name=f"示例印件{at}", pages=at, image=png(page)) for at in range(1, 14)]
    pdf = render_contact_sheet("样张", shown, fonts, made_on=date(2026, 5, 12))
    assert reader.check(pdf) == ""
    assert page_count(pdf) == 2
    text = reader.text(pdf)
    assert all(f"示例印件{at}（{at}页）" in text for at in range(1, 14))


def test_the_same_documents_give_the_same_bytes(page, fonts):
    shown = [Thumbnail(name="示例印件", pages=1, image=png(page))]
    first, second = (
        render_contact_sheet("样张", shown, fonts, made_on=date(2026, 5, 12)) for _ in range(2)
    )
    assert first == second
