"""The seam of the signer: another suite joins as an ending, a name and a verifier."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha512

import pytest
from cryptography.exceptions import InvalidSignature

from integrity_desk.errors import BundleRefused
from integrity_desk.sync import bundle_reader, bundle_writer, seal


def test_the_suite_of_every_bundle_today_is_named(genuine, desk):
    path, _envelope, _members = genuine
    assert bundle_reader.inspect(path, desk.known).suite == seal.INTERNATIONAL.name


def test_a_suite_of_another_kind_stands_beside_the_first_and_is_named(desk, tmp_path, monkeypatch):
    """What joins is an ending, a name and a verifier; nothing else of the format changes."""

    @dataclass(frozen=True)
    class Certified:
        inner: seal.Ed25519Signer
        suffix: str = ".key"

        @property
        def key(self):
            return self.inner.key

        @property
        def size_bytes(self):
            return 64

        def sign(self, message, namespace=seal.BUNDLE_NAMESPACE):
            return self.inner._private.sign(sha512(message).digest())

    def verify(signature, message):
        public = desk.keys.signer._private.public_key()
        try:
            public.verify(signature, sha512(message).digest())
        except InvalidSignature as error:
            raise BundleRefused("signature", "示例") from error
        return public.public_bytes_raw()

    written = bundle_writer.write(
        tmp_path, desk.facts(), signer=Certified(desk.keys.signer),
        recipients=[desk.county.recipient], revisions=[desk.line(1)],
    )  # fmt: skip
    with pytest.raises(BundleRefused) as unknown:
        bundle_reader.inspect(written[0].path, desk.known)
    assert unknown.value.code == "tar"
    other = seal.Suite(suffix=".key", name="示例套件", verify=verify)
    monkeypatch.setitem(seal.SUITES, other.suffix, other)
    seen = bundle_reader.inspect(written[0].path, desk.known)
    assert (seen.suite, seen.known) == ("示例套件", True)
    staged = bundle_reader.read(
        written[0].path, desk.county.age_secrets, desk.known, tmp_path / "staged"
    )
    assert len(list(staged.revisions())) == 1
