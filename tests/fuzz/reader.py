"""Fuzzing the reader of bundles, layer by layer.

python -m tests.fuzz.reader --seconds 60        random mutations of the corpus
python -m tests.fuzz.reader --atheris [ARGS]    coverage-guided, where ``atheris`` is installed

An input is a recipe, so that mutations reach every layer behind the seals: its first byte chooses
the layer (outside, envelope, compressed, archive, lines), the rest are cuts made into the bytes
of that layer of an honest volume; around it all is sealed and signed anew with the sender's keys.
Whatever comes of it is taken whole or refused whole; anything else is a bug.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from backports import zstd

from integrity_desk.errors import BundleRefused
from integrity_desk.sync import bundle_reader
from integrity_desk.sync.envelope import Envelope, pack
from tests.bundles import SendingDesk, attachment, sending_desk
from tests.forging import Members, archive, container, encrypted, rebuilt, sealed, taken_apart

CORPUS = Path(__file__).with_name("corpus")
LINES = "data/revisions-0001.jsonl"


class Honest:
    """An honest volume, taken apart."""

    def __init__(self, folder: Path) -> None:
        self.desk: SendingDesk = sending_desk()
        lines = [self.desk.line(number) for number in range(1, 4)]
        (written,) = self.desk.write(folder / "honest", lines, attachments=[attachment(b"photo")])
        self.whole = written.path.read_bytes()
        self.envelope: Envelope
        self.members: Members
        self.envelope, self.members = taken_apart(self.desk, written.path)
        self.folder = folder


def try_recipe(recipe: bytes) -> bool:
    """Make what the recipe says and read it; whether it was taken. Raises for a bug."""
    honest = _honest()
    private = honest.folder / "staging"
    code, sentence = _judged(honest, recipe, private)
    assert bool(code) == sentence.endswith("。"), sentence
    assert not private.exists()
    return not code


def _judged(honest: Honest, recipe: bytes, private: Path) -> tuple[str, str]:
    """Read what the recipe makes; return the refusal's code and sentence, or two empty texts."""
    hostile = honest.folder / "hostile.tsb"
    try:
        hostile.write_bytes(_made(honest, recipe))
        staged = bundle_reader.read(
            hostile, honest.desk.county.age_secrets, honest.desk.known, private
        )
    except BundleRefused as refusal:
        return refusal.code, refusal.sentence
    list(staged.revisions())
    assert all(blob.path.is_relative_to(private) for blob in staged.blobs())
    staged.discard()
    return "", ""


def _made(honest: Honest, recipe: bytes) -> bytes:
    layers: tuple[Callable[[Honest, bytes], bytes], ...] = (
        _outside, _with_envelope, _compressed, _archive, _lines,
    )  # fmt: skip
    chosen, cuts = (recipe[0], recipe[1:]) if recipe else (0, b"")
    return layers[chosen % len(layers)](honest, cuts)


def _outside(honest: Honest, cuts: bytes) -> bytes:
    return cut(honest.whole, cuts)


def _with_envelope(honest: Honest, cuts: bytes) -> bytes:
    packed = cut(pack(honest.envelope), cuts)
    payload = encrypted(honest.desk, zstd.compress(archive(honest.members)))
    return container(packed, honest.desk.keys.signer.sign(packed), payload)


def _compressed(honest: Honest, cuts: bytes) -> bytes:
    return sealed(
        honest.desk, archive(honest.members), honest.envelope,
        squeeze=lambda plain: cut(zstd.compress(plain), cuts),
    )  # fmt: skip


def _archive(honest: Honest, cuts: bytes) -> bytes:
    plain = cut(archive(honest.members), cuts)
    return sealed(honest.desk, plain, replace(honest.envelope))


def _lines(honest: Honest, cuts: bytes) -> bytes:
    members = [(name, cut(data, cuts) if name == LINES else data) for name, data in honest.members]
    return rebuilt(honest.desk, honest.envelope, members)


def cut(data: bytes, cuts: bytes) -> bytes:
    """Make cuts of four bytes each into ``data``: where (two), how (one), with what (one)."""
    spoiled = bytearray(data)
    for at in range(0, len(cuts) - 3, 4):
        where = int.from_bytes(cuts[at : at + 2], "big") % (len(spoiled) + 1)
        how, value = cuts[at + 2] % 5, cuts[at + 3]
        if how == 0:
            spoiled[where : where + 1] = bytes([value])
        elif how == 1:
            spoiled[where:where] = bytes([value]) * (1 + value % 7)
        elif how == 2:
            del spoiled[where : where + 1 + value]
        elif how == 3:
            spoiled[where:where] = spoiled[where : where + value]
        else:
            del spoiled[where:]
    return bytes(spoiled)


def mutations(chance: random.Random) -> Iterator[bytes]:
    """Yield the corpus, then recipes made from it."""
    seeds = [path.read_bytes() for path in sorted(CORPUS.iterdir())]
    yield from seeds
    while True:
        recipe = bytearray(chance.choice(seeds))
        for _change in range(chance.randint(1, 4)):
            where = chance.randrange(len(recipe) + 1)
            recipe[where : where + chance.randint(0, 1)] = chance.randbytes(chance.randint(0, 4))
        yield bytes(recipe)


@cache
def _honest() -> Honest:
    return Honest(Path(tempfile.mkdtemp(prefix="fuzz-reader-")))


def _for_seconds(seconds: float, seed: int) -> None:
    taken, tried, end = 0, 0, time.monotonic() + seconds
    for recipe in mutations(random.Random(seed)):
        try:
            taken += try_recipe(recipe)
        except BaseException:
            print(f"a bug, by the recipe {recipe.hex()}", file=sys.stderr)
            raise
        tried += 1
        if time.monotonic() > end:
            break
    print(f"{tried:,} volumes: {taken:,} taken whole, {tried - taken:,} refused whole")


def _by_coverage(arguments: list[str]) -> None:
    import atheris  # noqa: PLC0415  (not a dependency: installed by whoever wants it)

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], *arguments, str(CORPUS)], try_recipe)
    atheris.Fuzz()


def main() -> None:
    """Run as the words say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", action="store_true")
    options, others = parser.parse_known_args()
    if options.atheris:
        _by_coverage(others)
    else:
        _for_seconds(options.seconds, options.seed)


if __name__ == "__main__":
    main()
