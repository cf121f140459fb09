"""Sync bundles: sealing what is due, carrying it on a medium, and taking receipts in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from integrity_desk.errors import BundleRefused, StepRefused
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.county_trust import (
    county_of,
    kept_trust,
    own_stream,
    revoked,
    take_newest_list,
)
from integrity_desk.services.desk_keys import desk_keys
from integrity_desk.services.handover import carry_cover
from integrity_desk.services.pending_keys import carry_statement
from integrity_desk.services.sealing import (
    answer_for_everything,
    ask_again,
    everything_asked,
    seal_next,
)
from integrity_desk.services.taken_answers import note_taken
from integrity_desk.storage import deliveries, meta
from integrity_desk.storage.deliveries import Bundle, Verdict
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.sync import bundle_reader, media, receipt
from integrity_desk.sync.bundle_reader import Inspection
from integrity_desk.sync.media import Medium
from integrity_desk.wording import _

_NEWEST = "newest_receipt"


@dataclass(frozen=True, kw_only=True)
class SealBundle(Command["Bundle | None"]):
    """Seal everything due that is in no bundle yet; None when there is nothing."""

    permission: ClassVar[str] = "exchange"


@dataclass(frozen=True, kw_only=True)
class CarryBundles(Command["tuple[Path, ...]"]):
    """Copy every bundle without a receipt to a folder or stick, and read it back from there.

    While the county does not know a new key of ours, the old key's word for it comes along.
    ``everything`` for neighbour desks: also those that the county has answered, as far as they
    are still in the outbox; what lies there already is only read back.
    """

    permission: ClassVar[str] = "exchange"
    folder: Path
    everything: bool = False


@dataclass(frozen=True, kw_only=True)
class ImportReceipts(Command["ReceiptReport"]):
    """Take in receipts: one file, or every bundle file in a folder that is ours."""

    permission: ClassVar[str] = "exchange"
    path: Path


@dataclass(frozen=True, kw_only=True)
class ListBundles(Question["tuple[Bundle, ...]"]):
    """All bundles of this desk, newest first."""


@dataclass(frozen=True, kw_only=True)
class InspectBundle(Question[Inspection]):
    """What can be said of a bundle file without opening it."""

    path: Path


@dataclass(frozen=True, kw_only=True)
class ListMedia(Question["tuple[Medium, ...]"]):
    """The sticks plugged in now."""


@dataclass(frozen=True, kw_only=True)
class FindMedium(Question[Medium]):
    """The one stick plugged in now; MediaUnavailable when there is none or several."""


@dataclass(frozen=True, kw_only=True)
class ReceiptReport:
    """What receipts changed; all noughts when they were taken in before.

    ``missing`` are numbers of bundles the county lacks, ``blobs`` counts attachments it lacks,
    ``everything`` is whether it asks for all again; ``renewed`` whether a newer trust list lay
    beside them, ``revoked`` what it says of this desk's own key, if that is not believed any more.
    """

    files: int
    bundles: int
    accepted: int
    warned: int
    rejected: int
    superseded: int
    missing: tuple[str, ...]
    blobs: int = 0
    everything: bool = False
    renewed: bool = False
    revoked: str = ""

    @property
    def sentence(self) -> str:
        """What was taken in, and what is to be done about it."""
        words = _("回执已导入：接收 {accepted} 项，有提示 {warned} 项，退回 {rejected} 项。")
        if not any((self.accepted, self.warned, self.rejected, self.superseded)):
            words = _("这些回执以前导入过，没有新的内容。")
        told = words.format(accepted=self.accepted, warned=self.warned, rejected=self.rejected)
        if self.superseded:
            above = _("{count} 项县级显示的是另一登记点的内容，请核对。")
            told += above.format(count=self.superseded)
        if self.missing:
            lacking = _("县级还缺第 {names} 号同步包，请再封包并写入U盘带去。")
            told += lacking.format(names=_("、").join(self.missing))
        if self.blobs:
            told += _("县级还缺 {count} 个附件，已列入下一个同步包。").format(count=self.blobs)
        if self.everything:
            told += _("县级要求全部重报，下一个同步包将包括已上报过的全部内容，请封包并写入U盘。")
        if self.renewed:
            told += _("信任名单已更新。")
        return told


@performs(SealBundle)
def seal_bundle(command: SealBundle, work: UnitOfWork) -> Bundle | None:
    """Put the next bundle of the stream into the outbox, and note what went into it."""
    return seal_next(work)


@performs(CarryBundles)
def carry_bundles(command: CarryBundles, work: UnitOfWork) -> tuple[Path, ...]:
    """Copy, flush, read back, with a cover in plain words; only then is a bundle carried."""
    waiting = [
        each
        for each in reversed(deliveries.bundles(work.database))
        if command.everything or each.awaits_receipt
    ]
    statement = carry_statement(command.folder, work)
    if not (waiting or statement):
        raise StepRefused(_("没有需要带走的同步包：全部已有回执，或者还没有封包。"))
    carried = list(statement)
    for bundle in waiting:
        for name in bundle.files:
            step = partial(_carrying, work, name)
            carried.append(media.carry(work.outbox / name, command.folder, step=step).path)
        carry_cover(bundle, command.folder, work)
        deliveries.mark_carried(work.database, bundle, work.now)
    work.touch("bundles")
    return tuple(carried)


@performs(ImportReceipts)
def import_receipts(command: ImportReceipts, work: UnitOfWork) -> ReceiptReport:
    """Prove each receipt, then write its verdicts; the same receipt again changes nothing.

    A newer trust list lying beside them is taken in first.
    """
    stream = own_stream(work)
    renewed = command.path.is_dir() and take_newest_list(command.path, work)
    paths = _receipt_files(command.path, stream, work)
    fresh = note_taken(_answers_in(command.path, stream), work)
    if not (paths or renewed or fresh):
        raise StepRefused(_("所选位置没有发给本登记点的回执，请确认U盘或文件夹。"))
    numbered = {bundle_reader.inspect(path, {}).envelope.seq: path for path in paths}
    taken = [_read_receipt(numbered[seq], stream, work) for seq in sorted(numbered)]
    changed: dict[str, int] = {}
    for seq, each in zip(sorted(numbered), taken, strict=True):
        for state, number in _apply(each, work, late=seq < _newest_receipt(work)).items():
            changed[state] = changed.get(state, 0) + number
        meta.put(work.database, _NEWEST, str(max(seq, _newest_receipt(work))).encode())
    work.touch("bundles")
    return ReceiptReport(
        files=len(paths),
        bundles=sum(len(each.bundles) for each in taken),
        accepted=changed.get(deliveries.ACCEPTED, 0),
        warned=changed.get(deliveries.WARNING, 0),
        rejected=changed.get(deliveries.REJECTED, 0),
        superseded=changed.get(deliveries.SUPERSEDED, 0),
        missing=tuple(name for each in taken for name in each.missing),
        blobs=len({name for each in taken for name in each.missing_blobs}),
        everything=everything_asked(work) is not None,
        renewed=renewed,
        revoked=revoked(work),
    )


@answers(ListBundles)
def list_bundles(question: ListBundles, reader: Reader) -> tuple[Bundle, ...]:
    """Read the outbox table."""
    return tuple(deliveries.bundles(reader.database))


@answers(InspectBundle)
def inspect_bundle(question: InspectBundle, reader: Reader) -> Inspection:
    """Check container, signature and digests against the keys known here."""
    kept = kept_trust(reader)
    return bundle_reader.inspect(question.path, kept.known if kept else {})


@answers(ListMedia)
def list_media(question: ListMedia, reader: Reader) -> tuple[Medium, ...]:
    """Ask the system."""
    return media.removable_media()


@answers(FindMedium)
def find_medium(question: FindMedium, reader: Reader) -> Medium:
    """Ask the system."""
    return media.only_one(media.removable_media())


def _carrying(work: UnitOfWork, name: str, done: int, total: int) -> None:
    work.progress.step(done, total, _("写入并核对 {name}").format(name=name))


def _receipt_files(path: Path, stream: str, work: UnitOfWork) -> list[Path]:
    """The file itself; of a folder the receipts for us, whatever others left there."""
    if path.is_file():
        return [path]
    return [each for each in media.bundles_in(path) if _is_receipt(each, stream, work)]


def _answers_in(path: Path, stream: str) -> list[Path]:
    """The file itself; of a folder everything the county addressed to us, lists included."""
    if path.is_file():
        return [path]
    return [each for each in media.bundles_in(path) if f"-to-{stream}-" in each.name]


def _is_receipt(path: Path, stream: str, work: UnitOfWork) -> bool:
    if path.name.startswith(f"{stream}-"):  # our own bundle, on its way
        return False
    kept = kept_trust(work)
    try:
        envelope = bundle_reader.inspect(path, kept.known if kept else {}).envelope
    except BundleRefused:
        if f"-to-{stream}-" in path.name:
            raise
        return False
    return envelope.kind == "receipt" and envelope.audience == stream


def _newest_receipt(work: UnitOfWork) -> int:
    return int(meta.get(work.database, _NEWEST) or b"0")


def _read_receipt(path: Path, stream: str, work: UnitOfWork) -> receipt.Receipt:
    county_of(work)
    kept = kept_trust(work)
    assert kept is not None
    with TemporaryDirectory(dir=work.folder) as staging:
        return receipt.read(
            path,
            desk_keys(work).age_secrets,
            kept.known,
            Path(staging) / "receipt",
            own_stream=stream,
            step=lambda done: work.progress.step(done, 0, _("核对回执")),
        )


def _apply(told: receipt.Receipt, work: UnitOfWork, *, late: bool) -> dict[str, int]:
    """Write verdicts; what an applied bundle does not list is accepted without remark.

    A ``late`` receipt, older than one taken in before, speaks only where nothing was said yet.
    """
    ours = {each.seq: each for each in deliveries.bundles(work.database, told.stream)}
    named = {each.dot for each in told.revisions}
    verdicts = [
        Verdict(
            dot=each.dot, state=each.state, code=each.code, field=each.field,
            message=each.message_zh, county_ref=each.county_ref,
        )
        for each in told.revisions
    ]  # fmt: skip
    for each in told.bundles:
        mine = ours.get(each.seq)
        if mine is None or each.content != mine.content or (late and mine.receipted_at):
            continue
        if each.state in ("accepted", "partly", "rejected"):
            deliveries.mark_receipted(work.database, mine, each.state, work.now)
            dots = deliveries.dots_of(work.database, mine)
            rest = deliveries.REJECTED if each.state == "rejected" else deliveries.ACCEPTED
            verdicts += [Verdict(dot=dot, state=rest) for dot in dots if dot not in named]
    answer_for_everything(told.everything_asked, work)  # a county that lost all counts anew
    if told.missing_blobs and not late:
        ask_again(told.missing_blobs, work)
    return deliveries.apply(work.database, verdicts, late=late)
