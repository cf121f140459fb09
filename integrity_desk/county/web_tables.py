"""The tables of the county's page: heads, rows, badges, and what stands where there is nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from integrity_desk.county.ledger import StreamView
from integrity_desk.county.overview import MOST_SHOWN, BundleLine, Reason, Remark, StreamLine
from integrity_desk.domain.display import local_minute
from integrity_desk.wording import N_, _

_STATES = {
    "accepted": (N_("已接收"), "green"),
    "partly": (N_("部分退回"), "amber"),
    "rejected": (N_("退回"), "red"),
    "held": (N_("等待前面的包"), "amber"),
    "quarantined": (N_("已隔离"), "red"),
    "warning": (N_("有提示"), "amber"),
    "superseded": (N_("与另一登记点冲突"), "amber"),
}


@dataclass(frozen=True)
class Cell:
    """One cell of a table, or a head; ``whole`` when its words stay on one line."""

    words: str
    number: bool = False
    tone: str = ""
    href: str = ""
    whole: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of a page; ``empty`` is what stands there without rows, ``more`` below it."""

    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    caption: str = ""
    more: str = ""


def troubles(lines: Sequence[StreamLine]) -> list[Cell]:
    """Return what a person must see to, before the table of all streams."""
    found = []
    for words, tone, views in (
        (_("缺包：{names}。"), "amber", [each for each in lines if each.stream.missing]),
        (_("有文件被隔离：{names}。"), "red", [each for each in lines if each.stream.quarantined]),
    ):
        names = tuple(f"{each.stream.name} {each.stream.stream}" for each in views)
        if names:
            found.append(Cell(words.format(names=_listed(names)), tone=tone))
    return found


def notes(view: StreamView) -> list[Cell]:
    """Return what should be said of a stream before its tables."""
    notes = []
    if view.missing:
        words = _("还缺：{missing}。请登记点把缺的包再带一次。").format(
            missing=_listed(view.missing)
        )
        notes.append(Cell(words, tone="amber"))
    if view.quarantined:
        words = _("有{count}个文件被隔离，没有入账，请与登记点核对。")
        notes.append(Cell(words.format(count=view.quarantined), tone="red"))
    if view.revoked_after is not None:
        words = _("此密钥已停用，只认到第{seq}包。").format(seq=view.revoked_after)
        notes.append(Cell(words, tone="red"))
    return notes


def streams(lines: Iterable[StreamLine]) -> Table:
    """Return the table of all streams."""
    return Table(
        heads=(
            Cell(_("登记点")), Cell(_("序列")), Cell(_("收到第几包"), number=True),
            Cell(_("最近收到")), Cell(_("还缺")), Cell(_("隔离"), number=True),
            Cell(_("退回"), number=True), Cell(_("提示"), number=True),
            Cell(_("冲突"), number=True), Cell(_("密钥")),
        ),
        rows=tuple(_stream_row(each) for each in lines),
        empty=_("还没有开通登记点。"),
    )  # fmt: skip


def _stream_row(line: StreamLine) -> tuple[Cell, ...]:
    view = line.stream
    revoked = view.revoked_after is not None
    return (
        Cell(view.name),
        Cell(view.stream, href=f"/streams/{view.stream}", whole=True),
        Cell(str(view.through_seq), number=True),
        _moment(line.last_received),
        Cell(_listed(view.missing), tone="amber" if view.missing else ""),
        Cell(_count(view.quarantined), number=True, tone="red" if view.quarantined else ""),
        Cell(_count(line.rejected), number=True),
        Cell(_count(line.warnings), number=True),
        Cell(_count(line.superseded), number=True),
        Cell(_("已停用") if revoked else _("有效"), tone="red" if revoked else ""),
    )


def bundles(lines: Sequence[BundleLine]) -> Table:
    """Return the table of a stream's bundles."""
    return Table(
        caption=_("同步包"),
        heads=(
            Cell(_("序号"), number=True), Cell(_("状态")), Cell(_("分卷"), number=True),
            Cell(_("最近收到")),
        ),
        rows=tuple(
            (
                Cell(str(each.seq), number=True),
                _state(each.state),
                Cell(f"{each.volumes}/{each.parts}", number=True),
                _moment(each.received_at),
            )
            for each in lines
        ),
        more=_only_newest(lines),
        empty=_("还没有收到过同步包。"),
    )  # fmt: skip


def remarks(found: Sequence[Remark]) -> Table:
    """Return the table of verdicts that are not plain acceptance."""
    return Table(
        caption=_("退回、提示和冲突"),
        heads=(
            Cell(_("序列")), Cell(_("包"), number=True), Cell(_("结论")), Cell(_("原因")),
            Cell(_("字段")), Cell(_("说明")), Cell(_("县级编号")),
        ),
        rows=tuple(
            (
                Cell(each.stream, href=f"/streams/{each.stream}", whole=True),
                Cell(str(each.seq), number=True),
                _state(each.verdict.state),
                Cell(each.verdict.code, href=f"/reasons/{each.verdict.code}", whole=True),
                Cell(each.verdict.field),
                Cell(each.verdict.message_zh),
                Cell(each.verdict.county_ref),
            )
            for each in found
        ),
        more=_only_newest(found),
        empty=_("没有退回、提示或冲突。"),
    )  # fmt: skip


def reasons(found: Iterable[Reason]) -> Table:
    """Return the table of what was said how often."""
    return Table(
        heads=(
            Cell(_("结论")), Cell(_("原因")), Cell(_("字段")), Cell(_("说明")),
            Cell(_("次数"), number=True), Cell(_("登记点数"), number=True),
        ),
        rows=tuple(
            (
                _state(each.state),
                Cell(each.code, href=f"/reasons/{each.code}", whole=True),
                Cell(each.field),
                Cell(each.message),
                Cell(f"{each.count:,}", number=True),
                Cell(str(each.streams), number=True),
            )
            for each in found
        ),
        empty=_("没有退回、提示或冲突。"),
    )  # fmt: skip


def _state(code: str) -> Cell:
    words, tone = _STATES.get(code, (code, ""))
    return Cell(_(words), tone=tone)


def _count(number: int) -> str:
    return f"{number:,}" if number else ""


def _listed(names: tuple[str, ...], most: int = 12) -> str:
    shown = "、".join(names[:most])
    return f"{shown}……" if len(names) > most else shown


def _only_newest(found: Sequence[object]) -> str:
    if len(found) < MOST_SHOWN:
        return ""
    return _("只列出最近的{count}条。").format(count=MOST_SHOWN)


def _moment(stamp: str) -> Cell:
    words = local_minute(datetime.fromisoformat(stamp)) if stamp else ""
    return Cell(words, whole=True)
