"""The printed rules say what the program decides by: every row of every file, read by Poppler."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from integrity_desk.__main__ import main
from integrity_desk.domain.effects import EFFECTS
from integrity_desk.domain.integrity_files import Sanction
from integrity_desk.paths import resource

TABLES = {
    "clocks": "clock", "clocks-regional": "clock", "publication": "period", "sanctions": "rule",
    "interest": "rate", "warnings": "commitment", "indicators": "formula",
    "delivery": "receipt", "measures": "measure",
}  # fmt: skip
NAMES_ONLY = {"regions"}
"""Files without rules: what others are called by."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> str:
    """Everything that can be read on the paper, without white space."""
    path = tmp_path_factory.mktemp("rules") / "rules.pdf"
    assert main(["rules", "--out", str(path)]) == 0
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)
    command = ["pdftotext", "-raw", path, "-"]  # in the order it was written, cell by cell
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    return "".join(run.stdout.split())


def entries(name: str) -> Iterator[dict[str, Any]]:
    with resource(f"rules/{name}.toml").open("rb") as file:
        table = tomllib.load(file)[TABLES[name]]
    yield from table if isinstance(table, list) else [table]


def test_every_file_of_rules_is_printed():
    there = {path.stem for path in resource("rules").glob("*.toml")}
    assert there == TABLES.keys() | NAMES_ONLY


@pytest.mark.parametrize("name", TABLES)
def test_every_row_stands_there_with_its_clause_and_its_days(pages, name):
    for entry in entries(name):
        clause = "".join(entry["clause"].split())
        assert clause in pages, clause
        days = [entry.get(each) for each in ("effective_from", "effective_until")]
        first, last = (each.isoformat() if isinstance(each, date) else "" for each in days)
        wanted = f"{first}至{last}" if first and last else f"至{last}" if last else first
        assert wanted in pages, (clause, wanted)


def test_the_rows_of_the_time_limits_say_how_long(pages):
    assert "60日；可延长30日" in pages
    assert "5个工作日；可延长15个工作日" in pages
    assert "上海市" in pages


def test_every_sanction_has_its_term_and_how_it_ends(pages):
    terms = [(rule, code) for rule in entries("sanctions") for code in rule["terms"]]
    labels = {each.value: each.label for each in Sanction}
    for rule, code in terms:
        ends = "期满自动解除" if rule["lifted_by"] == "law" else "期满后作出解除决定"
        assert f"{labels[code]}{rule['terms'][code]}个月48个月{ends}" in pages


def test_every_effect_stands_there_with_its_reason(pages):
    for effect in EFFECTS:
        clause = "".join(effect.clause.split())
        assert f"{effect.why}{clause}{effect.effective_from}起" in pages
    assert "异议：作出结论（撤销）" in pages
    assert "奖惩措施：决定实施（异议尚在核实）" in pages


def test_where_it_cannot_be_written_is_said(run, tmp_path):
    told = run("rules", "--out", tmp_path / "missing" / "rules.pdf")
    assert told.code == 1
    assert "rules.pdf" in told.err
