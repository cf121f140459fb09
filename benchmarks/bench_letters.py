"""A notice and a batch of pledges beside other typesetters: ``python -m benchmarks.bench_letters``.

The same words in the same face. Ours also holds the grid of GB/T 9704, keeps figures and Latin
apart from Chinese, breaks lines by the rules, and says on every page whose it is.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

from reportlab import rl_config

from benchmarks import typesetters
from benchmarks.report import Row, cpu_seconds, percentile, table
from benchmarks.typesetters import Render
from integrity_desk.documents.fonts import Fonts, Role
from integrity_desk.documents.letters import render_letters
from integrity_desk.documents.notice_sheets import render_notice
from integrity_desk.domain.letters import BlankLine, Letter
from integrity_desk.domain.reports import Paragraph as LetterParagraph
from integrity_desk.domain.sheets import Align, Column, NoticeSheet, Paper
from integrity_desk.domain.sheets import Row as SheetRow

_FULL_SIZE, _SMALLEST = 1_000, 20
_TIMES = 9
_DAY = date(2026, 1, 4)
_TITLE = "公职人员诚信承诺书"
_ARTICLES = (
    "本人作为公职人员，郑重承诺：",
    "一、忠于宪法和法律，依法履行职责，自觉接受监督。",
    "二、言而有信，对职责范围内作出的承诺按期兑现，不以机构调整、人员更替为由推诿。",
    "三、如实报告个人有关事项，如实提供信息和数据，不弄虚作假。",
    "四、公正文明办事，不吃拿卡要，不推诿扯皮，20个工作日内办结（特殊情形除外）。",
    "五、严守保密规定，不泄露投诉举报人信息和公民个人信息。",
    "如违反上述承诺，愿意承担相应责任，并记入本人诚信档案。",
)
_BLANKS = ("承诺人（签名）：", "签署日期：")
_NOTICE_TITLE = "关于2026年度政务公开承诺事项的公示"
_LEAD = (
    "为推进政务诚信建设，兑现公开承诺，根据有关规定，现将本镇2026年度承诺事项予以公示。",
    "共登记承诺事项1,286项，涉及账款8,640.27万元，按期履行率97.5%。",
)
_HEADINGS = ("序号", "承诺单位", "承诺事项", "完成时限", "履行情况")
_SHARES = (1.3, 5.0, 8.0, 3.2, 3.0)
_PROMISE = "自受理之日起20个工作日内完成项目备案、用地预审、施工许可等审批事项。"
_SIZE, _LEADING = 15.79, 28.99


def rows(scale: float) -> list[Row]:
    """Measure one notice, and ``scale`` times a thousand pledges."""
    many = max(_SMALLEST, int(scale * _FULL_SIZE))
    return [
        *_beside("notice of two pages, warm", 9, _our_notice(), {"reportlab, Paragraphs": _notice}),
        *_beside(f"batch of {many:,} pledges", many, _our_pledges, _PEERS, times=1),
    ]


def _beside(
    name: str, size: int, ours: Render, peers: dict[str, Render], times: int = _TIMES
) -> list[Row]:
    """Return one row for each peer; everybody is warmed up with a small job."""
    spent = {
        who: _median(render, size, times)
        for who, render in {"": ours, **typesetters.installed(peers)}.items()
    }
    return [
        Row(name=f"{name} (CPU)", ours=spent[""] * 1000, peer=each * 1000, unit="ms", goal=1.0,
            against=who)
        for who, each in spent.items() if who
    ]  # fmt: skip


def _median(render: Render, size: int, times: int) -> float:
    render(3)
    return percentile([cpu_seconds(lambda: render(size)) for _each in range(times)], 0.5)


def _people(many: int) -> list[str]:
    return [f"示例{at * 7919 % 9973}号" for at in range(many)]


def _our_pledges(many: int) -> bytes:
    letters = [
        Letter(
            title=_TITLE, number=f"诺书2026-01-{at:04d}", version=1, issuer="示例镇人民政府",
            addressee="", issued_on=_DAY, letterhead=False, sealed=False, place=name,
            blocks=(
                LetterParagraph(text=f"承诺人：{name}", indented=False),
                *(LetterParagraph(text=each) for each in _ARTICLES),
                *(BlankLine(label=each) for each in _BLANKS),
            ),
        )
        for at, name in enumerate(_people(many), 1)
    ]  # fmt: skip
    return render_letters(letters, Fonts(bundled_only=True))


def _pledges_of_paragraphs(many: int) -> bytes:
    """As most programs do it: platypus, a Paragraph for each line of text."""
    # lazy: platypus takes the default font when it is imported, so faces are registered first
    from reportlab.platypus import PageBreak, Paragraph  # noqa: PLC0415

    title, body = _styles()
    story: list[object] = []
    for name in _people(many):
        texts = (f"承诺人：{name}", *_ARTICLES, *_BLANKS)
        story += [Paragraph(_TITLE, title), *(Paragraph(each, body) for each in texts), PageBreak()]
    return _built(story)


def _pledges_by_typst(many: int) -> bytes:
    source = (
        f'#set page(paper: "a4", margin: 74pt)\n#set text(size: {_SIZE}pt)\n'
        "#set par(justify: true, leading: 13pt)\n"
        f"#for name in data.names {{ align(center, text(size: 22pt)[{_TITLE}])\n"
        "par[承诺人：#name]\nfor each in data.articles { par(each) }\n"
        "for each in data.blanks { par(each) }\npagebreak(weak: true) }"
    )
    content = {"names": _people(many), "articles": _ARTICLES, "blanks": _BLANKS}
    return typesetters.typst(source, content)


def _pledges_by_fpdf(many: int) -> bytes:
    document = typesetters.fpdf(_SIZE)
    for name in _people(many):
        for text in (_TITLE, f"承诺人：{name}", *_ARTICLES, *_BLANKS):
            document.multi_cell(0, _LEADING, text, new_x="LMARGIN", new_y="NEXT")
        document.add_page()
    return bytes(document.output())


_PEERS: dict[str, Render] = {
    "reportlab, Paragraphs": _pledges_of_paragraphs,
    "typst": _pledges_by_typst,
    "fpdf2": _pledges_by_fpdf,
}


def _our_notice() -> Render:
    """Each notice has words of its own, so that nothing remembered of the last one helps."""
    fonts, running = Fonts(bundled_only=True), count(1)
    columns = tuple(
        Column(heading=heading, width=share, align=Align.CENTER if share < 4 else Align.LEFT)
        for heading, share in zip(_HEADINGS, _SHARES, strict=True)
    )

    def render(lines: int) -> bytes:
        own = next(running)
        sheet = NoticeSheet(
            kind="承诺公示", number=f"公示2026-01-{own:04d}", version=1,
            issuer="示例镇人民政府", title=_NOTICE_TITLE,
            lead=tuple(f"{each}（{own}）" for each in _LEAD), columns=columns,
            rows=tuple(SheetRow(cells=each, place=each[0]) for each in _promises(lines, own)),
            posted_from=date(2026, 2, 3), posted_until=date(2026, 2, 12),
            place="示例镇便民服务中心公开栏", contact="示例镇党政办公室", phone="0000-12345678",
            closing="特此公示。", issued_on=date(2026, 2, 2),
        )  # fmt: skip
        return render_notice(sheet, Paper.A4, fonts)

    return render


def _promises(lines: int, own: int = 0) -> list[tuple[str, ...]]:
    return [
        (str(at), f"示例{own}第{at}所", f"{_PROMISE}（{own}·{at}）", "2026-06-30", "已履行")
        for at in range(1, lines + 1)
    ]


def _notice(lines: int) -> bytes:
    """The same words by platypus, with its own QR code; no letterhead, seal or page numbers."""
    # lazy: platypus takes the default font when it is imported, so faces are registered first
    from reportlab.graphics.barcode.qr import QrCodeWidget  # noqa: PLC0415
    from reportlab.graphics.shapes import Drawing  # noqa: PLC0415
    from reportlab.platypus import Paragraph, Table  # noqa: PLC0415

    title, body = _styles()
    small = body.clone("small", fontSize=10.5, leading=16)
    cells = [[Paragraph(each, small) for each in row] for row in (_HEADINGS, *_promises(lines))]
    code = Drawing(70, 70)
    code.add(QrCodeWidget("示例镇人民政府 公示2026-01-0001 第1版 9F3A-6C21-77E0"))
    return _built(
        [Paragraph(_NOTICE_TITLE, title), *(Paragraph(each, body) for each in _LEAD),
         Table(cells, [442 * share / sum(_SHARES) for share in _SHARES], repeatRows=1), code]
    )  # fmt: skip


def _styles() -> tuple[Any, Any]:
    # lazy: platypus takes the default font when it is imported, so faces are registered first
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415

    face = _face()
    title = ParagraphStyle("title", fontName=face, fontSize=22, leading=34, wordWrap="CJK")
    body = ParagraphStyle("body", fontName=face, fontSize=_SIZE, leading=_LEADING, wordWrap="CJK")
    return title, body


def _face() -> str:
    face: str = Fonts(bundled_only=True).typeface(Role.BODY).fonts[0].fontName
    rl_config.canvas_basefontname = face
    return face


def _built(story: list[Any]) -> bytes:
    # lazy: platypus takes the default font when it is imported, so faces are registered first
    from reportlab.platypus import SimpleDocTemplate  # noqa: PLC0415

    out = io.BytesIO()
    template: Callable[..., Any] = SimpleDocTemplate
    template(
        out, pagesize=(595, 842), leftMargin=74, rightMargin=74, pageCompression=1,
        initialFontName=_face(),
    ).build(story)  # fmt: skip
    return out.getvalue()


def main() -> None:
    """Print the comparison at full size."""
    print(table(rows(1.0)))


if __name__ == "__main__":
    main()
