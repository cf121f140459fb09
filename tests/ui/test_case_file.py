"""The case file of the opened record: looked at, kept, noted; who complained only for a reason."""

from __future__ import annotations

import pytest

from integrity_desk.documents.preview import page_count, page_text
from integrity_desk.domain.access import Access, Handout
from integrity_desk.services.attachments import AttachFile
from integrity_desk.ui.dialogs.noted_preview import NotedPreview
from integrity_desk.ui.dialogs.paper_preview import PaperPreview
from tests.papers import pdf_of, put


@pytest.fixture
def case(office, tmp_path):
    """Return an accepted complaint with a reporter and an attachment."""
    case = office.step(office.complaint(reporter={"name": "孙密报"}), "accept")
    path = put(tmp_path / "handed-in", "合同.pdf", pdf_of("CONTRACT"))
    office.as_("clerk").perform(AttachFile(owner_id=case, path=path))
    return case


def shown(desk, kind=NotedPreview):
    desk.until(lambda: bool(desk.window.findChildren(kind)))
    [preview] = desk.window.findChildren(kind)
    desk.until(lambda: preview.viewer.count > 0)
    return preview


def acts(page):
    return [each.objectName() for each in page.panel._menu.actions()]


def said(path):
    pdf = path.read_bytes()
    return "".join(page_text(pdf, at) for at in range(page_count(pdf)))


def test_a_key_shows_the_whole_case_and_keeping_it_is_noted(sit, office, case, tmp_path):
    desk = sit("clerk")
    desk.open_record("complaint", case)
    desk.window.actions_table["case_file"].trigger()
    preview = shown(desk)
    assert not office.reading().find(Handout)
    preview.save_to(tmp_path / "卷宗.pdf")
    desk.until(lambda: (tmp_path / "卷宗.pdf").exists())
    assert "CONTRACT" in said(tmp_path / "卷宗.pdf")
    assert "孙密报" not in said(tmp_path / "卷宗.pdf")
    [noted] = office.reading().find(Handout)
    assert not noted.in_full
    assert preview.viewer.count == page_count((tmp_path / "卷宗.pdf").read_bytes())


def test_who_complained_is_added_only_after_a_reason(sit, office, case):
    desk = sit("reviewer")
    page = desk.open_record("complaint", case)
    page.panel._take("full_case_file")
    desk.until(lambda: page.case_file.dialog is not None)
    dialog = page.case_file.dialog
    dialog.form.submit()
    assert dialog.isVisible()
    assert not office.reading().find(Access)
    dialog.form.set_values({"reason": "示例移送上级"})
    dialog.form.submit()
    preview = shown(desk, PaperPreview)
    assert "孙密报" in "".join(page_text(preview._pdf, at) for at in range(preview.viewer.count))
    assert {each.reason for each in office.reading().find(Access)} == {"示例移送上级"}


def test_what_makes_no_case_offers_none(sit, office, case):
    desk = sit("clerk")
    page = desk.open_record("commitment", office.commitment())
    assert "case_file" not in acts(page)
    assert not desk.window.actions_table["case_file"].isEnabled()


def test_whoever_may_not_see_who_complained_is_not_offered_it(sit, office, case):
    desk = sit("viewer")
    page = desk.open_record("complaint", case)
    assert "case_file" in acts(page)
    assert "full_case_file" not in acts(page)
