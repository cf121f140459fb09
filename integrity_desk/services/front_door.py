"""The front door: makes stores, signs people in, lets them back in with the recovery code.

It stands where a desk stands in a lane (``ui.tasks``), so the slow deriving of keys from
passwords never holds up the window.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from integrity_desk.domain import catalogue  # noqa: F401  (a desk knows every record type)
from integrity_desk.domain.changes import Changes
from integrity_desk.domain.progress import Progress
from integrity_desk.domain.times import Now, china_day, system_now
from integrity_desk.services import opening, sample
from integrity_desk.services.acts import Outcome
from integrity_desk.services.arrivals import (
    BeginStore,
    BegunStore,
    ListCopies,
    LookForStore,
    OpenSample,
    Recover,
    Restore,
    SignIn,
)
from integrity_desk.services.backups import Backup, copies
from integrity_desk.services.desk import Desk
from integrity_desk.services.recovery import recovery_pdf
from integrity_desk.services.restoring import restore
from integrity_desk.services.sample import SampleAccount
from integrity_desk.storage.keyring import Cost


class FrontDoor:
    """Carries out what ``arrivals`` declares; ``cost`` is what guessing a new password costs."""

    def __init__(self, *, now: Now = system_now, cost: Cost | None = None) -> None:
        self._now = now
        self._cost = cost
        self._opened: list[Desk] = []
        self._handlers: dict[type, Callable[[Any, Progress], Any]] = {
            LookForStore: self._look,
            SignIn: self._sign_in,
            BeginStore: self._begin,
            Recover: self._recover,
            ListCopies: self._list_copies,
            Restore: self._restore,
            OpenSample: self._open_sample,
        }

    def perform(self, command: Any, progress: Progress) -> Outcome[Any]:
        """Carry out one of ``arrivals``; nothing that a page shows changes."""
        return Outcome(value=self.ask(command, progress), changes=Changes())

    def ask(self, question: Any, progress: Progress) -> Any:
        """Answer one of ``arrivals``; raises what ``services.opening`` raises."""
        return self._handlers[type(question)](question, progress)

    def close(self) -> None:
        """Let go of the desks that were opened; what was made by ``Desk.again`` stays open."""
        for desk in self._opened:
            desk.close()
        self._opened.clear()

    def _look(self, question: LookForStore, progress: Progress) -> bool:
        return opening.store_exists(question.folder)

    def _sign_in(self, wanted: SignIn, progress: Progress) -> Desk:
        return self._keep(
            opening.sign_in(wanted.folder, wanted.login, wanted.password, now=self._now)
        )

    def _begin(self, wanted: BeginStore, progress: Progress) -> BegunStore:
        new = opening.NewDesk(
            org=wanted.org.strip(), desk=wanted.desk.strip(), name=wanted.name.strip(),
            login=wanted.login, administrator=wanted.administrator, password=wanted.password,
        )  # fmt: skip
        begun = opening.begin(wanted.folder, new, now=self._now, cost=self._cost)
        return BegunStore(
            desk=self._keep(begun.desk),
            recovery_code=begun.recovery_code,
            recovery_sheet=recovery_pdf(begun, new.name),
        )

    def _recover(self, wanted: Recover, progress: Progress) -> Desk:
        desk = opening.recover(
            wanted.folder, wanted.code, wanted.login, wanted.password, now=self._now,
            cost=self._cost,
        )  # fmt: skip
        return self._keep(desk)

    def _list_copies(self, question: ListCopies, progress: Progress) -> tuple[Backup, ...]:
        return copies(question.folder)

    def _restore(self, wanted: Restore, progress: Progress) -> Desk:
        desk = restore(wanted.folder, wanted.backup, wanted.login, wanted.password, now=self._now)
        return self._keep(desk)

    def _open_sample(self, wanted: OpenSample, progress: Progress) -> tuple[SampleAccount, ...]:
        if not opening.store_exists(wanted.folder):
            sample.load_sample(wanted.folder, today=china_day(self._now()), progress=progress)
        return sample.sample_accounts()

    def _keep(self, desk: Desk) -> Desk:
        self._opened.append(desk)
        return desk
