"""Imports point down, every library has one home, and a breach breaks the build."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import grimp
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source_files import ROOT

LAZY = tomllib.loads((Path(__file__).parent / "lazy_imports.toml").read_text(encoding="utf-8"))

BREACHES = {
    "domain/planted.py": "import integrity_desk.storage",
    "storage/planted.py": "import integrity_desk.sync",
    "services/planted.py": "from PySide6.QtCore import QObject",
    "ui/planted.py": "from integrity_desk.storage import database",
    "cli/planted.py": "import sqlite3",
    "planted.py": "a_top_level_module_without_a_place = True",
}


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("integrity_desk", include_external_packages=True, cache_dir=None)


@pytest.fixture
def copy(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "integrity_desk", tmp_path / "integrity_desk", ignore=ignored)
    return tmp_path


def test_the_contracts_hold():
    verdict = lint_imports(ROOT)
    assert verdict.returncode == 0, verdict.stdout


@pytest.mark.parametrize("breach", BREACHES)
def test_a_planted_breach_breaks_the_build(copy, breach):
    (copy / "integrity_desk" / breach).write_text(BREACHES[breach], encoding="utf-8")
    verdict = lint_imports(copy)
    assert verdict.returncode != 0
    assert "planted" in verdict.stdout


def test_no_module_imports_itself_by_a_detour(graph):
    cycles = [
        (module, *chain)
        for module in graph.modules
        for direct in graph.find_modules_directly_imported_by(module)
        if direct != module and (chain := graph.find_shortest_chain(direct, module))
    ]
    assert cycles == []


def test_every_library_used_has_a_home_and_is_a_dependency(graph):
    outside = {module for module in graph.modules if graph.is_module_squashed(module)}
    assert outside - sys.stdlib_module_names - homes() == set()
    assert {owner for module in outside for owner in owners(module)} <= dependencies()


def test_every_dependency_has_a_home():
    at_home = {owner for module in homes() for owner in owners(module)}
    assert dependencies() - at_home == set()


def test_only_listed_imports_are_put_off(program):
    found = {
        (source.name, imported)
        for source in program
        for function in ast.walk(source.tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        for imported in imported_by(node)
    }
    unlisted = {pair for pair in found if put_off(pair[1]) is None}
    assert unlisted == set()
    assert set(LAZY) - {put_off(imported) for _, imported in found} == set(), "listed, not used"


def put_off(imported: str) -> str | None:
    """Return the entry of lazy_imports.toml that allows this import inside a function."""
    return next((e for e in LAZY if f"{imported}.".startswith(f"{e}.")), None)


def imported_by(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    script = "from importlinter.cli import lint_imports_command as run; run()"
    command = [sys.executable, "-c", script, "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def configuration() -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def homes() -> set[str]:
    contracts = configuration()["tool"]["importlinter"]["contracts"]
    return {module for each in contracts for module in each.get("protected_modules", ())}


def dependencies() -> set[str]:
    project = configuration()["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["county"]]
    return {canonicalize_name(Requirement(each).name) for each in declared}


def owners(module: str) -> set[str]:
    """Return the distributions that a top-level import name comes from."""
    return {canonicalize_name(name) for name in packages_distributions().get(module, ())}
