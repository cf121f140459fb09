"""``rules``: what the program decides by, as a page a legal officer can read."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from integrity_desk.cli.console import OK, save
from integrity_desk.domain.times import china_day, system_now
from integrity_desk.services.rule_tables import rules_pdf
from integrity_desk.wording import _


def add_commands(commands: Any) -> None:
    """Add this module's sub-command."""
    parser = commands.add_parser(
        "rules", help=_("把程序所依据的规则印成一份PDF，逐条列明依据和施行日期")
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("PDF存到哪里"))
    parser.set_defaults(run=_rules)


def _rules(arguments: argparse.Namespace) -> int:
    save(arguments.out, rules_pdf(china_day(system_now()), bundled_fonts=True))
    print(_("规则表在 {path}").format(path=arguments.out))
    return OK
