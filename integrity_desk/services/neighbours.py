"""Neighbour desks: taking in the bundles of one township's other desks, and saying what is missing.

A desk's bundle is sealed to the county, to itself and to every desk of its township that the
county's list names, so the same file serves all of them. Whatever cannot be applied yet is kept.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from integrity_desk.domain.fields import Id
from integrity_desk.domain.revisions import Clock
from integrity_desk.domain.times import epoch_ms
from integrity_desk.errors import BundleRefused, StepRefused
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.county_trust import kept_trust, own_stream, stamp
from integrity_desk.services.desk_keys import desk_keys
from integrity_desk.services.taking_in import apply, show_again
from integrity_desk.storage import foreign, meta
from integrity_desk.storage.foreign import APPLIED, HELD, QUARANTINED
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import HEARD, UnitOfWork
from integrity_desk.sync import bundle_reader, media
from integrity_desk.sync.bundle_reader import Staged
from integrity_desk.sync.envelope import DOCUMENT_KINDS, FIRST_PREV, Envelope
from integrity_desk.sync.files import sentences
from integrity_desk.sync.streams import Act, Stream, Volume
from integrity_desk.sync.trust import Trust, TrustedKey, by_stream
from integrity_desk.wording import N_, _

REFUSED = "refused"

SENTENCES = {
    Act.APPLY.value: N_("已收下。"),
    Act.HELD.value: N_("已收下，等前面的同步包到齐后再并入。"),
    Act.DUPLICATE.value: N_("以前已收到，没有变化。"),
    Act.FORK.value: N_("同一序号先后收到两份不同内容，已隔离。请立即与发出的登记点核对。"),
    Act.CHAIN.value: N_("与前一份同步包衔接不上，已隔离。请与发出的登记点核对。"),
    Act.OVERTAKEN.value: N_("其中的内容已随后来的全部重报收到，不用再收。"),
}


@dataclass(frozen=True, kw_only=True)
class ImportNeighbours(Command["NeighbourReport"]):
    """Take in the bundles of the township's other desks: one file, or all in a folder."""

    permission: ClassVar[str] = "exchange"
    path: Path


@dataclass(frozen=True, kw_only=True)
class ListNeighbours(Question["tuple[Neighbour, ...]"]):
    """The other desks of the township, how far each has been taken in, and what is missing."""


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """What became of one file: an Act's value or "refused"."""

    file: str
    act: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class NeighbourReport:
    """What taking in did; ``conflicts`` are records that a person must settle since."""

    files: tuple[FileLine, ...]
    revisions: int
    records: int
    conflicts: int
    unreadable: int

    @property
    def troubles(self) -> tuple[FileLine, ...]:
        """The files that were refused or set apart."""
        grave = (REFUSED, Act.FORK.value, Act.CHAIN.value)
        return tuple(each for each in self.files if each.act in grave)


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """One stream of another desk; ``missing`` in words of the protocol: "3", "5-p01"."""

    name: str
    stream: str
    through_seq: int
    received_at: str
    held: int
    missing: tuple[str, ...]
    revoked: bool


@performs(ImportNeighbours)
def import_neighbours(command: ImportNeighbours, work: UnitOfWork) -> NeighbourReport:
    """Prove each file, then do what the table of streams says; all of it or nothing is kept."""
    trust = kept_trust(work)
    if trust is None:
        raise StepRefused(_("本登记点尚未在县级开通，还不知道哪些登记点可信。请先办理开通。"))
    paths = neighbour_files(command.path, work)
    if not paths:
        raise StepRefused(_("所选位置没有其他登记点的同步包，请确认U盘或文件夹。"))
    return take_in(paths, trust, work)


@answers(ListNeighbours)
def list_neighbours(question: ListNeighbours, reader: Reader) -> tuple[Neighbour, ...]:
    """Put the county's list beside what has come."""
    trust = kept_trust(reader)
    progress = foreign.progress(reader.database)
    keys = by_stream(neighbours_of(trust, reader) if trust else ())
    keys.pop(own_stream(reader), None)  # sealed with a key this desk had before
    found = []
    for name, key in sorted(keys.items()):
        stream = _stream(name, reader)
        found.append(
            Neighbour(
                name=key.name,
                stream=name,
                through_seq=stream.through_seq,
                received_at=progress[name].received_at if name in progress else "",
                held=len(stream.held),
                missing=stream.missing,
                revoked=key.revoked_after is not None,
            )
        )
    return tuple(found)


