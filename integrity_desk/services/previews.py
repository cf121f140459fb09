"""Pages of a PDF as pictures: the window shows and prints them, and never draws paper itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from integrity_desk.documents.preview import PageImage, page_count, page_image
from integrity_desk.services.acts import Question, answers
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _

__all__ = ["PageImage", "RenderPages"]


@dataclass(frozen=True, kw_only=True)
class RenderPages(Question[tuple[PageImage, ...]]):
    """Pages (from 0) at ``dpi``; no pages named means all of them."""

    pdf: bytes = field(repr=False)
    dpi: float
    pages: tuple[int, ...] = ()


@answers(RenderPages)
def render_pages(question: RenderPages, reader: Reader) -> tuple[PageImage, ...]:
    """Draw page by page; Stop is heard between two pages."""
    pages = question.pages or tuple(range(page_count(question.pdf)))
    drawn = []
    for done, page in enumerate(pages):
        reader.progress.step(done, len(pages), _("绘制页面"))
        drawn.append(page_image(question.pdf, page, question.dpi))
    return tuple(drawn)
