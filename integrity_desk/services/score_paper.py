"""The score sheet as a chart and on paper: one table of all units, then how each number counts."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from integrity_desk.domain.charts import Chart, ChartKind, Series
from integrity_desk.domain.evaluation import EvaluationObjection, EvaluationScheme, Indicator
from integrity_desk.domain.fields import Id
from integrity_desk.domain.periods import stretch
from integrity_desk.domain.records import type_of
from integrity_desk.domain.reports import Ending, Lines, Paragraph, Report, Section, Table
from integrity_desk.domain.scoring import HUNDRED, ends_of, formula_of, points_words
from integrity_desk.domain.sheets import Align, Column, Row
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.credit_reports import issuer_of
from integrity_desk.services.evaluation_rules import indicators_of
from integrity_desk.services.score_sheet import (
    Cell,
    ScoreSheet,
    ShowScoreSheet,
    UnitLine,
    show_score_sheet,
)
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _, in_chinese


@dataclass(frozen=True, kw_only=True)
class DrawScoreSheet(Question[bytes]):
    """The printed score sheet of a scheme, as a PDF."""

    permission: ClassVar[str] = "print"
    scheme_id: Id
    bundled_fonts: bool = False


@answers(DrawScoreSheet)
def draw_score_sheet(question: DrawScoreSheet, reader: Reader) -> bytes:
    """Read the sheet, write it as a report, draw it."""
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415  (lazy: reportlab)
    from integrity_desk.documents.reports import render_report  # noqa: PLC0415

    with in_chinese():
        report = score_report(question.scheme_id, reader)
        return render_report(report, Fonts(bundled_only=question.bundled_fonts))


def score_report(scheme_id: Id, reader: Reader) -> Report:
    """Return the score sheet as a report, in the language in force."""
    sheet = show_score_sheet(ShowScoreSheet(scheme_id=scheme_id), reader)
    scheme = sheet.scheme
    return Report(
        title=_("{name}得分表").format(name=scheme.title),
        subtitle=_("考核期：{period}　状态：{state}").format(
            period=period_words(scheme), state=_state(scheme)
        ),
        number=scheme.number,
        author=issuer_of(reader),
        made_on=reader.today,
        landscape=True,
        sections=_numbered(
            Section(heading=_("考核方案"), blocks=(_scheme_lines(scheme, reader),)),
            Section(heading=_("得分和等次"), blocks=(_scores(sheet), _shares())),
            *_compared(sheet),
            *_objected(scheme, reader),
            Section(heading=_("考核指标和算法"), blocks=(_indicators(scheme, reader),)),
        ),
        ending=Ending(issuer=issuer_of(reader), issued_on=reader.today, sealed=False),
    )


def total_chart(sheet: ScoreSheet) -> Chart:
    """Return the totals of all units, beside those of last period where these are known."""
    lines = [line for line in sheet.lines if line.total_hundredths is not None]
    now = Series(name=_("本期"), values=tuple(_points(line.total_hundredths) for line in lines))
    if not sheet.compares:
        return Chart(
            kind=ChartKind.BAR, title=_("各单位总分"), unit=_("分"), top=100.0, decimals=1,
            categories=tuple(line.unit for line in lines), series=(now,),
        )  # fmt: skip
    before = tuple(_points(line.previous_hundredths) for line in lines)
    return Chart(
        kind=ChartKind.GROUPED, title=_("各单位总分与上期对比"), unit="", top=100.0, decimals=1,
        categories=tuple(line.unit for line in lines),
        series=(Series(name=_("上期"), values=before), now),
    )  # fmt: skip


def change_words(line: UnitLine) -> str:
    """Return how much a total rose or fell since last period; "" where one is missing."""
    if line.total_hundredths is None or line.previous_hundredths is None:
        return ""
    change = line.total_hundredths - line.previous_hundredths
    return ("+" if change > 0 else "") + points_words(change).replace("-", "−")


def cell_words(cell: Cell, *, weighs: bool) -> str:
    """Return what stands in a cell of the sheet: points, or for a veto the number found."""
    return cell.points if weighs else cell.value


def period_words(scheme: EvaluationScheme) -> str:
    """Return the period of a scheme in words."""
    if scheme.from_on is None or scheme.until_on is None:
        return ""
    return stretch(scheme.from_on, scheme.until_on).words


def _scores(sheet: ScoreSheet) -> Table:
    columns = [
        Column(heading=_("名次"), width=1.2, align=Align.CENTER),
        Column(heading=_("单位"), width=4.4),
        *(Column(heading=head.title, width=2.2, align=Align.CENTER) for head in sheet.heads),
        Column(heading=_("总分"), width=1.6, align=Align.CENTER),
    ]
    if sheet.compares:
        columns += [
            Column(heading=_("上期"), width=1.6, align=Align.CENTER),
            Column(heading=_("升降"), width=1.6, align=Align.CENTER),
        ]
    columns.append(Column(heading=_("等次"), width=2.4, align=Align.CENTER))
    rows = tuple(Row(cells=tuple(_row(line, sheet)), place=line.unit) for line in sheet.lines)
    return Table(columns=tuple(columns), rows=rows)


def _row(line: UnitLine, sheet: ScoreSheet) -> Iterator[str]:
    yield str(line.rank or "—")
    yield line.unit
    for head, cell in zip(sheet.heads, line.cells, strict=True):
        points = cell_words(cell, weighs=bool(head.weight))
        yield f"{points}\n{cell.value}" if head.weight and cell.value != "—" else points
    yield line.total
    if sheet.compares:
        yield points_words(line.previous_hundredths)
        yield change_words(line) or "—"
    grade = _(line.grade.label) if line.grade else "—"
    yield (
        _("{grade}\n（否决：{reason}）").format(grade=grade, reason=line.veto_reason)
        if line.veto_reason
        else grade
    )


def _compared(sheet: ScoreSheet) -> Iterator[Section]:
    chart = total_chart(sheet)
    if not chart.is_empty:
        yield Section(heading=_("图示"), blocks=(chart,))


def _numbered(*sections: Section) -> tuple[Section, ...]:
    """Number the chapters, however many there are."""
    return tuple(
        dataclasses.replace(each, heading=f"{place}、{each.heading}")
        for place, each in zip("一二三四五六", sections, strict=False)
    )


def _scheme_lines(scheme: EvaluationScheme, reader: Reader) -> Lines:
    names = records.titles(reader.database, (scheme.organiser_id, scheme.previous_id))
    items = (
        (_("组织单位"), names.get(scheme.organiser_id, "")),
        (_("依据"), scheme.basis),
        (_("考核期"), _days(scheme.from_on, scheme.until_on)),
        (
            _("等次"),
            _("优秀{excellent}分以上，良好{good}分以上，合格{passing}分以上").format(
                excellent=scheme.excellent_from, good=scheme.good_from, passing=scheme.passing_from
            ),
        ),
        (_("上期考核"), names.get(scheme.previous_id, "")),
        (_("公示期"), _days(scheme.publicity_from, scheme.publicity_until)),
        (_("决定文号"), scheme.decision_document),
        (_("决定日期"), str(scheme.decided_on or "")),
    )
    return Lines(items=tuple((label, words) for label, words in items if words))


def _days(first: date | None, last: date | None) -> str:
    return _("{first} 至 {last}").format(first=first, last=last) if first and last else ""


def _objected(scheme: EvaluationScheme, reader: Reader) -> Iterator[Section]:
    """Yield what units protested against and what came of it; nothing when nobody did."""
    found = reader.find(EvaluationObjection, evaluation_scheme_id=scheme.id)
    if not found:
        return
    names = records.titles(reader.database, (each.unit_id for each in found))
    columns = (
        Column(heading=_("提出单位"), width=4), Column(heading=_("收到日期"), width=2.4),
        Column(heading=_("异议理由"), width=6), Column(heading=_("处理结论"), width=2.4),
        Column(heading=_("结论说明"), width=5),
    )  # fmt: skip
    rows = tuple(
        Row(
            cells=(
                names.get(each.unit_id, ""), str(each.received_on or ""), each.reason,
                _(each.finding.label) if each.finding else _("处理中"), each.finding_note,
            ),
            place=each.reason,
        )
        for each in found
    )  # fmt: skip
    yield Section(heading=_("异议和处理"), blocks=(Table(columns=columns, rows=rows),))


def _indicators(scheme: EvaluationScheme, reader: Reader) -> Lines:
    return Lines(
        items=tuple(
            (each.name, "\n".join(_counted(each))) for each in indicators_of(scheme, reader)
        )
    )


def _counted(indicator: Indicator) -> Iterator[str]:
    formula = formula_of(indicator)
    if indicator.weight:
        full, zero = ends_of(indicator)
        yield _("权重{weight}分，数值{full}得满分，{zero}得零分，其间按比例。").format(
            weight=indicator.weight, full=f"{full:g}", zero=f"{zero:g}"
        )
    if indicator.veto:
        yield _("一票否决：数值大于{above}即评为不合格。").format(above=indicator.veto_above or 0)
    if formula is None:
        yield _("由{scorer}评分。").format(scorer=indicator.scorer or _("考核组"))
    else:
        for label, words in formula.described():
            yield _("{label}：{words}").format(label=label, words=words)


def _shares() -> Paragraph:
    return Paragraph(
        text=_(
            "表中上行为得分，下行为数值。考核期内没有可统计记录的指标不计分，权重由其他指标分担；"
            "被一票否决的单位排在其他单位之后。"
        )
    )


def _points(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / HUNDRED


def _state(scheme: EvaluationScheme) -> str:
    life = type_of(scheme).life
    assert life is not None
    return _(life.state(scheme.state).label)
