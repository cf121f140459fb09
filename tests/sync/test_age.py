"""What age programs seal is opened here, and nothing that is not exactly age."""

from __future__ import annotations

import io
import shutil
import subprocess
import zlib
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from integrity_desk.errors import BundleRefused
from integrity_desk.sync import age
from integrity_desk.sync.age_opening import opened

_VECTORS = Path(__file__).parent / "age_vectors"
"""From https://github.com/C2SP/CCTV, free to copy: all but armour and other kinds of key."""

_OTHER_KINDS = {
    "stanza_empty_body", "stanza_empty_last_line", "stanza_valid_characters", "x25519_grease",
}  # fmt: skip
"""Good age files, but with recipients of a kind that no bundle may have."""

_CHUNK = 64 << 10


def _open(sealed: bytes, *secrets: str) -> bytes:
    """Open a file with something in front of it and behind it."""
    file = io.BytesIO(b"before" + sealed + b"behind")
    file.seek(len(b"before"))
    return b"".join(opened(file, len(sealed), secrets))


def _sealed(plain: bytes, *secrets: str) -> bytes:
    into = io.BytesIO()
    age.encrypt(io.BytesIO(plain), into, [age.recipient_of(each) for each in secrets])
    return into.getvalue()


def _code(sealed: bytes, *secrets: str) -> str:
    with pytest.raises(BundleRefused) as refusal:
        _open(sealed, *secrets)
    return refusal.value.code


@pytest.mark.parametrize("name", sorted(path.name for path in _VECTORS.iterdir()))
def test_the_vectors_of_the_format_come_out_as_they_should(name):
    head, _, sealed = (_VECTORS / name).read_bytes().partition(b"\n\n")
    told = [line.split(": ", 1) for line in head.decode().splitlines()]
    says = dict(told)
    if says.get("compressed") == "zlib":
        sealed = zlib.decompress(sealed)
    secrets = [value for key, value in told if key == "identity"]
    if says["expect"] == "success" and name not in _OTHER_KINDS:
        assert sha256(_open(sealed, *secrets)).hexdigest() == says["payload"]
    else:
        assert _code(sealed, *secrets) in ("sealed", "recipient")


@pytest.mark.parametrize(
    "size",
    [0, 1, *(n * _CHUNK + more for n in (1, 3, 4, 5, 8) for more in (-1, 0, 1))],
)
def test_any_length_comes_back_whole(size):
    secret, plain = age.new_secret(), Random(size).randbytes(size)
    assert _open(_sealed(plain, secret), secret) == plain


def test_each_of_several_recipients_opens_it_and_old_keys_do_not_disturb():
    one, two, old = (age.new_secret() for _number in range(3))
    sealed = _sealed(b"contents", one, two)
    assert _open(sealed, one) == _open(sealed, old, two) == b"contents"
    assert _code(sealed, old) == "recipient"


def test_what_is_cut_off_anywhere_is_refused():
    secret = age.new_secret()
    sealed = _sealed(bytes(4 * _CHUNK + 100), secret)
    chunks = len(sealed) - 5 * 16 - (4 * _CHUNK + 100)
    places = [*range(0, chunks + 17, 7), *(chunks + n * (_CHUNK + 16) for n in range(5)), -1, -50]
    for at in places:
        assert _code(sealed[:at], secret) == "sealed"


def test_chunks_cannot_be_moved_doubled_or_left_out():
    secret = age.new_secret()
    sealed = _sealed(bytes(3 * _CHUNK), secret)
    size = _CHUNK + 16
    start = len(sealed) - 3 * size
    head, one, two, three = (
        sealed[:start], *(sealed[start + n * size : start + (n + 1) * size] for n in range(3)),
    )  # fmt: skip
    for parts in [(two, one, three), (one, one, three), (one, three), (one, two, three, three)]:
        assert _code(head + b"".join(parts), secret) == "sealed"


@pytest.mark.skipif(shutil.which("age") is None, reason="age is not installed")
def test_what_the_age_program_seals_is_opened(tmp_path):
    secret, plain = age.new_secret(), Random(7).randbytes(300_000)
    command = ["age", "-r", age.recipient_of(secret)]
    sealed = subprocess.run(command, input=plain, capture_output=True, check=True).stdout
    assert _open(sealed, secret) == plain
