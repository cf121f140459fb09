"""``casefile``: everything about one case in one PDF, with its attachments behind dividers."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from integrity_desk.cli.console import (
    OK,
    Bar,
    add_fonts_option,
    add_json_option,
    add_store_options,
    check_writable,
    save,
    say,
    signed_in,
)
from integrity_desk.services.case_files import FindCase, TakeCaseFile
from integrity_desk.wording import _


def add_commands(commands: Any) -> None:
    """Add this module's sub-command."""
    parser = commands.add_parser("casefile", help=_("把一件登记的卷宗连同附件输出为一个PDF"))
    parser.add_argument("number", help=_("登记编号"))
    parser.add_argument("--out", type=Path, required=True, metavar="PDF", help=_("写到此文件"))
    parser.add_argument(
        "--with-reporter", action="store_true", help=_("含投诉举报人信息，须有权限并写明理由")
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help=_("理由"))
    add_fonts_option(parser)
    add_store_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=_case_file)


def _case_file(arguments: argparse.Namespace) -> int:
    check_writable(arguments.out)
    desk = signed_in(arguments)
    bar = Bar()
    try:
        command = TakeCaseFile(
            record_id=desk.ask(FindCase(number=arguments.number)),
            with_reporter=arguments.with_reporter, reason=arguments.reason,
            bundled_fonts=arguments.bundled_fonts,
        )  # fmt: skip
        taken = desk.perform(command, bar).value
    finally:
        bar.finish()
        desk.close()
    save(arguments.out, taken.pdf)
    words = _("{number}的卷宗共{pages}页，已保存到 {path}")
    said = words.format(number=taken.number, pages=taken.pages, path=arguments.out)
    say(arguments, said, pdf=arguments.out, number=taken.number, pages=taken.pages)
    return OK
