"""Keep the English translation complete: collect, update, translate, compile, check.

    python tools/wording.py update            collect all source texts into resources/wording/en.po
    python tools/wording.py missing           print the untranslated texts as JSON, to fill in
    python tools/wording.py apply FILE.json   take over translations from such a file
    python tools/wording.py compile           write en.mo from en.po
    python tools/wording.py check             say what is wrong; exit code 1 if anything is

``apply`` updates and compiles as well. Source texts are the arguments of ``_`` and ``N_``, all
labels of the domain's declarations, the names and clauses in ``resources/rules``, and the festivals
in ``resources/calendars``.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import string
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from integrity_desk import domain  # noqa: E402  (found beside this folder, installed or not)
from integrity_desk.domain.fields import Choice, Field  # noqa: E402
from integrity_desk.domain.records import record_types  # noqa: E402

PO = ROOT / "resources" / "wording" / "en.po"
MO = PO.with_suffix(".mo")

_HEADER = (
    "# English wording of Integrity Desk. Kept by tools/wording.py; translations are edited here."
)
_WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""A fixed date in the header, so that files differ only where words differ."""

_NAMES_IN_RULES = ("name", "label", "title", "clause")
_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
"""Characters and full-width punctuation: an English sentence has neither."""

_WORD = re.compile(r"[A-Za-z]{2,}")
_LATIN_IN_CHINESE = frozenset(
    {
        "CSV",
        "csv",
        "json",
        "FAT",
        "GB",
        "HTML",
        "ID",
        "JPEG",
        "JSON",
        "KB",
        "MB",
        "PDF",
        "PNG",
        "PPP",
        "QR",
        "USB",
        "UTF",
        "XLSX",
    }
    | {"Alt", "Ctrl", "Delete", "Enter", "Esc", "Excel", "Shift", "Tab", "Word", "Windows"}
    | {"CUPS", "lp"}
    | {"PostgreSQL", "postgresql", "psycopg", "flask", "waitress"}
)
_NOT_PROSE = re.compile(
    r"\{[^}]*\}|<[^>]*>|\[\w+\]|\b\w+ =|[\w*]*\.[a-z]+\b|(\b[a-z]+ )?--[a-z-]+|\bdesk-out\b"
)
"""Placeholders, mark-up, keys of a settings file, file names and options of the command line."""


def main(arguments: list[str]) -> int:
    """Run one sub-command; return the exit code."""
    match arguments:
        case ["update"]:
            save(updated(load()))
        case ["missing"]:
            print(json.dumps(missing(updated(load())), ensure_ascii=False, indent=1))
        case ["apply", name]:
            catalog = updated(load())
            apply(catalog, json.loads(Path(name).read_text(encoding="utf-8")))
            save(catalog)
            MO.write_bytes(compiled(catalog))
        case ["compile"]:
            MO.write_bytes(compiled(load()))
        case ["check"]:
            found = problems()
            print("\n".join(found) or "The wording is complete.")
            return 1 if found else 0
        case _:
            print(__doc__)
            return 2
    return 0


def collect() -> dict[str, list[str]]:
    """Return every source text with the files it stands in, in order of the files."""
    found: dict[str, list[str]] = {}
    for text, place in [*_marked(), *_declared(), *_named_in_rules(), *_festivals()]:
        if _CHINESE.search(text) and place not in found.setdefault(text, []):
            found[text].append(place)
    return found


def load() -> Catalog:
    """Return the catalogue as it is on disk; an empty one when there is none yet."""
    if not PO.exists():
        return Catalog(locale="en")
    with PO.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def updated(old: Catalog) -> Catalog:
    """Return a catalogue of exactly the collected texts, with the translations known so far."""
    new = Catalog(
        locale="en",
        project="Integrity Desk",
        version="1",
        header_comment=_HEADER,
        fuzzy=False,
        creation_date=_WRITTEN,
        revision_date=_WRITTEN,
        msgid_bugs_address="see CONTRIBUTING.md",
        last_translator="Integrity Desk",
        language_team="English",
    )
    for text, places in collect().items():
        known = old.get(text)
        translated = known.string if known is not None and not known.fuzzy else ""
        new.add(text, translated, locations=[(place, 1) for place in places])
    return new


