"""Words people read. Chinese is the source language; English is the complete translation.

``_("登记投诉")`` is called when the text is shown, never at import time, so one process can
change language. Texts that must be declared at import time are marked with ``N_`` or are
labels of a declaration, and are translated where they are shown. Paper is always Chinese:
whatever prints does so under ``in_chinese``.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from integrity_desk.paths import resource

LANGUAGES = {"zh": "中文", "en": "English"}

_SOURCE = gettext.NullTranslations()
_translations: gettext.NullTranslations = _SOURCE
_language = "zh"
_printing: ContextVar[bool] = ContextVar("printing", default=False)


def set_language(language: str) -> None:
    """Switch all later ``_`` calls of the program to ``language`` ("zh" or "en")."""
    global _translations, _language
    _language = language
    _translations = _SOURCE
    if language != "zh":
        with resource(f"wording/{language}.mo").open("rb") as compiled:
            _translations = gettext.GNUTranslations(compiled)


def language() -> str:
    """Return the current language code."""
    return _language


@contextmanager
def in_chinese() -> Iterator[None]:
    """Read all words of the block in Chinese, in this thread only: sheets for the wall."""
    token = _printing.set(True)
    try:
        yield
    finally:
        _printing.reset(token)


def _(text: str) -> str:
    """Translate a Chinese source text into the current language."""
    if not text:
        return ""
    return text if _printing.get() else _translations.gettext(text)


def N_(text: str) -> str:
    """Mark a text declared at import time for translation; returned as it is."""
    return text
