"""Test vectors for whoever writes a reader from docs/bundle-format.md.

python -m tests.vectors          writes docs/vectors anew (new keys, so the bundle's bytes change)

vectors.json holds small cases with what must come of them; beside it lie one whole bundle, the key
it opens with, and the line by which ssh-keygen knows its signer.
"""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from integrity_desk.domain.merging import merged
from integrity_desk.domain.revisions import NotARevision, decode
from integrity_desk.errors import BundleRefused
from integrity_desk.sync import bundle_reader, canonical
from integrity_desk.sync.keys import short_code
from integrity_desk.sync.streams import Act, Stream, Volume
from tests.bundles import SendingDesk, attachment, sending_desk

FOLDER = Path(__file__).parents[1] / "docs" / "vectors"
CASES, KEY, SIGNERS = "vectors.json", "county.age-key", "allowed_signers"
CONTENT = "示例附件，一行字。\n".encode()

_TEXTS = (
    b'{"a":1,"b":"\xe7\xa4\xba"}', b'{"a":"\\u001f\\n\\"\\\\/"}', b'{"a":9007199254740991}', b"{}",
    b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'{"a": 1}', b'{"a":"\\u793a"}', b'{"a":"\\ud800"}',
    b'{"a":"\\/"}', b'\xef\xbb\xbf{"a":1}', b'{"a":"\xff"}', b'{"a":1.0}', b'{"a":1e3}',
    b'{"a":NaN}', b'{"a":9007199254740992}', b'{"a":1}\n', b"[1]",
)  # fmt: skip


def cases() -> dict[str, Any]:
    """Return all small cases with what this program makes of them."""
    desk, other = sending_desk(), sending_desk(desk="d09", replica="9" * 16)
    other.n = 100
    return {
        "canonical_json": [_text(each) for each in _TEXTS],
        "short_codes": [_code(bytes([number] * 32), f"age1{number}") for number in (0, 7, 255)],
        "lines": [_line(each) for each in _lines(desk.line(1))],
        "merging": [_merging(each) for each in _histories(desk, other)],
        "streams": [_story(each) for each in _stories()],
    }


def told_of(bundle: Path, secrets: Iterable[str], desk: SendingDesk, staging: Path) -> Any:
    """Return what a reader must find in the whole bundle."""
    staged = bundle_reader.read(bundle, tuple(secrets), desk.known, staging)
    try:
        return {
            "file": bundle.name,
            "content": staged.envelope.content,
            "key": staged.envelope.key,
            "lines": [line.decode() for line in staged.revisions()],
            "attachments": [
                {name: value for name, value in asdict(blob).items() if name != "path"}
                for blob in staged.blobs()
            ],
        }
    finally:
        staged.discard()


def _text(text: bytes) -> dict[str, Any]:
    try:
        canonical.loads(text)
    except BundleRefused:
        return {"hex": text.hex(), "accepted": False}
    return {"hex": text.hex(), "accepted": True}


def _code(sign: bytes, age: str) -> dict[str, str]:
    return {"sign": sign.hex(), "age": age, "code": short_code(sign, age)}


def _lines(good: bytes) -> Iterable[bytes]:
    yield good
    for old, new in (
        (b'"n":1', b'"n":0'), (b'"n":1', b'"n":9007199254740992'), (b'"n":1', b'"n":"1"'),
        (b'"pred":{}', b'"pred":{"name":[]}'),
        (b'"pred":{}', b'"pred":{"other":["%s-1"]}' % (b"0" * 16)),
        (b'"pred":{}', b'"pred":{"name":["%s-1"]}' % (b"0" * 16)),
        (b'"pred":{}', b'"pred":{"name":["%s-2","%s-1"]}' % ((b"0" * 16,) * 2)),
        (b'"pred":{}', b'"pred":{"name":["%s-1"]}' % (b"7f3a" * 4)),
        (b"unit@1", b"Unit@1"), (b"unit@1", b"unit"), (b'"cmd":"A', b'"cmd":"1A'),
        (b'"kind":"township"', b'"kind":["a","b"]'), (b'"kind":"township"', b'"kind":[1]'),
        (b'"kind":"township"', b'"kind":null'), (b'"kind":"township"', b'"kind":{}'),
        (b'"kind":', b'"Kind":'),
    ):  # fmt: skip
        changed = good.replace(old, new, 1)
        assert changed != good
        yield changed


