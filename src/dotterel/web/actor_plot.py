"""The acts of an actor on a time line: a sign an act, higher the more cooperative, each a link to its event."""

from __future__ import annotations

from typing import Any

from dotterel.codebook.loader import QUADS
from dotterel.store.deeds import Act, Deeds
from dotterel.web.event_plot import DAY, moment
from dotterel.web.plots import LINK, QUAD_COLOURS, blank, style_legend
from dotterel.web.rendering import segment

MOST = 1000  # acts that are drawn, the latest
MARKERS = {1: "circle", 2: "square", 3: "triangle", 4: "inverted_triangle"}
SPARE = 10 * DAY  # at either end, so that a few days are not told to the second
SPREAD = 0.3  # of a score, by which acts of one day are drawn apart


def drawn(did: Deeds, theme: str) -> Any:
    """The figure."""
    from bokeh.models import HoverTool, TapTool
    from bokeh.models.sources import ColumnDataSource

    acts = [act for act in did.acts if act.day][:MOST]
    made = blank(
        theme, height=360, x_axis_type="datetime", y_range=(-11, 11), tools="xpan,xwheel_zoom,box_zoom,reset",
        y_axis_label="Score",
    )  # fmt: skip
    if acts:
        ends = [moment(act.day) for act in (acts[-1], acts[0]) if act.day]
        spare = max(SPARE, (ends[1] - ends[0]) / 50)
        made.x_range.start, made.x_range.end = ends[0] - spare, ends[1] + spare
    for quad, marker in MARKERS.items():
        points = [point(act, did, number) for number, act in enumerate(acts) if act.quad == quad]
        if points:
            source = ColumnDataSource({name: [one[name] for one in points] for name in points[0]}, tags=[LINK])
            colour = QUAD_COLOURS[theme][quad]
            made.scatter("day", "height", source=source, marker=marker, size=8, fill_color=colour, fill_alpha=0.6,
                         line_color=colour, legend_label=QUADS[quad])  # fmt: skip
    made.add_tools(TapTool(), HoverTool(tooltips=[("", "@told"), ("Day", "@date"), ("Score", "@score")]))
    if made.legend:
        made.legend[0].orientation = "horizontal"
        made.legend[0].click_policy = "hide"
        made.legend[0].ncols = 2
        made.add_layout(made.legend[0], "above")
    style_legend(made, theme)
    return made


def point(act: Act, did: Deeds, number: int) -> dict[str, Any]:
    """An act as a row of the figure's data."""
    others = ", ".join(name for _, name, _ in did.others(act))
    assert act.day is not None
    return {
        "day": moment(act.day),
        "height": act.score + SPREAD * (number % 5 - 2) / 2,
        "score": act.score,
        "date": str(act.day),
        "told": f"{act.type}: {others}" if others else act.type,
        "href": f"/events/{segment(act.linked_id)}",
    }
