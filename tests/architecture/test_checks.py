"""The linters' verdicts, as tests, so that one closing line speaks for everything."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.architecture.source_files import ROOT

CHECKS = ("ruff check .", "ruff format --check .", "mypy")


@pytest.mark.parametrize("check", CHECKS)
def test_the_check_has_nothing_to_say(check):
    program, *arguments = check.split()
    command = [sys.executable, "-m", program, *arguments]
    verdict = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert verdict.returncode == 0, f"{check}\n{verdict.stdout}{verdict.stderr}"
