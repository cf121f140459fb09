"""Reporting profiles: which records a county asks for, and what its catalogue calls them.

A profile is one TOML file (``resources/profiles``; a county keeps its own). It names catalogue
items, each a record type with its elements, and says of every name and code whether it stands in
a standard, in a public catalogue, or is the county's own. It also says what stays at the desks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import sha256
from typing import Any

from integrity_desk.domain.fields import Choice
from integrity_desk.errors import InvalidInput
from integrity_desk.paths import resource
from integrity_desk.wording import _

FORMAT = "TSB-PROFILE/1"
NATIONAL = "profiles/national.toml"
"""What holds where a county has declared nothing else."""

_MOST_BYTES = 256 * 1024
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}").fullmatch
_VERSION = re.compile(r"[0-9A-Za-z.-]{1,20}").fullmatch


class Origin(Choice):
    """Whence a name or code is taken."""

    STANDARD = "standard", "国家标准"
    CATALOGUE = "catalogue", "公开目录"
    OWN = "own", "自定"


@dataclass(frozen=True, kw_only=True)
class Basis:
    """A document that names and codes are taken from, cited so that it can be found."""

    origin: Origin
    title: str


@dataclass(frozen=True, kw_only=True)
class Element:
    """One column of a catalogue item.

    ``field`` is a field's name, ``link.field`` for one of the linked record, or one of
    ``profile_checks.GIVEN``; ``value`` a fixed text instead. ``codes`` maps our codes to theirs
    (of a link: type names). ``format`` is "C..200", "C18", "N..18,2", "YYYY-MM-DD" or "YYYYMMDD".
    """

    name: str
    name_from: str
    code: str
    code_from: str
    field: str = ""
    value: str = ""
    format: str
    unit: str = ""
    codes: Mapping[str, str] | None = None
    required: bool = False


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of the catalogue: the records of a ``type``, in some ``states``, ``where`` so.

    ``code`` is "" where the standard's is not known here; a county fills it in from its copy.
    """

    key: str
    type: str
    name: str
    name_from: str
    code: str
    code_from: str
    states: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]]
    elements: tuple[Element, ...]


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A whole profile; ``withheld`` types stay at the desks, ``reporters`` go only when asked for.

    ``sha256`` is of the text it was read from.
    """

    code: str
    name: str
    version: str
    reporters: bool
    withheld: tuple[str, ...]
    bases: Mapping[str, Basis]
    items: tuple[Item, ...]
    sha256: str

    @property
    def label(self) -> str:
        """Name and version, as people read them."""
        return _("{name}（{version}版）").format(name=self.name, version=self.version)

    def mapping(self) -> dict[str, Any]:
        """Return what maps our fields to the catalogue, as JSON values for a data package."""
        return {
            "code": self.code, "name": self.name, "sha256": self.sha256, "version": self.version,
            "items": [
                {
                    "code": item.code, "name": item.name, "type": item.type,
                    "elements": [
                        {"code": each.code, "field": each.field, "name": each.name}
                        for each in item.elements
                    ],
                }
                for item in self.items
            ],
        }  # fmt: skip


@lru_cache(maxsize=1)
def national_text() -> str:
    """Return the text of the profile that comes with the program."""
    return resource(NATIONAL).read_text("utf-8")


@lru_cache(maxsize=8)
def read_profile(text: str) -> Profile:
    """Return the profile in a TOML text; InvalidInput says what is wrong with its form.

    Whether the fields it names are there is another question: ``profile_checks.check``.
    """
    if len(text.encode()) > _MOST_BYTES:
        raise _wrong(_("文件太大"))
    try:
        read = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _wrong(str(error)) from error
    if read.get("format") != FORMAT:
        raise _wrong(_("格式版本不认识，请先升级程序"))
    try:
        return _profile(read, sha256(text.encode()).hexdigest())
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _wrong(str(error)) from error


def _profile(read: Mapping[str, Any], digest: str) -> Profile:
    if not _CODE(read["code"]) or not _VERSION(read["version"]) or not str(read["name"]).strip():
        raise ValueError("code, name, version")
    bases = {
        code: Basis(origin=Origin(each["origin"]), title=each["title"])  # type: ignore[call-arg]
        for code, each in read["bases"].items()
    }
    return Profile(
        code=read["code"], name=read["name"], version=read["version"], bases=bases,
        reporters=_flag(read.get("reporters", False)), withheld=_texts(read.get("withheld", [])),
        items=tuple(_item(each) for each in read["items"]), sha256=digest,
    )  # fmt: skip


def _item(read: Mapping[str, Any]) -> Item:
    told = dict(read)
    if not _CODE(told["key"]):
        raise ValueError(told["key"])
    told["states"] = _texts(told.get("states", []))
    told["where"] = {name: _texts(each) for name, each in told.get("where", {}).items()}
    told["elements"] = tuple(_element(each) for each in told["elements"])
    return Item(**told)


def _element(read: Mapping[str, Any]) -> Element:
    texts = {each.name for each in fields(Element)} - {"codes", "required"}
    if not all(isinstance(read[name], str) for name in texts & read.keys()):
        raise TypeError(read["name"])
    _flag(read.get("required", False))
    if not all(isinstance(each, str) for each in read.get("codes", {}).values()):
        raise TypeError(read["name"])
    return Element(**read)


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise TypeError(values)
    return tuple(values)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _wrong(why: str) -> InvalidInput:
    return InvalidInput("profile", _("报送方案读不出来：{why}。请改正方案文件。").format(why=why))
