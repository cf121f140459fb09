"""How the columns of a register's table share its width."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from integrity_desk.ui.models.rows import Column

_SENTENCE = 76
"""Steps that some twenty characters take: what a stretching column has before others grow."""
_NARROWEST = 16


def shared_widths(
    columns: Sequence[Column], room: int, space: Callable[[float], int]
) -> dict[int, int]:
    """Return the width of every column that is shown, in their order.

    Those of the highest rank drop out when room is short; of spare room, a stretching column
    first gets enough for a sentence, then others grow as far as they may, those that need least
    first, then it takes the rest.
    """
    widths = {number: space(each.width) for number, each in enumerate(columns)}
    for number in sorted(widths, key=lambda each: -columns[each].rank):
        if columns[number].rank and sum(widths.values()) > room:
            del widths[number]
    stretching = [number for number in widths if columns[number].stretch]
    kept = sum(max(0, space(_SENTENCE) - widths[number]) for number in stretching)
    spare = room - sum(widths.values()) - kept
    for number in sorted(widths, key=lambda each: space(columns[each].widest) - widths[each]):
        more = min(spare, space(columns[number].widest) - widths[number])
        if more > 0:
            widths[number] += more
            spare -= more
    spare = room - sum(widths.values())
    for left, number in zip(range(len(stretching), 0, -1), stretching, strict=True):
        share = spare // left
        spare -= share
        widths[number] = max(widths[number] + share, space(_NARROWEST))
    return widths
