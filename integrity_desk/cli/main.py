"""The command line's front door: sub-commands, exit codes, and sentences for what went wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from integrity_desk import __version__
from integrity_desk.cli import (
    bundles,
    case_files,
    clocks,
    county,
    dates,
    demo,
    evaluations,
    identifiers,
    inquiries,
    neighbours,
    notices,
    rules,
    samples,
    spreadsheets,
    store,
    time_rules,
)
from integrity_desk.cli.console import REFUSED
from integrity_desk.cli.parser import Parser
from integrity_desk.errors import Cancelled, DeskError
from integrity_desk.wording import LANGUAGES, _, set_language

_GROUPS = (
    demo, store, notices, case_files, bundles, identifiers, clocks, dates, time_rules, county,
    spreadsheets, samples, neighbours, evaluations, inquiries, rules,
)  # fmt: skip


def main(words: Sequence[str]) -> int:
    """Run one sub-command; return its exit code: 0 done, 1 refused, 2 wrong words."""
    _choose_language(words)
    arguments = _parser().parse_args(words)
    try:
        code: int = arguments.run(arguments)
    except DeskError as error:
        print(error.sentence, file=sys.stderr)
        return REFUSED
    except (Cancelled, KeyboardInterrupt):
        print(_("已停止，未作任何改动。"), file=sys.stderr)
        return REFUSED
    return code


def _choose_language(words: Sequence[str]) -> None:
    """The language must be known before the parser's own help is put into words."""
    chooser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    chooser.add_argument("--language", default="")
    chosen = chooser.parse_known_args(words)[0].language
    if chosen in LANGUAGES:
        set_language(chosen)


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="integrity-desk",
        description=_("诚信台账：登记承诺、档案和投诉举报，打印公示，封包上报。"),
        epilog=_("不带子命令时打开窗口。"),
    )
    version = f"integrity-desk {__version__}"
    parser.add_argument("--version", action="version", version=version, help=_("显示版本"))
    parser.add_argument("--language", choices=tuple(LANGUAGES), help=_("界面语言"))
    commands = parser.add_subparsers(required=True, metavar=_("子命令"), title=_("子命令"))
    for group in _GROUPS:
        group.add_commands(commands)
    return parser
