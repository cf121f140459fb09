"""``demo``: the main job from registration to imported receipt, on a sample township."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, count
from pathlib import Path
from typing import Any

from integrity_desk.cli.console import OK, REFUSED, Bar
from integrity_desk.county import enrolment, inbox, office
from integrity_desk.domain.fields import Id
from integrity_desk.domain.notices import GATE
from integrity_desk.domain.sheets import Paper
from integrity_desk.domain.times import china_day, system_now
from integrity_desk.errors import DeskError, InvalidInput
from integrity_desk.paths import HOME_VARIABLE, program, resource
from integrity_desk.services.checking import CheckStore
from integrity_desk.services.county_trust import ImportTrust, ShowTrust, WriteEnrolment
from integrity_desk.services.desk import Desk
from integrity_desk.services.exchange import (
    CarryBundles,
    ImportReceipts,
    InspectBundle,
    SealBundle,
)
from integrity_desk.services.opening import sign_in
from integrity_desk.services.record_view import OpenRecord
from integrity_desk.services.records import EnterRecord, TakeStep
from integrity_desk.services.registers import FetchRows, Filter, FindRecords, ListRecords
from integrity_desk.services.sample import SampleOffice, load_sample
from integrity_desk.services.sheets import PrintSheet, VerifySheet
from integrity_desk.wording import _

_SOUGHT = {"unit": "示例镇人民政府", "person": "示例"}
_DUE_AFTER, _SHOWN_FOR = timedelta(days=42), timedelta(days=10)
_ITEMS = 8


def add_commands(commands: Any) -> None:
    """Add this module's sub-command."""
    parser = commands.add_parser("demo", help=_("在示例乡镇上走完主要流程，留下全部结果"))
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help=_("结果放在此文件夹；不给则新建 desk-out")
    )
    parser.add_argument("--no-pictures", action="store_true", help=_("不截取窗口图片"))
    parser.set_defaults(run=_demo)


@dataclass(frozen=True, kw_only=True)
class _Stage:
    """Where the demo plays, and with whom."""

    out: Path
    sample: SampleOffice
    clerk: Desk
    reviewer: Desk
    today: date

    texts: dict[str, Any]

    def value(self, text: str) -> str:
        """Fill in days, and the records that @unit and @person stand for."""
        if text.startswith("@"):
            hits = FindRecords(text=_SOUGHT[text[1:]], types=(text[1:],), limit=1)
            return self.clerk.ask(hits)[0].id
        due, last = self.today + _DUE_AFTER, self.today + _SHOWN_FOR
        return text.format(today=self.today, due=due, last=last)


def _demo(arguments: argparse.Namespace) -> int:
    out = (arguments.out or _fresh_folder()).absolute()
    if out.exists() and any(out.iterdir()):
        raise InvalidInput("out", _("文件夹“{out}”不是空的，请换一个，或先清空。").format(out=out))
    out.mkdir(parents=True, exist_ok=True)
    os.environ[HOME_VARIABLE] = str(out / "home")
    bar, today = Bar(), china_day(system_now())
    sample = load_sample(out / "store", today=today, progress=bar)
    bar.finish()
    password = {each.login: each.password for each in sample.accounts}
    stage = _Stage(
        out=out,
        sample=sample,
        clerk=sign_in(sample.folder, "clerk", password["clerk"]),
        reviewer=sign_in(sample.folder, "reviewer", password["reviewer"]),
        today=today,
        texts=tomllib.loads(resource("demo/main_job.toml").read_text("utf-8")),
    )
    _tell(_("示例乡镇"), _("{count}条记录").format(count=sample.records), sample.folder)
    code = _play(stage)
    stage.clerk.close()
    stage.reviewer.close()
    if code == OK and not arguments.no_pictures:
        code = _pictures(stage)
    return code


def _play(stage: _Stage) -> int:
    """Run the steps in order; the first that fails ends the demo with its sentence."""
    steps: tuple[Callable[[_Stage], None], ...] = (
        _register, _print_notice, _exchange, _check,
    )  # fmt: skip
    for step in steps:
        try:
            step(stage)
        except DeskError as error:
            print(error.sentence, file=sys.stderr)
            return REFUSED
    return OK


def _register(stage: _Stage) -> None:
    commitment = _enter(stage, "commitment")
    stage.clerk.perform(TakeStep(type="commitment", id=commitment, act="register"))
    record = _enter(stage, "integrity_record")
    stage.clerk.perform(TakeStep(type="integrity_record", id=record, act="submit"))
    stage.reviewer.perform(TakeStep(type="integrity_record", id=record, act="approve"))
    complaint = _enter(stage, "complaint")
    for each in (commitment, record, complaint):
        view = stage.clerk.ask(OpenRecord(id=each))
        _tell(_("登记"), f"{view.number}  {view.title}", view.state_label)


