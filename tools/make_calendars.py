"""Make ``resources/calendars/*.toml`` from the package chinesecalendar (MIT licence).

    python tools/make_calendars.py

Needs ``chinesecalendar``; the program itself reads only the files made here. A later year may
also be written by hand, from the State Council's notice, in the same form.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

from chinese_calendar.constants import Holiday, holidays, workdays

_TARGET = Path(__file__).parent.parent / "resources" / "calendars"
_HEADER = """\
# Made by tools/make_calendars.py from chinesecalendar (https://github.com/LKI/chinese-calendar,
# MIT licence), which follows the State Council's notice named as the source.
"""

_Days = dict[str, list[date]]


def main() -> None:
    """Write one file per notice; days of December that belong to New Year go to its notice."""
    names = {each.value: each.chinese for each in Holiday}
    off = _by_notice(holidays, names)
    worked = _by_notice(workdays, names)
    _TARGET.mkdir(exist_ok=True)
    for year in sorted(off):
        text = (
            f'{_HEADER}year = {year}\nsource = "国务院办公厅{year}年部分节假日安排通知"\n'
            f"\n[holidays]\n{_table(off[year])}\n[workdays]\n{_table(worked[year])}"
        )
        (_TARGET / f"{year}.toml").write_text(text, "utf-8", newline="\n")


def _by_notice(days: dict[date, str], names: dict[str, str]) -> dict[int, _Days]:
    notices: dict[int, _Days] = defaultdict(lambda: defaultdict(list))
    for day, holiday in sorted(days.items()):
        next_year = day.month == 12 and holiday == Holiday.new_years_day.value
        notices[day.year + next_year][names[holiday]].append(day)
    return notices


def _table(days: _Days) -> str:
    return "".join(
        f'"{name}" = [{", ".join(day.isoformat() for day in listed)}]\n'
        for name, listed in days.items()
    )


if __name__ == "__main__":
    main()
