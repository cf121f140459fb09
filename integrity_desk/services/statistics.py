"""The quarterly report and the yearly statistics: counted from the registers, drawn with charts.

Only numbers stand in it, no names, so drawing it is not noted. Source: city plan of 2007, 三.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from integrity_desk.domain.areas import KeyArea, ServiceArea
from integrity_desk.domain.charts import Chart, ChartKind, Series
from integrity_desk.domain.complaints import Channel
from integrity_desk.domain.fields import Choice
from integrity_desk.domain.formulas import formulas
from integrity_desk.domain.periods import Period, before, quarters_before, read_period
from integrity_desk.domain.records import Record, type_named
from integrity_desk.domain.reports import Ending, Lines, Paragraph, Report, Section, Table
from integrity_desk.domain.sheets import Align, Column, Row
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.counting import read_all, tally, whole
from integrity_desk.services.credit_reports import issuer_of
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.records import Selection
from integrity_desk.wording import N_, _, in_chinese

ANSWERED_ON_TIME = "answered_on_time"
_TREND, _YEARS = 6, 3
_KEPT = frozenset({"fulfilled", "lawfully_changed"})
_BROKEN = frozenset({"breached", "partly_fulfilled"})
_JUDGED_TYPES = (
    ("integrity_record", "decided_on", N_("决定日期在期内的诚信记录")),
    ("measure", "from_on", N_("期内开始实施的奖惩措施")),
    ("objection", "received_on", N_("期内收到的异议")),
    ("repair", "applied_on", N_("期内收到的信用修复申请")),
    ("rectification_order", "issued_on", N_("期内下达的限期整改")),
    ("proposal", "received_on", N_("期内收到的建议提案")),
    ("question", "received_on", N_("期内收到的点题")),
    ("notice", "posted_on", N_("期内张贴的公示")),
)


@dataclass(frozen=True, kw_only=True)
class DrawStatistics(Question[bytes]):
    """The report of a quarter (2026Q3) or a year (2026) as a PDF."""

    permission: ClassVar[str] = "print"
    period: str
    bundled_fonts: bool = False


@answers(DrawStatistics)
def draw_statistics(question: DrawStatistics, reader: Reader) -> bytes:
    """Count and draw."""
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415  (lazy: reportlab)
    from integrity_desk.documents.reports import render_report  # noqa: PLC0415

    with in_chinese():
        report = statistics_report(read_period(question.period), reader)
        return render_report(report, Fonts(bundled_only=question.bundled_fonts))


def statistics_report(period: Period, reader: Reader) -> Report:
    """Return the report; days that have not come yet are not counted."""
    yearly = "Q" not in period.code
    issuer = issuer_of(reader)
    return Report(
        title=_("政务诚信建设年度统计") if yearly else _("政务诚信建设季度报告"),
        subtitle=period.words,
        author=issuer,
        made_on=reader.today,
        sections=(
            Section(heading=_("一、公开承诺"), blocks=_commitments(period, reader)),
            Section(heading=_("二、投诉举报"), blocks=_complaints(period, reader)),
            Section(heading=_("三、档案、奖惩和公开"), blocks=(_others(period, reader),)),
            Section(heading=_("四、走势"), blocks=_courses(period, reader)),
        ),
        ending=Ending(issuer=issuer, issued_on=reader.today, sealed=False),
    )


def _of(type_name: str, day: str, period: Period, reader: Reader) -> list[Any]:
    """The records whose day lies in the period and has come; drafts are not counted."""
    last = min(period.last, reader.today)
    ranges = {day: (period.first.isoformat(), last.isoformat())}
    life = type_named(type_name).life
    private = {each.code for each in life.states if each.private} if life else set()
    found: Iterator[Record] = read_all(Selection(type=type_name, ranges=ranges), reader)
    return [each for each in found if each.state not in private]


def _commitments(period: Period, reader: Reader) -> tuple[Any, ...]:
    due = _of("commitment", "due_on", period, reader)
    kept = sum(each.state in _KEPT for each in due)
    broken = sum(each.state in _BROKEN for each in due)
    areas: list[Choice] = [*ServiceArea, *KeyArea]
    shown = [a for a in areas if any(a in (each.service_area, each.key_area) for each in due)]
    chart = Chart(
        kind=ChartKind.BAR,
        title=_("各领域到期承诺的兑现情况"),
        categories=tuple(_(area.label) for area in shown),
        series=(
            Series(name=_("已兑现"), values=_by_area(due, shown, _KEPT)),
            Series(name=_("未兑现"), values=_by_area(due, shown, None)),
        ),
        unit=_("件"),
    )
    lines = Lines(
        items=(
            (_("期内到期的承诺"), _("{count}件").format(count=len(due))),
            (_("其中已兑现"), _("{count}件").format(count=kept)),
            (_("其中违约或部分兑现"), _("{count}件").format(count=broken)),
            (_("其中尚未核定"), _("{count}件").format(count=len(due) - kept - broken)),
            (_("兑现率"), _share(kept, len(due))),
        )
    )
    return (lines, chart) if shown else (lines, Paragraph(text=_("期内到期的承诺没有登记领域。")))


def _by_area(
    due: Sequence[Any], areas: Iterable[Choice], states: frozenset[str] | None
) -> tuple[float, ...]:
    """How many of each area are in these states; None stands for those not kept."""
    return tuple(
        float(
            sum(
                area in (each.service_area, each.key_area)
                and (each.state in _KEPT) is (states is not None)
                for each in due
            )
        )
        for area in areas
    )


def _complaints(period: Period, reader: Reader) -> tuple[Any, ...]:
    came = _of("complaint", "received_on", period, reader)
    channels = Counter(each.channel for each in came)
    shown = [each for each in Channel if channels[each]]
    found = whole(tally(formulas()[ANSWERED_ON_TIME], period, reader))
    lines = Lines(
        items=(
            (_("期内收到"), _("{count}件").format(count=len(came))),
            (_("其中已答复或办结"), _("{count}件").format(count=_answered(came))),
            (_("应答复的按期答复率"), _share(len(found.hits), found.looked_at)),
        )
    )
    if not came:
        return (lines, Paragraph(text=_("期内没有收到投诉举报。")))
    chart = Chart(
        kind=ChartKind.BAR,
        title=_("投诉举报的来源渠道"),
        categories=tuple(_(each.label) for each in shown),
        series=(Series(name=_("件数"), values=tuple(float(channels[c]) for c in shown)),),
        unit=_("件"),
    )
    return (lines, chart)


def _answered(came: Iterable[Any]) -> int:
    return sum(each.state in ("answered", "closed") for each in came)


def _others(period: Period, reader: Reader) -> Table:
    columns = (
        Column(heading=_("项目"), width=8),
        Column(heading=_("本期"), width=2, align=Align.RIGHT),
        Column(heading=_("上期"), width=2, align=Align.RIGHT),
    )
    previous = before(period)
    rows = tuple(
        Row(
            cells=(
                _(label),
                str(len(_of(name, day, period, reader))),
                str(len(_of(name, day, previous, reader))),
            )
        )
        for name, day, label in _JUDGED_TYPES
    )
    return Table(columns=columns, rows=rows)


def _courses(period: Period, reader: Reader) -> tuple[Chart, ...]:
    """How numbers and rates went, quarter by quarter; of a year, year by year as well."""
    quarters = [each for each in quarters_before(period, _TREND) if each.first <= reader.today]
    by_quarter = _numbers(_("近几个季度的承诺和投诉举报"), ChartKind.LINE, quarters, reader)
    rates = _rates(quarters, reader)
    if "Q" in period.code:
        return by_quarter, rates
    years = [read_period(str(int(period.code) - back)) for back in reversed(range(_YEARS))]
    title = _("近几年的承诺和投诉举报")
    return _numbers(title, ChartKind.GROUPED, years, reader), by_quarter, rates


def _rates(periods: Sequence[Period], reader: Reader) -> Chart:
    formula = formulas()[ANSWERED_ON_TIME]
    answers = [whole(tally(formula, each, reader)) for each in periods]
    due = [_of("commitment", "due_on", each, reader) for each in periods]
    kept = [sum(c.state in _KEPT for c in each) for each in due]
    return Chart(
        kind=ChartKind.LINE,
        title=_("兑现率和按期答复率"),
        categories=tuple(each.code for each in periods),
        series=(
            Series(
                name=_("承诺兑现率"),
                values=tuple(_percent(k, len(of)) for k, of in zip(kept, due, strict=True)),
            ),
            Series(
                name=_("投诉举报按期答复率"),
                values=tuple(_percent(len(each.hits), each.looked_at) for each in answers),
            ),
        ),
        unit="%",
        top=100.0,
    )


def _numbers(title: str, kind: ChartKind, periods: Sequence[Period], reader: Reader) -> Chart:
    due = [_of("commitment", "due_on", each, reader) for each in periods]
    return Chart(
        kind=kind,
        title=title,
        categories=tuple(each.code for each in periods),
        series=(
            Series(name=_("到期承诺"), values=tuple(float(len(each)) for each in due)),
            Series(
                name=_("已兑现"),
                values=tuple(float(sum(c.state in _KEPT for c in each)) for each in due),
            ),
            Series(
                name=_("收到投诉举报"),
                values=tuple(
                    float(len(_of("complaint", "received_on", each, reader))) for each in periods
                ),
            ),
        ),
        unit=_("件"),
    )


def _share(part: int, of: int) -> str:
    percent = _percent(part, of)
    return "—" if percent is None else f"{percent:.1f}%"


def _percent(part: int, of: int) -> float | None:
    return 100 * part / of if of else None


@dataclass(frozen=True, kw_only=True)
class OfferPeriods(Question[tuple[Period, ...]]):
    """The periods there are reports of, the newest first, quarters before years."""


@answers(OfferPeriods)
def offer_periods(question: OfferPeriods, reader: Reader) -> tuple[Period, ...]:
    """Go back from today."""
    return offered_periods(reader.today)


def offered_periods(today: date) -> tuple[Period, ...]:
    """Return the periods a person may choose from: the last eight quarters and three years."""
    latest = read_period(f"{today.year}Q{(today.month + 2) // 3}")
    quarters = tuple(reversed(quarters_before(latest, 8)))
    return (*quarters, *(read_period(str(today.year - back)) for back in range(3)))
