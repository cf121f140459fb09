"""``identifier check``: whether identity numbers and codes can be right."""

from __future__ import annotations

import argparse
import json
from typing import Any

from integrity_desk.cli.console import OK, REFUSED, add_json_option
from integrity_desk.domain.identifiers import check_identifier
from integrity_desk.wording import _


def add_commands(commands: Any) -> None:
    """Add this module's sub-commands."""
    group = commands.add_parser("identifier", help=_("身份证号码、信用代码、电话"))
    actions = group.add_subparsers(required=True, metavar=_("操作"))
    parser = actions.add_parser("check", help=_("核对号码，逐个给出类别和结论"))
    parser.add_argument("values", nargs="+", metavar="VALUE", help=_("要核对的号码"))
    add_json_option(parser)
    parser.set_defaults(run=_check)


def _check(arguments: argparse.Namespace) -> int:
    verdicts = [check_identifier(value) for value in arguments.values]
    if arguments.json:
        print(json.dumps([each.as_plain() for each in verdicts], ensure_ascii=False, indent=1))
    else:
        for each in verdicts:
            kind = each.kind.value if each.kind else "unknown"
            verdict = "ok" if each.ok else each.code
            print("\t".join((each.value, kind, verdict, each.sentence)).rstrip())
    return OK if all(each.ok for each in verdicts) else REFUSED
