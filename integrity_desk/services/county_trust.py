"""Being enrolled at a county: the file that introduces this desk, and the county's answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from integrity_desk.domain.profiles import Profile, national_text, read_profile
from integrity_desk.domain.records import is_type, type_named
from integrity_desk.errors import BundleRefused, InvalidInput, StepRefused
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.desk_keys import desk_keys
from integrity_desk.services.pending_keys import key_named_in, settle_rotation
from integrity_desk.services.taken_answers import note_taken
from integrity_desk.storage import meta
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.sync import bundle_reader, keys, media, seal, trust
from integrity_desk.sync.files import Files, sentences, settle, temporary_name
from integrity_desk.sync.trust import KnownKeys, Trust, TrustedKey
from integrity_desk.wording import _

_ENTRY = "trust"


@dataclass(frozen=True, kw_only=True)
class WriteEnrolment(Command[Path]):
    """Write the file that introduces this desk to its county."""

    permission: ClassVar[str] = "exchange"
    folder: Path


@dataclass(frozen=True, kw_only=True)
class ImportTrust(Command[str]):
    """Take in the county's trust list; the outcome is the county's name.

    ``county_code`` is the county's short code from paper or read aloud; it is asked for once,
    with the first list, and must match.
    """

    permission: ClassVar[str] = "exchange"
    path: Path
    county_code: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowTrust(Question["TrustView"]):
    """Whom this desk trusts, and its own short code."""


@dataclass(frozen=True, kw_only=True)
class TrustView:
    """``county`` is "" until the county's list has been taken in.

    ``revoked`` tells the clerk that the county does not believe this desk's key any more; else "".

    ``withheld`` are labels of what its profile leaves here, translated where they are shown;
    ``reporters`` whether it asks who complained.
    """

    desk_code: str
    stream: str
    county: str
    county_code: str
    serial: int
    profile: str
    withheld: tuple[str, ...]
    reporters: bool
    suite: str
    revoked: str = ""


@performs(WriteEnrolment)
def write_enrolment(command: WriteEnrolment, work: UnitOfWork) -> Path:
    """Write it whole, under a name that tells which desk it is."""
    identity = work.identity
    content = keys.enrolment(
        desk_keys(work),
        org=identity.org,
        desk=identity.desk,
        replica=identity.replica,
        name=work.desk_name,
        created=stamp(work),
    )
    target = command.folder / f"{own_stream(work)}.enrol.json"
    with sentences(target):
        temporary = temporary_name(target)
        temporary.write_bytes(content)
        settle(Files(), temporary, target)
    return target


@performs(ImportTrust)
def import_trust(command: ImportTrust, work: UnitOfWork) -> str:
    """Prove the list against the county key kept, or pin the county's key at the first one."""
    own, kept = desk_keys(work), kept_trust(work)
    known = kept.known if kept else _unproved(command.path)
    with TemporaryDirectory(dir=work.folder) as staging:
        staged = bundle_reader.read(command.path, own.age_secrets, known, Path(staging) / "trust")
        if staged.envelope.kind != "trust":
            raise BundleRefused("kind", _("这份文件不是信任名单。请选择县级发来的开通文件。"))
        taken = trust.from_document(staged.document())
        signed_by = staged.envelope.key
    trust.accept(taken, kept=kept, signed_by=signed_by, own=key_named_in(taken, work))
    county = taken.known[taken.issuer]
    if kept is None and _digits(command.county_code) != _digits(_code_of(county)):
        raise StepRefused(
            _("县级校验码不符（文件中为 {code}），没有导入。请向县级电话核对后重试。").format(
                code=_code_of(county)
            )
        )
    _refuse_unreadable(taken.profile)
    meta.put(work.database, _ENTRY, json.dumps(taken.document()).encode())
    settle_rotation(taken, work)
    note_taken((command.path,), work)
    work.touch("bundles")
    return county.name


