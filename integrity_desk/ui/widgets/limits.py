"""How much may be typed where no declaration says it, and what is said when it was more."""

from __future__ import annotations

from integrity_desk.wording import _

MOST_TYPED = 200
"""Characters of one line."""


def cut_sentence(most: int) -> str:
    """Return what is said when the end of a pasted text did not fit into a line."""
    return _("这里最多 {most} 字，多出的没有放入，请检查。").format(most=f"{most:,}")