def _print_notice(stage: _Stage) -> None:
    shown = Filter(
        type="commitment",
        states=("registered", "in_progress"),
        equals={"publication": ("publish",)},
    )
    rows = tuple(stage.clerk.ask(ListRecords(filter=shown))[:_ITEMS])
    items = [row.id for row in stage.clerk.ask(FetchRows(type="commitment", rows=rows))]
    gate = dict.fromkeys(GATE, "not_involved")
    notice = _enter(stage, "notice", item_ids=items, **gate)
    stage.clerk.perform(TakeStep(type="notice", id=notice, act="submit"))
    stage.reviewer.perform(TakeStep(type="notice", id=notice, act="approve"))
    for paper in Paper:
        printed = stage.clerk.perform(
            PrintSheet(notice_id=notice, paper=paper, bundled_fonts=True)
        ).value
        path = stage.out / f"notice-{paper.value}.pdf"
        path.write_bytes(printed.pdf)
        _tell(_("公示单"), f"{printed.number}  {printed.code}", path)
        _tell(_("核对公示单"), stage.clerk.ask(VerifySheet(qr_text=printed.qr_text)).sentence)


def _exchange(stage: _Stage) -> None:
    county, stick, told = stage.out / "county", stage.out / "usb", stage.texts["county"]
    stick.mkdir()
    status = office.init(county, **told, now=system_now())
    introduced = stage.clerk.perform(WriteEnrolment(folder=stick)).value
    code = stage.clerk.ask(ShowTrust()).desk_code
    secret = told["passphrase"]
    trust = enrolment.enrol(
        county, introduced, stick, passphrase=secret, code=code, now=system_now()
    )
    name = stage.clerk.perform(ImportTrust(path=trust, county_code=status.code)).value
    _tell(_("县级开通"), name, trust)
    sealed = stage.clerk.perform(SealBundle()).value
    carried = stage.clerk.perform(CarryBundles(folder=stick)).value
    number = sealed.revisions if sealed else 0
    _tell(_("同步包"), _("{count}条变更，已读回核对").format(count=number), *carried)
    _tell(_("查看同步包"), stage.clerk.ask(InspectBundle(path=carried[0])).sentence)
    report = inbox.receive(county, stick, stick, passphrase=secret, now=system_now())
    _tell(_("县级接收"), _("{count}条变更").format(count=report.revisions), *report.sent)
    receipt = stage.clerk.perform(ImportReceipts(path=stick)).value
    sentence = _("接收{accepted}条，提示{warned}条，退回{rejected}条")
    _tell(
        _("导入回执"),
        sentence.format(
            accepted=receipt.accepted, warned=receipt.warned, rejected=receipt.rejected
        ),
    )


def _check(stage: _Stage) -> None:
    report = stage.clerk.ask(CheckStore())
    _tell(_("检查"), report.sentence)
    if not report.sound:
        raise InvalidInput("", report.sentence)


def _pictures(stage: _Stage) -> int:
    """Let the real window photograph itself; offscreen where there is no display."""
    pictures = stage.out / "pictures"
    words = [
        *program(), "--store", str(stage.sample.folder),
        "--screenshot", str(pictures),
    ]  # fmt: skip
    account = next(each for each in stage.sample.accounts if each.login == "clerk")
    done = subprocess.run(
        words,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            "INTEGRITY_DESK_LOGIN": account.login,
            "INTEGRITY_DESK_PASSWORD": account.password,
        },
        check=False,
    )
    if done.returncode == OK:
        _tell(
            _("窗口图片"), _("{count}张").format(count=len(list(pictures.glob("*.png")))), pictures
        )
    return done.returncode


def _fresh_folder() -> Path:
    """Return desk-out, or desk-out-2, -3 … when an earlier demo lies there."""
    names = chain(["desk-out"], (f"desk-out-{number}" for number in count(2)))
    return next(path for path in map(Path, names) if not path.exists())


def _enter(stage: _Stage, type_name: str, **more: Any) -> Id:
    """Enter what ``main_job.toml`` says; tables inside it are companions."""
    told = stage.texts[type_name]
    companions = {name: values for name, values in told.items() if isinstance(values, dict)}
    values = {name: stage.value(text) for name, text in told.items() if name not in companions}
    command = EnterRecord(type=type_name, values={**values, **more}, companions=companions)
    return stage.clerk.perform(command).value


def _tell(step: str, result: str, *places: object) -> None:
    print("  ".join((f"{step}：{result}", *map(str, places))), flush=True)
