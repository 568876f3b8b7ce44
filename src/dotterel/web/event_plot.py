"""The sources of an event on a time line: who published when, and who only printed another's copy."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dotterel.store.tellings import Whole
from dotterel.web.plots import LINK, PAPER, blank, style_legend
from dotterel.web.rendering import address, segment

DAY = 86_400_000.0  # milliseconds
TICKS = 4
ROWS = 30  # outlets that are drawn, the first to publish


def drawn(event: Whole, theme: str) -> Any:
    """The figure: a row an outlet, a sign a report; a circle, or an empty square where it is a copy."""
    from bokeh.models import ColumnDataSource, HoverTool, TapTool

    points = rows_of(event)
    outlets = list(dict.fromkeys(point["outlet"] for point in points))[:ROWS]
    points = [point for point in points if point["outlet"] in outlets]
    made = blank(
        theme,
        height=110 + 26 * len(outlets),
        x_axis_type="datetime",
        y_range=outlets[::-1],
        tools="xpan,reset",
    )
    in_days(made, [point["day"] for point in points])
    signs = (("own", "circle", "Written by the outlet", True), ("copy", "square", "Prints the same copy", False))
    for kind, marker, label, filled in signs:
        own = [point for point in points if point["kind"] == kind]
        if own:
            source = ColumnDataSource({name: [point[name] for point in own] for name in own[0]}, tags=[LINK])
            colour = PAPER[theme]["accent"]
            fill = colour if filled else PAPER[theme]["surface"]
            made.scatter("day", "outlet", source=source, marker=marker, size=13, fill_color=fill, line_color=colour,
                         line_width=2, legend_label=label)  # fmt: skip
    made.add_tools(TapTool(), HoverTool(tooltips=[("", "@title"), ("Outlet", "@outlet"), ("Published", "@day{%F}")],
                                        formatters={"@day": "datetime"}))  # fmt: skip
    band(made, event, theme)
    if made.legend:
        made.legend[0].orientation = "horizontal"
        made.add_layout(made.legend[0], "above")
    style_legend(made, theme)
    return made


def in_days(made: Any, moments: list[float]) -> None:
    """Have the axis tell whole days, with one to spare at either end."""
    from bokeh.models.formatters import DatetimeTickFormatter
    from bokeh.models.tickers import SingleIntervalTicker

    first, last = min(moments) - DAY, max(moments) + DAY
    years = {date.fromtimestamp(moment / 1000).year for moment in (first, last)}
    words: Any = dict.fromkeys(("hours", "days", "months", "years"), "%d %b" if len(years) == 1 else "%d %b %y")
    made.x_range.start, made.x_range.end = first, last
    step = max(1, round((last - first) / DAY / TICKS))
    made.xaxis.ticker = SingleIntervalTicker(interval=step * DAY, num_minor_ticks=0)
    made.xgrid.ticker = made.xaxis[0].ticker
    made.xaxis.formatter = DatetimeTickFormatter(**words)
    made.xaxis.axis_label = f"Published in {years.pop()}" if len(years) == 1 else "Published"


def band(made: Any, event: Whole, theme: str) -> None:
    """The days on which the act is told to have happened, behind the reports of it."""
    from bokeh.models.annotations import BoxAnnotation

    first, last = event.act["first_day"], event.act["last_day"]
    if first is None or (last - first).days > 31:
        return
    days: dict[str, Any] = {"left": moment(first), "right": moment(last + timedelta(days=1))}
    made.add_layout(BoxAnnotation(**days, fill_color=PAPER[theme]["muted"], fill_alpha=0.15, level="underlay"))


def moment(day: date) -> float:
    """A day as Bokeh counts time: milliseconds since 1970."""
    return (day - date(1970, 1, 1)).days * DAY


def rows_of(event: Whole) -> list[dict[str, Any]]:
    """A point a report, in order of publication."""
    seen: dict[str, dict[str, Any]] = {}
    for telling in sorted(event.tellings, key=lambda t: (str(t.row["published"]), t.report_id)):
        if telling.row["published"]:
            seen.setdefault(
                telling.report_id,
                {
                    "day": moment(telling.row["published"]),
                    "outlet": telling.label[:40],
                    "kind": "copy" if telling.row["of_id"] else "own",
                    "title": telling.row["title"] or "No title",
                    "href": address(f"/reports/{segment(telling.report_id)}", event=telling.event_id),
                },
            )
    return list(seen.values())
