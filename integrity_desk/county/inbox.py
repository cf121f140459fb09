"""Receiving a folder of bundles: verified, staged, applied in one transaction, receipted.

Twice or out of order changes nothing: a volume known is a duplicate, one that comes early is
held, one that does not fit its stream is quarantined and never applied.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from integrity_desk.county import profiles, rotating
from integrity_desk.county.applying import apply
from integrity_desk.county.ledger import HELD, QUARANTINED
from integrity_desk.county.office import Office, opened, stamp
from integrity_desk.county.receipts import asked_under, write_receipt, write_trust
from integrity_desk.errors import BundleRefused
from integrity_desk.sync import bundle_reader, media, rotation
from integrity_desk.sync.bundle_reader import Staged
from integrity_desk.sync.envelope import DOCUMENT_KINDS, Envelope
from integrity_desk.sync.files import sentences
from integrity_desk.sync.receipt import BundleVerdict
from integrity_desk.sync.streams import Act, Volume
from integrity_desk.wording import N_, _

REFUSED, ROTATED = "refused", "rotated"

_SENTENCES = {
    Act.APPLY: N_("已收下并入账。"),
    Act.HELD: N_("已收下，等前面的同步包到齐后入账。"),
    Act.DUPLICATE: N_("以前已收到，没有变化。"),
    Act.FORK: N_("同一序号先后收到两份不同内容，已隔离。请立即与登记点核对。"),
    Act.CHAIN: N_("与前一份同步包衔接不上，已隔离。请与登记点核对。"),
    Act.OVERTAKEN: N_("其中的内容已随后来的全部重报收到，不用再收。"),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """What became of one file.

    ``act`` an Act's value, "rotated", or "refused" with the ``code`` of the refusal.
    """

    file: str
    act: str
    sentence: str
    code: str = ""
    stream: str = ""
    seq: int = 0


@dataclass(frozen=True, kw_only=True)
class Report:
    """What receiving a folder did; ``sent`` are receipts and trust lists to carry back."""

    lines: tuple[Line, ...]
    sent: tuple[Path, ...]
    bundles: int
    revisions: int
    rejected: int
    warnings: int
    superseded: int


@dataclass
class _News:
    """What must be told to one desk; ``revoked`` when it sent what it may not send any more."""

    revoked: bool = False
    applied: set[int] = field(default_factory=set)
    others: list[BundleVerdict] = field(default_factory=list)


def receive(
    folder: Path,
    inbox: Path,
    out: Path,
    *,
    passphrase: str,
    now: datetime,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Take in every bundle lying in ``inbox`` and write receipts into ``out``.

    A file that is refused stops nothing else. ``step(done, total)`` hears files and may raise to
    stop: what is applied by then stays applied, and its receipt comes with the next run.
    Raises NotFound, SignInRefused, StoreUnavailable, MediaUnavailable.
    """
    paths = media.bundles_in(inbox)
    with opened(folder, passphrase) as office:
        return take_all(office, inbox, paths, out, now=now, step=step)


