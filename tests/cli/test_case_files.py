"""``casefile``: a case as one PDF from a script."""

from __future__ import annotations

import pytest

from integrity_desk.documents.preview import page_count, page_text
from integrity_desk.services.attachments import AttachFile
from tests.papers import pdf_of, put


@pytest.fixture
def number(office, tmp_path):
    """Return the number of a complaint with a reporter and an attachment."""
    case = office.step(office.complaint(reporter={"name": "孙密报"}), "accept")
    path = put(tmp_path, "合同.pdf", pdf_of("CONTRACT"))
    office.as_("clerk").perform(AttachFile(owner_id=case, path=path))
    return office.record(case).number


def said(path):
    pdf = path.read_bytes()
    return "".join(page_text(pdf, at) for at in range(page_count(pdf)))


def test_a_case_is_written_to_a_file(desk, number, tmp_path):
    path = tmp_path / "case.pdf"
    ran = desk("casefile", number, "--out", path, "--bundled-fonts", "--json")
    assert ran.code == 0, ran.err
    assert (ran.json["number"], ran.json["pages"]) == (number, page_count(path.read_bytes()))
    assert "CONTRACT" in said(path)
    assert "孙密报" not in said(path)


def test_who_complained_needs_a_reason_on_the_command_line_too(desk, number, tmp_path):
    path = tmp_path / "case.pdf"
    ran = desk("casefile", number, "--out", path, "--with-reporter")
    assert ran.code == 1
    assert "理由" in ran.err
    assert not path.exists()
    ran = desk("casefile", number, "--out", path, "--with-reporter", "--reason", "示例移送")
    assert ran.code == 0, ran.err
    assert "孙密报" in said(path)


def test_an_unknown_number_is_refused(desk, office, tmp_path):
    ran = desk("casefile", "诉2020-01-0001", "--out", tmp_path / "case.pdf")
    assert ran.code == 1
    assert "诉2020-01-0001" in ran.err
