"""The recovery sheet of a new store, to be printed once and locked away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from integrity_desk.domain.sheets import RecoverySheet
from integrity_desk.services.acts import Command, performs
from integrity_desk.services.opening import Begun
from integrity_desk.storage.keyring import Cost, fresh_recovery_code
from integrity_desk.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class RenewRecoverySheet(Command[bytes]):
    """Make a new recovery code; the outcome is its sheet (PDF), the earlier code is dead."""

    permission: ClassVar[str] = "administer"
    cost: Cost = Cost()


def recovery_pdf(begun: Begun, unit_name: str) -> bytes:
    """Return the sheet as a PDF of one page; CannotPrint for a name no font here can draw."""
    sheet = RecoverySheet(
        unit=unit_name, desk=begun.place, code=begun.recovery_code, made_on=begun.made_on
    )
    return _drawn(sheet)


@performs(RenewRecoverySheet)
def renew_recovery_sheet(command: RenewRecoverySheet, work: UnitOfWork) -> bytes:
    """Draw the sheet before the code takes effect, so that no code is lost unprinted."""
    code = fresh_recovery_code()
    place = f"{work.identity.org}-{work.identity.desk}"
    pdf = _drawn(RecoverySheet(unit=work.desk_name, desk=place, code=code, made_on=work.today))
    work.keyring.enact_recovery_code(code, command.cost)
    work.touch("settings")
    return pdf


def _drawn(sheet: RecoverySheet) -> bytes:
    # lazy: reportlab, needed once or twice in a store's life
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415
    from integrity_desk.documents.recovery_sheet import render_recovery_sheet  # noqa: PLC0415

    return render_recovery_sheet(sheet, Fonts())
