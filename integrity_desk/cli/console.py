"""What every sub-command shares: the store it works on, passwords, output, progress."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from integrity_desk.errors import InvalidInput, MediaUnavailable
from integrity_desk.paths import data_folder
from integrity_desk.services.desk import Desk
from integrity_desk.services.opening import sign_in, store_exists
from integrity_desk.wording import _

OK, REFUSED, USAGE = 0, 1, 2
"""Exit codes: done (or all is well); refused (or not as it should be); wrong words."""

Run = Callable[[argparse.Namespace], int]

PASSWORD_VARIABLE = "INTEGRITY_DESK_PASSWORD"

_REDRAW_S = 0.1


def add_store_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which store, and as whom."""
    parser.add_argument(
        "--store", type=Path, default=data_folder(), metavar="DIR", help=_("数据文件夹")
    )
    parser.add_argument("--login", default="", metavar="NAME", help=_("登录名"))
    add_password_option(parser)


def add_password_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that names where the password comes from; it is never an argument."""
    parser.add_argument(
        "--password-fd",
        type=int,
        default=None,
        metavar="FD",
        help=_("从此文件描述符读密码；否则读环境变量{name}，再否则在终端询问").format(
            name=PASSWORD_VARIABLE
        ),
    )


def add_json_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--json``."""
    parser.add_argument("--json", action="store_true", help=_("输出JSON，供脚本读取"))


def add_fonts_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--bundled-fonts``."""
    parser.add_argument("--bundled-fonts", action="store_true", help=_("只用随程序提供的字体"))


def password(arguments: argparse.Namespace, prompt: str = "") -> str:
    """Read the password from the descriptor, the environment, or the terminal, in that order."""
    if arguments.password_fd is not None:
        return _handed(arguments.password_fd)
    if PASSWORD_VARIABLE in os.environ:
        return os.environ[PASSWORD_VARIABLE]
    if not sys.stdin.isatty():
        raise InvalidInput(
            "password",
            _("没有密码：请用 --password-fd，或设置环境变量{name}。").format(
                name=PASSWORD_VARIABLE
            ),
        )
    return getpass.getpass(prompt or _("密码："))


def _handed(descriptor: int) -> str:
    try:
        with os.fdopen(descriptor, encoding="utf-8") as handed:
            return handed.readline().rstrip("\r\n")
    except (OSError, ValueError) as error:
        sentence = _("从文件描述符{fd}读不出密码，请检查 --password-fd。")
        raise InvalidInput("password", sentence.format(fd=descriptor)) from error


def signed_in(arguments: argparse.Namespace) -> Desk:
    """Open the store as the named account; no password is asked for where there is none."""
    login = login_of(arguments)
    if not store_exists(arguments.store):
        sentence = _("“{store}”里没有数据库。请用 --store 指明数据文件夹，或先建立一个。")
        raise InvalidInput("store", sentence.format(store=arguments.store))
    return sign_in(arguments.store, login, password(arguments))


def login_of(arguments: argparse.Namespace) -> str:
    """Return the login name from the option or the environment."""
    login = arguments.login or os.environ.get("INTEGRITY_DESK_LOGIN", "")
    if not login:
        raise InvalidInput("login", _("请用 --login 指明登录名。"))
    return login


def save(path: Path, content: bytes) -> None:
    """Write a file the person asked for; MediaUnavailable when it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise _unwritable(path) from error


def check_writable(path: Path) -> None:
    """Refuse a place where nothing can be written before the act that would be noted."""
    if not os.access(path if path.exists() else path.absolute().parent, os.W_OK) or path.is_dir():
        raise _unwritable(path)


def _unwritable(path: Path) -> MediaUnavailable:
    sentence = _(
        "文件“{name}”无法写入。请关闭正在打开它的程序，检查磁盘空间和写入权限，或换一个位置。"
    )
    return MediaUnavailable(sentence.format(name=path.name))


def say(arguments: argparse.Namespace, sentence: str, **facts: Any) -> None:
    """Print one sentence, or with ``--json`` the facts with the sentence beside them."""
    if getattr(arguments, "json", False):
        print(json.dumps({**facts, "sentence": sentence}, ensure_ascii=False, default=str))
    else:
        print(sentence)


class Bar:
    """Progress as a bar on stderr; nothing is drawn when stderr is not a terminal."""

    def __init__(self) -> None:
        self._drawn_at = 0.0
        self._shown = False

    def step(self, done: int, total: int, label: str = "") -> None:
        """Redraw at most ten times a second."""
        now = time.monotonic()
        if not sys.stderr.isatty() or (now - self._drawn_at < _REDRAW_S and done != total):
            return
        self._drawn_at, self._shown = now, True
        share = f"{100 * done // total:3d} %" if total else f"{done:,}"
        print(f"\r\033[K{label} {share}", end="", file=sys.stderr, flush=True)

    def finish(self) -> None:
        """Clear the line."""
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
