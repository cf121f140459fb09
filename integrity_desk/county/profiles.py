"""The county's reporting profile: kept as a file beside the ledger, carried in the trust list.

A county changes it by ``take`` or by hand; a change gets the trust list's next serial, so that
desks take it in and an older list can never bring the old profile back.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from integrity_desk.county.office import (
    PROFILE,
    PROFILE_SEEN,
    Office,
    opened,
    read_text,
    stamp,
    write_file,
)
from integrity_desk.domain.profile_checks import check
from integrity_desk.domain.profiles import Profile, read_profile
from integrity_desk.sync.files import sentences


def take(folder: Path, file: Path, *, passphrase: str, now: datetime) -> Profile:
    """Put a profile in force from now on; InvalidInput says what in it cannot be."""
    text = read_text(file)
    profile = read_profile(text)
    check(profile)
    with opened(folder, passphrase) as office:
        with sentences(folder):
            write_file(folder / PROFILE, text.encode())
        number_changes(office, now)
    return profile


def in_force(folder: Path, *, passphrase: str, copy_to: Path | None = None) -> Profile:
    """Return the profile in force; its text is written to ``copy_to``, to be changed there."""
    with opened(folder, passphrase) as office:
        if copy_to is not None:
            with sentences(copy_to, writing=True):
                copy_to.write_bytes(office.profile_text.encode())
        return office.profile


def number_changes(office: Office, now: datetime) -> None:
    """Give a changed profile the next serial of the trust list; nothing if it is the same.

    One that was changed by hand is checked as ``take`` checks it.
    """
    with office.ledger.alone(PROFILE_SEEN):
        if office.profile.sha256 != office.ledger.noted(PROFILE_SEEN):
            check(office.profile)
            office.ledger.renew_trust(stamp(now))
            office.ledger.note(PROFILE_SEEN, office.profile.sha256)
