"""What checking a paper against the store comes to."""

from __future__ import annotations

from dataclasses import dataclass

from integrity_desk.domain.fields import Id


@dataclass(frozen=True, kw_only=True)
class SheetVerdict:
    """What the store knows of a sheet; ``standing`` is one of current, superseded, taken_down,
    withdrawn, unknown_number, wrong_code."""

    genuine: bool
    standing: str
    sentence: str
    notice_id: Id = ""
    title: str = ""


def bare(code: str) -> str:
    """Return a code as it is compared: letters and digits only, in capitals."""
    return "".join(each for each in code.upper() if each.isalnum())
