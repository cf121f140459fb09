"""``notice`` and ``verify-sheet``: printing a notice and checking a sheet from the wall."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from integrity_desk.cli.console import (
    OK,
    REFUSED,
    add_fonts_option,
    add_json_option,
    add_store_options,
    check_writable,
    save,
    say,
    signed_in,
)
from integrity_desk.domain.sheets import Paper
from integrity_desk.errors import NotFound
from integrity_desk.services.desk import Desk
from integrity_desk.services.registers import FindRecords
from integrity_desk.services.sheets import PreviewSheet, PrintSheet, VerifySheet
from integrity_desk.wording import _


def add_commands(commands: Any) -> None:
    """Add this module's sub-commands."""
    parser = commands.add_parser("notice", help=_("把一份公示输出为PDF"))
    parser.add_argument("number", help=_("公示编号，如 公示2026-01-0003"))
    parser.add_argument("--out", type=Path, required=True, metavar="PDF", help=_("写到此文件"))
    parser.add_argument(
        "--paper", choices=[each.value for each in Paper], default=Paper.A4.value, help=_("纸张")
    )
    parser.add_argument("--preview", action="store_true", help=_("只预览，不登记为印张"))
    add_fonts_option(parser)
    add_store_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=_notice)

    parser = commands.add_parser("verify-sheet", help=_("核对一张公示单的真伪和效力"))
    parser.add_argument("--qr", default="", metavar="TEXT", help=_("二维码内容"))
    parser.add_argument("--number", default="", help=_("公示编号"))
    parser.add_argument("--code", default="", help=_("校验码，如 9F3A-6C21-77E0"))
    add_store_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=_verify)


def _notice(arguments: argparse.Namespace) -> int:
    check_writable(arguments.out)
    desk, paper = signed_in(arguments), Paper(arguments.paper)  # type: ignore[call-arg]
    notice_id = _find(desk, arguments.number)
    if arguments.preview:
        pdf = desk.ask(
            PreviewSheet(notice_id=notice_id, paper=paper, bundled_fonts=arguments.bundled_fonts)
        )
        desk.close()
        save(arguments.out, pdf)
        say(arguments, _("预览已保存到 {path}").format(path=arguments.out), pdf=arguments.out)
        return OK
    printed = desk.perform(
        PrintSheet(notice_id=notice_id, paper=paper, bundled_fonts=arguments.bundled_fonts)
    ).value
    desk.close()
    save(arguments.out, printed.pdf)
    say(
        arguments,
        _("{number}第{version}版已保存到 {path}，校验码 {code}").format(
            number=printed.number, version=printed.version, path=arguments.out, code=printed.code
        ),
        pdf=arguments.out,
        number=printed.number,
        version=printed.version,
        code=printed.code,
        qr=printed.qr_text,
    )
    return OK


def _find(desk: Desk, number: str) -> str:
    hits = desk.ask(FindRecords(text=number, types=("notice",)))
    for hit in hits:
        if hit.number == number:
            return hit.id
    raise NotFound(_("没有编号为“{number}”的公示。").format(number=number))


def _verify(arguments: argparse.Namespace) -> int:
    desk = signed_in(arguments)
    verdict = desk.ask(
        VerifySheet(qr_text=arguments.qr, number=arguments.number, code=arguments.code)
    )
    desk.close()
    say(
        arguments,
        verdict.sentence,
        genuine=verdict.genuine,
        standing=verdict.standing,
        title=verdict.title,
    )
    return OK if verdict.genuine and verdict.standing == "current" else REFUSED
