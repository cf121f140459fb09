"""Identity numbers: what they are, whether they can be right, and why not.

A failed check is a warning that a clerk may override with a reason: paper carries errors.
Division codes are never checked, because they change and old ones stay on old cards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from integrity_desk.domain.fields import Kind
from integrity_desk.wording import _

_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CITIZEN_CHECKS = "10X98765432"
_CREDIT_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_CREDIT_FORBIDDEN = "IOSVZ"
_EARLIEST_BIRTH_YEAR = 1850

_DASHES = re.compile(r"[‐‑‒–—―−()]+")
_CITIZEN = re.compile(r"[1-9][0-9]{16}[0-9X]")
_OLD_CITIZEN = re.compile(r"[1-9][0-9]{14}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))([2-9][0-9]{6,7})(?:转([0-9]{1,6}))?")
_LOCAL = re.compile(r"[2-9][0-9]{6,7}(?:转[0-9]{1,6})?")
_SERVICE = re.compile(r"[48]00[0-9]{7}|95[0-9]{3,7}|96[0-9]{3,6}|12[0-9]{3}|1[0-2][0-9]")
_EXTENSION = re.compile(r"(?:转|分机|EXT\.?|X|#)(?=[0-9]{1,6}$)")
_DASHED_EXTENSION = re.compile(r"^(0[0-9]{2,3}-?)?([2-9][0-9]{6,7})-([0-9]{1,6})$")
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[3-9][0-9]{9}$|0[0-9]{9})")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a check found; ``kind`` is None when the value looks like no known identifier.

    ``code`` is "" when there is nothing to say, else one of: empty, unrecognised, length,
    character, confusable_letter, birth_date, check_digit, shape (all not ok) and old_number
    (ok, but there is no check digit to rely on). ``sentence`` is finished Chinese for the clerk.
    """

    kind: Kind | None
    value: str
    ok: bool
    code: str = ""
    sentence: str = ""
    birth_date: date | None = None

    def as_plain(self) -> dict[str, Any]:
        """Return the verdict as JSON values; an unrecognised kind is "unknown"."""
        return {
            "value": self.value,
            "kind": self.kind.value if self.kind else "unknown",
            "ok": self.ok,
            "code": self.code,
            "sentence": self.sentence,
            "birth_date": self.birth_date.isoformat() if self.birth_date else None,
        }


def check_identifier(value: str, kind: Kind | None = None) -> Verdict:
    """Check ``value`` as ``kind`` (CITIZEN_ID, CREDIT_CODE or PHONE), or as what it looks like.

    Sources: GB 11643-1999 (citizen number), GB 32100-2015 (unified social credit code).
    """
    kind = kind or recognise(value)
    if kind is None:
        sentence = _("这不像居民身份证号码、统一社会信用代码或电话号码，请核对。")
        return _wrong(None, _bare(value), "unrecognised", sentence)
    value = normalise(value, kind)
    if not value:
        return _wrong(kind, value, "empty", _("号码是空的，请填写。"))
    return _CHECKS[kind](value)


def normalise(value: str, kind: Kind) -> str:
    """Return the one way the desk writes this number: half-width, upper case, no spaces.

    Telephone numbers lose +86; a landline is written 0595-22345678转801.
    """
    return _written_phone(value) if kind is Kind.PHONE else _bare(value)


def recognise(value: str) -> Kind | None:
    """Return the kind of identifier ``value`` looks like; a passing check decides a tie."""
    bare = _bare(value)
    if len(bare) == 18 and bare.isascii() and bare.isalnum():
        return _recognise_18(bare)
    if _OLD_CITIZEN.fullmatch(bare):
        return Kind.CITIZEN_ID
    return Kind.PHONE if _is_phone(_written_phone(value)) else None


def birth_date(value: str) -> date | None:
    """Return the birth date in a citizen number of 18 or 15 digits; None when there is none."""
    bare = _bare(value)
    if _CITIZEN.fullmatch(bare):
        return _day(bare[6:14])
    return _day("19" + bare[6:12]) if _OLD_CITIZEN.fullmatch(bare) else None


def citizen_forms(value: str) -> tuple[str, ...]:
    """Return a citizen number as it may stand elsewhere: with 18 digits and with the old 15.

    The old form has neither the century, always 19, nor the check digit.
    """
    bare = _bare(value)
    if _OLD_CITIZEN.fullmatch(bare):
        longer = f"{bare[:6]}19{bare[6:]}"
        return (bare, longer + citizen_check_digit(longer))
    if _CITIZEN.fullmatch(bare) and bare[6:8] == "19":
        return (bare, f"{bare[:6]}{bare[8:17]}")
    return (bare,)


def citizen_check_digit(first_17: str) -> str:
    """Return the check character of a citizen number: ISO 7064 MOD 11-2, "0" to "9" or "X"."""
    total = sum(
        int(digit) * weight for digit, weight in zip(first_17, _CITIZEN_WEIGHTS, strict=True)
    )
    return _CITIZEN_CHECKS[total % 11]


