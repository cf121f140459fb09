"""What leaves the desk is noted: which register, how much of it, by whom, and the file's digest."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path

from integrity_desk.domain.access import Handout
from integrity_desk.domain.steps import check
from integrity_desk.storage.unit_of_work import UnitOfWork

_LONGEST = 200


def note_handout(
    work: UnitOfWork,
    *,
    register: str,
    narrowed: str,
    digest: str,
    reason: str,
    rows: int = 1,
    in_full: bool = False,
) -> None:
    """Keep who took what; ``narrowed`` says in words which part of the register it was."""
    noted = Handout(
        register=register,
        narrowed=narrowed[:_LONGEST],
        rows=rows,
        digest=digest,
        handed_by=work.actor.account_id,
        in_full=in_full,
        reason=reason,
    )
    check(noted)
    work.add(noted)


def digest_of(path: Path) -> str:
    """Return the digest of a file that was written."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
