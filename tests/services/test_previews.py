from __future__ import annotations

from integrity_desk.services.previews import RenderPages
from integrity_desk.services.sheets import PreviewSheet


def test_a_sheet_is_seen_page_by_page_in_the_size_asked_for(office):
    notice = office.enter("notice", from_on="2026-05-12", until_on="2026-05-19")
    clerk = office.as_("clerk")
    pdf = clerk.ask(PreviewSheet(notice_id=notice, bundled_fonts=True))
    (page,) = clerk.ask(RenderPages(pdf=pdf, dpi=72))
    assert (page.width, page.height) == (596, 842)
    assert len(page.pixels) == 596 * 842 * 4
    (again,) = clerk.ask(RenderPages(pdf=pdf, dpi=36, pages=(0,)))
    assert again.width == 298
