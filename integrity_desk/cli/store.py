"""``init``, ``check`` and ``backup``: making a store and seeing that it is whole."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from integrity_desk.cli.console import (
    OK,
    REFUSED,
    Bar,
    add_json_option,
    add_password_option,
    add_store_options,
    login_of,
    password,
    say,
    signed_in,
)
from integrity_desk.errors import InvalidInput
from integrity_desk.paths import data_folder
from integrity_desk.services.checking import CheckStore
from integrity_desk.services.opening import NewDesk, begin
from integrity_desk.services.recovery import recovery_pdf
from integrity_desk.services.restoring import restore
from integrity_desk.wording import _


def add_commands(commands: Any) -> None:
    """Add this module's sub-commands."""
    parser = commands.add_parser("init", help=_("建立新的数据库、管理员账号和恢复单"))
    parser.add_argument(
        "--store", type=Path, default=data_folder(), metavar="DIR", help=_("数据文件夹")
    )
    parser.add_argument("--org", required=True, help=_("单位代码，如 999901001"))
    parser.add_argument("--desk", required=True, help=_("登记点编号，如 01"))
    parser.add_argument("--name", required=True, help=_("登记点名称"))
    parser.add_argument("--login", required=True, help=_("管理员登录名"))
    parser.add_argument("--administrator", required=True, help=_("管理员姓名"))
    parser.add_argument(
        "--recovery-sheet", type=Path, required=True, metavar="PDF", help=_("恢复单保存到此文件")
    )
    add_password_option(parser)
    parser.set_defaults(run=_init)

    parser = commands.add_parser("check", help=_("检查数据库、变更记录和附件是否完好"))
    add_store_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=_check)

    parser = commands.add_parser("backup", help=_("备份数据库"))
    add_store_options(parser)
    parser.set_defaults(run=_backup)

    parser = commands.add_parser("restore", help=_("核对一份备份并恢复，现有数据移到一旁"))
    parser.add_argument("backup", type=Path, metavar="FILE", help=_("备份文件（.db）"))
    add_store_options(parser)
    parser.set_defaults(run=_restore)


def _init(arguments: argparse.Namespace) -> int:
    new = NewDesk(
        org=arguments.org,
        desk=arguments.desk,
        name=arguments.name,
        login=arguments.login,
        administrator=arguments.administrator,
        password=password(arguments),
    )
    with _reserved(arguments.recovery_sheet) as sheet:
        begun = begin(arguments.store, new)
        begun.desk.close()
        sheet.write(recovery_pdf(begun, arguments.name))
    print(
        _("已建立数据库：{store}。恢复单在 {sheet}，请打印后锁存并删除该文件。").format(
            store=arguments.store, sheet=arguments.recovery_sheet
        )
    )
    return OK


@contextmanager
def _reserved(path: Path) -> Iterator[BinaryIO]:
    """Open the file for the recovery sheet before there is a store that would need it."""
    try:
        file = path.open("xb")
        path.chmod(0o600)  # for its owner alone, while it is still empty
    except OSError as error:
        sentence = _("恢复单不能保存为“{path}”。请给出一个可以写入、还不存在的文件。")
        raise InvalidInput("recovery_sheet", sentence.format(path=path)) from error
    try:
        with file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _check(arguments: argparse.Namespace) -> int:
    desk, bar = signed_in(arguments), Bar()
    report = desk.ask(CheckStore(), bar)
    bar.finish()
    desk.close()
    say(
        arguments,
        report.sentence,
        sound=report.sound,
        records=report.records,
        revisions=report.revisions,
        attachments=report.attachments,
        faults=report.faults,
    )
    return OK if report.sound else REFUSED


def _backup(arguments: argparse.Namespace) -> int:
    desk = signed_in(arguments)
    path = desk.back_up()
    desk.close()
    print(_("已备份到 {path}").format(path=path))
    return OK


def _restore(arguments: argparse.Namespace) -> int:
    login = login_of(arguments)
    restore(arguments.store, arguments.backup, login, password(arguments)).close()
    print(
        _("已从 {backup} 恢复，原有数据在 {aside}。备份以后封过包的，须在县级重新开通。").format(
            backup=arguments.backup, aside=arguments.store / "aside"
        )
    )
    return OK
