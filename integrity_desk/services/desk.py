"""The desk: one signed-in account at one store. Everything people do goes through it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar, cast

from integrity_desk.domain.accounts import Actor
from integrity_desk.domain.progress import SILENT, Progress
from integrity_desk.domain.times import Now, system_now
from integrity_desk.errors import NotPermitted
from integrity_desk.services import rulebook  # noqa: F401  (guards, follows, suggests)
from integrity_desk.services.acts import Command, Outcome, Question, answerer, performer
from integrity_desk.services.backups import BACKED_UP, BackUp
from integrity_desk.storage.store import Store
from integrity_desk.wording import _

T = TypeVar("T")


class Desk:
    """Performs commands and answers questions as one account; used by one thread."""

    def __init__(self, store: Store, actor: Actor, now: Now = system_now) -> None:
        self._store = store
        self.actor = actor
        self._now = now

    def perform(self, command: Command[T], progress: Progress = SILENT) -> Outcome[T]:
        """Carry out a command in one transaction: permission, handler, revision, commit.

        Raises NotPermitted, or whatever DeskError the rules have to say; then nothing is kept.
        """
        self._require(command.needs)
        if isinstance(command, BackUp):
            return Outcome(value=cast(T, self._back_up()), changes=BACKED_UP)
        with self._store.unit_of_work(
            actor=self.actor, command=command.recorded_as, now=self._now(), progress=progress
        ) as work:
            value: T = performer(command)(command, work)
            changes = work.changes
        if "bundles" in changes.parts:
            self._store.remember()
        return Outcome(value=value, changes=changes)

    def ask(self, question: Question[T], progress: Progress = SILENT) -> T:
        """Answer a question on one unchanging view of the store."""
        self._require(question.permission)
        with self._store.reader(actor=self.actor, now=self._now(), progress=progress) as reader:
            answer: T = answerer(question)(question, reader)
        return answer

    def again(self) -> Desk:
        """Return a second desk for another thread: the same account, its own connection."""
        return Desk(self._store.again(), self.actor, self._now)

    def back_up(self) -> Path:
        """Write a whole copy of the store beside it; return its path."""
        return self.perform(BackUp()).value

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def _back_up(self) -> Path:
        """The one act outside a transaction: none may be open while a copy is made."""
        return self._store.back_up(self._now())

    def _require(self, permission: str) -> None:
        if not self.actor.may(permission):
            raise NotPermitted(
                _("您的角色（{role}）不能办理此事，请联系有权限的人员。").format(
                    role=_(self.actor.role.label)
                )
            )
