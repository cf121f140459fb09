"""Time is passed in: a ``Now`` returns the present moment in UTC; days are China days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

Now = Callable[[], datetime]

CHINA = timezone(timedelta(hours=8), "CST")


def system_now() -> datetime:
    """Return the machine's present moment in UTC."""
    return datetime.now(UTC)


def china_day(moment: datetime) -> date:
    """Return the calendar day in China at ``moment``."""
    return moment.astimezone(CHINA).date()


def epoch_ms(moment: datetime) -> int:
    """Return milliseconds since 1970 UTC."""
    return int(moment.timestamp() * 1000)


def from_epoch_ms(milliseconds: int) -> datetime:
    """Return the UTC moment of milliseconds since 1970."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
