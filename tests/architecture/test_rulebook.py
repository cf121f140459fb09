"""A rule that nobody imports would hold only now and then."""

from __future__ import annotations

import ast

from integrity_desk.services import rulebook
from tests.architecture.source_files import Source, sources

REGISTRARS = {"guards", "follows", "suggests"}


def test_every_module_that_guards_follows_or_suggests_stands_in_the_rulebook():
    registering = {each.path.stem for each in sources("integrity_desk") if _registers(each)}
    assert set(rulebook.__all__) == registering


def _registers(source: Source) -> bool:
    return any(
        isinstance(mark, ast.Call)
        and isinstance(mark.func, ast.Name)
        and mark.func.id in REGISTRARS
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef)
        for mark in node.decorator_list
    )
