"""The two commands a stranger types: what they start, and what they say when they cannot."""

from __future__ import annotations

import ast
import sys

import pytest

import run
from tests.architecture.source_files import ROOT


@pytest.fixture
def no_display(monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


@pytest.mark.skipif(not run.LINUX, reason="other systems always have a display")
def test_without_a_display_the_demo_is_written(no_display):
    assert run.job([], testing=False) == ["integrity_desk", "demo"]


def test_with_a_display_the_sample_desk_opens(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    assert run.job([], testing=False) == ["integrity_desk", "--sample"]


@pytest.mark.parametrize("given", [["demo", "--out", "x"], ["--", "demo", "--out", "x"]])
def test_given_arguments_replace_the_usual_job(given):
    assert run.job(given, testing=False) == ["integrity_desk", "demo", "--out", "x"]


def test_further_arguments_of_test_go_to_pytest():
    assert run.job(["test", "-k", "objection"], testing=True)[-2:] == ["-k", "objection"]


def test_where_nothing_can_be_installed_the_missing_packages_are_named(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit, match="libegl1 xvfb"):
        run.install_packages(["libegl1", "xvfb"])


@pytest.mark.skipif(not run.LINUX, reason="packages are looked for on Linux only")
def test_a_missing_program_is_noticed(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert set(run.TEST_PROGRAMS.values()) <= set(run.missing_packages(testing=True))


def test_a_changed_lock_is_installed_again(tmp_path, monkeypatch):
    (tmp_path / "requirements").mkdir()
    for name in ("pyproject.toml", "setup.py", "requirements/desk.txt"):
        (tmp_path / name).write_text("before", encoding="utf-8")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    before = run.fingerprint_of(["desk"])
    assert run.fingerprint_of(["desk"]) == before
    (tmp_path / "requirements" / "desk.txt").write_text("after", encoding="utf-8")
    assert run.fingerprint_of(["desk"]) != before


def test_the_set_up_needs_the_standard_library_only():
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    roots = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert roots <= sys.stdlib_module_names
