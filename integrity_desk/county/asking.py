"""A county that lost what it had asks for everything again, in the receipts it writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from integrity_desk.county.office import opened, stamp
from integrity_desk.county.receipts import asked_under, desk_of, write_receipt
from integrity_desk.sync.files import sentences

_AHEAD = 1_000
"""How many lists a county may have issued since the copy that was put back was made."""


def ask_for_everything(
    folder: Path, streams: Sequence[str], out: Path, *, passphrase: str, now: datetime
) -> tuple[Path, ...]:
    """Ask these desks, or all that are still believed; return the receipts that carry it.

    The trust list gets a serial beyond any that the lost ledger can have issued, for desks refuse
    older ones. Each further receipt repeats the request until a snapshot sealed since has come; a
    desk answers one request once. NotFound for a stream nobody was enrolled for.
    """
    with opened(folder, passphrase) as office:
        asked = streams or [
            each.stream for each in office.ledger.streams() if each.revoked_after is None
        ]
        for stream in asked:
            desk_of(office, stream)
        with sentences(out):
            out.mkdir(parents=True, exist_ok=True)
        office.ledger.renew_trust(stamp(now), ahead=_AHEAD)
        written = []
        for stream in asked:
            with office.ledger.alone(stream):
                office.ledger.note(asked_under(stream), stamp(now))
                written.append(write_receipt(office, stream, (), (), out, now=now))
        return tuple(written)
