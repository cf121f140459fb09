"""Registers: our streaming tables beside those of others, on the same rows, faces and sizes.

Run ``python -m benchmarks.bench_registers --rows 5000``; prints CPU seconds and ratios.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from reportlab import rl_config

from benchmarks import typesetters
from benchmarks.report import Row
from benchmarks.typesetters import Render
from integrity_desk.documents.fonts import Fonts, Role
from integrity_desk.documents.lines import wrap
from integrity_desk.documents.registers import render_register
from integrity_desk.domain.sheets import Align, Column

COLUMNS = [
    Column(heading="序号", width=2.2, align=Align.CENTER),
    Column(heading="编号", width=5, align=Align.CENTER),
    Column(heading="承诺主体", width=9),
    Column(heading="责任人", width=3.4),
    Column(heading="类别", width=4, align=Align.CENTER),
    Column(heading="承诺事项", width=17),
    Column(heading="完成时限", width=4.6, align=Align.CENTER),
    Column(heading="履行状态", width=5, align=Align.CENTER),
]
_PROMISES = (
    "按期足额支付农民工工资，实行实名制管理与专用账户管理，杜绝拖欠（含分包单位）",
    "在2025年12月31日前完成标准厂房交付，并协助企业办理不动产权登记",
    "保证产品质量符合GB 7718—2011《食品安全国家标准》要求，不虚假宣传、不以次充好",
    "污染物排放浓度（COD≤50mg/L、NH3-N≤5mg/L）稳定达标，在线监测数据不造假",
)
_PEOPLE = ("示例卢", "示例钟", "示例孔", "示例𬭛")
_PAGE = (842.0, 595.0)
_SIZE, _LEADING = 9, 12.5


def invented(count: int) -> Iterator[tuple[str, ...]]:
    """Yield ``count`` invented rows of eight cells, about ninety characters each."""
    for at in range(count):
        yield (
            str(at + 1), f"CN2026-{at + 1:05d}", f"示例{at * 7919 % 9973}新能源科技有限公司",
            _PEOPLE[at % 4], ("政策承诺", "合同履约", "信用修复")[at % 3],
            f"{_PROMISES[at % 4]}，第{at}项", f"2026-{at % 12 + 1:02d}-{at % 28 + 1:02d}",
            ("已履行", "逾期整改", "按期履行中")[at % 3],
        )  # fmt: skip


def ours(count: int) -> bytes:
    """Print the register with the desk's own table."""
    return render_register(
        title="示例承诺登记簿", subtitle=f"共 {count} 条", columns=COLUMNS, rows=invented(count),
        made_on=date(2026, 1, 4), fonts=Fonts(bundled_only=True),
    )  # fmt: skip


def paragraph_table(count: int) -> bytes:
    """Print it as most programs do: a platypus Table with a Paragraph in every cell."""
    # lazy: platypus takes the default font when it is imported, so faces are registered first
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table  # noqa: PLC0415

    style = ParagraphStyle(
        "cell", fontName=_face(), fontSize=_SIZE, leading=_LEADING, wordWrap="CJK"
    )
    cells = [[Paragraph(text, style) for text in row] for row in invented(count)]
    table = Table([_headings(), *cells], colWidths=_widths(), repeatRows=1, style=_style())
    out = io.BytesIO()
    _document(SimpleDocTemplate, out).build([table])
    return out.getvalue()


def wrapped_tables(count: int) -> bytes:
    """Print it as careful programs do: lines broken beforehand, one Table a page."""
    # lazy: platypus takes the default font when it is imported, so faces are registered first
    from reportlab.platypus import PageBreak, SimpleDocTemplate, Table  # noqa: PLC0415

    advances = Fonts(bundled_only=True).typeface(Role.BODY).advances
    measures = [(width - 12) / _SIZE * 1000 for width in _widths()]
    page: list[list[str]] = []
    story: list[object] = []
    height = 0.0
    for row in invented(count):
        broken = [wrap(text, advances, m) for text, m in zip(row, measures, strict=True)]
        tall = max(map(len, broken)) * _LEADING + 7
        if height + tall > _PAGE[1] - 140:
            story += [Table([_headings(), *page], _widths(), style=_style()), PageBreak()]
            page, height = [], 0.0
        page.append(["\n".join(lines) for lines in broken])
        height += tall
    story.append(Table([_headings(), *page], _widths(), style=_style()))
    out = io.BytesIO()
    _document(SimpleDocTemplate, out).build(story)
    return out.getvalue()


def _of(library: Callable[..., bytes]) -> Render:
    shares = [column.width for column in COLUMNS]
    return lambda count: library(_headings(), invented(count), shares, _SIZE)


PEERS: dict[str, Render] = {
    "reportlab, Table of Paragraphs": paragraph_table,
    "reportlab, wrapped Tables": wrapped_tables,
    "typst": _of(typesetters.typst_table),
    "fpdf2": _of(typesetters.fpdf_table),
}
_TOO_SLOW = "fpdf2"
"""Left out of the longest register: it takes minutes."""


def rows(scale: float) -> list[Row]:
    """Measure registers of ``scale`` times 5,000 and 20,000 rows."""
    return [*_measured(max(100, int(scale * 5_000))), *_measured(int(scale * 20_000), _TOO_SLOW)]


def _measured(count: int, without: str = "") -> Iterator[Row]:
    seconds = compare(count, without)
    ours = seconds.pop("ours")
    for peer, taken in seconds.items():
        yield Row(
            name=f"register of {count:,} rows (CPU)", ours=ours, peer=taken, against=peer, goal=1.0
        )


def compare(count: int, without: str = "") -> dict[str, float]:
    """Return CPU seconds by name, ours first; each is warmed up with one page."""
    seconds = {}
    peers = typesetters.installed(PEERS)
    peers.pop(without, None)
    for name, render in {"ours": ours, **peers}.items():
        render(20)
        begin = time.process_time()
        render(count)
        seconds[name] = time.process_time() - begin
    return seconds


def main() -> None:
    """Print the comparison as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    count = parser.parse_args().rows
    seconds = compare(count)
    print(f"register of {count} rows, CPU seconds")
    for name, taken in seconds.items():
        print(f"  {name:<32}{taken:8.2f}   {taken / seconds['ours']:6.1f} x")


def _face() -> str:
    face: str = Fonts(bundled_only=True).typeface(Role.BODY).fonts[0].fontName
    rl_config.canvas_basefontname = face
    return face


def _headings() -> list[str]:
    return [column.heading for column in COLUMNS]


def _widths() -> list[float]:
    share = (_PAGE[0] - 85) / sum(column.width for column in COLUMNS)
    return [column.width * share for column in COLUMNS]


def _style() -> list[tuple[object, ...]]:
    return [
        ("FONT", (0, 0), (-1, -1), _face(), _SIZE, _LEADING),
        ("GRID", (0, 0), (-1, -1), 0.5, (0.25, 0.25, 0.25)),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]


def _document(template: Callable[..., Any], out: io.BytesIO) -> Any:
    return template(
        out, pagesize=_PAGE, leftMargin=42, rightMargin=42, topMargin=42, bottomMargin=60,
        pageCompression=1, initialFontName=_face(),
    )  # fmt: skip


if __name__ == "__main__":
    main()
