"""``county profile`` and ``county catalogue``: what the county asks for, and what it passes on."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from integrity_desk.cli.console import OK, password, say
from integrity_desk.county import catalogue, profiles
from integrity_desk.domain.profiles import Profile
from integrity_desk.domain.times import system_now
from integrity_desk.wording import _

Action = Callable[[Any, str, str, Any], argparse.ArgumentParser]


def add_actions(actions: Any, action: Action) -> None:
    """Add both to the county's actions."""
    parser = action(actions, "profile", _("查看或改用报送方案：要哪些登记，目录里叫什么"), _profile)
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--take", type=Path, metavar="FILE", help=_("核对并启用这份方案"))
    either.add_argument(
        "--write", type=Path, metavar="FILE", help=_("把现用的方案另存一份，改好后再启用")
    )
    parser = action(actions, "catalogue", _("把已接收的登记按报送方案写成目录表"), _catalogue)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("目录表写到此处"))


def _profile(arguments: argparse.Namespace) -> int:
    if arguments.take:
        told = profiles.take(
            arguments.county, arguments.take, passphrase=password(arguments), now=system_now()
        )
        sentence = _("已启用{profile}，随下一份回执发给各登记点。")
    else:
        told = profiles.in_force(
            arguments.county, passphrase=password(arguments), copy_to=arguments.write
        )
        sentence = _("现用{profile}。")
    if not arguments.json:
        _print_items(told)
    say(
        arguments,
        sentence.format(profile=told.label),
        **told.mapping(),
        reporters=told.reporters,
        withheld=told.withheld,
    )
    return OK


def _print_items(profile: Profile) -> None:
    for item in profile.items:
        print("\t".join((item.key, item.code or "-", item.name, item.type)))
        for each in item.elements:
            origin = _(profile.bases[each.name_from].origin.label)
            print("\t".join(("", each.code, each.name, each.field or each.value, origin)))


def _catalogue(arguments: argparse.Namespace) -> int:
    written = catalogue.write_catalogue(
        arguments.county, arguments.out, passphrase=password(arguments), now=system_now()
    )
    if not arguments.json:
        for table in written.tables:
            print("\t".join((table.key, table.name, str(table.rows), str(table.left_out))))
    sentence = _("已按{profile}写出{rows}条，{left}条没有写入，原因见 {file}。")
    say(
        arguments,
        sentence.format(
            profile=written.profile,
            rows=sum(each.rows for each in written.tables),
            left=sum(each.left_out for each in written.tables),
            file=catalogue.LEFT_OUT,
        ),
        **asdict(written),
    )
    return OK
