"""What lies in the printer's tray looks as it did."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QImage

from integrity_desk.documents.notice_sheets import render_notice
from integrity_desk.documents.preview import page_image
from integrity_desk.documents.recovery_sheet import render_recovery_sheet
from integrity_desk.documents.registers import render_register
from integrity_desk.domain.sheets import Paper, RecoverySheet
from tests.documents.conftest import COLUMNS, PROMISE, notice, rows
from tests.snapshots.pictures import hold

DPI = 50


def first_page(pdf: bytes) -> QImage:
    page = page_image(pdf, 0, DPI)
    image = QImage(page.pixels, page.width, page.height, 4 * page.width, QImage.Format.Format_RGB32)
    return image.copy()


@pytest.mark.parametrize("paper", Paper)
def test_a_notice_looks_as_it_did(fonts, paper):
    pdf = render_notice(notice(rows=rows(12)), paper, fonts)
    hold(f"sheet-notice-{paper.value}", first_page(pdf))


def test_the_recovery_sheet_looks_as_it_did(fonts):
    sheet = RecoverySheet(
        unit="示例镇人民政府",
        desk="示例镇政务服务大厅",
        code="-".join(["SHIL"] * 8),
        made_on=date(2026, 2, 3),
    )
    hold("sheet-recovery", first_page(render_recovery_sheet(sheet, fonts)))


def test_a_register_looks_as_it_did(fonts):
    pdf = render_register(
        title="示例镇承诺登记簿",
        subtitle="填报单位：示例镇人民政府",
        columns=COLUMNS,
        rows=[(str(at), "示例站", PROMISE, "2026-06-30", "在办") for at in range(1, 15)],
        made_on=date(2026, 2, 3),
        fonts=fonts,
        footer="示例登记点打印",
    )
    hold("sheet-register", first_page(pdf))
