"""A question is answered by what hangs: the notice named must have been posted."""

from __future__ import annotations

from integrity_desk.domain.notices import Notice
from integrity_desk.domain.questions import Question
from integrity_desk.errors import InvalidInput
from integrity_desk.services.guarding import Guarded, guards
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _

_HUNG = frozenset({"posted", "taken_down"})


@guards("question")
def answered_by_a_notice_that_hung(guarded: Guarded[Question], work: UnitOfWork) -> None:
    """Refuse an answer by a notice that nobody could read yet."""
    if guarded.act == "answer":
        notice = work.load(Notice, guarded.after.notice_id)
        if notice.state not in _HUNG:
            raise InvalidInput(
                "notice_id",
                _("“{title}”还没有张贴，请先张贴，再登记答复。").format(title=notice.title),
            )


@guards("question")
def merged_with_one_that_stands(guarded: Guarded[Question], work: UnitOfWork) -> None:
    """A question is merged with another one, which is not merged itself."""
    if guarded.act == "merge":
        first = work.load(Question, guarded.after.same_as_id)
        if first.id == guarded.after.id or first.same_as_id:
            raise InvalidInput(
                "same_as_id", _("不能并入本题，也不能并入已并入他题的点题，请另选。")
            )
