"""``dates``: every date of a case with what it rests on."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from integrity_desk.cli.console import OK, add_json_option, add_store_options, signed_in
from integrity_desk.services.case_dates import CaseDate, CaseDates, FindDates
from integrity_desk.wording import _


def add_commands(commands: Any) -> None:
    """Add this module's sub-commands."""
    parser = commands.add_parser("dates", help=_("一件登记的全部日期和依据，含暂定的和中止的"))
    parser.add_argument("number", metavar="NUMBER", help=_("登记的编号"))
    parser.add_argument("--explain", action="store_true", help=_("逐日说明"))
    add_json_option(parser)
    add_store_options(parser)
    parser.set_defaults(run=_dates)


def _dates(arguments: argparse.Namespace) -> int:
    desk = signed_in(arguments)
    try:
        found = desk.ask(FindDates(number=arguments.number, explain=arguments.explain))
    finally:
        desk.close()
    if arguments.json:
        print(json.dumps(_plain(found), ensure_ascii=False, indent=1))
        return OK
    print("\t".join((found.number, _(found.state_label), found.title)))
    for each in found.dates:
        print("\t".join((str(each.day), _(each.name), _(each.clause), _("、").join(_marks(each)))))
        for line in each.lines:
            print(f"  {line}")
    return OK


def _marks(date: CaseDate) -> Iterator[str]:
    """What has to be known about the date besides."""
    for holds, words in (
        (date.late, _("已逾期")),
        (date.running and not date.late, _("在办")),
        (date.paused, _("已中止计时，最早到此日")),
        (date.provisional, _("暂定")),
    ):
        if holds:
            yield words


def _plain(found: CaseDates) -> dict[str, Any]:
    return {
        "number": found.number,
        "type": found.type,
        "title": found.title,
        "state": _(found.state_label),
        "dates": [_plain_date(each) for each in found.dates],
    }


def _plain_date(date: CaseDate) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "name": _(date.name),
        "kind": date.kind,
        "date": date.day.isoformat(),
        "clause": _(date.clause),
        "rule_version": date.rule,
        "from": date.start.isoformat() if date.start else None,
        "provisional": date.provisional,
        "paused": date.paused,
        "running": date.running,
        "late": date.late,
    }
    if date.lines:
        plain["explanation"] = [str(line) for line in date.lines]
    return plain
