"""``import`` and ``export``: registers as spreadsheets."""

from __future__ import annotations

import argparse
from dataclasses import asdict
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
from integrity_desk.domain.records import type_named
from integrity_desk.errors import InvalidInput
from integrity_desk.services.import_sources import SourceByName
from integrity_desk.services.registers import Filter
from integrity_desk.services.spreadsheet_imports import (
    CheckImport,
    Imported,
    ImportPreview,
    ImportRows,
)
from integrity_desk.services.spreadsheets import ExportRegister
from integrity_desk.wording import _


def add_commands(commands: Any) -> None:
    """Add this module's sub-commands."""
    names = [each.name for each in catalogue.TYPES if each.register and each.handed_out]
    parser = commands.add_parser("export", help=_("把一本台账导出为 .xlsx 或 .csv"))
    parser.add_argument("register", choices=names, metavar="REGISTER", help=", ".join(names))
    parser.add_argument("path", type=Path, metavar="FILE", help=_("写到此文件，.xlsx 或 .csv"))
    parser.add_argument("--text", default="", help=_("只导出含有此文字的"))
    parser.add_argument(
        "--state", action="append", default=[], help=_("只导出此状态的（名称或代码），可重复")
    )
    parser.add_argument(
        "--in-full", metavar="REASON", default="", help=_("不遮盖隐私内容，写明理由")
    )
    add_store_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=_export)

    parser = commands.add_parser("import", help=_("从 .xlsx 或 .csv 登记一批"))
    parser.add_argument("register", choices=names, metavar="REGISTER", help=", ".join(names))
    parser.add_argument("path", type=Path, metavar="FILE", help=_("要导入的文件，.xlsx 或 .csv"))
    parser.add_argument("--dry-run", action="store_true", help=_("只核对，不导入"))
    parser.add_argument("--source", default="", metavar="NAME", help=_("导入来源的名称"))
    parser.add_argument("--report", type=Path, metavar="FILE.xlsx", help=_("写出带批注的副本"))
    parser.add_argument("--only-sound", action="store_true", help=_("只导入没有问题的行"))
    add_store_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=_import)


def _export_command(arguments: argparse.Namespace, narrowed: Filter) -> ExportRegister:
    reason = arguments.in_full
    return ExportRegister(filter=narrowed, path=arguments.path, in_full=bool(reason), reason=reason)


def _export(arguments: argparse.Namespace) -> int:
    desk, bar = signed_in(arguments), Bar()
    states = tuple(_state(arguments.register, each) for each in arguments.state)
    narrowed = Filter(type=arguments.register, text=arguments.text, states=states)
    count = desk.perform(_export_command(arguments, narrowed), bar).value
    bar.finish()
    desk.close()
    sentence = _("已导出{count}行到 {path}").format(count=count, path=arguments.path)
    say(arguments, sentence, rows=count, path=arguments.path)
    return OK


def _state(register: str, said: str) -> str:
    """Return the code of a state named by code or label; refuse what is none of this register's."""
    life = type_named(register).life
    states = life.states if life else ()
    for each in states:
        if said in (each.code, each.label, _(each.label)):
            return each.code
    known = _("、").join(f"{_(each.label)} ({each.code})" for each in states)
    sentence = _("没有状态“{state}”，可以是：{known}。")
    raise InvalidInput("state", sentence.format(state=said, known=known))


def _import(arguments: argparse.Namespace) -> int:
    desk, bar = signed_in(arguments), Bar()
    register, path = arguments.register, arguments.path
    source = None
    if arguments.source:
        source = desk.ask(SourceByName(type=register, path=path, name=arguments.source))
    preview = desk.ask(
        CheckImport(type=register, path=path, source=source, report=arguments.report), bar
    )
    faulty = preview.counts.get("problem", 0)
    done = Imported()
    if not arguments.dry_run and (arguments.only_sound or not faulty):
        command = ImportRows(
            type=register, path=path, source=source, only_sound=arguments.only_sound,
            digest=preview.digest,
        )  # fmt: skip
        done = desk.perform(command, bar).value
    bar.finish()
    desk.close()
    if not arguments.json:
        for each in preview.problems:
            print(f"{each.sheet}!{each.address} {each.sentence}")
    say(
        arguments,
        _sentence(preview, done, arguments.dry_run),
        rows=preview.rows,
        counts=preview.counts,
        problems=[asdict(each) for each in preview.problems],
        lines=[asdict(each) for each in preview.lines if each.kind != "problem"],
        ignored=preview.ignored,
        imported=done.added,
        changed=done.changed,
    )
    return REFUSED if faulty else OK


def _sentence(preview: ImportPreview, done: Imported, dry_run: bool) -> str:
    if done.added or done.changed:
        return _("已登记{added}条，改动{changed}条，跳过有问题的{passed_over}行。").format(
            added=done.added, changed=done.changed, passed_over=done.passed_over
        )
    if preview.problems:
        return _("{rows}行中有{problems}处问题，没有导入任何内容。").format(
            rows=preview.rows, problems=len(preview.problems)
        )
    if dry_run and preview.counts.keys() - {"same"}:
        return _("{rows}行核对无误，可以导入。").format(rows=preview.rows)
    return _("没有需要导入的变化。")
