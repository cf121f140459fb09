"""``samples``: every paper as PDF and PNG, and the contact sheet."""

from __future__ import annotations


def test_samples_are_written_as_pdf_and_png_with_a_contact_sheet(run, tmp_path):
    told = run("samples", "--out", tmp_path / "out", "--only", "recovery-")
    assert (told.code, told.err) == (0, "")
    names = {each.name for each in (tmp_path / "out").iterdir()}
    assert names == {
        "recovery-sheet.pdf", "recovery-sheet.png", "contact-sheet.pdf", "contact-sheet.png",
    }  # fmt: skip


def test_a_name_that_fits_nothing_is_refused(run, tmp_path):
    told = run("samples", "--out", tmp_path / "out", "--only", "示例")
    assert told.code == 1
    assert "示例" in told.err