def neighbours_of(trust: Trust, reader: Reader) -> tuple[TrustedKey, ...]:
    """Return the other desks of this township that the county's list names."""
    own = desk_keys(reader).signer.key
    return tuple(
        each
        for each in trust.keys
        if each.org == reader.identity.org and each.key not in (own, trust.issuer)
    )


def recipients(trust: Trust, reader: Reader) -> tuple[str, ...]:
    """Return the addresses of the neighbours who may still read what is sealed from now on."""
    return tuple(each.age for each in neighbours_of(trust, reader) if each.revoked_after is None)


def has_neighbours(reader: Reader) -> bool:
    """Whether another desk may read what is sealed here from now on."""
    trust = kept_trust(reader)
    return trust is not None and bool(recipients(trust, reader))


def neighbour_files(path: Path, reader: Reader) -> list[Path]:
    """Return the file itself, or those in a folder that other desks of the township sealed."""
    if path.is_file():
        return [path]
    return [each for each in media.bundles_in(path) if is_neighbours(each.name, reader)]


def is_neighbours(name: str, reader: Reader) -> bool:
    """Whether a file of that name is said to be sealed by another desk of the township."""
    own = f"{own_stream(reader)}-"
    return name.startswith(f"{reader.identity.org}-") and not name.startswith(own)


def is_news(envelope: Envelope, trust: Trust, reader: Reader) -> bool:
    """Whether a volume of a neighbour is one that taking in would keep."""
    if envelope.key not in {each.key for each in neighbours_of(trust, reader)}:
        return False
    return _stream(envelope.stream, reader).judge(Volume.of(envelope)) in (Act.APPLY, Act.HELD)


def take_in(paths: Sequence[Path], trust: Trust, work: UnitOfWork) -> NeighbourReport:
    """Take in these files, one after another; a refused one stops nothing else."""
    inbox = _Inbox(trust, work)
    for done, path in enumerate(paths):
        work.progress.step(done, len(paths), _("核对并并入 {name}").format(name=path.name))
        inbox.take(path)
    return inbox.report()


