"""Letting desks in and out: the enrol file, the short code compared, the trust list renewed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from integrity_desk.county import profiles
from integrity_desk.county.office import Office, opened, stamp
from integrity_desk.county.receipts import keys_of, send_trust
from integrity_desk.errors import InvalidInput
from integrity_desk.sync import keys
from integrity_desk.sync.files import sentences
from integrity_desk.sync.keys import Enrolment
from integrity_desk.sync.trust import TrustedKey
from integrity_desk.wording import _


def inspect(enrol_file: Path) -> Enrolment:
    """Return what an enrol file says, its short code included; BundleRefused unless sound."""
    with sentences(enrol_file):
        return keys.read_enrolment(enrol_file)


def enrol(
    folder: Path, enrol_file: Path, out: Path, *, passphrase: str, code: str, now: datetime
) -> Path:
    """Let a desk in; return the trust bundle to carry back to it.

    ``code`` is the short code that the desk read aloud or printed (blanks do not matter);
    InvalidInput if it differs from the file's, if the key was revoked, or if the stream belongs
    to another key that was not.
    Enrolling the same desk again only writes its trust bundle again.
    """
    said = inspect(enrol_file)
    if code.replace(" ", "") != said.code.replace(" ", ""):
        raise InvalidInput(
            "code", _("校验码与开通文件不符，文件可能被调换。请与登记点重新核对后再开通。")
        )
    with opened(folder, passphrase) as office:
        profiles.number_changes(office, now)
        earlier = _earlier(said, office.ledger.trusted())
        if earlier is None or said.stream not in earlier.streams:
            office.ledger.renew_trust(stamp(now), _entry(said, office, earlier))
        return _trust_bundle(office, said.stream, out, now)


def revoke(
    folder: Path, stream: str, out: Path, *, passphrase: str, after: int, now: datetime
) -> Path:
    """Stop believing a stream's keys after bundle ``after``; return its new trust bundle.

    By number, because a desk that is not connected controls its own clock. NotFound for a
    stream nobody was enrolled for; InvalidInput for a negative number.
    """
    if after < 0:
        raise InvalidInput("after", _("停用的起始序号不能是负数。"))
    with opened(folder, passphrase) as office:
        known = keys_of(office, stream)
        fewer = [replace(each, revoked_after=_fewer(each.revoked_after, after)) for each in known]
        if fewer != known:
            office.ledger.renew_trust(stamp(now), *fewer)
        return _trust_bundle(office, stream, out, now)


def _earlier(said: Enrolment, known: Iterable[TrustedKey]) -> TrustedKey | None:
    """Return the key's entry, if it is known; a desk comes back from revocation with a new key."""
    found = {each.sign: each for each in known}
    earlier = found.pop(said.sign, None)
    if earlier is not None and earlier.revoked_after is not None:
        raise InvalidInput(
            "sign",
            _(
                "这个登记点的密钥已停用，不能再用它开通。请登记点管理员先在“设置”的“数据”里"
                "更换密钥，再重新导出开通文件。"
            ),
        )
    for each in found.values():
        if said.stream in each.streams and each.revoked_after is None:
            raise InvalidInput(
                "stream", _("这个登记点已用另一密钥开通。请先停用旧密钥，再由登记点重新申请。")
            )
    return earlier


def _fewer(known: int | None, after: int) -> int:
    """A key that was replaced earlier is not believed for longer by revoking its successor."""
    return after if known is None else min(known, after)


def _entry(said: Enrolment, office: Office, earlier: TrustedKey | None) -> TrustedKey:
    """Return the desk's entry; one whose store was put back keeps the streams it sent before."""
    return TrustedKey(
        sign=said.sign, age=said.age, org=said.org, name=said.name,
        streams=(*(earlier.streams if earlier else ()), said.stream), audiences=(office.code,),
    )  # fmt: skip


def _trust_bundle(office: Office, stream: str, out: Path, now: datetime) -> Path:
    with sentences(out):
        out.mkdir(parents=True, exist_ok=True)
    return send_trust(office, stream, out, now=now)
