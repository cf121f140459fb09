"""Handing a stick over: a slip to sign (移交清单), and a cover beside each bundle in plain words.

Both say who sends what to whom, how many changes, since when. The cover lies open on the stick,
so it says no more than the envelope does; what kinds of records went stands on the paper only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from integrity_desk.domain.display import local_minute, long_day
from integrity_desk.domain.records import type_named
from integrity_desk.domain.reports import Lines, Paragraph, Report, Section, Table
from integrity_desk.domain.sheets import Align, Column, Row
from integrity_desk.errors import NotFound
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.county_trust import county_of
from integrity_desk.storage import deliveries
from integrity_desk.storage.deliveries import Bundle
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.sync import bundle_reader, media
from integrity_desk.sync.files import sentences
from integrity_desk.wording import _, in_chinese

_BLANK = "＿" * 12


@dataclass(frozen=True, kw_only=True)
class DrawHandoverSlip(Question[bytes]):
    """The slip for bundles by the names of their files, as a PDF; NotFound if none is ours."""

    permission: ClassVar[str] = "exchange"
    files: tuple[str, ...]
    bundled_fonts: bool = False


@answers(DrawHandoverSlip)
def draw_handover_slip(question: DrawHandoverSlip, reader: Reader) -> bytes:
    """Read the outbox, write the slip, draw it."""
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415  (lazy: reportlab)
    from integrity_desk.documents.reports import render_report  # noqa: PLC0415

    with in_chinese():
        report = slip(question.files, reader)
        return render_report(report, Fonts(bundled_only=question.bundled_fonts))


def slip(files: Iterable[str], reader: Reader) -> Report:
    """Return the slip as a report, in the language in force."""
    wanted, known = set(files), deliveries.bundles(reader.database)
    told = [each for each in reversed(known) if not wanted.isdisjoint(each.files)]
    if not told:
        raise NotFound(_("所选文件里没有本登记点封的同步包，不能开移交清单。"))
    return Report(
        title=_("同步包移交清单"),
        subtitle=long_day(reader.today),
        author=reader.desk_name,
        made_on=reader.today,
        footer=_("{desk}　{actor}").format(desk=reader.desk_name, actor=reader.actor.name),
        sections=(
            Section(blocks=(_heads(told, known, reader),)),
            Section(heading=_("文件"), blocks=(_files(told, reader), *_digests(told, reader))),
            Section(heading=_("首次上报的内容"), blocks=(_contents(told, reader),)),
            Section(heading=_("交接"), blocks=_signatures()),
        ),
    )


def carry_cover(bundle: Bundle, folder: Path, work: UnitOfWork) -> None:
    """Lay the bundle's cover beside it on the medium; one that lies there already stays."""
    name = f"{bundle.stream}-{bundle.seq:010d}.txt"
    with sentences(folder):
        if (folder / name).exists():
            return
    with TemporaryDirectory(dir=work.folder) as drafting:
        written = Path(drafting) / name
        written.write_bytes(cover(bundle, work).encode("utf-8-sig"))
        media.carry(written, folder)


def cover(bundle: Bundle, reader: Reader) -> str:
    """Return who sends what, how many, since when; with the line ends every editor knows."""
    identity = reader.identity
    since = _since(bundle, deliveries.bundles(reader.database))
    facts = (
        (_("报送"), _("单位代码{org}，登记点{desk}").format(org=identity.org, desk=identity.desk)),
        (_("收件"), county_of(reader).name),
        (_("内容"), _("第{seq}号同步包，{count}条变更").format(
            seq=bundle.seq, count=f"{bundle.revisions:,}")),
        (_("起自"), since),
        (_("封包"), local_minute(bundle.created_at)),
        (_("报送方案"), bundle.profile or _("没有记载")),
        (_("密码算法"), _suite(bundle, reader)),
        (_("文件"), "\r\n　　　".join(bundle.files)),
    )  # fmt: skip
    lines = [_("诚信台账同步包说明"), "", *(f"{head}：{words}" for head, words in facts), ""]
    lines.append(_("内容已加密并签名，只有收件单位能打开。拾到的人请交还报送单位或收件单位。"))
    return "\r\n".join(lines) + "\r\n"


