"""``import`` and ``export``: registers as spreadsheets."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from integrity_desk.cli.console import (
    OK,
    REFUSED,
    Bar,
    add_json_option,
    add_store_options,
    say,
    signed_in,
)
from integrity_desk.domain import catalogue
from integrity_desk.services.registers import Filter
from integrity_desk.services.spreadsheets import CheckImport, ExportRegister, ImportRows
from integrity_desk.wording import _


def add_commands(commands: Any) -> None:
    """Add this module's sub-commands."""
    names = [each.name for each in catalogue.TYPES if each.register]
    parser = commands.add_parser("export", help=_("把一本台账导出为 .xlsx 或 .csv"))
    parser.add_argument("register", choices=names, metavar="REGISTER", help=", ".join(names))
    parser.add_argument("path", type=Path, metavar="FILE")
    parser.add_argument("--text", default="", help=_("只导出含有此文字的"))
    parser.add_argument("--state", action="append", default=[], help=_("只导出此状态的，可重复"))
    add_store_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=_export)

    parser = commands.add_parser("import", help=_("从 .xlsx 或 .csv 登记一批"))
    parser.add_argument("register", choices=names, metavar="REGISTER", help=", ".join(names))
    parser.add_argument("path", type=Path, metavar="FILE")
    parser.add_argument("--dry-run", action="store_true", help=_("只核对，不导入"))
    add_store_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=_import)


def _export(arguments: argparse.Namespace) -> int:
    desk, bar = signed_in(arguments), Bar()
    narrowed = Filter(type=arguments.register, text=arguments.text, states=tuple(arguments.state))
    count = desk.perform(ExportRegister(filter=narrowed, path=arguments.path), bar).value
    bar.finish()
    desk.close()
    sentence = _("已导出{count}行到 {path}").format(count=count, path=arguments.path)
    say(arguments, sentence, rows=count, path=arguments.path)
    return OK


def _import(arguments: argparse.Namespace) -> int:
    desk, bar = signed_in(arguments), Bar()
    preview = desk.ask(CheckImport(type=arguments.register, path=arguments.path), bar)
    problems = [
        {"row": each.row, "heading": each.heading, "sentence": each.sentence}
        for each in preview.problems
    ]
    if not problems and not arguments.dry_run:
        desk.perform(ImportRows(type=arguments.register, path=arguments.path), bar)
    bar.finish()
    desk.close()
    if not arguments.json:
        for each in preview.problems:
            print(_("第{row}行 {sentence}").format(row=each.row, sentence=each.sentence))
    say(
        arguments,
        _sentence(preview.rows, len(problems), arguments.dry_run),
        rows=preview.rows,
        problems=problems,
        ignored=preview.ignored,
        imported=0 if problems or arguments.dry_run else preview.rows,
    )
    return REFUSED if problems else OK


def _sentence(rows: int, problems: int, dry_run: bool) -> str:
    if problems:
        return _("{rows}行中有{problems}处问题，没有导入任何内容。").format(
            rows=rows, problems=problems
        )
    if dry_run:
        return _("{rows}行核对无误，可以导入。").format(rows=rows)
    return _("已登记{rows}条。").format(rows=rows)
