"""The sample township: an invented office with two years of records, to learn and to show.

Everything goes through the same commands as at a real desk, by accounts that may do it, on a
clock that runs through the two years. Texts and stories are data in ``resources/sample``.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from integrity_desk.domain.accounts import Role
from integrity_desk.domain.progress import SILENT, Progress
from integrity_desk.errors import StoreUnavailable
from integrity_desk.services.opening import store_exists
from integrity_desk.services.sample_office import open_office
from integrity_desk.services.sample_player import Player
from integrity_desk.services.sample_stories import SPAN, planned_acts, read_texts
from integrity_desk.storage.hurry import without_waiting
from integrity_desk.storage.keyring import Cost
from integrity_desk.wording import _

LIGHT = Cost(memory_kib=8 * 1024, iterations=1, lanes=1)
"""Enough for passwords that are printed in the manual."""

_STEP = 50


@dataclass(frozen=True, kw_only=True)
class SampleAccount:
    """One way in: the password is meant to be known."""

    login: str
    name: str
    role: Role
    password: str


@dataclass(frozen=True, kw_only=True)
class SampleOffice:
    """What was made: the store's folder, the accounts, and how many records it holds."""

    folder: Path
    recovery_code: str
    accounts: tuple[SampleAccount, ...]
    records: int


def load_sample(
    folder: Path, *, today: date, seed: int = 1, cost: Cost = LIGHT, progress: Progress = SILENT
) -> SampleOffice:
    """Make a new store with the sample township as it stands on ``today``.

    The same ``today`` and ``seed`` give the same records. Raises StoreUnavailable when ``folder``
    holds a store already; when stopped or failing, nothing is left behind.
    """
    if store_exists(folder):
        raise StoreUnavailable(_("此文件夹里已有数据库：{path}").format(path=folder))
    rng = random.Random(seed)
    texts = read_texts()
    with _leaving_nothing(folder), ExitStack() as closing:
        office = open_office(folder, texts, today - SPAN, cost, rng)
        closing.callback(office.store.close)
        closing.enter_context(without_waiting(office.store.database))
        acts = planned_acts(texts["story"], today, rng)
        player = Player(office, texts, rng)
        for done, act in enumerate(acts):
            if done % _STEP == 0:
                progress.step(done, len(acts))
            player.play(act)
    return SampleOffice(
        folder=folder,
        recovery_code=office.recovery_code,
        accounts=sample_accounts(),
        records=sum(len(each) for each in office.known.values()),
    )


def sample_accounts() -> tuple[SampleAccount, ...]:
    """Return the four accounts of the sample, as the manual names them."""
    return tuple(
        SampleAccount(**{**each, "role": Role(each["role"])})  # type: ignore[call-arg]
        for each in read_texts()["accounts"]
    )


@contextmanager
def _leaving_nothing(folder: Path) -> Iterator[None]:
    """Take away what the block put into ``folder``, unless it comes to its end."""
    new = not folder.exists()
    before = set() if new else set(folder.iterdir())
    with ExitStack() as undoing:
        undoing.callback(_clear, folder, before, new=new)
        yield
        undoing.pop_all()


def _clear(folder: Path, before: set[Path], *, new: bool) -> None:
    for made in set(folder.iterdir()) - before:
        if made.is_dir():
            shutil.rmtree(made)
        else:
            made.unlink()
    if new:
        folder.rmdir()
