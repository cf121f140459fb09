"""Notices for tests: a draft that only lacks what the test is about."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from integrity_desk.domain.fields import Id
from integrity_desk.domain.notices import GATE
from integrity_desk.services.sheets import PrintSheet
from tests.office import Office

TITLE = "示例镇2026年度公开承诺事项的公示"


def draft(office: Office, items: list[Id], **values: Any) -> Id:
    """Enter a notice of these items that may be submitted."""
    told = {
        "kind": "commitment", "title": TITLE, "body": "", "item_ids": items,
        "place": "示例镇公开栏", "from_on": "2026-05-12", "until_on": "2026-05-22",
        "contact": "孙示例", "phone": "0999-80000000", **dict.fromkeys(GATE, "not_involved"),
    }  # fmt: skip
    return office.enter("notice", **{**told, **values})


def printed(office: Office, notice: Id, **options: Any) -> Any:
    """Print with the bundled fonts; return the PrintedPdf."""
    command = PrintSheet(notice_id=notice, bundled_fonts=True, **options)
    return office.as_("clerk").perform(command).value


def text_of(pdf: bytes) -> str:
    """Return the text of a PDF as pdftotext reads it, without spaces."""
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return "".join(done.stdout.decode().split())


def laid_bare(pdf: bytes) -> bytes:
    """Return the PDF with every stream unpacked, as ``qpdf --qdf`` writes it."""
    with tempfile.TemporaryDirectory() as folder:
        packed, bare = Path(folder) / "a.pdf", Path(folder) / "b.pdf"
        packed.write_bytes(pdf)
        subprocess.run(
            ["qpdf", "--qdf", "--object-streams=disable", packed, bare],
            capture_output=True, check=True,
        )  # fmt: skip
        return bare.read_bytes()