def take_all(
    office: Office,
    inbox: Path,
    paths: Sequence[Path],
    out: Path,
    *,
    now: datetime,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Take in these bundles and whatever new keys are told of in ``inbox``; see ``receive``."""
    with TemporaryDirectory(dir=office.folder) as staging:
        profiles.number_changes(office, now)
        desk = _Inbox(office, Path(staging), stamp(now))
        desk.take_rotations(media.files_in(inbox, rotation.ENDING))
        for done, path in enumerate(paths):
            step(done, len(paths))
            desk.take(path)
        step(len(paths), len(paths))
        return desk.report(out, now)


class _Inbox:
    """One run over a folder."""

    def __init__(self, office: Office, staging: Path, at: str) -> None:
        self._office, self._staging, self._at = office, staging, at
        self._known = office.trust.known
        self._lines: list[Line] = []
        self._news: dict[str, _News] = {}
        self._count = 0
        self._bundles = self._revisions = 0

    def take(self, path: Path) -> None:
        """Judge one file and do what the table of streams says."""
        try:
            envelope = self._inspect(path)
            if envelope is not None:
                with self._office.ledger.alone(envelope.stream):
                    self._arrive(path, envelope)
        except BundleRefused as error:
            self._say(path.name, REFUSED, error.sentence, code=error.code)
            if error.code == "revoked":  # its desk may not have heard of it: tell it
                sender = bundle_reader.inspect(path, {}).envelope.stream
                self._news.setdefault(sender, _News()).revoked = True

    def take_rotations(self, paths: Sequence[Path]) -> None:
        """Let new keys take the place of old ones, before anything they signed is judged."""
        for path in paths:
            try:
                with sentences(path):
                    said = rotation.read(path)
                if rotating.apply(self._office, said, self._at):
                    self._say(path.name, ROTATED, _("登记点的新密钥已启用。"), stream=said.stream)
                    self._news.setdefault(said.stream, _News())
            except BundleRefused as error:
                self._say(path.name, REFUSED, error.sentence, code=error.code)
        self._known = self._office.trust.known

    def report(self, out: Path, now: datetime) -> Report:
        """Write what must be told to each desk, and tell what was done."""
        sent: list[Path] = []
        tally = {"rejected": 0, "warning": 0, "superseded": 0}
        with sentences(out):
            out.mkdir(parents=True, exist_ok=True)
        for stream, news in sorted(self._news.items()):
            with self._office.ledger.alone(stream):
                trust = write_trust(self._office, stream, out, now=now, again=news.revoked)
                receipt = write_receipt(
                    self._office, stream, news.applied, news.others, out, now=now
                )
            sent += [receipt] if trust is None else [trust, receipt]
            for seq in news.applied:
                for verdict in self._office.ledger.bundle(stream, seq)[1]:
                    tally[verdict.state] += 1
        return Report(
            lines=tuple(self._lines), sent=tuple(sent), bundles=self._bundles,
            revisions=self._revisions, rejected=tally["rejected"], warnings=tally["warning"],
            superseded=tally["superseded"],
        )  # fmt: skip

    def _inspect(self, path: Path) -> Envelope | None:
        seen = bundle_reader.inspect(path, self._known)
        if seen.envelope.key == self._office.keys.signer.key:
            return None  # our own receipts, lying on the same stick
        if not seen.known:
            raise BundleRefused("signer", seen.sentence)
        if seen.envelope.kind in DOCUMENT_KINDS:
            raise BundleRefused("kind", _("登记点不应发来这类文件，已拒收。请核对来源。"))
        return seen.envelope

    def _arrive(self, path: Path, envelope: Envelope) -> None:
        stream = self._office.ledger.stream(envelope.stream)
        volume = Volume.of(envelope)
        act = stream.judge(volume)
        news = self._news.setdefault(envelope.stream, _News())
        if act is Act.DUPLICATE:
            news.applied |= {volume.seq} if volume.seq <= stream.through_seq else set()
        if act is Act.OVERTAKEN and envelope.part == envelope.parts - 1:
            news.others.append(_verdict(envelope, "accepted", act))
        if act in (Act.FORK, Act.CHAIN):
            self._quarantine(path, envelope, act)
        if act in (Act.APPLY, Act.HELD):
            self._keep(path, envelope, act)
        else:
            self._tell(path.name, envelope, act)
            self._drain(envelope.stream, {})  # a run may have broken off before applying

    def _keep(self, path: Path, envelope: Envelope, act: Act) -> None:
        """Prove a volume, keep it, and apply whatever is now complete."""
        staged = self._read(path)
        try:
            held = self._held(envelope.stream, Volume.of(envelope))
            held.unlink(missing_ok=True)  # not noted, so left by a run that broke off
            media.carry(path, held.parent, name=held.name)
            with self._office.ledger.transaction():
                self._office.ledger.note_volume(envelope, HELD, "", self._at)
            self._tell(path.name, envelope, act)
            volume = Volume.of(envelope)
            jump_to = volume.seq if act is Act.APPLY and volume.snapshot else 0
            self._overtake(envelope.stream, jump_to)
            self._drain(envelope.stream, {volume.place: staged}, jump_to)
        finally:
            staged.discard()

    def _drain(
        self, name: str, at_hand: Mapping[tuple[int, int], Staged], jump_to: int = 0
    ) -> None:
        """Apply every bundle whose turn has come; one that cannot be opened must come again.

        ``jump_to`` is the number of a whole snapshot, which needs nothing before it.
        """
        while (stream := self._office.ledger.stream(name).towards(jump_to)).is_complete:
            paths = [self._held(name, each) for each in stream.following]
            try:
                if stream.fits:
                    self._open_and_apply(name, stream.following, at_hand)
                else:
                    self._quarantine_held(paths)
            except BundleRefused as error:
                with self._office.ledger.transaction():
                    for volume in stream.following:
                        self._office.ledger.forget_volume(name, volume)
                self._say(paths[0].name, REFUSED, error.sentence, code=error.code)
            for path in paths:
                path.unlink(missing_ok=True)

    def _overtake(self, name: str, jump_to: int) -> None:
        """Let go of what is held of the gap that a snapshot closes."""
        overtaken = self._office.ledger.stream(name).overtaken_by(jump_to)
        with self._office.ledger.transaction():
            for volume in overtaken:
                self._office.ledger.forget_volume(name, volume)
        for volume in overtaken:
            self._held(name, volume).unlink(missing_ok=True)

    def _open_and_apply(
        self, name: str, volumes: Sequence[Volume], at_hand: Mapping[tuple[int, int], Staged]
    ) -> None:
        with bundle_reader.together(
            volumes, at_hand, lambda each: self._read(_there(self._held(name, each)))
        ) as parts:
            applied = apply(self._office, parts, self._at)
            self._note_answer(parts[-1].envelope)
        self._bundles += 1
        self._revisions += applied.revisions
        for stream, seq in applied.told_to:
            self._news.setdefault(stream, _News()).applied.add(seq)

    def _note_answer(self, envelope: Envelope) -> None:
        """What was asked for has come, if it was sealed since; an older snapshot is no answer."""
        asked = self._office.ledger.noted(asked_under(envelope.stream))
        if asked and envelope.kind == "snapshot" and envelope.created >= asked:
            with self._office.ledger.transaction():
                self._office.ledger.note(asked_under(envelope.stream), "")

    def _quarantine_held(self, paths: Sequence[Path]) -> None:
        for path in paths:
            envelope = bundle_reader.inspect(_there(path), {}).envelope
            self._quarantine(path, envelope, Act.CHAIN)
            self._tell(path.name, envelope, Act.CHAIN)

    def _quarantine(self, path: Path, envelope: Envelope, act: Act) -> None:
        kept = self._office.folder / "quarantine" / envelope.content[:16]
        with sentences(kept):
            kept.mkdir(mode=0o700, exist_ok=True)
            (kept / envelope.file_name).unlink(missing_ok=True)
        media.carry(path, kept, name=envelope.file_name)
        with self._office.ledger.transaction():
            self._office.ledger.note_volume(envelope, QUARANTINED, act.value, self._at)
        news = self._news.setdefault(envelope.stream, _News())
        news.others.append(_verdict(envelope, "quarantined", act))

    def _read(self, path: Path) -> Staged:
        self._count += 1
        private = self._staging / str(self._count)
        return bundle_reader.read(path, self._office.keys.age_secrets, self._known, private)

    def _held(self, stream: str, volume: Volume) -> Path:
        return self._office.folder / "held" / volume.file_name(stream)

    def _tell(self, file: str, envelope: Envelope, act: Act) -> None:
        self._say(file, act.value, _(_SENTENCES[act]), stream=envelope.stream, seq=envelope.seq)

    def _say(
        self, file: str, act: str, sentence: str, *, code: str = "", stream: str = "", seq: int = 0
    ) -> None:
        self._lines.append(
            Line(file=file, act=act, sentence=sentence, code=code, stream=stream, seq=seq)
        )


def _verdict(envelope: Envelope, state: str, act: Act) -> BundleVerdict:
    return BundleVerdict(seq=envelope.seq, content=envelope.content, state=state, code=act.value)


def _there(path: Path) -> Path:
    """Return the path of a volume that was kept; refused when somebody took it away."""
    if not path.is_file():
        raise BundleRefused("file", _("留存待入账的同步包不见了。请登记点把这一包重新带来。"))
    return path
