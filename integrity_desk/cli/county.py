"""``county``: the receiving end, for the county's engineers."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from integrity_desk.cli import county_catalogue
from integrity_desk.cli.console import (
    OK,
    REFUSED,
    Bar,
    add_json_option,
    add_password_option,
    password,
    say,
)
from integrity_desk.county import asking, enrolment, office, receivers
from integrity_desk.domain.times import system_now
from integrity_desk.errors import StoreUnavailable
from integrity_desk.wording import _


def add_commands(commands: Any) -> None:
    """Add this module's sub-commands."""
    group = commands.add_parser("county", help=_("县级接收端"))
    actions = group.add_subparsers(required=True, metavar=_("操作"))

    parser = _action(actions, "init", _("新建县级接收端"), _init)
    parser.add_argument("--code", required=True, help=_("县级代码，字母和数字"))
    parser.add_argument("--name", required=True, help=_("县级单位名称"))
    parser.add_argument(
        "--ledger",
        default="",
        metavar="URL",
        help=_("台账放进PostgreSQL：postgresql://用户@主机/数据库；不写则放在文件里"),
    )

    parser = _action(actions, "enrol", _("开通一个登记点，生成信任名单"), _enrol)
    parser.add_argument("enrolment", type=Path, metavar="FILE", help=_("登记点的开通文件"))
    parser.add_argument("--code", required=True, help=_("登记点读来的校验码"))
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help=_("信任名单写到此处")
    )

    _add_receive(actions)
    _action(actions, "status", _("各登记点到了第几包、缺什么"), _status)

    parser = _action(actions, "revoke", _("停用一个登记点的密钥，如电脑丢失"), _revoke)
    parser.add_argument("stream", metavar="STREAM", help=_("登记点的序列"))
    parser.add_argument(
        "--after", type=int, required=True, metavar="N", help=_("只认到第N包，以后的拒收")
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help=_("信任名单写到此处")
    )

    parser = _action(actions, "serve", _("在浏览器里查看收到了什么、缺什么、退回了什么"), _serve)
    parser.add_argument("--host", default="127.0.0.1", help=_("只在本机查看时不用改"))
    parser.add_argument("--port", type=int, default=8731, help=_("网页的端口"))

    _add_ask(actions)
    county_catalogue.add_actions(actions, _action)


def _add_ask(actions: Any) -> None:
    parser = _action(actions, "ask", _("数据丢失后，请登记点全部重报"), _ask)
    parser.add_argument(
        "streams", metavar="STREAM", nargs="*", help=_("登记点的序列；不写时是全部在用的登记点")
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("回执写到此处"))


def _add_receive(actions: Any) -> None:
    parser = _action(actions, "receive", _("接收文件夹中的同步包，写出回执"), _receive)
    parser.add_argument("inbox", type=Path, metavar="INBOX", help=_("放着同步包的文件夹"))
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("回执写到此处"))
    parser.add_argument(
        "--receivers",
        type=int,
        default=1,
        metavar="N",
        help=_("几个进程同时接收，台账在PostgreSQL里时才更快"),
    )


def _action(actions: Any, name: str, words: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=words)
    parser.add_argument("county", type=Path, metavar="COUNTY_DIR", help=_("县级数据文件夹"))
    add_password_option(parser)
    add_json_option(parser)
    parser.set_defaults(run=run)
    return parser


def _init(arguments: argparse.Namespace) -> int:
    made = office.init(
        arguments.county,
        code=arguments.code,
        name=arguments.name,
        passphrase=password(arguments),
        now=system_now(),
        server=arguments.ledger,
    )
    sentence = _("已新建县级接收端“{name}”，校验码 {code}，请告知各登记点。")
    say(arguments, sentence.format(name=made.name, code=made.code), code=made.code)
    return OK


def _enrol(arguments: argparse.Namespace) -> int:
    written = enrolment.enrol(
        arguments.county,
        arguments.enrolment,
        arguments.out,
        passphrase=password(arguments),
        code=arguments.code,
        now=system_now(),
    )
    sentence = _("已开通，信任名单在 {path}，请带回登记点导入。").format(path=written)
    say(arguments, sentence, path=written)
    return OK


def _receive(arguments: argparse.Namespace) -> int:
    bar = Bar()
    report = receivers.receive(
        arguments.county,
        arguments.inbox,
        arguments.out,
        passphrase=password(arguments),
        now=system_now(),
        receivers=max(1, arguments.receivers),
        step=bar.step,
    )
    bar.finish()
    if not arguments.json:
        for line in report.lines:
            print(f"{line.file}\t{line.act}\t{line.sentence}".rstrip())
    say(
        arguments,
        _("接收{bundles}包、{revisions}条变更，退回{rejected}条，写出{sent}份回执。").format(
            bundles=report.bundles,
            revisions=report.revisions,
            rejected=report.rejected,
            sent=len(report.sent),
        ),
        **asdict(report),
    )
    return REFUSED if any(line.act == "refused" for line in report.lines) else OK


def _revoke(arguments: argparse.Namespace) -> int:
    written = enrolment.revoke(
        arguments.county,
        arguments.stream,
        arguments.out,
        passphrase=password(arguments),
        after=arguments.after,
        now=system_now(),
    )
    sentence = _(
        "已停用“{stream}”，只认到第{after}包。新的信任名单在 {path}，并随下一份回执发给各登记点。"
    )
    words = sentence.format(stream=arguments.stream, after=arguments.after, path=written)
    say(arguments, words, path=written)
    return OK


def _ask(arguments: argparse.Namespace) -> int:
    written = asking.ask_for_everything(
        arguments.county,
        arguments.streams,
        arguments.out,
        passphrase=password(arguments),
        now=system_now(),
    )
    sentence = _("已在{count}份回执里请登记点全部重报，请带回登记点导入。")
    say(arguments, sentence.format(count=len(written)), files=[str(each) for each in written])
    return OK


def _serve(arguments: argparse.Namespace) -> int:
    try:
        from integrity_desk.county.web import make_app, serve  # noqa: PLC0415  (lazy: Flask)
    except ImportError as error:
        sentence = _("缺少网页组件。请联系维护人员安装 flask 和 waitress 后再试。")
        raise StoreUnavailable(sentence) from error
    name, open_ledger = office.ledger_opener(arguments.county, password(arguments))
    address = f"http://{arguments.host}:{arguments.port}/"
    say(arguments, _("请用浏览器打开 {address}，按Ctrl+C结束。").format(address=address))
    sys.stdout.flush()
    serve(make_app(name, open_ledger), arguments.host, arguments.port)
    return OK


def _status(arguments: argparse.Namespace) -> int:
    status = office.status(arguments.county, passphrase=password(arguments))
    if not arguments.json:
        for each in status.streams:
            waiting = _("缺 {names}").format(names="、".join(each.missing)) if each.missing else ""
            print("\t".join((each.stream, each.name, str(each.through_seq), waiting)).rstrip())
    say(
        arguments,
        _("“{name}”共有{records}条记录、{revisions}条变更，来自{streams}个登记点。").format(
            name=status.name,
            records=status.records,
            revisions=status.revisions,
            streams=len(status.streams),
        ),
        **asdict(status),
    )
    return OK