def _line(line: bytes) -> dict[str, Any]:
    try:
        decode(line)
    except NotARevision:
        return {"line": line.decode(), "accepted": False}
    return {"line": line.decode(), "accepted": True}


def _histories(desk: SendingDesk, other: SendingDesk) -> Iterable[list[bytes]]:
    first = desk.line(1, name="甲", kind="township")
    dot = f"{desk.replica}-{desk.n}"
    mine = desk.line(1, name="乙", pred={"name": [dot]})
    theirs = other.line(1, name="丙", pred={"name": [dot]})
    same = other.line(1, name="乙", pred={"name": [dot]})
    dots = sorted((f"{desk.replica}-{desk.n}", f"{other.replica}-{other.n - 1}"))
    settled = desk.line(1, name="丁", pred={"name": dots})
    gone = desk.line(1, _void=True, pred={"_void": [dot]})
    yield from ([first], [first, mine], [mine, first], [first, mine, theirs], [first, mine, same])
    yield from ([first, mine, theirs, settled], [first, gone], [first, gone, theirs])


def _merging(lines: list[bytes]) -> dict[str, Any]:
    shown = merged([decode(line) for line in lines])
    return {
        "lines": [line.decode() for line in lines],
        "values": dict(shown.values),
        "conflicts": {
            field: [[write.dot, write.field, write.value] for write in writes]
            for field, writes in shown.conflicts.items()
        },
        "void": shown.void,
    }


def _volume(seq: int, content: str, prev: str, **others: Any) -> Volume:
    return Volume(**{"seq": seq, "part": 0, "parts": 1, "content": content, "prev": prev, **others})


def _stories() -> Iterable[list[Volume]]:
    one, two = _volume(1, "c1", ""), _volume(2, "c2", "c1")
    yield [one, two, two, _volume(2, "else", "c1"), _volume(3, "c3", "wrong")]
    yield [_volume(3, "c3", "c2"), two, one]
    yield [_volume(1, "c1b", "c1a", part=1, parts=2), _volume(1, "c1a", "", parts=2)]
    yield [
        one,
        _volume(4, "c4", "c3", snapshot=True),
        _volume(3, "c3", "c2"),
        _volume(5, "c5", "c4"),
    ]


def _story(volumes: list[Volume]) -> list[dict[str, Any]]:
    """Hand the volumes over one after another to a reader that applies whatever is complete."""
    stream, told = Stream(), []
    for volume in volumes:
        act = stream.judge(volume)
        if act in (Act.APPLY, Act.HELD):
            stream = stream.holding(volume)
            jump = volume.seq if act is Act.APPLY and volume.snapshot else 0
            while (nearer := stream.towards(jump)).is_complete and nearer.fits:
                stream = nearer.applied()
        told.append({**asdict(volume), "act": act.value, "through_seq": stream.through_seq})
    return told


def main() -> None:
    """Write the folder anew."""
    desk = sending_desk()
    for path in FOLDER.glob("*"):
        path.unlink()
    (written,) = desk.write(
        FOLDER, [desk.line(number) for number in range(1, 4)],
        attachments=[attachment(CONTENT, extension="txt", media_type="text/plain")],
    )  # fmt: skip
    secrets = desk.county.age_secrets
    (FOLDER / KEY).write_text("\n".join(secrets) + "\n", "ascii")
    sign = desk.keys.signer.public
    blob = b"".join(struct.pack(">I", len(each)) + each for each in (b"ssh-ed25519", sign))
    line = f"desk ssh-ed25519 {base64.b64encode(blob).decode()}\n"
    (FOLDER / SIGNERS).write_text(line, "ascii")
    bundle = told_of(written.path, secrets, desk, FOLDER / "staging")
    told = {"bundle": {**bundle, "sign": sign.hex()}, **cases()}
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    (FOLDER / CASES).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
