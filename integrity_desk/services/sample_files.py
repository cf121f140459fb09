"""The files of the sample township: small photos and papers, drawn and written by program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from integrity_desk.domain.reports import Ending, Paragraph, Report, Section

_ISSUER = "示例镇人民政府"


class SampleFiles:
    """Makes the files that stories attach, in ``folder``; each differs a little from the last."""

    def __init__(self, entries: list[Mapping[str, Any]], folder: Path) -> None:
        self._folder = folder
        self._entries = {each["tag"]: each for each in entries}
        self._made: Counter[str] = Counter()

    def entry(self, tag: str) -> Mapping[str, Any]:
        """Return what is said of a file."""
        return self._entries[tag]

    @contextmanager
    def made(self, tag: str, lines: list[str], on: date) -> Iterator[Path]:
        """Write the file of that tag as of a day; it is there as long as the block lasts."""
        entry = self._entries[tag]
        nth = entry.get("nth", self._made[tag] * 2)
        self._made[tag] += 1
        path = self._folder / entry["name"]
        photo = "scene" in entry
        path.write_bytes(_photo(entry, on, nth) if photo else _paper(entry["title"], lines, on))
        yield path
        path.unlink()


def _photo(entry: Mapping[str, Any], on: date, nth: int) -> bytes:
    from integrity_desk.documents.sample_pictures import sample_photo  # noqa: PLC0415  (lazy)

    return sample_photo(entry["scene"], entry["words"], on, nth)


def _paper(title: str, lines: list[str], on: date) -> bytes:
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415  (lazy: reportlab)
    from integrity_desk.documents.reports import render_report  # noqa: PLC0415

    blocks = tuple(Paragraph(text=each) for each in lines)
    report = Report(
        title=title, made_on=on, author=_ISSUER, sections=(Section(blocks=blocks),),
        ending=Ending(issuer=_ISSUER, issued_on=on, sealed=False),
    )  # fmt: skip
    return render_report(report, Fonts(bundled_only=True))
