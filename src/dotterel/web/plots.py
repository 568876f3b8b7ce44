"""Plots by Bokeh as data for a page: the same colours as the page, light or dark, and a link behind every point."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

QUAD_COLOURS = {  # as --quad-1 to --quad-4 in static/desk.css: told apart by people who do not see red and green alike
    "light": {1: "#2f7fb8", 2: "#12507e", 3: "#d98324", 4: "#a8321e"},
    "dark": {1: "#7cbce8", 2: "#4796cf", 3: "#f2b366", 4: "#ee7f68"},
}
PAPER = {
    "light": {"ink": "#1d2327", "muted": "#59636b", "line": "#d9dee2", "surface": "#ffffff", "accent": "#0b5f8a"},
    "dark": {"ink": "#e6eaed", "muted": "#a3adb5", "line": "#39424a", "surface": "#1b2025", "accent": "#7cc4ef"},
}
LINK = "link"  # tag of a data source whose column `href` a click on a point follows


def theme_of(request: Request) -> str:
    """The theme that the page asks a plot in: light or dark."""
    return "dark" if request.query_params.get("theme") == "dark" else "light"


def blank(theme: str, **options: Any) -> Any:
    """A figure in the colours of the page, as wide as its place, without Bokeh's logo."""
    from bokeh.plotting import figure

    paper = PAPER[theme]
    made: Any = figure(**{"height": 320, "sizing_mode": "stretch_width", "toolbar_location": "above", **options})
    made.toolbar.logo = None
    made.background_fill_color = made.border_fill_color = paper["surface"]
    made.outline_line_color = paper["line"]
    made.title.text_color = paper["ink"]
    for axis in made.axis:
        axis.axis_label_text_color = axis.major_label_text_color = paper["muted"]
        axis.axis_line_color = axis.major_tick_line_color = axis.minor_tick_line_color = paper["line"]
        axis.axis_label_text_font_style = "normal"
    made.grid.grid_line_color = paper["line"]
    return made


def style_legend(made: Any, theme: str) -> None:
    """The legend of a figure in the colours of the page; to be called once there is one."""
    for legend in made.legend:
        legend.background_fill_color = PAPER[theme]["surface"]
        legend.border_line_color = PAPER[theme]["line"]
        legend.label_text_color = PAPER[theme]["ink"]


def as_response(made: Any) -> Response:
    """A figure or layout as what static/plots.js embeds."""
    from bokeh.embed import json_item

    return Response(json.dumps(json_item(made)), media_type="application/json")
