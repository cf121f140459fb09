"""A unit on the court's list: what follows when the day set to it has passed unperformed.

County plan of 2019, 二(三)2: somebody answers for it when the time passes. Offered, never done by
itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from integrity_desk.domain.court_lists import DEADLINE
from integrity_desk.domain.integrity_files import IntegrityRecord
from integrity_desk.domain.measures import MeasureKind
from integrity_desk.domain.records import type_of
from integrity_desk.services.suggestions import Suggestion, suggests
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import N_, _, in_chinese

_BASIS = N_("限期履行法院裁判义务，逾期追究相关单位和个人责任（县实施方案2019年二（三）2）")


@suggests("integrity_record")
def after_the_day_has_passed(record: IntegrityRecord, reader: Reader) -> Iterator[Suggestion]:
    """An order to perform, and that whoever has to answers for it."""
    due = DEADLINE.day(record)
    if due is None or due >= reader.today:
        return
    with in_chinese():
        basis = _(_BASIS)
        problem = _("限期{day}履行的法院裁判义务逾期未履行：{case}，{obligation}").format(
            day=due, case=record.case_number, obligation=record.obligation or record.subject
        )
    if type_of(reader.load_any(record.subject_id)).name == "unit":
        yield Suggestion(
            code="order", type="rectification_order", label=N_("逾期未履行，登记限期整改"),
            values={
                "unit_id": record.subject_id, "problem": problem[:200], "basis": basis,
                "source_id": record.id,
            },
            known_by=("source_id",),
        )  # fmt: skip
    yield Suggestion(
        code="measure", type="measure", label=N_("逾期未履行，登记追责措施"),
        values={
            "record_id": record.id, "kind": MeasureKind.ACCOUNTABILITY.value, "content": problem,
            "basis": basis,
        },
        known_by=("record_id", "kind"),
    )  # fmt: skip
