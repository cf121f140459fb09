"""``neighbours``: taking in what the township's other desks sent, and what is to be settled."""

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
from integrity_desk.services.neighbours import ImportNeighbours, ListNeighbours
from integrity_desk.services.settling import ListUnsettled
from integrity_desk.wording import _


def add_commands(commands: Any) -> None:
    """Add this module's sub-commands."""
    group = commands.add_parser("neighbours", help=_("同一乡镇的其他登记点"))
    actions = group.add_subparsers(required=True, metavar=_("操作"))
    parser = actions.add_parser("import", help=_("并入其他登记点的同步包：一个文件，或一个文件夹"))
    parser.add_argument("path", type=Path, metavar="FILE|DIR", help=_("同步包，或放着它们的U盘"))
    _finish(parser, _import)
    parser = actions.add_parser("list", help=_("各登记点收到第几包、还缺什么、哪些登记待裁定"))
    _finish(parser, _list)


def _finish(parser: argparse.ArgumentParser, run: Any) -> None:
    add_store_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=run)


def _import(arguments: argparse.Namespace) -> int:
    """Exit with REFUSED when a file was refused or set apart; the others are taken in."""
    desk, bar = signed_in(arguments), Bar()
    report = desk.perform(ImportNeighbours(path=arguments.path), bar).value
    bar.finish()
    desk.close()
    if not arguments.json:
        for line in report.troubles:
            print(_("{file}：{sentence}").format(file=line.file, sentence=_(line.sentence)))
    sentence = _("已并入{revisions}项变更，涉及{records}条登记，{conflicts}条待裁定。")
    say(
        arguments,
        sentence.format(
            revisions=report.revisions, records=report.records, conflicts=report.conflicts
        ),
        **asdict(report),
    )
    return REFUSED if report.troubles else OK


def _list(arguments: argparse.Namespace) -> int:
    desk = signed_in(arguments)
    known, disputed = desk.ask(ListNeighbours()), desk.ask(ListUnsettled())
    desk.close()
    if not arguments.json:
        for each in known:
            print("\t".join((each.stream, each.name, str(each.through_seq), *each.missing)))
        for line in disputed:
            print("\t".join((_(line.type_label), line.number, line.title, *map(_, line.fields))))
    say(
        arguments,
        _("共{desks}个其他登记点，{count}条登记待裁定。").format(
            desks=len(known), count=len(disputed)
        ),
        neighbours=[asdict(each) for each in known],
        unsettled=[asdict(each) for each in disputed],
    )
    return OK
