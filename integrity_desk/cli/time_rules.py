"""``calendar``: the working days of a new year, and whose local rules hold here."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from integrity_desk.cli.console import OK, Bar, add_json_option, add_store_options, say, signed_in
from integrity_desk.services.time_rules import ChooseRegion, ImportCalendar
from integrity_desk.wording import _


def add_commands(commands: Any) -> None:
    """Add this module's sub-commands."""
    group = commands.add_parser("calendar", help=_("工作日历和适用的地方规定"))
    actions = group.add_subparsers(required=True, metavar=_("操作"))

    parser = actions.add_parser("import", help=_("导入一年的放假安排，重算全部暂定期限"))
    parser.add_argument("file", type=Path, metavar="FILE", help=_("放假安排文件"))
    add_store_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=_import)

    parser = actions.add_parser("region", help=_("选择适用的地方规定"))
    parser.add_argument("code", metavar="CODE", help=_("行政区划代码，空为全国规定"))
    add_store_options(parser)
    parser.set_defaults(run=_region)


def _import(arguments: argparse.Namespace) -> int:
    desk, bar = signed_in(arguments), Bar()
    try:
        done = desk.perform(ImportCalendar(path=arguments.file), bar).value
    finally:
        bar.finish()
        desk.close()
    if not arguments.json:
        for each in done.moved:
            print("\t".join((each.number, str(each.before), str(each.after), each.title)))
    moved = [
        {"number": each.number, "before": str(each.before), "after": str(each.after)}
        for each in done.moved
    ]
    sentence = _("已导入{years}年的放假安排，{moved}个期限移动，{settled}个期限不再是暂定的。")
    words = sentence.format(
        years=_("、").join(map(str, done.years)), moved=len(moved), settled=done.settled
    )
    say(arguments, words, years=done.years, moved=moved, settled=done.settled)
    return OK


def _region(arguments: argparse.Namespace) -> int:
    desk = signed_in(arguments)
    try:
        desk.perform(ChooseRegion(region=arguments.code))
    finally:
        desk.close()
    print(_("已选择，以后起算的期限按此规定。"))
    return OK
