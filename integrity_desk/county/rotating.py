"""A desk's new keys taking the place of its old ones, on the word of the old."""

from __future__ import annotations

from dataclasses import replace

from integrity_desk.county.office import Office
from integrity_desk.errors import BundleRefused
from integrity_desk.sync.rotation import Rotation
from integrity_desk.sync.trust import TrustedKey
from integrity_desk.wording import _


def apply(office: Office, said: Rotation, issued: str) -> bool:
    """Believe the new key for what comes after; False when that was done before.

    BundleRefused ``signer`` if the old key is unknown here, ``revoked`` if it is not believed
    any more, ``rotate`` if bundles with higher numbers than it admits have come already.
    """
    with office.ledger.alone(said.stream):
        known = {each.sign: each for each in office.ledger.trusted()}
        old = known.get(said.replaces)
        if old is None or said.stream not in old.streams:
            raise BundleRefused(
                "signer", _("换密钥声明由未开通的密钥签署，已拒收。请登记点重新申请开通。")
            )
        if said.sign in known:
            return False
        _refuse_what_does_not_fit(office, said, old)
        new = replace(old, sign=said.sign, age=said.age, streams=(said.stream,))
        office.ledger.renew_trust(issued, replace(old, revoked_after=said.after), new)
    return True


def _refuse_what_does_not_fit(office: Office, said: Rotation, old: TrustedKey) -> None:
    if old.revoked_after is not None:
        raise BundleRefused(
            "revoked", _("旧密钥已停用，不能再由它换用新密钥。请登记点重新申请开通。")
        )
    if office.ledger.stream(said.stream).through_seq > said.after:
        raise BundleRefused(
            "rotate",
            _(
                "换密钥声明与已收到的同步包对不上，旧密钥可能被他人使用，已拒收。请立即与登记点核对。"
            ),
        )
