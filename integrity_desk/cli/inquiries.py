"""``inquiry``: answer about one or many with a credit report, and read the log."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from integrity_desk.cli.console import (
    OK,
    REFUSED,
    add_json_option,
    add_store_options,
    check_writable,
    save,
    say,
    signed_in,
)
from integrity_desk.domain.inquiries import Purpose
from integrity_desk.errors import InvalidInput
from integrity_desk.services.desk import Desk
from integrity_desk.services.inquiries import AnswerInquiry, PreviewStandings, ShowOwnData
from integrity_desk.services.naming import Resolved, ResolveSheet, ResolveSubjects
from integrity_desk.services.registers import FetchRows, Filter, ListRecords
from integrity_desk.wording import _

_PURPOSES = tuple(each.value for each in Purpose if each is not Purpose.OWN)


def add_commands(commands: Any) -> None:
    """Add this module's sub-commands."""
    group = commands.add_parser("inquiry", help=_("信用查询：出具报告、核对名单、查询记录"))
    actions = group.add_subparsers(required=True, metavar=_("操作"))
    parser = _action(actions, "check", _("核对名单，不登记、不出具报告"), _check)
    _add_subjects(parser)
    parser = _action(actions, "answer", _("登记查询并出具信用报告"), _answer)
    _add_subjects(parser)
    parser.add_argument("--asked-by", required=True, metavar="WHO", help=_("查询单位或人员"))
    parser.add_argument("--purpose", required=True, choices=_PURPOSES, help=_("查询目的"))
    parser.add_argument("--note", default="", metavar="TEXT", help=_("目的说明"))
    parser.add_argument("--authority", default="", metavar="TEXT", help=_("查询依据"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("PDF文件"))
    parser = _action(actions, "own", _("向本人提供本系统处理的个人信息"), _own)
    parser.add_argument("person", metavar="PERSON", help=_("姓名或身份证号"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("PDF文件"))
    _action(actions, "log", _("查询记录"), _log)


def _action(actions: Any, name: str, words: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=words)
    add_json_option(parser)
    add_store_options(parser)
    parser.set_defaults(run=run)
    return parser


def _add_subjects(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "subjects", nargs="*", metavar="SUBJECT", help=_("姓名、身份证号、单位名称或信用代码")
    )
    parser.add_argument(
        "--list", type=Path, metavar="FILE", help=_("名单：一行一个的文本，或电子表格；-为标准输入")
    )


def _check(arguments: argparse.Namespace) -> int:
    desk = signed_in(arguments)
    try:
        found = _resolve(desk, arguments)
        ids = tuple(each.id for each in found.subjects)
        standings = desk.ask(PreviewStandings(subject_ids=ids))
    finally:
        desk.close()
    told = {each.subject.id: each for each in standings}
    if arguments.json:
        plain = [
            {
                "name": each.name, "note": each.note, "type": each.type,
                "in_force": len(told[each.id].in_force), "ended": len(told[each.id].ended),
            }
            for each in found.subjects
        ]  # fmt: skip
        unsettled = {"doubtful": [each.text for each in found.doubts], "unknown": found.unknown}
        print(json.dumps({"subjects": plain, **unsettled}, ensure_ascii=False, indent=1))
    else:
        for each in found.subjects:
            print("\t".join((each.name, each.note, told[each.id].told())))
        _say_unsettled(found)
    return REFUSED if found.doubts or found.unknown else OK


def _answer(arguments: argparse.Namespace) -> int:
    check_writable(arguments.out)
    desk = signed_in(arguments)
    try:
        found = _resolve(desk, arguments)
        if found.doubts or found.unknown:
            _say_unsettled(found)
            words = _("名单里有找不到或重名的，没有出具报告。重名的请改用身份证号。")
            raise InvalidInput("subject_ids", words)
        command = AnswerInquiry(
            asked_by=arguments.asked_by, purpose=_purpose(arguments.purpose),
            purpose_note=arguments.note, authority=arguments.authority,
            subject_ids=tuple(each.id for each in found.subjects),
        )  # fmt: skip
        answer = desk.perform(command).value
    finally:
        desk.close()
    return _kept(arguments, answer)


def _own(arguments: argparse.Namespace) -> int:
    check_writable(arguments.out)
    desk = signed_in(arguments)
    try:
        question = ResolveSubjects(text=arguments.person, types=("person",))
        found = desk.ask(question)
        if len(found.subjects) != 1:
            _say_unsettled(found)
            raise InvalidInput("person", _("请用身份证号指明一个人。"))
        answer = desk.perform(ShowOwnData(person_id=found.subjects[0].id)).value
    finally:
        desk.close()
    return _kept(arguments, answer)


def _log(arguments: argparse.Namespace) -> int:
    desk = signed_in(arguments)
    try:
        rows = desk.ask(ListRecords(filter=Filter(type="inquiry")))
        found = desk.ask(FetchRows(type="inquiry", rows=tuple(rows)))
    finally:
        desk.close()
    if arguments.json:
        print(json.dumps([each.cells for each in found], ensure_ascii=False, indent=1))
    else:
        for each in found:
            print("\t".join(each.cells))
    return OK


def _purpose(code: str) -> Purpose:
    return next(each for each in Purpose if each.value == code)


def _kept(arguments: argparse.Namespace, answer: Any) -> int:
    save(arguments.out, answer.pdf)
    words = _("已登记{number}，信用报告校验码{code}。").format(
        number=answer.number, code=answer.code
    )
    say(arguments, words, number=answer.number, code=answer.code, file=str(arguments.out))
    return OK


def _resolve(desk: Desk, arguments: argparse.Namespace) -> Resolved:
    """Read whom the words and the list mean; a spreadsheet is known by the ending of its name."""
    path: Path | None = arguments.list
    if path is not None and path.suffix.lower() in (".xlsx", ".csv"):
        return desk.ask(ResolveSheet(path=path))
    words = list(arguments.subjects)
    if path is not None:
        words.append(_text_of(path))
    if not words:
        raise InvalidInput("subject_ids", _("请至少选择一个查询对象。"))
    return desk.ask(ResolveSubjects(text="\n".join(words)))


def _text_of(path: Path) -> str:
    if str(path) == "-":
        return sys.stdin.read()
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        words = _("名单“{name}”读不出来，请确认文件存在并存为UTF-8文本或电子表格。")
        raise InvalidInput("list", words.format(name=path.name)) from error


def _say_unsettled(found: Resolved) -> None:
    for doubt in found.doubts:
        notes = _("；").join(each.note for each in doubt.candidates)
        words = _("“{name}”有{count}个：{notes}。")
        print(
            words.format(name=doubt.text, count=len(doubt.candidates), notes=notes),
            file=sys.stderr,
        )
    for word in found.unknown:
        print(_("没有找到“{name}”。").format(name=word), file=sys.stderr)
