"""Errors are sentences or bugs: what is not expected may be stopped in three places only.

A broad ``except`` that tidies up and ends in a bare ``raise`` stops nothing and is not counted.
"""

from __future__ import annotations

import ast

from tests.architecture.source_files import ROOT

BROAD = {"Exception", "BaseException"}
MOST_BROAD_EXCEPTS = 3


def test_broad_excepts_are_few_and_named_in_the_architecture_page(program):
    catching = [
        source.name
        for source in program
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler) and caught(node) & BROAD and not passed_on(node)
    ]
    page = ROOT / "ARCHITECTURE.md"
    words = page.read_text(encoding="utf-8") if catching else ""
    assert len(catching) <= MOST_BROAD_EXCEPTS, catching
    assert [name for name in catching if name not in words] == []


def test_no_error_is_swallowed_by_suppress(program):
    calls = [
        (source.name, node.lineno)
        for source in program
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress")
        if {name.id for name in ast.walk(node) if isinstance(name, ast.Name)} & BROAD
    ]
    assert calls == []


def caught(handler: ast.ExceptHandler) -> set[str]:
    """Return the names a handler catches; a bare ``except:`` catches everything."""
    if handler.type is None:
        return BROAD
    return {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}


def passed_on(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None
