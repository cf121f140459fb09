"""Everything people read is Chinese in the source and complete in English."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from tools import wording


def test_the_english_wording_is_complete_and_true_to_the_source():
    assert wording.problems() == []


def test_every_marked_text_can_be_collected(program):
    unreadable = [
        f"{source.name}:{node.lineno}"
        for source in program
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "N_"
        if not (len(node.args) == 1 and isinstance(node.args[0], ast.Constant))
    ]
    unreadable += [
        f"{source.name}:{node.lineno}"
        for source in program
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_"
        if any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in node.args)
    ]
    assert unreadable == []


def test_labelled_choices_are_declared_in_domain_where_their_words_are_collected(program):
    elsewhere = [
        f"{source.name}:{node.lineno}"
        for source in program
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and not source.name.startswith("integrity_desk/domain/")
        if any(ast.unparse(base).endswith("Choice") for base in node.bases)
    ]
    assert elsewhere == []


def test_a_source_text_has_no_stray_english_word():
    assert wording.foreign("请插入 USB 盘，再按 {button}。") == []
    assert wording.foreign("请点击 Continue 按钮。") == ["Continue"]


@pytest.mark.parametrize(
    ("translated", "said"),
    [
        ("{name} has {count}", ""),
        ("{name} has some", "placeholders differ"),
        ("{name} has {count} 条", "Chinese left"),
    ],
)
def test_a_flawed_translation_is_told(translated, said):
    assert re.match(said + r"|$", wording.flaw("{name}有{count}条", translated))
    assert bool(wording.flaw("{name}有{count}条", translated)) == bool(said)


def test_translations_from_a_file_are_kept_through_an_update(tmp_path, monkeypatch):
    monkeypatch.setattr(wording, "PO", tmp_path / "wording" / "en.po")
    monkeypatch.setattr(wording, "MO", tmp_path / "wording" / "en.mo")
    text = next(text for text in wording.collect() if "{" not in text)
    filled = Path(tmp_path, "filled.json")
    filled.write_text(json.dumps({text: "Translated"}), encoding="utf-8")
    assert wording.main(["apply", str(filled)]) == 0
    assert wording.main(["update"]) == 0
    assert wording.load()[text].string == "Translated"
    assert text not in wording.missing(wording.load())
    assert wording.compiled(wording.load()) == wording.MO.read_bytes()
