"""Looking into a shared folder: receipts for this desk and bundles of its neighbours.

Shares tell nobody when a file arrives, so somebody looks every few seconds. A file is believed
once it lay there with the same size and time at two looks and its seal holds; nothing is taken in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from integrity_desk.errors import BundleRefused, MediaUnavailable
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.county_trust import kept_trust, own_stream
from integrity_desk.services.neighbours import is_neighbours, is_news
from integrity_desk.services.taken_answers import taken
from integrity_desk.storage.reader import Reader
from integrity_desk.sync import bundle_reader, media
from integrity_desk.sync.envelope import DOCUMENT_KINDS, Envelope

GROWING, RECEIPT, BUNDLE, NOTHING = "growing", "receipt", "bundle", "nothing"

_MOST_TRIES = 5
"""How often a file whose seal does not hold is looked at again: a copy may still be under way."""
_NAME = re.compile(r"[A-Za-z0-9-]{1,100}-[0-9]{10}-p[0-9]{2}\.tsb").fullmatch


@dataclass(frozen=True, kw_only=True)
class Lying:
    """One file of a shared folder: its ``stamp`` (bytes, time), and what it is to this desk."""

    name: str
    stamp: tuple[int, int]
    kind: str = GROWING
    tries: int = 0


@dataclass(frozen=True, kw_only=True)
class Look:
    """What lies in a shared folder; ``gone`` says why it cannot be looked into, "" when it can."""

    folder: Path
    files: tuple[Lying, ...] = ()
    gone: str = ""

    def count(self, kind: str) -> int:
        """Return how many files of a kind are news."""
        return sum(each.kind == kind for each in self.files)


@dataclass(frozen=True, kw_only=True)
class LookIntoFolder(Question[Look]):
    """Look again; ``before`` is what the last look found there.

    After something was taken in, ``anew`` judges every file afresh.
    """

    permission: ClassVar[str] = "exchange"
    folder: Path
    before: Look | None = None
    anew: bool = False


@answers(LookIntoFolder)
def look_into_folder(question: LookIntoFolder, reader: Reader) -> Look:
    """List it, and judge what has come to rest since; a share that is gone is no error here."""
    before = question.before
    known = {each.name: each for each in before.files} if before else {}
    try:
        there = media.stamps_in(question.folder)
    except MediaUnavailable as error:
        return Look(folder=question.folder, files=tuple(known.values()), gone=error.sentence)
    files = []
    for name, stamp in there.items():
        last = known.get(name)
        if last is None or last.stamp != stamp:
            files.append(Lying(name=name, stamp=stamp))
        elif last.kind == GROWING or question.anew:
            files.append(_judged(question.folder, last, reader))
        else:
            files.append(last)
    return Look(folder=question.folder, files=tuple(files))


def _judged(folder: Path, lying: Lying, reader: Reader) -> Lying:
    kind = _kind(folder / lying.name, reader)
    if kind is None:  # damaged, or copied by a program that names its size first
        tries = lying.tries + 1
        return replace(lying, kind=GROWING if tries < _MOST_TRIES else NOTHING, tries=tries)
    return replace(lying, kind=kind)


def _kind(path: Path, reader: Reader) -> str | None:
    """What a file is to this desk; None when its seal does not hold, or it cannot be read yet."""
    trust, stream = kept_trust(reader), own_stream(reader)
    ours = f"-to-{stream}-" in path.name
    if trust is None or not _NAME(path.name) or not (ours or is_neighbours(path.name, reader)):
        return NOTHING
    try:
        seen = bundle_reader.inspect(path, trust.known)
    except (BundleRefused, MediaUnavailable):
        return None
    if not seen.known:
        return NOTHING
    if seen.envelope.kind in DOCUMENT_KINDS:
        return RECEIPT if _is_for_us(seen.envelope, stream, reader) else NOTHING
    return BUNDLE if is_news(seen.envelope, trust, reader) else NOTHING


def _is_for_us(envelope: Envelope, stream: str, reader: Reader) -> bool:
    return envelope.audience == stream and envelope.content not in taken(reader)
