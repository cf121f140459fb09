"""``notice`` and ``verify-sheet``."""

from __future__ import annotations

import subprocess

import pytest

from integrity_desk.domain.notices import GATE, PrintedSheet
from tests.office import PASSWORD


@pytest.fixture
def number(office):
    """Return the number of an approved notice."""
    notice = office.enter(
        "notice", kind="information", title="示例公示一则", place="示例镇公开栏", contact="孙示例",
        phone="0999-80000000", from_on="2026-05-12", until_on="2026-05-22",
        **dict.fromkeys(GATE, "not_involved"),
    )  # fmt: skip
    return office.record(office.walk(notice, "submit", "approve")).number


@pytest.fixture
def printed(desk, number, tmp_path):
    """Return what printing the notice told."""
    return desk("notice", number, "--out", tmp_path / "notice.pdf", "--bundled-fonts", "--json")


def test_a_notice_is_printed_to_a_file(printed, number, tmp_path):
    assert printed.code == 0
    told = printed.json
    assert (told["number"], told["version"]) == (number, 1)
    text = subprocess.run(
        ["pdftotext", "-raw", tmp_path / "notice.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    assert "示例公示一则" in "".join(text.split())
    assert told["code"] in text


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_both_papers_are_offered(desk, number, tmp_path, paper):
    told = desk("notice", number, "--out", tmp_path / "n.pdf", "--paper", paper, "--bundled-fonts")
    assert told.code == 0
    assert number in told.out
    sizes = subprocess.run(
        ["pdfinfo", tmp_path / "n.pdf"], capture_output=True, check=True
    ).stdout.decode()
    assert f"({paper.upper()})" in sizes


def test_a_preview_is_no_print(desk, office, number, tmp_path):
    told = desk("notice", number, "--out", tmp_path / "n.pdf", "--preview", "--bundled-fonts")
    assert told.code == 0
    assert (tmp_path / "n.pdf").read_bytes().startswith(b"%PDF")
    assert office.reading().find(PrintedSheet) == []


def test_an_unknown_number_is_refused(desk, tmp_path):
    told = desk("notice", "公示2026-01-0099", "--out", tmp_path / "n.pdf")
    assert told.code == 1
    assert "公示2026-01-0099" in told.err
    assert not (tmp_path / "n.pdf").exists()


@pytest.mark.parametrize("option", [(), ("--preview",)])
def test_a_folder_that_is_not_there_is_told_and_no_printing_noted(
    desk, office, number, tmp_path, option
):
    told = desk("notice", number, "--out", tmp_path / "gone" / "n.pdf", "--bundled-fonts", *option)
    assert told.code == 1
    assert "无法写入" in told.err
    assert office.reading().find(PrintedSheet) == []


def test_a_genuine_sheet_is_exit_code_nought(desk, printed):
    assert desk("verify-sheet", "--qr", printed.json["qr"], by="viewer").code == 0
    told = desk(
        "verify-sheet", "--number", printed.json["number"], "--code", printed.json["code"], "--json"
    )
    assert told.code == 0
    assert told.json["standing"] == "current"
    assert told.json["title"] == "示例公示一则"


def test_a_forged_sheet_is_exit_code_one(desk, printed):
    told = desk(
        "verify-sheet", "--number", printed.json["number"], "--code", "0000-0000-0000", "--json"
    )
    assert told.code == 1
    assert (told.json["genuine"], told.json["standing"]) == (False, "wrong_code")


def test_a_genuine_sheet_of_a_withdrawn_notice_is_exit_code_one(desk, office, printed):
    (sheet,) = office.reading().find(PrintedSheet)
    office.step(sheet.notice_id, "withdraw")
    told = desk("verify-sheet", "--qr", printed.json["qr"], "--json")
    assert told.code == 1
    assert (told.json["genuine"], told.json["standing"]) == (True, "withdrawn")


def test_half_a_question_is_refused(desk):
    told = desk("verify-sheet", "--number", "公示2026-01-0001")
    assert told.code == 1
    assert told.err.strip().endswith("。")


def test_as_a_process_of_its_own(program, office, number, tmp_path):
    told = program(
        "--language", "en", "notice", number, "--out", tmp_path / "n.pdf", "--bundled-fonts",
        "--store", office.folder, "--login", "clerk", INTEGRITY_DESK_PASSWORD=PASSWORD,
    )  # fmt: skip
    assert told.code == 0, told.err
    assert number in told.out
