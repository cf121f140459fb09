"""A profile against the declarations: every field it names is there, and its format fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.fields import Field, Kind
from integrity_desk.domain.profiles import Element, Item, Profile
from integrity_desk.domain.records import RecordType
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import _

GIVEN = ("@record", "@county_ref", "@county", "@county_name")
"""What is no field: the record's id, its number at the county, and who the county is."""

SAME = "@record"
"""After a link: the id of the linked record, by which two tables are joined."""

ALWAYS = frozenset({"unit", "person", "attachment", "author"})
"""Types that everything else points at: no profile may leave them at the desks."""

DECIMALS = {"元": 2, "万元": 6}
"""Units of money, and how many decimals hold every fen."""

_BY_NAME = {declared.name: declared for declared in TYPES}
_FORMAT = re.compile(
    r"(?P<text>C(?P<dots>[.]{2})?(?P<length>[1-9][0-9]{0,4}))"
    r"|(?P<number>N[.]{2}(?P<digits>[1-9][0-9]?)(,(?P<decimals>[1-9]))?)"
    r"|(?P<day>YYYY-MM-DD|YYYYMMDD)"
).fullmatch
_DATED = (Kind.DAY, Kind.MOMENT)


@dataclass(frozen=True)
class Format:
    """A format taken apart: ``kind`` "text", "number" or "day"; lengths in characters or digits."""

    kind: str
    length: int = 0
    exact: bool = False
    decimals: int = 0
    compact: bool = False


def format_of(element: Element) -> Format | None:
    """Return the format of an element; None for one that is none."""
    found = _FORMAT(element.format)
    if found is None:
        return None
    if found["text"]:
        return Format("text", int(found["length"]), exact=not found["dots"])
    if found["number"]:
        return Format("number", int(found["digits"]), decimals=int(found["decimals"] or 0))
    return Format("day", compact=element.format == "YYYYMMDD")


def check(profile: Profile, *, complete: bool = True) -> None:
    """Raise InvalidInput at the first thing that does not fit, naming item and element.

    Without ``complete`` a list of codes may lack some: a newer program has a state or a choice
    more, and a county that receives must not stop for it.
    """
    for name in profile.withheld:
        _check_withheld(profile, name)
    keys = [each.key for each in profile.items]
    if len(set(keys)) != len(keys):
        raise InvalidInput("profile", _("报送方案里有两个目录项用同一个文件名，请改正。"))
    for item in profile.items:
        for why in _flaws(item, profile, complete=complete):
            told = _("报送方案“{profile}”的“{item}”：{why}。请改正方案文件。")
            raise InvalidInput(
                "profile", told.format(profile=profile.name, item=item.name, why=why)
            )


def ends_of(item: Item, element: Element) -> tuple[Field, ...]:
    """Return the fields an element may be read from: of several types when a link may lead there.

    Empty for what is given or fixed; KeyError for a name that is not declared.
    """
    if element.value or element.field in GIVEN:
        return ()
    first, _dot, second = element.field.partition(".")
    field = _BY_NAME[item.type].field(first)
    if not second:
        return (field,)
    targets = [_BY_NAME[each] for each in field.to]
    if field.kind is Kind.LINK and second == SAME:
        return ()
    if field.kind is not Kind.LINK or not any(each.has(second) for each in targets):
        raise KeyError(second)
    return tuple(each.field(second) for each in targets if each.has(second))


def _check_withheld(profile: Profile, name: str) -> None:
    declared = _BY_NAME.get(name)
    if declared is None or not declared.synced:
        words = _("报送方案里写着“{name}”不上报，没有这种可上报的登记。请改正方案文件。")
        raise InvalidInput("profile", words.format(name=name))
    needed = {each.type for each in profile.items} | set(_targets(profile.items))
    if name in ALWAYS or name in needed:
        words = _("报送方案既用到“{name}”，又说它不上报。请改正方案文件。")
        raise InvalidInput("profile", words.format(name=_(declared.label)))


