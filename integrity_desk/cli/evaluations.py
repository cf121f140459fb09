"""``evaluation``: score sheets, points from third parties, and the notices they lead to."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from integrity_desk.cli.console import (
    OK,
    add_json_option,
    add_store_options,
    save,
    say,
    signed_in,
)
from integrity_desk.domain.evaluation import EvaluationScheme
from integrity_desk.domain.fields import Id
from integrity_desk.domain.notices import NoticeKind
from integrity_desk.domain.records import type_of
from integrity_desk.domain.scoring import HUNDRED
from integrity_desk.errors import NotFound
from integrity_desk.services.desk import Desk
from integrity_desk.services.registers import FetchRows, Filter, ListRecords
from integrity_desk.services.rolls import DraftRoll
from integrity_desk.services.score_paper import DrawScoreSheet
from integrity_desk.services.score_sheet import ScoreSheet, ShowScoreSheet, UnitLine
from integrity_desk.services.scoring_tables import ExportScoringTable, ImportScores
from integrity_desk.wording import _

_ROLLS = {
    "results": NoticeKind.EVALUATION,
    "honour": NoticeKind.HONOUR_ROLL,
    "exposure": NoticeKind.EXPOSURE_LIST,
}


def add_commands(commands: Any) -> None:
    """Add this module's sub-commands."""
    group = commands.add_parser("evaluation", help=_("考核评价：得分表、第三方评分、光荣榜"))
    actions = group.add_subparsers(required=True, metavar=_("操作"))
    _action(actions, "list", _("列出各次考核"), _list, number=False)
    _action(actions, "show", _("一次考核的得分表"), _show)
    parser = _action(actions, "sheet", _("得分表存为PDF"), _sheet)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("PDF文件"))
    parser = _action(actions, "export-scores", _("导出待第三方填写的评分表"), _export)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("评分表文件"))
    parser.add_argument(
        "--scorer", default="", metavar="NAME", help=_("只导出由此评分单位评分的指标")
    )
    parser = _action(actions, "import-scores", _("收回填好的评分表，几份一起收回的取平均"), _import)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help=_("填好的评分表"))
    parser = _action(actions, "draft", _("生成考评公示、光荣榜或曝光台草稿"), _draft)
    parser.add_argument("kind", choices=tuple(_ROLLS), help=_("哪一份公示"))


def _action(
    actions: Any, name: str, words: str, run: Any, *, number: bool = True
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=words)
    if number:
        parser.add_argument("number", metavar="NUMBER", help=_("考核的编号"))
    add_json_option(parser)
    add_store_options(parser)
    parser.set_defaults(run=run)
    return parser


def _list(arguments: argparse.Namespace) -> int:
    desk = signed_in(arguments)
    try:
        rows = desk.ask(ListRecords(filter=Filter(type="evaluation_scheme")))
        found = desk.ask(FetchRows(type="evaluation_scheme", rows=tuple(rows)))
    finally:
        desk.close()
    if arguments.json:
        plain = [{"id": row.id, "cells": row.cells, "state": _(row.state_label)} for row in found]
        print(json.dumps(plain, ensure_ascii=False, indent=1))
        return OK
    for row in found:
        print("\t".join((*row.cells, _(row.state_label))))
    return OK


def _show(arguments: argparse.Namespace) -> int:
    desk = signed_in(arguments)
    try:
        sheet = desk.ask(ShowScoreSheet(scheme_id=_scheme(desk, arguments.number)))
    finally:
        desk.close()
    if arguments.json:
        print(json.dumps(_plain(sheet), ensure_ascii=False, indent=1))
        return OK
    heads = [_("名次"), _("单位"), *(head.title for head in sheet.heads), _("总分"), _("等次")]
    print("\t".join(heads))
    for line in sheet.lines:
        cells = [cell.points for cell in line.cells]
        print("\t".join((str(line.rank or "—"), line.unit, *cells, line.total, _grade(line))))
    return OK


def _sheet(arguments: argparse.Namespace) -> int:
    desk = signed_in(arguments)
    try:
        pdf = desk.ask(DrawScoreSheet(scheme_id=_scheme(desk, arguments.number)))
    finally:
        desk.close()
    save(arguments.out, pdf)
    say(arguments, _("已写入：{path}").format(path=arguments.out), file=str(arguments.out))
    return OK


def _export(arguments: argparse.Namespace) -> int:
    desk = signed_in(arguments)
    try:
        scheme = _scheme(desk, arguments.number)
        command = ExportScoringTable(scheme_id=scheme, path=arguments.out, scorer=arguments.scorer)
        desk.perform(command)
    finally:
        desk.close()
    say(arguments, _("已写入：{path}").format(path=arguments.out), file=str(arguments.out))
    return OK


def _import(arguments: argparse.Namespace) -> int:
    desk = signed_in(arguments)
    try:
        scheme = _scheme(desk, arguments.number)
        command = ImportScores(scheme_id=scheme, paths=tuple(arguments.files))
        count = desk.perform(command).value
    finally:
        desk.close()
    say(arguments, _("已导入{count}个评分。").format(count=count), count=count)
    return OK


def _draft(arguments: argparse.Namespace) -> int:
    desk = signed_in(arguments)
    try:
        kind = _ROLLS[arguments.kind]
        command = DraftRoll(scheme_id=_scheme(desk, arguments.number), kind=kind)
        drafted = desk.perform(command).value
    finally:
        desk.close()
    say(arguments, drafted.told(), notice=drafted.notice_id, fresh=drafted.fresh)
    return OK


def _scheme(desk: Desk, number: str) -> Id:
    """Return the id of the evaluation of this number; NotFound when there is none."""
    wanted = Filter(type=type_of(EvaluationScheme).name, equals={"number": (number,)})
    rows = desk.ask(ListRecords(filter=wanted))
    found = desk.ask(FetchRows(type=wanted.type, rows=tuple(rows[:1])))
    if not found:
        raise NotFound(_("没有编号为“{number}”的考核，请核对编号。").format(number=number))
    return found[0].id


def _grade(line: UnitLine) -> str:
    return _(line.grade.label) if line.grade else "—"


def _plain(sheet: ScoreSheet) -> dict[str, Any]:
    return {
        "number": sheet.scheme.number,
        "title": sheet.scheme.title,
        "state": sheet.scheme.state,
        "indicators": [
            {"name": head.name, "weight": head.weight, "veto": head.veto} for head in sheet.heads
        ],
        "units": [_plain_line(line) for line in sheet.lines],
    }


def _plain_line(line: UnitLine) -> dict[str, Any]:
    return {
        "unit": line.unit,
        "rank": line.rank,
        "values": [cell.value for cell in line.cells],
        "points": [cell.points for cell in line.cells],
        "total": _points(line.total_hundredths),
        "previous": _points(line.previous_hundredths),
        "grade": line.grade.value if line.grade else None,
        "veto": line.veto_reason,
    }


def _points(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / HUNDRED
