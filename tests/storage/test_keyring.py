"""The keyring: who gets in, who does not, and who gets back in."""

from __future__ import annotations

import json

import pytest

from integrity_desk.errors import SignInRefused, StoreUnavailable
from integrity_desk.storage.keyring import Keyring, fresh_recovery_code
from integrity_desk.storage.store import keyring
from tests.office import CHEAP, PASSWORD


@pytest.fixture
def ring(tmp_path):
    """Return a keyring and the store key that it guards."""
    made = Keyring(path=tmp_path / "keyring.json", cost=CHEAP)
    return made, made.create()


def test_every_account_unwraps_the_same_key_with_its_own_password(ring):
    made, key = ring
    made.wrap(key, "甲", "甲的密码 1234")
    made.wrap(key, "乙", "乙的密码 5678")
    assert made.unwrap("甲", "甲的密码 1234") == made.unwrap("乙", "乙的密码 5678") == key


@pytest.mark.parametrize(
    ("login", "password"), [("甲", "wrong"), ("甲", ""), ("丙", "right one"), ("", "right one")]
)
def test_account_and_password_must_match(ring, login, password):
    made, key = ring
    made.wrap(key, "甲", "right one")
    with pytest.raises(SignInRefused, match="账号或密码不对"):
        made.unwrap(login, password)


def test_one_account_cannot_use_the_entry_of_another(ring):
    made, key = ring
    made.wrap(key, "甲", "right one")
    content = json.loads(made.path.read_bytes())
    content["entries"]["乙"] = content["entries"]["甲"]
    made.path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(SignInRefused):
        made.unwrap("乙", "right one")


def test_a_new_password_ends_the_old_one(ring):
    made, key = ring
    made.wrap(key, "甲", "the old one")
    made.wrap(key, "甲", "the new one")
    assert made.unwrap("甲", "the new one") == key
    with pytest.raises(SignInRefused):
        made.unwrap("甲", "the old one")


def test_a_forgotten_account_stays_out(ring):
    made, key = ring
    made.wrap(key, "甲", "right one")
    made.forget("甲")
    made.forget("甲")
    with pytest.raises(SignInRefused):
        made.unwrap("甲", "right one")


def test_the_recovery_code_opens_however_it_is_typed(ring):
    made, key = ring
    code = fresh_recovery_code()
    made.enact_recovery_code(key, code)
    assert [len(group) for group in code.split("-")] == [4] * 8
    assert made.unwrap_recovery(code) == key
    assert made.unwrap_recovery(code.lower().replace("-", " ")) == key
    look_alikes = code.replace("O", "0").replace("I", "1").replace("B", "8")
    assert made.unwrap_recovery(look_alikes) == key


def test_a_new_recovery_code_ends_the_old_one(ring):
    made, key = ring
    old = fresh_recovery_code()
    made.enact_recovery_code(key, old)
    made.enact_recovery_code(key, fresh_recovery_code())
    with pytest.raises(SignInRefused, match="恢复码不对"):
        made.unwrap_recovery(old)


def test_neither_key_nor_password_stands_in_the_file(ring):
    made, key = ring
    made.wrap(key, "甲", "right one")
    code = fresh_recovery_code()
    made.enact_recovery_code(key, code)
    content = made.path.read_text("utf-8")
    assert key.hex() not in content
    assert "right one" not in content
    assert code.replace("-", "") not in content


@pytest.mark.parametrize("content", [None, b"", b"not json", b'{"entries": ', b"[]", b"{}"])
def test_a_missing_or_damaged_keyring_is_told_in_a_sentence(ring, content):
    made, _key = ring
    made.path.unlink()
    if content is not None:
        made.path.write_bytes(content)
    with pytest.raises(StoreUnavailable, match="密钥文件"):
        made.unwrap("甲", "right one")


def test_a_store_is_guarded_at_the_cost_that_was_asked_for(office):
    ring = keyring(office.folder)
    entries = json.loads(ring.path.read_bytes())["entries"]
    assert set(entries) == {"#recovery", "admin", "clerk", "reviewer", "viewer"}
    assert {entry["memory_kib"] for entry in entries.values()} == {CHEAP.memory_kib}
    assert ring.unwrap("clerk", PASSWORD) == office.key