def _targets(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        for each in item.elements:
            first, dot, _second = each.field.partition(".")
            declared = _BY_NAME.get(item.type)
            if dot and declared and declared.has(first):
                yield from declared.field(first).to


def _flaws(item: Item, profile: Profile, *, complete: bool) -> Iterator[str]:
    declared = _BY_NAME.get(item.type)
    if declared is None or declared.restricted or not declared.synced:
        yield _("没有可以进目录的登记类型“{type}”").format(type=item.type)
        return
    yield from _wrong_bases(item, profile)
    states = {each.code for each in declared.life.states} if declared.life else set()
    for state in item.states:
        if state not in states:
            yield _("“{type}”没有状态“{state}”").format(type=_(declared.label), state=state)
    for name, codes in item.where.items():
        known = _codes(declared, name)
        if not codes or not set(codes) <= known:
            yield _("条件“{field}”里有不认识的代码").format(field=name)
    for each in item.elements:
        for why in _of_element(item, declared, each, complete=complete):
            yield _("数据元“{element}”{why}").format(element=each.name, why=why)


def _wrong_bases(item: Item, profile: Profile) -> Iterator[str]:
    named = {item.name_from, item.code_from}
    named |= {each.name_from for each in item.elements} | {e.code_from for e in item.elements}
    for code in sorted(named - profile.bases.keys()):
        yield _("出处“{code}”没有写明").format(code=code)
    codes = [each.code for each in item.elements]
    if not item.elements or len(set(codes)) != len(codes) or "" in codes:
        yield _("各数据元须有各不相同的代码")


def _codes(declared: RecordType, name: str) -> set[str]:
    if not declared.has(name) or declared.field(name).choices is None:
        return set()
    return {str(each) for each in declared.field(name).choices or ()}


def _of_element(
    item: Item, declared: RecordType, element: Element, *, complete: bool
) -> Iterator[str]:
    form = format_of(element)
    if form is None:
        yield _("的格式“{format}”不认识").format(format=element.format)
        return
    if bool(element.value) == bool(element.field):
        yield _("须写明取自哪个字段，或写一个固定值，二者择一")
        return
    try:
        ends = ends_of(item, element)
    except KeyError:
        yield _("没有字段“{field}”").format(field=element.field)
        return
    for field in ends:
        if not _fits(field, form, element):
            words = _("的格式“{format}”与“{field}”的类型不合")
            yield words.format(format=element.format, field=_(field.label))
        yield from _of_codes(item, declared, element, field, complete=complete)


def _fits(field: Field, form: Format, element: Element) -> bool:
    if field.kind is Kind.MONEY:
        return form.kind == "number" and form.decimals >= DECIMALS.get(element.unit, 99)
    if element.unit:
        return False
    if field.kind is Kind.NUMBER:
        return form.kind == "number" and not form.decimals
    return form.kind == ("day" if field.kind in _DATED else "text")


def _of_codes(
    item: Item, declared: RecordType, element: Element, field: Field, *, complete: bool
) -> Iterator[str]:
    if element.codes is None:
        if field.kind is Kind.FLAG:
            yield _("取自是非字段，须有代码表")
        return
    known = _known_codes(item, declared, field)
    wanted = set(item.where.get(field.name, known)) if "." not in element.field else known
    if field.name == "state" and item.states:
        wanted = set(item.states)
    if not known or not element.codes.keys() <= known:
        yield _("的代码表里有不认识的代码")
    elif complete and not wanted <= element.codes.keys():
        missing = _("、").join(sorted(wanted - element.codes.keys()))
        yield _("的代码表缺：{codes}").format(codes=missing)


def _known_codes(item: Item, declared: RecordType, field: Field) -> set[str]:
    if field.choices is not None:
        return {str(each) for each in field.choices}
    if field.kind is Kind.FLAG:
        return {"true", "false"}
    if field.kind is Kind.LINK:
        return set(field.to)
    if field.name == "state" and declared.life:
        return {each.code for each in declared.life.states if not each.private}
    return set()
