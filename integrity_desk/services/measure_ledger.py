"""The measure board on paper: the ledger of measures, with whose they are and who carries them out.

Printing it is noted as every ledger is (``ledgers.NoteLedger``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from integrity_desk.domain.measures import Measure
from integrity_desk.domain.records import type_of
from integrity_desk.domain.sheets import Align, Column
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.ledgers import NUMBER, Ledger, foot
from integrity_desk.services.measure_board import (
    LABELS,
    Lane,
    MeasureItem,
    Narrowed,
    every_measure,
    in_order,
    states_of,
)
from integrity_desk.services.registers import Filter
from integrity_desk.services.spreadsheets import filter_words
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import N_, _, in_chinese


@dataclass(frozen=True, kw_only=True)
class DrawMeasures(Question[Ledger]):
    """The lanes shown, narrowed as the board is, as a PDF."""

    permission: ClassVar[str] = "print"
    lanes: tuple[Lane, ...]
    narrowed: Narrowed = Narrowed()
    bundled_fonts: bool = False


def noted_as(lanes: Sequence[Lane], narrowed: Narrowed) -> Filter:
    """Return what was taken, as the note about the printing says it."""
    equals: dict[str, tuple[Any, ...]] = {}
    if narrowed.executor:
        equals["executed_by_id"] = (narrowed.executor,)
    if narrowed.kind:
        equals["kind"] = (narrowed.kind,)
    return Filter(
        type=type_of(Measure).name, states=states_of(lanes), equals=equals, text=narrowed.whose
    )


@answers(DrawMeasures)
def draw_measures(question: DrawMeasures, reader: Reader) -> Ledger:
    """Lay the lanes out one after another."""
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415  (lazy: reportlab)
    from integrity_desk.documents.registers import render_register  # noqa: PLC0415

    with in_chinese():
        rows = list(_rows(question, reader))
        lanes = _("、").join(_(LABELS[lane]) for lane in question.lanes)
        narrowed = filter_words(noted_as((), question.narrowed), reader)
        told = _("；").join(filter(None, (lanes, narrowed)))
        pdf = render_register(
            title=_("奖惩措施台账"),
            subtitle=_("范围：{filter}　　共{count}条　　{day}").format(
                filter=told, count=f"{len(rows):,}", day=reader.today
            ),
            columns=[NUMBER, *(Column(heading=_(name), width=width, align=align)
                     for name, width, align in _COLUMNS)],
            rows=rows,
            made_on=reader.today,
            fonts=Fonts(bundled_only=question.bundled_fonts),
            author=reader.desk_name,
            footer=foot(reader),
            named_by=1,
        )  # fmt: skip
    return Ledger(pdf=pdf, rows=len(rows))


_COLUMNS = (
    (N_("编号"), 7.4, Align.LEFT), (N_("被奖惩的"), 7.0, Align.LEFT),
    (N_("措施"), 6.6, Align.LEFT), (N_("所依据的记录"), 9.4, Align.LEFT),
    (N_("决定单位"), 7.0, Align.LEFT), (N_("执行单位"), 7.0, Align.LEFT),
    (N_("起"), 6.0, Align.CENTER), (N_("止"), 6.0, Align.CENTER),
    (N_("现状"), 4.2, Align.CENTER), (N_("说明"), 7.4, Align.LEFT),
)  # fmt: skip


def _rows(question: DrawMeasures, reader: Reader) -> Iterator[list[str]]:
    found: dict[Lane, list[MeasureItem]] = {lane: [] for lane in question.lanes}
    for item in filter(question.narrowed.holds, every_measure(reader)):
        if item.lane in found:
            found[item.lane].append(item)
    done = 0
    for lane, items in found.items():
        for each in in_order(lane, items):
            done += 1
            yield [
                str(done), each.number, each.whose, _(each.kind_label), each.record,
                each.decider, each.executor_name, str(each.from_on or ""),
                str(each.until_on or _("长期")), _(LABELS[lane]), each.note,
            ]  # fmt: skip
