"""The scoring table: handed to a third party to be filled in, and taken back.

Several tables taken back together, e.g. one of each social supervisor (社会监督员), count by
their mean. City opinions of 2017, 三(四); county plan of 2019, 二(一)3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from integrity_desk.domain.evaluation import EvaluationScheme, Indicator
from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import type_of
from integrity_desk.domain.scoring import NOTHING, is_given, points_words
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.acts import Command, performs
from integrity_desk.services.evaluation import FULL_SCORE, GiveScores, give_scores
from integrity_desk.services.evaluation_rules import (
    check_open_to_scores,
    indicators_of,
)
from integrity_desk.services.given_scores import MARKS, UNIT_HEADINGS, read_given
from integrity_desk.services.handing_out import digest_of, note_handout
from integrity_desk.services.score_sheet import ShowScoreSheet, show_score_sheet
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _, in_chinese

_UNIT_WIDTH = 36
"""Room for the names of units in the table, in characters."""


@dataclass(frozen=True, kw_only=True)
class ExportScoringTable(Command[int]):
    """Write the units by the indicators one scorer is to fill in, as an .xlsx; "" is all scorers.

    The outcome is the number of units. What was given before stands in its cells.
    """

    permission: ClassVar[str] = "print"
    scheme_id: Id
    path: Path
    scorer: str = ""


@dataclass(frozen=True, kw_only=True)
class ImportScores(Command[int]):
    """Read points from spreadsheets; any problem in any of them refuses all."""

    scheme_id: Id
    paths: tuple[Path, ...]


@performs(ExportScoringTable)
def export_scoring_table(command: ExportScoringTable, work: UnitOfWork) -> int:
    """Write the table with a cover that says how to fill it in; note that it was handed out."""
    from integrity_desk.documents.spreadsheets import (  # noqa: PLC0415  (lazy: openpyxl)
        Export,
        write_xlsx,
    )

    scheme = work.load(EvaluationScheme, command.scheme_id)
    check_open_to_scores(scheme)
    if command.path.suffix.lower() != ".xlsx":
        raise InvalidInput("", _("评分表请保存为 .xlsx 文件。"))
    indicators = [each for each in _given(scheme, work) if command.scorer in ("", each.scorer)]
    if not indicators:
        raise StepRefused(_("没有由“{name}”评分的指标。").format(name=command.scorer))
    with in_chinese():
        export = Export(
            title=_("{name}评分表").format(name=scheme.title),
            headings=(_(UNIT_HEADINGS[0]), *(each.name for each in indicators), *MARKS),
            rows=_rows(scheme, indicators, work),
            about=_cover(scheme, indicators, command.scorer),
            hidden=len(MARKS),
            numbers=(0, FULL_SCORE),
            first_width=_UNIT_WIDTH,
        )
    count = write_xlsx(command.path, export)
    note_handout(
        work,
        register=type_of(scheme).name,
        narrowed=_("{title} {number}").format(title=export.title, number=scheme.number),
        rows=count,
        digest=digest_of(command.path),
        reason=_("交{name}填写评分").format(name=command.scorer or _("第三方")),
    )
    return count


@performs(ImportScores)
def import_scores(command: ImportScores, work: UnitOfWork) -> int:
    """Match headings to indicators and rows to units; then give the points, or their mean."""
    scheme = work.load(EvaluationScheme, command.scheme_id)
    check_open_to_scores(scheme)
    _check_all_differ(command.paths)
    wanted = _given(scheme, work)
    names = {each.name: each.id for each in wanted}
    units = records.titles(work.database, scheme.unit_ids)
    tables = [read_given(path, names, units, scheme.number) for path in command.paths]
    count = 0
    for indicator in wanted:
        for unit_id in scheme.unit_ids:
            points = [
                table[indicator.id][unit_id]
                for table in tables
                if unit_id in table.get(indicator.id, {})
            ]
            if points:
                count += give_scores(_mean(indicator, unit_id, points, command.paths), work)
    return count


def _given(scheme: EvaluationScheme, work: UnitOfWork) -> list[Indicator]:
    return [each for each in indicators_of(scheme, work) if is_given(each)]


def _rows(
    scheme: EvaluationScheme, indicators: Sequence[Indicator], reader: Reader
) -> Iterator[tuple[str, ...]]:
    """Yield unit, points given so far, and the marks."""
    wanted = {each.id for each in indicators}
    for line in show_score_sheet(ShowScoreSheet(scheme_id=scheme.id), reader).lines:
        values = (cell.value for cell in line.cells if cell.indicator_id in wanted)
        cells = ("" if each == NOTHING else each for each in values)
        yield (line.unit, *cells, line.unit_id, scheme.number)


def _cover(
    scheme: EvaluationScheme, indicators: Sequence[Indicator], scorer: str
) -> list[tuple[str, str]]:
    about = [
        (_("考核"), f"{scheme.title} {scheme.number}"),
        (_("考核期"), _("{first} 至 {last}").format(first=scheme.from_on, last=scheme.until_on)),
        (_("评分单位"), scorer),
        (_("怎样填"), _("在“数据”表里给每个单位的每项指标填0至100的数，可以有小数。")),
        (_("不了解的"), _("留空，不要填0。")),
        (_("交回"), _("请不要改动单位名称和表头，填好后把这份表格原样交回。")),
        *((_("评分指标"), each.name) for each in indicators),
    ]  # fmt: skip
    return [(label, value) for label, value in about if value]


def _mean(
    indicator: Indicator, unit_id: Id, points: Sequence[int], paths: Sequence[Path]
) -> GiveScores:
    """Return what one table gives, or the mean of several with how far they lie apart."""
    if len(paths) == 1:
        giver, note = paths[0].name, _("从“{file}”导入").format(file=paths[0].name)
    else:
        giver = _("{count}份评分表").format(count=len(points))
        note = _("{count}份评分表的平均分，最低{low}，最高{high}").format(
            count=len(points), low=points_words(min(points)), high=points_words(max(points))
        )
    mean = round(sum(points) / len(points))
    return GiveScores(
        indicator_id=indicator.id, values={unit_id: mean}, given_by=indicator.scorer or giver,
        note=note,
    )  # fmt: skip


def _check_all_differ(paths: Sequence[Path]) -> None:
    """The same table must not count twice."""
    known: dict[str, str] = {}
    for path in paths:
        same = known.setdefault(digest_of(path), path.name)
        if same != path.name:
            raise InvalidInput(
                "",
                _("“{one}”和“{other}”内容完全相同，没有导入任何内容。").format(
                    one=same, other=path.name
                ),
            )