@answers(ShowTrust)
def show_trust(question: ShowTrust, reader: Reader) -> TrustView:
    """Put both short codes side by side."""
    kept, profile = kept_trust(reader), county_profile(reader)
    county = kept.known[kept.issuer] if kept else None
    return TrustView(
        desk_code=desk_keys(reader).code,
        stream=own_stream(reader),
        county=county.name if county else "",
        county_code=_code_of(county) if county else "",
        serial=kept.serial if kept else 0,
        profile=profile.label if kept else "",
        withheld=tuple(type_named(each).label for each in profile.withheld if is_type(each)),
        reporters=profile.reporters,
        suite=seal.SUITES[desk_keys(reader).signer.suffix].name,
        revoked=revoked(reader),
    )


def take_newest_list(folder: Path, work: UnitOfWork) -> bool:
    """Take in the county's newest list to this desk lying in a folder; whether it was news."""
    kept, stream = kept_trust(work), own_stream(work)
    found = {}
    for path in media.bundles_in(folder) if kept else ():
        if f"-to-{stream}-" in path.name:
            envelope = bundle_reader.inspect(path, kept.known if kept else {}).envelope
            if envelope.kind == "trust":
                found[envelope.seq] = path
    if not found or kept is None:
        return False
    try:
        import_trust(ImportTrust(path=found[max(found)]), work)
    except BundleRefused as error:
        if error.code != "trust_serial":
            raise
    now = kept_trust(work)
    return now is not None and now.serial > kept.serial


def revoked(reader: Reader) -> str:
    """Return what to tell when the county stopped believing this desk's key; "" otherwise."""
    kept = kept_trust(reader)
    own = kept.known.get(desk_keys(reader).signer.key) if kept else None
    if own is None or own.revoked_after is None:
        return ""
    return _(
        "县级已停用本登记点的密钥，只认到第{after}包，以后的包一律拒收。"
        "请先与县级联系；继续上报，要由管理员在“设置”的“数据”里更换密钥，再重新开通。"
    ).format(after=own.revoked_after)


def county_of(reader: Reader) -> TrustedKey:
    """Return the county's key; StepRefused until this desk is enrolled."""
    kept = kept_trust(reader)
    if kept is None:
        raise StepRefused(
            _("本登记点尚未在县级开通：请先导出开通文件交县级，再导入县级发回的信任名单。")
        )
    return kept.known[kept.issuer]


def kept_trust(reader: Reader) -> Trust | None:
    """Return the county's trust list as last taken in."""
    kept = meta.get(reader.database, _ENTRY)
    return trust.from_document(json.loads(kept)) if kept else None


def county_profile(reader: Reader) -> Profile:
    """Return what the county asks for: its own profile, or the one that comes with the program."""
    kept = kept_trust(reader)
    return read_profile(kept.profile if kept and kept.profile else national_text())


def own_stream(reader: Reader) -> str:
    """Return the stream this incarnation of the desk sends."""
    identity = reader.identity
    return keys.stream_of(identity.org, identity.desk, identity.replica)


def stamp(reader: Reader) -> str:
    """Return the present moment as bundles write it."""
    return reader.now.strftime("%Y-%m-%dT%H:%M:%SZ")


def _unproved(path: Path) -> KnownKeys:
    """The signer of a first list, believed only until its short code has been compared."""
    seen = bundle_reader.inspect(path, {})
    key = TrustedKey(
        sign=seen.sign, age="", org=seen.envelope.org, name="", streams=(seen.envelope.stream,)
    )
    return {seen.envelope.key: key}


def _refuse_unreadable(profile: str) -> None:
    """A profile this program cannot read would be obeyed wrongly; the list before it stays."""
    try:
        read_profile(profile or national_text())
    except InvalidInput as error:
        raise BundleRefused(
            "profile", _("信任名单里的报送方案本程序读不懂，没有导入。请先升级程序，或告知县级。")
        ) from error


def _code_of(county: TrustedKey) -> str:
    return keys.short_code(bytes.fromhex(county.sign), county.age)


def _digits(code: str) -> str:
    return "".join(each for each in code if each.isdigit())
