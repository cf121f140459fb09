"""Reading bundles, trusting nothing: verified before decrypted, proved before handed over.

inspect(path, known)                     needs no decryption key
read(path, age_secrets, known, staging)  opens into a private folder, whole or not at all
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from backports.zstd import DecompressionParameter, ZstdDecompressor, ZstdError

from integrity_desk.errors import BundleRefused
from integrity_desk.sync import age_opening, bag, staging, tar
from integrity_desk.sync.container import Outside, open_container
from integrity_desk.sync.envelope import DOCUMENT_KINDS, Envelope
from integrity_desk.sync.files import Files, sentences
from integrity_desk.sync.streams import Volume
from integrity_desk.sync.trust import KnownKeys
from integrity_desk.wording import _

_WINDOW_LOG = 23
_SPILL_BYTES = 1 << 18


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """What can be said of a file without opening it; its signature and hash hold.

    ``suite`` names the cryptography, ``sign`` is the signing key in hex, ``known`` whether we
    trust it, ``sentence`` what to tell the person.
    """

    path: Path
    envelope: Envelope
    suite: str
    sign: str
    known: bool
    sentence: str


@dataclass(frozen=True, kw_only=True)
class StagedBlob:
    """An attachment that arrived: hex sha256, bytes, "jpg", "image/jpeg", where it lies."""

    sha256: str
    size: int
    extension: str
    media_type: str
    path: Path


@dataclass(frozen=True, kw_only=True)
class Staged:
    """An opened volume, every byte of it proved; call ``discard`` when it has been taken in."""

    envelope: Envelope
    folder: Path

    def revisions(self) -> Iterator[bytes]:
        """Yield the canonical revision lines in the sender's order."""
        return staging.revision_lines(self.folder)

    def blobs(self) -> Iterator[StagedBlob]:
        """Yield the attachments."""
        for told in staging.blob_lines(self.folder):
            name = bag.blob_name(told["sha256"], told["extension"])
            yield StagedBlob(path=self.folder / name, **told)

    def document(self) -> dict[str, Any]:
        """Return the contents of a receipt or trust bundle; {} for other kinds."""
        kind = self.envelope.kind
        return staging.read_document(self.folder, kind) if kind in DOCUMENT_KINDS else {}

    def discard(self) -> None:
        """Remove the private folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def inspect(path: Path, known: KnownKeys, *, files: Files | None = None) -> Inspection:
    """Check container, signature and hash; BundleRefused (with code) or MediaUnavailable.

    A key that is not known is not refused here, but told; a known key that may not send this
    is refused (``stream``, ``audience``, ``revoked``, ``expired``).
    """
    with sentences(path), (files or Files()).read(path) as file:
        return _inspected(path, open_container(file), known)


@contextmanager
def together(
    volumes: Iterable[Volume],
    at_hand: Mapping[tuple[int, int], Staged],
    open_volume: Callable[[Volume], Staged],
) -> Iterator[list[Staged]]:
    """Yield the volumes of one bundle, opened; those not at hand are discarded afterwards."""
    with ExitStack() as leaving:
        parts = []
        for volume in volumes:
            staged = at_hand.get(volume.place)
            if staged is None:
                staged = open_volume(volume)
                leaving.callback(staged.discard)
            parts.append(staged)
        yield parts


def read(
    path: Path,
    age_secrets: Sequence[str],
    known: KnownKeys,
    folder: Path,
    *,
    step: Callable[[int], None] = lambda plain_bytes: None,
    files: Files | None = None,
) -> Staged:
    """Open one volume into ``folder``, which must not exist yet and is removed on failure.

    ``age_secrets`` are all identities kept, ``step`` hears the opened bytes so far and may raise
    to stop. Raises BundleRefused with a code of docs/bundle-format.md, or MediaUnavailable.
    """
    with sentences(path), (files or Files()).read(path) as file:
        outside = open_container(file)
        if not _inspected(path, outside, known).known:
            raise _unknown_signer()
        folder.mkdir(mode=0o700, parents=True)
        try:
            _open_payload(file, outside, age_secrets, folder, step)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    return Staged(envelope=outside.envelope, folder=folder)


def _inspected(path: Path, outside: Outside, known: KnownKeys) -> Inspection:
    signer = known.get(outside.envelope.key)
    if signer is None:
        sentence = _(
            "文件完好，签名和摘要都对，封面写明由 {stream} 发出；但签名的密钥（{key}）"
            "不在这里的信任名单里，请核对来源。"
        ).format(stream=outside.envelope.stream, key=outside.envelope.key)
    else:
        signer.check(outside.envelope)
        sentence = _("文件完好，签名有效，由“{name}”发出。").format(name=signer.name)
    return Inspection(
        path=path, envelope=outside.envelope, suite=outside.suite.name, sign=outside.sign.hex(),
        known=signer is not None, sentence=sentence,
    )  # fmt: skip


def _open_payload(
    file: BinaryIO,
    outside: Outside,
    age_secrets: Sequence[str],
    folder: Path,
    step: Callable[[int], None],
) -> None:
    into = staging.Staging(folder, outside.envelope)
    try:
        inflating = _Inflating(into, outside.envelope.payload.plain_bytes, step)
        file.seek(outside.payload_at)
        for piece in age_opening.opened(file, outside.envelope.payload.bytes, age_secrets):
            inflating.write(piece)
        inflating.finish()
    finally:
        into.abandon()
    into.prove()


class _Inflating:
    """Where the opened pieces go: zstd undone within bounds, walked as an archive."""

    def __init__(self, into: staging.Staging, limit: int, step: Callable[[int], None]) -> None:
        options = {int(DecompressionParameter.window_log_max): _WINDOW_LOG}
        self._inflater = ZstdDecompressor(options=options)
        self._into, self._left, self._limit, self._step = into, limit, limit, step
        self._walk = tar.walk(into)
        next(self._walk)

    def write(self, data: bytes) -> None:
        """Inflate some opened bytes, piece by piece."""
        try:
            while data or not (self._inflater.needs_input or self._inflater.eof):
                if self._inflater.eof:
                    raise _trailing()
                self._pass_on(self._inflater.decompress(data, max_length=_SPILL_BYTES))
                data = b""
        except ZstdError as error:
            raise BundleRefused(
                "zstd", _("同步文件的压缩内容已损坏，已整份拒收。请重新拷贝或重新导出。")
            ) from error
        if self._inflater.unused_data:
            raise _trailing()

    def finish(self) -> None:
        """Refuse contents that are shorter than signed, or an archive that did not end."""
        if not self._inflater.eof or self._left:
            raise staging.wrong_size()
        if not self._into.complete:
            raise tar.not_a_tar()

    def _pass_on(self, plain: bytes) -> None:
        if len(plain) > self._left:
            raise staging.wrong_size()
        self._left -= len(plain)
        if plain:
            self._walk.send(plain)
            self._step(self._limit - self._left)


def _trailing() -> BundleRefused:
    return BundleRefused("trailing", _("同步文件的末尾藏有多余内容，已整份拒收。请核对来源。"))


def _unknown_signer() -> BundleRefused:
    return BundleRefused(
        "signer", _("签名的密钥不在信任名单里，不能接收。请核对来源，或先办理登记点开通。")
    )