def _heads(told: Sequence[Bundle], known: Sequence[Bundle], reader: Reader) -> Lines:
    identity = reader.identity
    return Lines(
        items=(
            (_("移交登记点"), _("{name}（{org}-{desk}）").format(
                name=reader.desk_name, org=identity.org, desk=identity.desk)),
            (_("接收单位"), county_of(reader).name),
            (_("同步包"), _("{bundles}份，共{count}条变更").format(
                bundles=len(told), count=f"{sum(each.revisions for each in told):,}")),
            (_("起自"), _since(told[0], known)),
            (_("报送方案"), told[-1].profile or _("没有记载")),
            (_("密码算法"), _suite(told[-1], reader)),
            (_("制单时间"), local_minute(reader.now)),
        )
    )  # fmt: skip


def _suite(bundle: Bundle, reader: Reader) -> str:
    """The cryptography of a sealed bundle, as its own first file says."""
    return bundle_reader.inspect(reader.folder / "outbox" / bundle.files[0], {}).suite


def _since(bundle: Bundle, known: Iterable[Bundle]) -> str:
    """When the bundle before was sealed: what came after that is in this one."""
    before: datetime | None = None
    for each in known:
        if each.stream == bundle.stream and each.seq == bundle.seq - 1:
            before = each.created_at
    if before is None:
        return _("首次上报")
    return _("上一个同步包（{when}）").format(when=local_minute(before))


def _files(told: Iterable[Bundle], reader: Reader) -> Table:
    return Table(
        columns=(
            Column(heading=_("序号"), width=0.7, align=Align.RIGHT),
            Column(heading=_("文件名"), width=6),
            Column(heading=_("变更"), width=0.9, align=Align.RIGHT),
            Column(heading=_("字节"), width=1.5, align=Align.RIGHT),
        ),
        rows=tuple(
            _file_row(each, name, reader.folder / "outbox" / name)
            for each in told
            for name in each.files
        ),
    )


def _digests(told: Iterable[Bundle], reader: Reader) -> Iterator[Paragraph]:
    """What the receiver may compare a file with, by any program that reckons SHA-256."""
    yield Paragraph(
        text=_("各文件的{algorithm}摘要，依次为：").format(algorithm="SHA-256"), indented=False
    )
    for each in told:
        for name in each.files:
            path = reader.folder / "outbox" / name
            with sentences(path), path.open("rb") as file:
                yield Paragraph(text=file_digest(file, "sha256").hexdigest(), indented=False)


def _file_row(bundle: Bundle, name: str, path: Path) -> Row:
    whole = bundle_reader.inspect(path, {}).envelope.kind == "snapshot"
    words = _("{name}（全部重报）").format(name=name) if whole else name
    size = f"{path.stat().st_size:,}"
    return Row(cells=(str(bundle.seq), words, f"{bundle.revisions:,}", size), place=name)


def _contents(told: Iterable[Bundle], reader: Reader) -> Table:
    """Kinds of records, counted once each; what a bundle only repeats is not counted again."""
    found: dict[str, tuple[int, int]] = {}
    for bundle in told:
        for type_name, count, revisions in deliveries.contents(reader.database, bundle):
            known = found.get(type_name, (0, 0))
            found[type_name] = (known[0] + count, known[1] + revisions)
    return Table(
        columns=(
            Column(heading=_("种类"), width=4),
            Column(heading=_("登记"), align=Align.RIGHT),
            Column(heading=_("变更"), align=Align.RIGHT),
        ),
        rows=tuple(
            Row(cells=(_(type_named(name).label), f"{count:,}", f"{revisions:,}"), place=name)
            for name, (count, revisions) in sorted(found.items())
        ),
        empty=_("没有首次上报的内容，只有重报或附件。"),
    )


def _signatures() -> tuple[Lines, Paragraph]:
    return (
        Lines(
            items=(
                (_("移交人"), _BLANK),
                (_("接收人"), _BLANK),
                (_("交接时间"), _BLANK),
            )
        ),
        Paragraph(text=_("移交不等于接收：以县级回执为准。一式两份，双方各留一份。")),
    )
