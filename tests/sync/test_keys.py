import json
import subprocess
from dataclasses import replace

import pytest

from integrity_desk.errors import BundleRefused, SignInRefused
from integrity_desk.sync import canonical, keys, seal, trust
from integrity_desk.sync.keys import DeskKeys
from integrity_desk.sync.trust import Trust
from tests.bundles import CREATED, ORG


@pytest.fixture
def enrolled(desk, tmp_path):
    """Return the enrol file of the desk."""
    path = tmp_path / "enrol.json"
    path.write_bytes(
        keys.enrolment(
            desk.keys, org=ORG, desk="d02", replica=desk.replica, name="示例镇", created=CREATED
        )
    )
    return path


def test_keys_survive_being_kept(desk):
    kept = json.loads(json.dumps(desk.keys.secrets()))
    assert DeskKeys.from_secrets(kept) == desk.keys


def test_an_enrol_file_says_who_the_desk_is(desk, enrolled):
    said = keys.read_enrolment(enrolled)
    assert (said.stream, said.key, said.age) == (
        desk.stream, desk.keys.signer.key, desk.keys.recipient,
    )  # fmt: skip
    assert said.code == desk.keys.code
    assert len(said.code.replace(" ", "")) == 24
    assert said.code != DeskKeys.generate().code


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.replace("示例镇".encode(), "示例县".encode()),
        lambda data: data[:-1],
        lambda data: data + b" ",
        lambda data: b"{}",
        lambda data: b"x" * 20_000,
        lambda data: data.replace(b"TSB-ENROL/1", b"TSB-ENROL/2"),
    ],
)
def test_an_enrol_file_that_was_changed_is_refused(enrolled, spoil):
    enrolled.write_bytes(spoil(enrolled.read_bytes()))
    with pytest.raises(BundleRefused):
        keys.read_enrolment(enrolled)


def test_an_enrol_file_signed_by_another_key_is_refused(desk, enrolled):
    said = json.loads(enrolled.read_bytes())
    del said["signature"]
    signer = DeskKeys.generate().signer
    signature = signer.sign(canonical.dumps(said), seal.ENROL_NAMESPACE).decode()
    enrolled.write_bytes(canonical.dumps({**said, "signature": signature}))
    with pytest.raises(BundleRefused, match="开通"):
        keys.read_enrolment(enrolled)


def test_secrets_under_a_passphrase_open_with_it_alone(desk):
    wrapped = keys.wrap(desk.keys.secrets(), "示例口令")
    assert keys.unwrap(wrapped, "示例口令") == desk.keys.secrets()
    with pytest.raises(SignInRefused):
        keys.unwrap(wrapped, "别的口令")


def test_the_fingerprint_is_the_one_ssh_keygen_shows(desk):
    line = seal.ssh_public_line(desk.keys.signer.public)
    shown = subprocess.run(
        ["ssh-keygen", "-lf", "-"], input=line.encode(), capture_output=True, check=True
    )
    assert shown.stdout.split()[1].decode() == desk.keys.signer.key


def a_trust(desk, **changes):
    county = replace(
        desk.trusted, sign=desk.county.signer.public.hex(), age=desk.county.recipient,
        org="440000", streams=("440000-to-*",),
    )  # fmt: skip
    told = {
        "serial": 3, "issued": CREATED, "issuer": county.key, "keys": (county, desk.trusted),
    }  # fmt: skip
    return Trust(**{**told, **changes})


def test_a_trust_list_survives_its_document(desk):
    made = a_trust(desk)
    assert trust.from_document(canonical.loads(canonical.dumps(made.document()))) == made


def test_a_malformed_trust_list_is_refused(desk):
    good = a_trust(desk).document()
    for spoiled in (
        {}, {**good, "serial": "3"}, {**good, "serial": True}, {**good, "more": 1},
        {**good, "issuer": "SHA256:" + "a" * 43}, {**good, "keys": [1]},
        {**good, "keys": [{**good["keys"][0], "sign": "zz"}]},
        {**good, "keys": [{**good["keys"][0], "age": "age1nonsense"}]},
        {**good, "keys": [{**good["keys"][0], "streams": [1]}]},
    ):  # fmt: skip
        with pytest.raises(BundleRefused):
            trust.from_document(spoiled)


def code_of(call, **given):
    with pytest.raises(BundleRefused) as caught:
        call(**given)
    return caught.value.code


def test_a_first_trust_list_is_pinned_and_only_its_issuer_may_follow(desk):
    first, own = a_trust(desk), desk.keys.signer.key
    trust.accept(first, kept=None, signed_by=first.issuer, own=own)
    trust.accept(replace(first, serial=4), kept=first, signed_by=first.issuer, own=own)

    def accept(made, **changes):
        given = {"kept": first, "signed_by": first.issuer, "own": own, **changes}
        return code_of(lambda: trust.accept(made, **given))

    assert accept(replace(first, serial=2)) == "trust_serial"
    assert accept(first, signed_by=own) == "trust_signer"
    assert accept(replace(first, issuer=own), signed_by=own) == "trust_signer"
    assert accept(first, own="SHA256:" + "a" * 43) == "trust_own"
