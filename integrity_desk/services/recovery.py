"""The recovery sheet of a new store, to be printed once and locked away."""

from __future__ import annotations

from integrity_desk.domain.sheets import RecoverySheet
from integrity_desk.services.opening import Begun


def recovery_pdf(begun: Begun, unit_name: str) -> bytes:
    """Return the sheet as a PDF of one page; CannotPrint for a name no font here can draw."""
    # lazy: reportlab, needed once in a store's life
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415
    from integrity_desk.documents.recovery_sheet import render_recovery_sheet  # noqa: PLC0415

    sheet = RecoverySheet(
        unit=unit_name, desk=begun.place, code=begun.recovery_code, made_on=begun.made_on
    )
    return render_recovery_sheet(sheet, Fonts())
