"""Measures that the rules ask for when a record takes effect; each is offered, none is imposed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from integrity_desk.domain.integrity_files import IntegrityRecord
from integrity_desk.domain.measure_rules import proposed
from integrity_desk.domain.records import type_of
from integrity_desk.services.suggestions import Suggestion, suggests
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _, in_chinese


@suggests("integrity_record")
def what_the_rules_ask_for(record: IntegrityRecord, reader: Reader) -> Iterator[Suggestion]:
    """One offer for each measure, with its clause and its last day filled in."""
    if record.state != "effective":
        return
    for rule in proposed(record, type_of(reader.load_any(record.subject_id)).name):
        with in_chinese():
            basis = _(rule.clause)
        last = rule.last_day(record)
        values: dict[str, Any] = {
            "record_id": record.id, "kind": rule.measure.value, "basis": basis,
            "decided_by_id": reader.actor.unit_id, "until_on": last.isoformat() if last else "",
        }  # fmt: skip
        yield Suggestion(
            code=f"measure-{rule.measure.value}", type="measure",
            label=_("措施：{measure}").format(measure=_(rule.measure.label)),
            values={name: value for name, value in values.items() if value},
            known_by=("record_id", "kind"),
        )  # fmt: skip
