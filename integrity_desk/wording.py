"""Words people read. Chinese is the source language; English is the complete translation.

``_("登记投诉")`` is called when the text is shown, never at import time, so one process can
change language. Texts that must be declared at import time are marked with ``N_`` or are
labels of a declaration, and are translated where they are shown.
"""

from __future__ import annotations

import gettext

from integrity_desk.paths import resource

LANGUAGES = {"zh": "中文", "en": "English"}

_translations: gettext.NullTranslations = gettext.NullTranslations()
_language = "zh"


def set_language(language: str) -> None:
    """Switch all later ``_`` calls to ``language`` ("zh" or "en")."""
    global _translations, _language
    _language = language
    _translations = gettext.NullTranslations()
    if language != "zh":
        with resource(f"wording/{language}.mo").open("rb") as compiled:
            _translations = gettext.GNUTranslations(compiled)


def language() -> str:
    """Return the current language code."""
    return _language


def _(text: str) -> str:
    """Translate a Chinese source text into the current language."""
    return _translations.gettext(text) if text else ""


def N_(text: str) -> str:
    """Mark a text declared at import time for translation; returned as it is."""
    return text