class _Inbox:
    """One run over some files."""

    def __init__(self, trust: Trust, work: UnitOfWork) -> None:
        self._work = work
        own = desk_keys(work)
        known = {each.key: each for each in neighbours_of(trust, work)}
        mine = trust.known.get(own.signer.key)
        if mine is not None:  # what this desk sent before it was put back from a backup
            known[mine.key] = mine
        self._known, self._secrets = known, own.age_secrets
        self._files: list[FileLine] = []
        self._touched: dict[Id, None] = {}
        self._revisions = 0
        self._clock = Clock.at((meta.get(work.database, HEARD) or b"0").decode())
        self._staging = work.folder / "arriving"
        shutil.rmtree(self._staging, ignore_errors=True)

    def take(self, path: Path) -> None:
        """Judge one file and do what the table of streams says."""
        try:
            self._arrive(path, self._inspect(path))
        except BundleRefused as error:
            self._say(path, REFUSED, error.sentence)

    def report(self) -> NeighbourReport:
        """Show every record touched anew, and tell what was done."""
        work = self._work
        shutil.rmtree(self._staging, ignore_errors=True)
        meta.put(work.database, HEARD, self._clock.stamp.encode())
        conflicts = show_again(self._touched, work)
        work.touch("bundles")
        return NeighbourReport(
            files=tuple(self._files),
            revisions=self._revisions,
            records=len(self._touched),
            conflicts=conflicts,
            unreadable=sum(foreign.is_newer(work.database, rec) for rec in self._touched),
        )

    def _inspect(self, path: Path) -> Envelope:
        seen = bundle_reader.inspect(path, self._known)
        if not seen.known or seen.envelope.stream == own_stream(self._work):
            raise BundleRefused("signer", _("这不是本乡镇其他登记点的同步包，已拒收。"))
        if seen.envelope.kind in DOCUMENT_KINDS:
            raise BundleRefused("kind", _("登记点不应发来这类文件，已拒收。请核对来源。"))
        return seen.envelope

    def _arrive(self, path: Path, envelope: Envelope) -> None:
        volume = Volume.of(envelope)
        stream = _stream(envelope.stream, self._work)
        act = stream.judge(volume)
        if act in (Act.APPLY, Act.HELD):
            staged = self._read(path)  # proved before it is kept
            try:
                self._keep(path, envelope)
                jump = act is Act.APPLY and volume.snapshot and volume.seq > stream.expected
                jump_to = volume.seq if jump else 0
                self._forget(envelope.stream, stream.overtaken_by(jump_to))
                self._drain(envelope.stream, {volume.place: staged}, jump_to)
            finally:
                staged.discard()
        elif act in (Act.FORK, Act.CHAIN):
            self._note(envelope, QUARANTINED)
        self._say(path, act.value, _(SENTENCES[act.value]))

    def _keep(self, path: Path, envelope: Envelope) -> None:
        held = self._work.folder / "held"
        with sentences(held):
            held.mkdir(mode=0o700, exist_ok=True)
            (held / envelope.file_name).unlink(missing_ok=True)
        media.carry(path, held, name=envelope.file_name)
        self._note(envelope, HELD)

    def _drain(self, name: str, at_hand: Mapping[tuple[int, int], Staged], jump_to: int) -> None:
        """Apply every bundle whose turn has come; one that is refused must come again."""
        while True:
            stream = _stream(name, self._work).towards(jump_to)
            if not stream.is_complete:
                return
            try:
                if not stream.fits:
                    raise BundleRefused("chain", _(SENTENCES[Act.CHAIN.value]))
                self._apply(name, stream.following, at_hand)
            except BundleRefused:
                self._forget(name, stream.following)
                raise
            finally:
                for each in stream.following:
                    self._held(name, each).unlink(missing_ok=True)

    def _forget(self, name: str, volumes: Sequence[Volume]) -> None:
        for each in volumes:
            foreign.forget(self._work.database, name, each.seq, each.part)
            self._held(name, each).unlink(missing_ok=True)

    def _apply(
        self, name: str, volumes: Sequence[Volume], at_hand: Mapping[tuple[int, int], Staged]
    ) -> None:
        with bundle_reader.together(
            volumes, at_hand, lambda each: self._read(self._held(name, each))
        ) as parts:
            applied = apply(parts, self._work)
        self._touched.update(dict.fromkeys(applied.records))
        self._revisions += applied.revisions
        for heard in applied.stamps:
            self._clock = self._clock.seen(heard, epoch_ms(self._work.now))
        last = volumes[-1]
        foreign.advance(self._work.database, name, last.seq, last.content, stamp(self._work))

    def _read(self, path: Path) -> Staged:
        private = self._staging / str(len(self._files)) / path.stem
        shutil.rmtree(private, ignore_errors=True)
        return bundle_reader.read(path, self._secrets, self._known, private)

    def _held(self, stream: str, volume: Volume) -> Path:
        return self._work.folder / "held" / volume.file_name(stream)

    def _note(self, envelope: Envelope, state: str) -> None:
        foreign.note(
            self._work.database,
            foreign.Volume(
                stream=envelope.stream, seq=envelope.seq, part=envelope.part,
                parts=envelope.parts, prev=envelope.prev, content=envelope.content,
                name=envelope.file_name, state=state,
            ),
            stamp(self._work),
        )  # fmt: skip

    def _say(self, path: Path, act: str, sentence: str) -> None:
        self._files.append(FileLine(file=path.name, act=act, sentence=sentence))


def _stream(name: str, reader: Reader) -> Stream:
    """Return what is known of a neighbour's stream."""
    through = foreign.progress(reader.database).get(name)
    volumes = [
        Volume(seq=each.seq, part=each.part, parts=each.parts, prev=each.prev, content=each.content)
        for each in foreign.volumes(reader.database, name)
        if each.state in (APPLIED, HELD)
    ]
    return Stream(
        through_seq=through.through_seq if through else 0,
        content_through=through.content_through if through else FIRST_PREV,
        volumes={each.place: each for each in volumes},
    )
