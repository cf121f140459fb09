"""A unit on the court's list: what follows when the day set to it has passed unperformed.

County plan of 2019, 二(三)2: performance within the time set, removal from the list, and somebody
answers for it when the time passes. Offered, never done by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from integrity_desk.domain.integrity_files import DONE, IntegrityRecord, RecordKind
from integrity_desk.domain.records import type_of
from integrity_desk.errors import InvalidInput
from integrity_desk.services.guarding import Guarded, guards
from integrity_desk.services.suggestions import Suggestion, suggests
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import N_, _


@guards("integrity_record")
def removed_when_done(guarded: Guarded[IntegrityRecord], work: UnitOfWork) -> None:
    """Nobody leaves the court's list before the obligation is met."""
    record = guarded.after
    if record.court_removed_on is not None and record.performance not in DONE:
        raise InvalidInput(
            "performance",
            _("移出失信名单前，履行情况应为“全部履行”或“和解并履行完毕”，请先核对履行凭证。"),
        )


@suggests("integrity_record")
def after_the_day_has_passed(record: IntegrityRecord, reader: Reader) -> Iterator[Suggestion]:
    """An order to perform, and a measure against whoever has to."""
    due = record.settle_due_on
    late = due is not None and due < reader.today and record.performance not in DONE
    if record.kind is not RecordKind.COURT_LIST or record.state != "effective" or not late:
        return
    if type_of(reader.load_any(record.subject_id)).name == "unit":
        problem = _("限期{day}履行的法院裁判义务逾期未履行：{case}，{obligation}").format(
            day=due, case=record.case_number, obligation=record.obligation or record.subject
        )
        yield Suggestion(
            code="order", type="rectification_order", label=N_("逾期未履行，登记限期整改"),
            values={"unit_id": record.subject_id, "problem": problem[:200]},
            known_by=("unit_id",),
        )  # fmt: skip
    yield Suggestion(
        code="measure", type="measure", label=N_("逾期未履行，登记惩戒措施"),
        values={"record_id": record.id},
        known_by=("record_id",),
    )  # fmt: skip
