"""No sub-command opens the window; with one, the command line runs and Qt is never loaded."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from integrity_desk.wording import LANGUAGES


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these words (default: the command line's); return its exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    options, others = _window_parser().parse_known_args(words)
    if others:
        # lazy: the window does not need the command line, and this not the window
        from integrity_desk.cli.main import main as run_command  # noqa: PLC0415

        return run_command(words)
    from integrity_desk.app import Options, open_window  # noqa: PLC0415  (lazy: as above)

    return open_window(Options(**vars(options)))


def _window_parser() -> argparse.ArgumentParser:
    """The window's own options; anything else is a matter for the command line."""
    parser = argparse.ArgumentParser(prog="integrity-desk", add_help=False, allow_abbrev=False)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--language", choices=tuple(LANGUAGES), default="")
    parser.add_argument("--screenshot", type=Path, dest="screenshots")
    return parser


if __name__ == "__main__":
    sys.exit(main())
