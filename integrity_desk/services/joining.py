"""Cases dealt with together: what is joined to a case is answered with it, each for itself."""

from __future__ import annotations

from integrity_desk.domain.complaints import Complaint
from integrity_desk.domain.steps import advance, derived
from integrity_desk.services.following import follows
from integrity_desk.storage.unit_of_work import UnitOfWork


@follows("complaint", "answer")
def answer_what_was_joined(leading: Complaint, work: UnitOfWork) -> None:
    """Answer every joined case on the same day, in the same manner and words.

    Each keeps its number, history and reporter; it is called back and closed by itself.
    """
    given = {
        "answered_on": leading.answered_on,
        "answer_manner": leading.answer_manner,
        "answer": leading.answer,
    }
    for each in work.find(Complaint, joined_to_id=leading.id, state="joined"):
        answered = advance(each, "answer_joined", work.facts(each), given)
        work.save(derived(answered, work.rules))
