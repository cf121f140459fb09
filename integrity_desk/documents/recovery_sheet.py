"""The one sheet that opens the store when its password is lost; it belongs in the safe."""

from __future__ import annotations

from integrity_desk.documents.blocks import write_centred, write_paragraph
from integrity_desk.documents.fonts import Fonts, Role
from integrity_desk.documents.page import (
    A4,
    BODY_LEADING,
    BODY_SIZE,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    Flow,
    PdfFile,
)
from integrity_desk.documents.pens import BLACK, Pen
from integrity_desk.domain.display import long_day
from integrity_desk.domain.sheets import RecoverySheet
from integrity_desk.wording import _


def render_recovery_sheet(sheet: RecoverySheet, fonts: Fonts) -> bytes:
    """Return the sheet as a PDF of one page."""
    fonts.check(((_("单位"), sheet.unit), (_("登记点"), sheet.desk), (_("恢复码"), sheet.code)))
    pdf = PdfFile(
        fonts, title=_("恢复码保管单"), subject=sheet.desk, author=sheet.unit,
        made_on=sheet.made_on, size=A4,
    )  # fmt: skip
    flow = Flow(
        pdf, x=MARGIN_LEFT, width=pdf.width - MARGIN_LEFT - MARGIN_RIGHT,
        top=pdf.height - MARGIN_TOP, bottom=MARGIN_BOTTOM, furnish=lambda: None,
    )  # fmt: skip
    _write_heading(flow, sheet)
    _write_code(flow, sheet.groups)
    for instruction in _instructions():
        write_paragraph(flow, pdf.pen(Role.BODY, BODY_SIZE), instruction, BODY_LEADING)
    flow.y -= BODY_LEADING
    _write_signatures(flow)
    pdf.end_page()
    return pdf.to_bytes()


_CODE_SIZE = 24.0
_GROUPS_A_LINE = 4


def _instructions() -> tuple[str, ...]:
    return (
        _("一、密码遗失时，在登录窗口选择“忘记密码”，按原样输入上面的恢复码，即可重设密码。"),
        _("二、本单请装入信封密封，存放在单位保险柜，由专人保管；不得拍照，不得存入电脑或手机。"),
        _("三、密码和恢复码都遗失的，台账数据无法恢复，任何人都不能代为打开。"),
        _("四、恢复码一经使用或者泄露，请立即更换，打印新的保管单，并销毁本单。"),
    )


def _write_heading(flow: Flow, sheet: RecoverySheet) -> None:
    pdf = flow.pdf
    write_centred(flow, pdf.pen(Role.TITLE, 26), _("恢复码保管单"), 2 * BODY_LEADING)
    pen = pdf.pen(Role.BODY, BODY_SIZE)
    for label, value in (
        (_("单位"), sheet.unit),
        (_("登记点"), sheet.desk),
        (_("生成日期"), long_day(sheet.made_on)),
    ):
        line = _("{label}：{value}").format(label=label, value=value)
        write_paragraph(flow, pen, line, BODY_LEADING, indent_em=0)
    flow.y -= BODY_LEADING * 0.5


def _write_code(flow: Flow, groups: tuple[str, ...]) -> None:
    """The code in a frame, each group under the other in columns, easy to read and to type."""
    pdf = flow.pdf
    pen = pdf.pen(Role.HEAD, _CODE_SIZE)
    rows = [groups[at : at + _GROUPS_A_LINE] for at in range(0, len(groups), _GROUPS_A_LINE)]
    height = len(rows) * _CODE_SIZE * 1.9 + _CODE_SIZE
    pdf.frame(flow.x, flow.y - height, flow.width, height, 1.2, BLACK)
    y = flow.y - _CODE_SIZE * 1.75
    for row in rows:
        _write_groups(flow, pen, row, y)
        y -= _CODE_SIZE * 1.9
    flow.y -= height + BODY_LEADING


def _write_groups(flow: Flow, pen: Pen, row: tuple[str, ...], y: float) -> None:
    column = flow.width / min(len(row), _GROUPS_A_LINE)
    for at, group in enumerate(row):
        flow.pdf.write(pen.centred(flow.x + column * (at + 0.5), y, group))


def _write_signatures(flow: Flow) -> None:
    pen = flow.pdf.pen(Role.BODY, BODY_SIZE)
    for label in (_("保管人签字："), _("监督人签字："), _("存放日期：")):
        flow.pdf.write(pen.text(flow.x + flow.width * 0.5, flow.y - BODY_SIZE, label))
        left = flow.x + flow.width * 0.5 + pen.width(label)
        flow.pdf.line(left, flow.y - 19, flow.x + flow.width, flow.y - 19, 0.6, BLACK)
        flow.y -= 1.4 * BODY_LEADING
