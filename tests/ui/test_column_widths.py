"""What a register's columns get of its width: titles a sentence, names of units their rest."""

from __future__ import annotations

from integrity_desk.ui.models.rows import Column
from integrity_desk.ui.widgets.column_widths import shared_widths

COLUMNS = (
    Column(name="number", label="编号", width=40),
    Column(name="title", label="事项", width=40, stretch=True),
    Column(name="unit", label="单位", width=40, widest=60, rank=1),
    Column(name="kind", label="类别", width=30, rank=2),
)


def widths(room: int) -> dict[int, int]:
    return shared_widths(COLUMNS, room, round)


def test_everything_fits_exactly():
    for room in range(120, 400):
        assert sum(widths(room).values()) == room


def test_the_column_of_the_highest_rank_drops_first():
    assert list(widths(149)) == [0, 1, 2]
    assert list(widths(119)) == [0, 1]


def test_a_name_grows_only_after_the_title_has_room_for_a_sentence():
    assert widths(150 + 36) == {0: 40, 1: 76, 2: 40, 3: 30}
    assert widths(150 + 36 + 20) == {0: 40, 1: 76, 2: 60, 3: 30}
    assert widths(150 + 36 + 30) == {0: 40, 1: 86, 2: 60, 3: 30}


def test_without_room_the_title_keeps_a_few_characters():
    assert widths(30) == {0: 40, 1: 16}
