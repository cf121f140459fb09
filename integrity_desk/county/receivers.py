"""Several receivers at once, each a process with a connection of its own and a share of the desks.

Only a ledger on a server gains by it: receivers of one file take turns.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zlib import crc32

from integrity_desk.county import inbox as receiving
from integrity_desk.county import profiles
from integrity_desk.county.inbox import Report
from integrity_desk.county.office import Unlocked, opened_by, unlock
from integrity_desk.sync import media


def receive(
    folder: Path,
    inbox: Path,
    out: Path,
    *,
    passphrase: str,
    now: datetime,
    receivers: int,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Take in a folder as ``inbox.receive`` does, in so many processes.

    ``step(done, total)`` hears files, a share at a time.
    """
    if receivers == 1 or getattr(sys, "frozen", False):  # a packed program starts no copies of it
        return receiving.receive(folder, inbox, out, passphrase=passphrase, now=now, step=step)
    unlocked, shares = unlock(folder, passphrase), _shares(media.bundles_in(inbox), receivers)
    with opened_by(unlocked) as office:
        profiles.number_changes(office, now)  # what is wrong with it is said once
    total, reports = sum(map(len, shares)), []
    spawn = multiprocessing.get_context("spawn")  # a fork would share open files and locks
    with spawn.Pool(receivers) as crew:
        work = [(unlocked, inbox, out, share, now) for share in shares]
        for report in crew.imap_unordered(_receive_share, work):
            reports.append(report)
            step(sum(len(each.lines) for each in reports), total)
    return _together(reports)


def _shares(paths: tuple[Path, ...], receivers: int) -> list[tuple[Path, ...]]:
    """Give all files of one desk to one receiver, as far as names tell; it need not be so."""
    shares: list[list[Path]] = [[] for _receiver in range(receivers)]
    for path in paths:
        desk = path.name.rsplit("-", 2)[0]
        shares[crc32(desk.encode(errors="surrogateescape")) % receivers].append(path)
    return [tuple(share) for share in shares]


def _receive_share(work: tuple[Unlocked, Path, Path, tuple[Path, ...], datetime]) -> Report:
    unlocked, inbox, out, share, now = work
    with opened_by(unlocked) as office:
        return receiving.take_all(office, inbox, share, out, now=now)


def _together(reports: list[Report]) -> Report:
    sent = {path: None for report in reports for path in report.sent}
    return Report(
        lines=tuple(
            sorted((line for each in reports for line in each.lines), key=lambda line: line.file)
        ),
        sent=tuple(sorted(sent)),
        bundles=sum(each.bundles for each in reports),
        revisions=sum(each.revisions for each in reports),
        rejected=sum(each.rejected for each in reports),
        warnings=sum(each.warnings for each in reports),
        superseded=sum(each.superseded for each in reports),
    )
