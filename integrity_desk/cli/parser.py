"""A parser of arguments that speaks the language of the program, down to its refusals."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any, NoReturn

from integrity_desk.wording import N_, _

_REFUSALS = (
    (r"the following arguments are required: (?P<names>.+)", N_("还缺少 {names}。")),
    (
        r"argument (?P<name>.+?): invalid choice: (?P<given>.+) \(choose from (?P<choices>.+)\)",
        N_("{name} 不能是{given}，可以是：{choices}。"),
    ),
    (r"argument (?P<name>.+?): invalid \S+ value: (?P<given>.+)", N_("{name} 不能是{given}。")),
    (r"argument (?P<name>.+?): expected .+", N_("{name} 后面要写出内容。")),
    (r"unrecognized arguments: (?P<given>.+)", N_("不认识 {given}。")),
)
"""What ``argparse`` says, and how we say it; anything else is passed on as it is."""


class Parser(argparse.ArgumentParser):
    """``argparse`` in our words; parsers of sub-commands are made of the same class."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _Help)
        super().__init__(**{**options, "add_help": False, "allow_abbrev": False})
        self._positionals.title = _("参数")
        self._optionals.title = _("选项")
        self.add_argument("-h", "--help", action="help", help=_("显示这份说明"))

    def error(self, message: str) -> NoReturn:
        """Say in one sentence what is wrong, and where the right words stand."""
        where = _("用法见：{command} --help").format(command=self.prog)
        print(_in_our_words(message), where, sep="\n", file=sys.stderr)
        raise SystemExit(2)


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("用法：") if prefix is None else prefix)


def _in_our_words(message: str) -> str:
    for said, ours in _REFUSALS:
        found = re.fullmatch(said, message, re.DOTALL)
        if found:
            return _(ours).format(**found.groupdict())
    return message