def credit_check_symbol(first_17: str) -> str:
    """Return the check symbol of a social credit code: MOD 31 with weights 3ⁿ."""
    total = sum(
        _CREDIT_SYMBOLS.index(symbol) * weight
        for symbol, weight in zip(first_17, _CREDIT_WEIGHTS, strict=True)
    )
    return _CREDIT_SYMBOLS[-total % 31]


def _check_citizen(value: str) -> Verdict:
    kind = Kind.CITIZEN_ID
    if len(value) not in (15, 18):
        sentence = _("居民身份证号码应为18位（旧号码15位），现在是{count}位，请核对。")
        return _wrong(kind, value, "length", sentence.format(count=len(value)))
    if not (_CITIZEN if len(value) == 18 else _OLD_CITIZEN).fullmatch(value):
        sentence = _("居民身份证号码只能是数字，最后一位可以是X，首位不能是0，请核对。")
        return _wrong(kind, value, "character", sentence)
    born = birth_date(value)
    if born is None:
        sentence = _("号码中的出生日期“{digits}”不存在，请核对第7位起的日期。")
        digits = value[6:14] if len(value) == 18 else value[6:12]
        return _wrong(kind, value, "birth_date", sentence.format(digits=digits))
    if len(value) == 15:
        sentence = _("这是15位旧身份证号码，没有校验位，无法查出抄写错误，请仔细核对。")
        return Verdict(
            kind=kind, value=value, ok=True, code="old_number", sentence=sentence, birth_date=born
        )
    if citizen_check_digit(value[:17]) != value[17]:
        sentence = _("身份证号码的校验位不符，很可能抄错了某一位，请对照证件核对。")
        return _wrong(kind, value, "check_digit", sentence)
    return Verdict(kind=kind, value=value, ok=True, birth_date=born)


def _check_credit(value: str) -> Verdict:
    kind = Kind.CREDIT_CODE
    if len(value) != 18:
        sentence = _("统一社会信用代码应为18位，现在是{count}位，请核对。")
        return _wrong(kind, value, "length", sentence.format(count=len(value)))
    confusable = next((symbol for symbol in value if symbol in _CREDIT_FORBIDDEN), "")
    if confusable:
        sentence = _(
            "统一社会信用代码不使用字母I、O、S、V、Z，“{letter}”可能是形状相近的数字，请核对。"
        )
        return _wrong(kind, value, "confusable_letter", sentence.format(letter=confusable))
    if any(symbol not in _CREDIT_SYMBOLS for symbol in value):
        sentence = _("统一社会信用代码只能是数字和大写字母，请核对。")
        return _wrong(kind, value, "character", sentence)
    if credit_check_symbol(value[:17]) != value[17]:
        sentence = _("统一社会信用代码的校验位不符，很可能抄错了某一位，请对照证书核对。")
        return _wrong(kind, value, "check_digit", sentence)
    return Verdict(kind=kind, value=value, ok=True)


def _check_phone(value: str) -> Verdict:
    if _is_phone(value):
        return Verdict(kind=Kind.PHONE, value=value, ok=True)
    sentence = _("电话号码的样式不对：手机为11位，固定电话请带区号，如0595-22345678。")
    return _wrong(Kind.PHONE, value, "shape", sentence)


_CHECKS: dict[Kind, Callable[[str], Verdict]] = {
    Kind.CITIZEN_ID: _check_citizen,
    Kind.CREDIT_CODE: _check_credit,
    Kind.PHONE: _check_phone,
}


def _wrong(kind: Kind | None, value: str, code: str, sentence: str) -> Verdict:
    return Verdict(kind=kind, value=value, ok=False, code=code, sentence=sentence)


def _folded(value: str) -> str:
    """Half-width, upper case, no blanks, every dash and bracket one hyphen."""
    folded = _DASHES.sub("-", unicodedata.normalize("NFKC", value).upper())
    return "".join(folded.split())


def _bare(value: str) -> str:
    return _folded(value).replace("-", "")


def _recognise_18(bare: str) -> Kind:
    if _check_citizen(bare).ok:
        return Kind.CITIZEN_ID
    if _check_credit(bare).ok or not _CITIZEN.fullmatch(bare):
        return Kind.CREDIT_CODE
    return Kind.CREDIT_CODE if bare[0] == "9" and _day(bare[6:14]) is None else Kind.CITIZEN_ID


def _written_phone(value: str) -> str:
    """0595-22345678-801, (0595) 22345678 分机 801 and their like in one form."""
    dashed = _DASHED_EXTENSION.sub(r"\1\2转\3", _folded(value).lstrip("-"))
    number = _EXTENSION.sub("转", _COUNTRY.sub("", dashed.replace("-", "")))
    landline = _LANDLINE.fullmatch(number)
    if landline is None:
        return number
    area, local, extension = landline.groups()
    return f"{area}-{local}" + (f"转{extension}" if extension else "")


def _is_phone(written: str) -> bool:
    bare = written.replace("-", "")
    return any(shape.fullmatch(bare) for shape in (_MOBILE, _LANDLINE, _LOCAL, _SERVICE))


def _day(digits: str) -> date | None:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
    return day if day.year >= _EARLIEST_BIRTH_YEAR else None