def missing(catalog: Catalog) -> dict[str, str]:
    """Return the untranslated texts, each with an empty translation to fill in."""
    return {str(each.id): "" for each in catalog if each.id and not each.string}


def apply(catalog: Catalog, translations: dict[str, str]) -> None:
    """Set translations; a text that is not in the catalogue, or a lost placeholder, stops it."""
    for text, translated in translations.items():
        message = catalog.get(text)
        if message is None:
            raise SystemExit(f"not a source text: {text}")
        if translated and (found := flaw(text, translated)):
            raise SystemExit(found)
        message.string = translated or message.string


def save(catalog: Catalog) -> None:
    """Write en.po."""
    PO.parent.mkdir(exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, width=100, include_lineno=False, ignore_obsolete=True)


def compiled(catalog: Catalog) -> bytes:
    """Return the contents of en.mo."""
    output = BytesIO()
    write_mo(output, catalog)
    return output.getvalue()


def problems() -> list[str]:
    """Return a sentence for everything that keeps the wording from being complete."""
    catalog, wanted = load(), collect()
    known = {str(each.id): each for each in catalog if each.id}
    found = [f"not in en.po: {text}" for text in wanted if text not in known]
    found += [f"no longer used: {text}" for text in known if text not in wanted]
    found += [f"obsolete: {text}" for text in catalog.obsolete]
    found += [f"untranslated: {text}" for text in missing(catalog)]
    found += [f"fuzzy: {text}" for text, each in known.items() if each.fuzzy]
    found += [
        said
        for text, each in known.items()
        if each.string and (said := flaw(text, str(each.string)))
    ]
    found += [f"English in Chinese: {word} in {text}" for text in wanted for word in foreign(text)]
    if not MO.exists() or MO.read_bytes() != compiled(catalog):
        found.append("en.mo is not compiled from en.po: run tools/wording.py compile")
    return found


def flaw(text: str, translated: str) -> str:
    """Say what is wrong with one translation; "" if nothing is."""
    if placeholders(text) != placeholders(translated):
        return f"placeholders differ: {text} / {translated}"
    if _CHINESE.search(translated):
        return f"Chinese left in English: {text} / {translated}"
    return ""


def placeholders(text: str) -> list[str]:
    """Return the named fields of a text, sorted."""
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


def foreign(text: str) -> list[str]:
    """Return the English words in a Chinese text, apart from the usual names of things."""
    prose = _NOT_PROSE.sub("", text)
    return [word for word in _WORD.findall(prose) if word not in _LATIN_IN_CHINESE]


def _marked() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "integrity_desk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name("_" | "N_"), args=[ast.Constant(str() as text)]):
                    yield text, path.relative_to(ROOT).as_posix()


def _declared() -> Iterator[tuple[str, str]]:
    for module in pkgutil.walk_packages(domain.__path__, f"{domain.__name__}."):
        importlib.import_module(module.name)
    for each in record_types():
        place = _file_of(each.cls)
        yield each.label, place
        for field in each.fields:
            yield from ((text, place) for text in _words_of(field))
        if each.life is not None:
            yield from ((state.label, place) for state in each.life.states)
            yield from ((step.label, place) for step in each.life.steps)
    for choices in Choice.__subclasses__():
        if choices.__module__.startswith(domain.__name__):  # a test may declare its own
            yield from ((member.label, _file_of(choices)) for member in choices)


def _words_of(field: Field) -> tuple[str, ...]:
    return field.label, field.section, field.help


def _file_of(cls: type) -> str:
    return cls.__module__.replace(".", "/") + ".py"


def _named_in_rules() -> Iterator[tuple[str, str]]:
    folders = [ROOT / "resources" / each for each in ("rules", "templates")]
    for path in sorted(path for each in folders for path in each.glob("*.toml")):
        rules = tomllib.loads(path.read_text(encoding="utf-8"))
        yield from ((text, path.relative_to(ROOT).as_posix()) for text in _names_in(rules))


def _festivals() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "resources" / "calendars").glob("*.toml")):
        notice = tomllib.loads(path.read_text(encoding="utf-8"))
        days = {**notice["holidays"], **notice.get("workdays", {})}
        yield from ((festival, path.relative_to(ROOT).as_posix()) for festival in days)


def _names_in(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _names_in(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key in _NAMES_IN_RULES and isinstance(each, str):
                yield each
            else:
                yield from _names_in(each)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
