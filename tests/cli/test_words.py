"""The words of the command line: help in two languages, exit codes, and no password among them."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from integrity_desk import __version__
from integrity_desk.cli.main import _parser
from tests.office import PASSWORD

SOURCES = Path(__file__).parents[2]
HAN = re.compile(r"[\u4e00-\u9fff]")


def _commands(parser, words=()):
    """Yield (words, parser) of every command and group below a parser."""
    yield words, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from _commands(below, (*words, name))


COMMANDS = dict(_commands(_parser()))
EXPECTED = {
    "demo", "init", "check", "backup", "notice", "verify-sheet", "casefile",
    "bundle export", "bundle inspect", "receipt import", "enrol export", "enrol import",
    "enrol rotate", "identifier check",
    "neighbours import", "neighbours list",
    "clock", "county init", "county enrol", "county receive", "county status", "county revoke",
    "county serve", "county ask", "county profile", "county catalogue", "export",
    "import", "restore", "dates", "calendar import", "calendar region", "samples", "rules",
    "evaluation draft", "evaluation export-scores", "evaluation import-scores", "evaluation list",
    "evaluation sheet", "evaluation show",
    "inquiry answer", "inquiry check", "inquiry log", "inquiry own",
}  # fmt: skip


def test_every_command_is_there():
    leaves = {" ".join(words) for words, parser in COMMANDS.items() if parser._defaults}
    assert leaves == EXPECTED


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_in_chinese(run, words):
    told = run(*words, "--help")
    assert (told.code, told.err) == (0, "")
    assert HAN.search(told.out)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("option", [("--language", "en"), ("--language=en",)], ids=["two", "one"])
def test_help_is_in_english(run, words, option):
    told = run(*option, *words, "--help")
    assert (told.code, told.err) == (0, "")
    assert not HAN.search(told.out.replace("公示2026", "")), told.out


@pytest.mark.parametrize(
    "words",
    [
        ("no-such-command",), ("--no-such-option",), ("bundle",), ("county",), ("county", "status"),
        ("clock", "hotline_order"), ("identifier", "check"), ("export", "reporter", "x.csv"),
        ("--language", "fr", "clock", "--list"), ("init", "--org", "999901001"),
        ("check", "--password-fd", "secret"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_words_are_exit_code_two(run, words):
    told = run(*words)
    assert told.code == 2
    assert told.err
    assert told.out == ""


def test_a_refusal_of_words_is_in_the_words_of_the_program(run):
    for words, said in (
        (("identifier", "check"), "还缺少 VALUE。"),
        (("no-such-command",), "子命令 不能是'no-such-command'，可以是："),
        (("check", "--password-fd", "secret"), "--password-fd 不能是'secret'。"),
        (("check", "--login"), "--login 后面要写出内容。"),
        (("clock", "--list", "--else"), "不认识 --else。"),
    ):
        told = run(*words)
        assert told.err.startswith(said), told.err
        assert told.err.splitlines()[-1].startswith("用法见：integrity-desk")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_argument_is_explained_and_no_english_is_left_in_the_help(run, words):
    for action in COMMANDS[words]._actions:
        assert action.help or isinstance(action, argparse._SubParsersAction), action.dest
    for english in ("usage", "positional", "options", "show this", "show program"):
        assert english not in run(*words, "--help").out


def test_the_version_is_told(run):
    told = run("--version")
    assert (told.code, told.out.strip()) == (0, f"integrity-desk {__version__}")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_option_takes_a_password(words):
    for action in COMMANDS[words]._actions:
        named = " ".join((*action.option_strings, action.dest)).lower()
        if "pass" in named or "secret" in named or "recovery" in named:
            assert action.dest in {"password_fd", "recovery_sheet"}
            assert action.dest != "password_fd" or action.type is int


STARTER = """
import sys
from integrity_desk.__main__ import main
assert main(sys.argv[1:]) == 0
window = ("PySide6", "shiboken6", "integrity_desk.ui", "integrity_desk.app")
print([name for name in sys.modules if name.startswith(window)], file=sys.stderr)
"""


@pytest.mark.parametrize("words", [("clock", "--list"), ("check",), ("export", "unit", "u.xlsx")])
def test_the_command_line_never_loads_qt(office, tmp_path, words):
    signed = () if words[0] == "clock" else ("--store", office.folder, "--login", "clerk")
    done = subprocess.run(
        [sys.executable, "-c", STARTER, *words, *map(str, signed)],
        cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, "INTEGRITY_DESK_PASSWORD": PASSWORD, "PYTHONPATH": str(SOURCES)},
    )  # fmt: skip
    assert done.stdout
    assert done.stderr.strip() == "[]"
