from __future__ import annotations

from datetime import date

from integrity_desk.documents.preview import page_count
from integrity_desk.documents.recovery_sheet import render_recovery_sheet
from integrity_desk.domain.sheets import RecoverySheet

SHEET = RecoverySheet(
    unit="示例镇人民政府",
    desk="党政办一号机",
    code="7KQ4M-XW2PD-93HTR-B6NVC-E5JYA",
    made_on=date(2026, 2, 3),
)


def test_the_sheet_is_one_page_with_the_whole_code_in_order(fonts, reader):
    pdf = render_recovery_sheet(SHEET, fonts)
    said = reader.text(pdf, "-layout").split()
    assert reader.check(pdf) == ""
    assert page_count(pdf) == 1
    assert [word for word in said if word in SHEET.groups] == list(SHEET.groups)
    assert "登记点：党政办一号机" in said


def test_a_code_without_hyphens_is_grouped_by_five():
    plain = RecoverySheet(unit="", desk="", code="ABCDEFGHJKLM", made_on=date(2026, 2, 3))
    assert plain.groups == ("ABCDE", "FGHJK", "LM")
