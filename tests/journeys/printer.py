"""A printer that keeps what it was given."""

from __future__ import annotations

import subprocess
from pathlib import Path

_PROGRAM = """#!/bin/sh
here=$(dirname "$0")
case "$0" in
*/lpstat) echo "printer Example is idle.  enabled since then"
    echo "system default destination: Example";;
*) cat > "$here/given-$(date +%N).pdf";;
esac
"""


def set_up(folder: Path) -> None:
    """Put the programs that pass for a printer into a folder; sheets come out beside them."""
    folder.mkdir()
    for name in ("lp", "lpstat"):
        program = folder / name
        program.write_text(_PROGRAM, "utf-8")
        program.chmod(0o755)


def sheets_of(printer: Path) -> list[Path]:
    """Return what was printed."""
    return sorted(printer.glob("given-*.pdf"))


def text_of(pdf: Path) -> str:
    """Return what a PDF says, without spaces."""
    told = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True)
    return "".join(told.stdout.decode().split())
