"""The plot of two parties: acts by class as bars, the mean score as a line below, and where the series changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from dotterel.analysis.dyads import KINDS
from dotterel.codebook.loader import QUADS
from dotterel.web.dyad_told import Told, behind, changes
from dotterel.web.periods import Rows, last_day, period_words, plain
from dotterel.web.plots import PAPER, QUAD_COLOURS, blank

SELECTED = "select:acts"  # tag of the sources: static/dyad.js lists the acts of a bar that is chosen
DAY = 86_400_000  # milliseconds
GAP = 0.08  # of a period, between two bars
STACKS = {1: 1, 2: 1, 3: -1, 4: -1}  # cooperation up, conflict down
TICKS = 4  # on each side of zero
COLUMNS = ("left", "right", "bottom", "top", "when", "count", "href", "kind", "colour")  # of the bars
TOOLS = "xpan,xbox_zoom,xwheel_zoom,reset,save,tap"


def draw(told: Told, theme: str) -> Any:
    """The plot as a Bokeh layout: two figures with one axis of time."""
    from bokeh.layouts import column

    rows = plain(told.series)
    counts = bars(told, rows, theme)
    means = line(told, rows, theme, counts.x_range)
    mark_changes(told, (counts, means), theme)
    return column(counts, means, sizing_mode="stretch_width")


def bars(told: Told, rows: Rows, theme: str) -> Any:
    """The acts of each period: cooperation stacked above the axis, conflict below it."""
    from bokeh.models import ColumnDataSource

    made = blank(theme, x_axis_type="datetime", height=280, tools=TOOLS, name="counts")
    made.x_range = days_shown(rows, told.by)
    quiet(made)
    stacks = stacked(told, rows, theme)
    source = ColumnDataSource({name: [bar[name] for bar in stacks] for name in COLUMNS}, tags=[SELECTED], name="bars")
    made.quad(left="left", right="right", bottom="bottom", top="top", fill_color="colour", source=source,
              line_color=PAPER[theme]["surface"], line_width=0.5, nonselection_fill_alpha=0.45,
              selection_line_color=PAPER[theme]["ink"])  # fmt: skip
    count_axis(made, [bar["top"] for bar in stacks], [bar["bottom"] for bar in stacks])
    made.yaxis.axis_label = f"acts a {told.by}"
    zero(made, theme)
    hover(made, [("", "@when"), ("", "@count @kind")])
    return made


def stacked(told: Told, rows: Rows, theme: str) -> Rows:
    """The bars, class by class, each on the one before it."""
    ends: dict[tuple[date, int], int] = {}  # of a period, up and down
    found = []
    for quad, name in KINDS.items():
        for row in rows:
            if not row[name]:
                continue
            key = (row["period"], STACKS[quad])
            start = ends.get(key, 0)
            ends[key] = end = start + STACKS[quad] * row[name]
            left, right = edges(row["period"], told.by)
            values = (left, right, min(start, end), max(start, end), period_words(row["period"], told.by), row[name],
                      behind(told, row["period"], quad), QUADS[quad], QUAD_COLOURS[theme][quad])  # fmt: skip
            found.append(dict(zip(COLUMNS, values, strict=True)))
    return found


def count_axis(made: Any, tops: list[int], bottoms: list[int]) -> None:
    """An axis of whole numbers that counts upward both ways from zero."""
    from bokeh.models import FixedTicker, Range1d

    top, bottom = max([1, *tops]), min([0, *bottoms])
    room = max(top, -bottom) * 0.06
    ticks = steps(max(top, -bottom))
    made.yaxis.ticker = FixedTicker(ticks=[-tick for tick in ticks if tick] + ticks)
    made.yaxis.major_label_overrides = {sign * tick: f"{tick:,}" for tick in ticks for sign in (1, -1)}
    made.y_range = Range1d(start=bottom - room, end=top + room)


def line(told: Told, rows: Rows, theme: str, x_range: Any) -> Any:
    """The mean score of each period; no line over periods without acts."""
    from bokeh.models import ColumnDataSource

    made = blank(theme, x_axis_type="datetime", height=190, x_range=x_range, y_range=(-10.5, 10.5), tools=TOOLS,
                 toolbar_location=None)  # fmt: skip
    quiet(made)
    middles = [sum(edges(row["period"], told.by)) / 2 for row in rows]
    scores = [float("nan") if row["score"] is None else row["score"] for row in rows]
    ink = PAPER[theme]["ink"]
    made.line(middles, scores, color=ink, line_width=1.25)
    known = [(x, row) for x, row in zip(middles, rows, strict=True) if row["score"] is not None]
    source = ColumnDataSource(
        {
            "x": [x for x, _ in known],
            "score": [row["score"] for _, row in known],
            "when": [period_words(row["period"], told.by) for _, row in known],
            "acts": [row["acts"] for _, row in known],
            "href": [behind(told, row["period"], None) for _, row in known],
        },
        tags=[SELECTED],
    )
    made.scatter("x", "score", source=source, size=6 if len(known) < 400 else 3, color=ink)
    made.yaxis.ticker = [-10, -5, 0, 5, 10]
    made.yaxis.axis_label = "mean score"
    zero(made, theme)
    hover(made, [("", "@when"), ("mean score", "@score{0.0}"), ("acts", "@acts")])
    return made


def mark_changes(told: Told, figures: tuple[Any, ...], theme: str) -> None:
    """A line where the series changed."""
    from bokeh.models.annotations import Span

    for row in changes(told)[0]:
        for made in figures:
            made.add_layout(
                Span(
                    location=edges(row["period"], told.by)[0],
                    dimension="height",
                    line_color=PAPER[theme]["accent"],
                    line_dash="dashed",
                    line_width=2,
                )
            )


def edges(period: date, by: str) -> tuple[float, float]:
    """Where the bar of a period begins and ends, in milliseconds."""
    first, after = stamp(period), stamp(last_day(period, by)) + DAY
    gap = (after - first) * GAP / 2
    return first + gap, after - gap


def stamp(day: date) -> float:
    """The beginning of a day in milliseconds."""
    return float((day - date(1970, 1, 1)).days * DAY)


def days_shown(rows: Rows, by: str) -> Any:
    """The axis of time, with a little room on both sides."""
    from bokeh.models import Range1d

    if not rows:
        return Range1d(start=stamp(date(2000, 1, 1)), end=stamp(date(2001, 1, 1)))
    first, last = stamp(rows[0]["period"]), stamp(last_day(rows[-1]["period"], by)) + DAY
    room = (last - first) * 0.01
    return Range1d(start=first - room, end=last + room, bounds=(first - room, last + room))


def steps(most: int) -> list[int]:
    """Whole numbers from 0 on that suit an axis up to so many."""
    rough = max(most, 1) / TICKS
    scale = 10 ** max(len(str(int(rough))) - 1, 0)
    step = next(factor * scale for factor in (1, 2, 5, 10) if factor * scale >= rough)
    return list(range(0, most + step, step))


def quiet(made: Any) -> None:
    """Nothing happens to a plot that is only scrolled over, and its days do not run into one another."""
    from bokeh.models.labeling import NoOverlap

    made.toolbar.active_drag = None
    made.xaxis.major_label_policy = NoOverlap(min_distance=10)


def zero(made: Any, theme: str) -> None:
    """The line between cooperation and conflict."""
    from bokeh.models.annotations import Span

    made.add_layout(Span(location=0, dimension="width", line_color=PAPER[theme]["muted"], line_width=1))


def hover(made: Any, told: list[tuple[str, str]]) -> None:
    """What is told of the bar or point under the mouse."""
    from bokeh.models import HoverTool

    made.add_tools(HoverTool(tooltips=told, point_policy="follow_mouse"))
