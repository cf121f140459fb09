"""``bundle``, ``receipt`` and ``enrol``: carrying data to the county and its answers back."""

from __future__ import annotations

import argparse
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from integrity_desk.cli.console import (
    OK,
    PASSWORD_VARIABLE,
    REFUSED,
    Bar,
    add_json_option,
    add_store_options,
    save,
    say,
    signed_in,
)
from integrity_desk.errors import BundleRefused
from integrity_desk.services.county_trust import ImportTrust, ShowTrust, WriteEnrolment
from integrity_desk.services.exchange import (
    CarryBundles,
    FindMedium,
    ImportReceipts,
    InspectBundle,
    SealBundle,
)
from integrity_desk.services.handover import DrawHandoverSlip
from integrity_desk.services.inspecting import inspect_without_store
from integrity_desk.services.key_rotation import RotateKeys
from integrity_desk.services.opening import store_exists
from integrity_desk.services.repeating import RepeatEverything
from integrity_desk.wording import _


def add_commands(commands: Any) -> None:
    """Add this module's sub-commands."""
    _add_bundle(commands)
    group = commands.add_parser("receipt", help=_("县级回执"))
    actions = group.add_subparsers(required=True, metavar=_("操作"))
    parser = actions.add_parser("import", help=_("导入回执文件，或文件夹中给本登记点的全部回执"))
    parser.add_argument("path", type=Path, metavar="FILE|DIR", help=_("回执文件，或放着它的U盘"))
    add_store_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=_import_receipts)

    group = commands.add_parser("enrol", help=_("在县级开通本登记点"))
    actions = group.add_subparsers(required=True, metavar=_("操作"))
    parser = actions.add_parser("export", help=_("导出开通文件，并显示本登记点的校验码"))
    parser.add_argument("folder", type=Path, metavar="DIR", help=_("开通文件写到此文件夹"))
    add_store_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=_export_enrolment)
    parser = actions.add_parser("rotate", help=_("更换本登记点的密钥，由旧密钥担保"))
    add_store_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=_rotate)
    parser = actions.add_parser("import", help=_("导入县级的信任名单"))
    parser.add_argument("path", type=Path, metavar="FILE", help=_("县级发来的信任名单"))
    parser.add_argument("--county-code", default="", help=_("县级校验码（首次导入必填）"))
    add_store_options(parser)
    parser.set_defaults(run=_import_trust)


def _add_bundle(commands: Any) -> None:
    group = commands.add_parser("bundle", help=_("同步包"))
    actions = group.add_subparsers(required=True, metavar=_("操作"))
    parser = actions.add_parser("export", help=_("封包并写到文件夹或U盘，读回核对"))
    parser.add_argument(
        "folder", type=Path, metavar="DIR", nargs="?", help=_("不写时用插着的那一个U盘")
    )
    parser.add_argument("--slip", type=Path, metavar="FILE", help=_("另写一份移交清单（PDF）"))
    parser.add_argument(
        "--everything", action="store_true", help=_("全部重报：县级丢失了已收到的内容")
    )
    add_store_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=_export)
    parser = actions.add_parser("inspect", help=_("不需密钥：检查容器、签名和摘要"))
    parser.add_argument(
        "path",
        type=Path,
        metavar="FILE",
        help=_("同步包；给出登录名的，还核对签名者是不是这里认识的"),
    )
    add_store_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=_inspect)


def _export(arguments: argparse.Namespace) -> int:
    desk, bar = signed_in(arguments), Bar()
    folder = arguments.folder or desk.ask(FindMedium()).path
    if arguments.everything:
        desk.perform(RepeatEverything())
    sealed = desk.perform(SealBundle(), bar).value
    carried = desk.perform(CarryBundles(folder=folder), bar).value
    bar.finish()
    if arguments.slip:
        names = tuple(each.name for each in carried)
        save(arguments.slip, desk.ask(DrawHandoverSlip(files=names)))
    desk.close()
    carried_words = {"folder": folder, "files": len(carried)}
    if sealed:
        sentence = _(
            "新封第{seq}号同步包（{count}条变更）。已写入 {folder} 并读回核对，"
            "共{files}个文件，可以拔出。"
        ).format(seq=sealed.seq, count=sealed.revisions, **carried_words)
    else:
        sentence = _(
            "没有新的变更。还没有回执的同步包已写入 {folder} 并读回核对，"
            "共{files}个文件，可以拔出。"
        ).format(**carried_words)
    say(
        arguments,
        sentence,
        seq=sealed.seq if sealed else None,
        revisions=sealed.revisions if sealed else 0,
        files=[str(each) for each in carried],
    )
    return OK


def _inspect(arguments: argparse.Namespace) -> int:
    """With a store and a login the signer is looked up there; without, it is told as unknown."""
    try:
        if _has_login(arguments) and store_exists(arguments.store):
            desk = signed_in(arguments)
            found = desk.ask(InspectBundle(path=arguments.path))
            desk.close()
        else:
            found = inspect_without_store(arguments.path)
    except BundleRefused as refused:
        say(arguments, refused.sentence, intact=False, code=refused.code)
        return REFUSED
    envelope = found.envelope
    say(
        arguments,
        found.sentence,
        intact=True,
        known=found.known,
        signer=envelope.key,
        suite=found.suite,
        kind=envelope.kind,
        org=envelope.org,
        stream=envelope.stream,
        seq=envelope.seq,
        part=envelope.part,
        parts=envelope.parts,
        revisions=envelope.revisions,
        created=envelope.created,
        audience=envelope.audience,
        content=envelope.content,
    )
    return OK


def _has_login(arguments: argparse.Namespace) -> bool:
    """By option, or with its password by the environment: a file is inspected without a key too."""
    named = {"INTEGRITY_DESK_LOGIN", PASSWORD_VARIABLE} <= os.environ.keys()
    return bool(arguments.login) or named


def _import_receipts(arguments: argparse.Namespace) -> int:
    desk, bar = signed_in(arguments), Bar()
    report = desk.perform(ImportReceipts(path=arguments.path), bar).value
    bar.finish()
    desk.close()
    say(arguments, report.sentence + report.revoked, **asdict(report))
    return OK


def _export_enrolment(arguments: argparse.Namespace) -> int:
    desk = signed_in(arguments)
    path = desk.perform(WriteEnrolment(folder=arguments.folder)).value
    code = desk.ask(ShowTrust()).desk_code
    desk.close()
    say(
        arguments,
        _("开通文件：{path}。请把校验码 {code} 读给县级核对。").format(path=path, code=code),
        path=path,
        code=code,
    )
    return OK


def _import_trust(arguments: argparse.Namespace) -> int:
    desk = signed_in(arguments)
    county = desk.perform(ImportTrust(path=arguments.path, county_code=arguments.county_code)).value
    desk.close()
    print(_("已确认县级“{county}”，可以封包上报。").format(county=county))
    return OK


def _rotate(arguments: argparse.Namespace) -> int:
    desk = signed_in(arguments)
    told_by_itself = desk.perform(RotateKeys()).value
    code = desk.ask(ShowTrust()).desk_code
    desk.close()
    sentence = (
        _("密钥已更换。换密钥声明会随下一次导出的同步包带给县级，县级不必再核对。")
        if told_by_itself
        else _("密钥已更换，新的校验码 {code}。请重新导出开通文件，到县级开通。")
    )
    say(arguments, sentence.format(code=code), code=code, vouched=told_by_itself)
    return OK
