from __future__ import annotations

from itertools import pairwise

import pytest

from integrity_desk.domain.chart_shapes import SIZE, Box, Label, Path, Rule, lay_out, scale_end
from integrity_desk.domain.charts import Chart, ChartKind, Series


def measure(text: str, size: float) -> float:
    return sum(size if ord(char) > 255 else size / 2 for char in text)


def chart(kind: ChartKind, *values: float | None, **options: object) -> Chart:
    names = tuple(f"示例{at}" for at in range(len(values)))
    series = (Series(name="率", values=values),)
    return Chart(kind=kind, title="图", categories=names, series=series, **options)


def boxes(drawing):
    return [shape for shape in drawing.shapes if isinstance(shape, Box)]


def labels(drawing):
    return [shape.text for shape in drawing.shapes if isinstance(shape, Label)]


def test_bars_are_as_long_as_their_numbers():
    half, whole = boxes(lay_out(chart(ChartKind.BAR, 50, 100, top=100), 400, measure))
    assert whole.width == pytest.approx(2 * half.width)


def test_upright_bars_stand_on_the_axis_and_reach_their_number():
    low, high = boxes(lay_out(chart(ChartKind.GROUPED, 2, 4), 400, measure))
    assert high.height == pytest.approx(2 * low.height)
    assert low.y + low.height == pytest.approx(high.y + high.height)


def test_the_parts_of_a_whole_fill_the_width_and_say_their_share():
    drawing = lay_out(chart(ChartKind.SHARE, 1, 3, unit="件"), 400, measure)
    bar = [box for box in boxes(drawing) if box.height == 18]
    assert sum(box.width for box in bar) == pytest.approx(400)
    assert "示例1 3件（75%）" in labels(drawing)


def test_a_course_has_a_gap_where_there_is_nothing_to_count():
    drawing = lay_out(chart(ChartKind.LINE, 1, None, 2, 3), 400, measure)
    runs = [shape.points for shape in drawing.shapes if isinstance(shape, Path)]
    assert [len(run) for run in runs] == [1, 2]


def test_nothing_to_count_reads_as_a_dash_and_not_as_nought():
    assert "—" in labels(lay_out(chart(ChartKind.BAR, None, 0), 400, measure))
    assert chart(ChartKind.BAR, None).is_empty
    assert not chart(ChartKind.BAR, 0).is_empty


@pytest.mark.parametrize("kind", ChartKind)
def test_everything_stays_within_the_drawing(kind):
    long = Chart(
        kind=kind, title="图", unit="件",
        categories=("示例镇便民服务中心综合窗口", "示例二", "示例三"),
        series=(Series(name="一", values=(3, 5, 7)), Series(name="二", values=(1, None, 9))),
    )  # fmt: skip
    drawing = lay_out(long, 300, measure)
    for shape in drawing.shapes:
        if isinstance(shape, Box):
            assert shape.x >= -0.01
            assert shape.x + shape.width <= 300.01
            assert shape.y + shape.height <= drawing.height
        elif isinstance(shape, Label):
            assert 0 <= shape.y <= drawing.height


def test_bars_of_several_series_are_one_bar_in_parts_with_each_number_beside_it():
    parts = Chart(
        kind=ChartKind.BAR, title="图", unit="件", categories=("甲", "乙"),
        series=(Series(name="已", values=(3, 0)), Series(name="未", values=(1, 8))),
    )  # fmt: skip
    drawing = lay_out(parts, 400, measure)
    first, second, _none, whole = boxes(drawing)[:4]
    assert second.x == pytest.approx(first.x + first.width)
    assert whole.width == pytest.approx(2 * (first.width + second.width))
    assert {"3+1件", "0+8件", "已", "未"} <= set(labels(drawing))


def test_the_last_numbers_of_courses_stand_apart_and_within_the_field():
    close = Chart(
        kind=ChartKind.LINE, title="图", unit="件", categories=("一", "二"),
        series=tuple(Series(name=str(at), values=(at, at / 10)) for at in range(3)), decimals=1,
    )  # fmt: skip
    drawing = lay_out(close, 400, measure)
    axis = max(each.y for each in drawing.shapes if isinstance(each, Rule))
    ends = sorted(
        each.y for each in drawing.shapes
        if isinstance(each, Label) and each.text in ("0.0件", "0.1件", "0.2件") and not each.quiet
    )  # fmt: skip
    assert len(ends) == 3
    assert min(after - before for before, after in pairwise(ends)) >= SIZE
    assert max(ends) <= axis + SIZE / 2


def test_a_scale_falls_into_four_round_steps():
    assert [scale_end(value) for value in (0, 1, 7, 12, 23, 51, 100, 240)] == [
        4, 4, 8, 12, 24, 60, 100, 240,
    ]  # fmt: skip
    assert scale_end(0.4, whole=False) == pytest.approx(0.4)
    assert scale_end(4.7, whole=False) == pytest.approx(6)


def test_a_series_needs_a_value_for_every_category():
    with pytest.raises(ValueError, match="率"):
        Chart(
            kind=ChartKind.BAR, title="", categories=("一", "二"),
            series=(Series(name="率", values=(1,)),),
        )  # fmt: skip
