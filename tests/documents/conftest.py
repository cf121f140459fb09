"""Builders of sheets and fonts, and the independent readers that judge what is printed."""

from __future__ import annotations

import struct
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import uharfbuzz

from integrity_desk.documents.font_files import bundled_song
from integrity_desk.documents.fonts import Fonts
from integrity_desk.domain.sheets import Align, Column, NoticeSheet, Row

RARE_NAMES = "㛃䶮𬭛𫍯昇堃喆𡒄𠮷𪚥𬱖"
NOT_BUNDLED = "𡒄𠮷𪚥"

COLUMNS = (
    Column(heading="序号", width=1.3, align=Align.CENTER),
    Column(heading="承诺单位", width=5),
    Column(heading="承诺事项", width=8),
    Column(heading="完成时限", width=3.2, align=Align.CENTER),
    Column(heading="履行情况", width=3, align=Align.CENTER),
)
PROMISE = (
    "自受理之日起 20 个工作日内完成项目备案、用地预审、施工许可等审批事项（含“容缺受理”事项）。"
)


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    return Fonts(bundled_only=True)


def rows(count: int) -> tuple[Row, ...]:
    return tuple(
        Row(
            cells=(str(at), f"示例{at}所", PROMISE, "2026-06-30", "已履行"),
            place=f"承诺2026-02-{at:04d}",
        )
        for at in range(1, count + 1)
    )


def notice(**changes: object) -> NoticeSheet:
    content: dict[str, object] = {
        "kind": "承诺公示",
        "number": "公示2026-02-0003",
        "version": 1,
        "issuer": "示例镇人民政府",
        "title": "关于2026年度政务公开承诺事项的公示",
        "lead": (
            "为推进政务诚信建设，兑现公开承诺，根据有关规定，现将本镇2026年度承诺事项予以公示。",
            "一、承诺事项",
            "共登记承诺事项1,286项，涉及账款8,640.27万元，按期履行率97.5%。",
        ),
        "columns": COLUMNS,
        "rows": rows(3),
        "posted_from": date(2026, 2, 3),
        "posted_until": date(2026, 2, 12),
        "place": "示例镇便民服务中心公开栏",
        "contact": "示例镇党政办公室",
        "phone": "0000-12345678",
        "closing": "特此公示。",
        "issued_on": date(2026, 2, 2),
    }
    return NoticeSheet(**{**content, **changes})


@dataclass(frozen=True)
class Reader:
    """Poppler and qpdf, which share no code with what wrote the file."""

    folder: Path

    def check(self, pdf: bytes) -> str:
        """What qpdf says about damage; "" for a sound file."""
        run = subprocess.run(["qpdf", "--check", self._kept(pdf)], capture_output=True, text=True)
        return "" if run.returncode == 0 else run.stdout + run.stderr

    def text(self, pdf: bytes, *options: str) -> str:
        return self._run("pdftotext", *options, self._kept(pdf), "-")

    def pages(self, pdf: bytes) -> list[str]:
        return self.text(pdf, "-layout").split("\f")[:-1]

    def fonts(self, pdf: bytes) -> list[tuple[str, tuple[str, str, str]]]:
        """(name, (embedded, subset, has Unicode map)) of each font."""
        lines = self._run("pdffonts", self._kept(pdf)).splitlines()[2:]
        return [(line.split()[0], tuple(line.split()[-5:-2])) for line in lines]

    def info(self, pdf: bytes) -> dict[str, str]:
        lines = self._run("pdfinfo", self._kept(pdf)).splitlines()
        return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}

    def _kept(self, pdf: bytes) -> Path:
        path = self.folder / "read.pdf"
        path.write_bytes(pdf)
        return path

    def _run(self, *command: str | Path) -> str:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path)


def squeezed(text: str) -> str:
    """Text without white space, for comparing what was said whatever the line breaks."""
    return "".join(text.split())


@pytest.fixture(scope="session")
def rare_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A font folder with a rare-character face: real outlines under new code points."""
    folder = tmp_path_factory.mktemp("fonts")
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(bundled_song().path)))
    glyph_of = uharfbuzz.Font(face).get_nominal_glyph
    mapping = {ord(c): glyph_of(ord(like)) for c, like in zip(NOT_BUNDLED, "堃喆昇", strict=True)}
    tables = {tag: face.reference_table(tag).data for tag in face.table_tags}
    tables |= {"cmap": _cmap(mapping), "name": _names("HanaMinB")}
    (folder / "rare.otf").write_bytes(_font_file(tables))
    (folder / "broken.ttf").write_bytes(b"this is no font")
    return folder


def _cmap(mapping: dict[int, int]) -> bytes:
    groups = b"".join(struct.pack(">3I", code, code, mapping[code]) for code in sorted(mapping))
    body = struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(mapping)) + groups
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + body


def _names(name: str) -> bytes:
    text = name.encode("utf-16-be")
    ids = (1, 4, 6)
    head = struct.pack(">HHH", 0, len(ids), 6 + 12 * len(ids))
    return head + b"".join(struct.pack(">6H", 3, 1, 0x409, i, len(text), 0) for i in ids) + text


def _font_file(tables: dict[str, bytes]) -> bytes:
    head = b"OTTO" + struct.pack(">4H", len(tables), 0, 0, 0)
    directory, data = b"", b""
    start = len(head) + 16 * len(tables)
    for tag, content in sorted(tables.items()):
        directory += tag.encode().ljust(4) + struct.pack(">3I", 0, start + len(data), len(content))
        data += content + bytes(-len(content) % 4)
    return head + directory + data
