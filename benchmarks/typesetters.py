"""Other typesetters that registers and letters are measured beside, in the same two faces.

typst and fpdf2 are no dependencies of the desk: they stand beside it where they are installed
(``pip install typst fpdf2``), and are left out where they are not.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from integrity_desk.documents.font_files import bundled_song

Render = Callable[[int], bytes]

_MARGIN = 42.0


def installed(peers: dict[str, Render]) -> dict[str, Render]:
    """Return those of the peers, by name, whose library is here."""
    modules = {name: _MODULES.get(name, "reportlab") for name in peers}
    return {name: peers[name] for name in peers if importlib.util.find_spec(modules[name])}


_MODULES = {"typst": "typst", "fpdf2": "fpdf"}


def typst(source: str, content: Any) -> bytes:
    """Return what typst makes of ``source``, which finds ``content`` as ``data``."""
    # lazy: typst is not among the desk's dependencies
    library = importlib.import_module("typst")
    head = (
        '#set text(font: "Noto Serif SC", lang: "zh")\n#let data = json(bytes(sys.inputs.data))\n'
    )
    made: bytes = library.compile(
        (head + source).encode(), font_paths=[str(bundled_song().path.parent)],
        sys_inputs={"data": json.dumps(content, ensure_ascii=False)}, ignore_system_fonts=True,
    )  # fmt: skip
    return made


def fpdf(size: float, *, landscape: bool = False) -> Any:
    """Return an fpdf2 document of A4 pages in the bundled Song."""
    # lazy: fpdf2 is not among the desk's dependencies
    document = importlib.import_module("fpdf").FPDF(
        orientation="landscape" if landscape else "portrait", unit="pt", format="A4"
    )
    for style in ("", "B"):  # its tables want a bold face for the head
        document.add_font("song", style, fname=str(bundled_song().path))
    document.set_font("song", size=size)
    document.set_margins(_MARGIN, _MARGIN, _MARGIN)
    document.set_auto_page_break(True, margin=_MARGIN)
    document.add_page()
    return document


def typst_table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[float], size: float
) -> bytes:
    """Return a ruled table on landscape pages, its head repeated."""
    columns = ", ".join(f"{share:g}fr" for share in shares)
    source = (
        f"#set page(paper: \"a4\", flipped: true, margin: {_MARGIN}pt)\n#set text(size: {size}pt)\n"
        f"#table(columns: ({columns}), table.header(..data.head), ..data.rows.flatten())"
    )  # fmt: skip
    return typst(source, {"head": list(headings), "rows": [list(row) for row in rows]})


def fpdf_table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[float], size: float
) -> bytes:
    """Return the same table by fpdf2."""
    document = fpdf(size, landscape=True)
    with document.table(col_widths=tuple(shares), line_height=size * 1.4) as table:
        for row in (headings, *rows):
            table.row(row)
    return bytes(document.output())
