"""``clock``: legal time limits, counted and explained."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from integrity_desk.cli.console import OK, USAGE, add_json_option
from integrity_desk.domain.calendars import published_calendar
from integrity_desk.domain.clocks import (
    DueDate,
    Suspension,
    clock,
    clocks,
    count,
    read_days,
)
from integrity_desk.wording import _


def add_commands(commands: Any) -> None:
    """Add this module's sub-commands."""
    parser = commands.add_parser("clock", help=_("法定时限：列出，或从某日起算"))
    parser.add_argument("clock", nargs="?", metavar="CLOCK_ID", help=_("时限代号"))
    parser.add_argument("--list", action="store_true", help=_("列出全部时限"))
    parser.add_argument("--from", dest="start", metavar="DATE[..DATE]", help=_("起算日"))
    parser.add_argument("--region", default="", metavar="CODE", help=_("行政区划代码"))
    parser.add_argument(
        "--suspend", action="append", default=[], metavar="A..B", help=_("中止的日期，可重复")
    )
    parser.add_argument("--explain", action="store_true", help=_("逐日说明"))
    add_json_option(parser)
    parser.set_defaults(run=_clock)


def _clock(arguments: argparse.Namespace) -> int:
    if arguments.list:
        return _list(arguments)
    if not arguments.clock or not arguments.start:
        sentence = _("请给出时限代号和 --from 起算日，或用 --list 查看全部时限。")
        print(sentence, file=sys.stderr)
        return USAGE
    pauses = [read_days(each) for each in arguments.suspend]
    suspensions = [Suspension(first=days[0], last=days[-1]) for days in pauses]
    counted = [
        count(
            clock(arguments.clock, on=start, region=arguments.region),
            start,
            calendar=published_calendar(),
            suspensions=suspensions,
        )
        for start in read_days(arguments.start)
    ]
    _show(counted, arguments)
    return OK


def _show(counted: Sequence[DueDate], arguments: argparse.Namespace) -> None:
    if arguments.json:
        plain = [
            {"from": each.start.isoformat(), **each.as_plain(explain=arguments.explain)}
            for each in counted
        ]
        print(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    for each in counted:
        mark = "provisional" if each.provisional else "final"
        print(f"{each.start}\t{each.due}\t{mark}\t{_(each.clause)}")
        if arguments.explain:
            print("\n".join(f"  {line}" for line in each.explanation))


def _list(arguments: argparse.Namespace) -> int:
    known = clocks(arguments.region).values()
    if arguments.json:
        print(json.dumps([each.as_plain() for each in known], ensure_ascii=False, indent=1))
    else:
        for each in known:
            print(
                "\t".join(
                    (each.id, _(each.name), each.unit.value, str(each.length), _(each.clause))
                )
            )
    return OK
