"""What the manual tells a clerk to press, choose or look for is there, by that very name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import wording

MANUAL = (Path(__file__).parents[2] / "docs" / "manual.zh-CN.md").read_text("utf-8")

CITED = re.compile(r"(?:点|点开|选|勾选|打开|按下|右键选|菜单里选)[^“”。；，|\n]{0,14}“([^”\n]+)”")
"""“words” after a verb of the hand; menus are cited as “first → second”."""

NOT_OURS = {
    "下一步": "a button of the Windows installer",
    "在桌面上放一个图标": "a box of the Windows installer",
    "可以公开": "short for 涉及，依法可以公开",
    "各栏": "typed by the clerk",
}

_HOLE = re.compile(r"\{[^}]*\}")


def cited() -> list[tuple[str, int]]:
    """Return the cited words and the line each stands on; …… inside stands for something."""
    found = [
        (part.strip("…。 ").replace("……", "某"), number)
        for number, line in enumerate(MANUAL.splitlines(), 1)
        for words in CITED.findall(line)
        for part in words.split("→")
    ]
    return [each for each in found if each[0]]


@pytest.fixture(scope="module")
def is_known() -> Callable[[str], bool]:
    """Return whether words are a text of the interface, or its beginning up to a bracket."""
    told = {str(each.id).strip("…。") for each in wording.load() if each.id}
    begun = {re.split("[（“”]", each)[0] for each in told}
    open_ones = [each for each in told if len(_HOLE.sub("", each)) not in (len(each), 0, 1)]
    patterns = [re.compile(".+".join(map(re.escape, _HOLE.split(each)))) for each in open_ones]

    def ask(words: str) -> bool:
        if words in told or re.split("[（“”]", words)[0] in begun:
            return True
        return any(each.fullmatch(words) for each in patterns)

    return ask


def test_everything_cited_is_a_word_of_the_program(is_known):
    assert len(cited()) > 150
    strange = {words for words, _line in cited() if words not in NOT_OURS and not is_known(words)}
    assert [each for each in cited() if each[0] in strange] == []


def test_the_exceptions_are_cited_and_are_none_of_ours(is_known):
    assert NOT_OURS.keys() <= {words for words, _line in cited()}
    assert [words for words in NOT_OURS if is_known(words)] == []


@pytest.mark.parametrize("words", ["提交给县里", "打印公示单并寄出", "保存为图片"])
def test_a_button_that_is_not_there_would_be_noticed(is_known, words):
    assert not is_known(words)
