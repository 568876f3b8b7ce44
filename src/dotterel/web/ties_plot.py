"""The signed graph as Bokeh draws it: parties with the letter of their side, ties drawn through or dashed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from dotterel.analysis.layout import Spot
from dotterel.web.plots import PAPER, QUAD_COLOURS, blank
from dotterel.web.standing import LETTERS, Party, Standing, Tie

# Colours of sides, on which white (light) or black (dark) letters can be read, and shapes beside them.
SIDES = {
    "light": ("#0b5f8a", "#7b3f9e", "#1f6b3a", "#85590a", "#a02c5e", "#44525c", "#3d4aa3"),
    "dark": ("#7cc4ef", "#cfa6ea", "#86d9a3", "#e6bd6a", "#f2a0c2", "#b9c4cc", "#aab4ff"),
}
SHAPES = ("circle", "square", "hex", "diamond", "triangle", "inverted_triangle")
ROOM = {"circle": 1.0, "square": 0.9, "hex": 1.05, "diamond": 1.3, "triangle": 1.25, "inverted_triangle": 1.25}
SMALLEST, GROWTH = 16, 22  # pixels
WIDEST = 6
FAINTEST = 0.4  # how much of its colour the weakest tie has
LONGEST = 17  # letters of a name in the drawing
Columns = dict[str, list[Any]]
Linked = Callable[[str], str]  # where a click on a party leads
Joined = Callable[[str, str], str]  # where a click on a tie leads


def sources(found: Standing, theme: str, party: Linked, tie: Joined) -> dict[str, Columns]:
    """What the drawing shows, as columns: parties, friendly and hostile ties."""
    heaviest = max((abs(one.score) for one in found.ties), default=1.0)
    return {
        "parties": party_columns(found, theme, party),
        "friendly": tie_columns((one for one in found.ties if one.score > 0), found.spots, heaviest, tie),
        "hostile": tie_columns((one for one in found.ties if one.score < 0), found.spots, heaviest, tie),
    }


def party_columns(found: Standing, theme: str, linked: Linked) -> Columns:
    """One entry a party."""
    busiest = max((party.acts for party in found.parties), default=1) or 1
    rows = [party_cells(party, found.spots[party.id], busiest, theme) for party in found.parties]
    names = party_cells(Party("", "", None, 0, 0, 0, 0, None), (0.0, 0.0), 1, theme)
    columns: Columns = {name: [row[name] for row in rows] for name in names}
    return {**columns, "href": [linked(party.id) for party in found.parties]}


def party_cells(party: Party, spot: Spot, busiest: int, theme: str) -> dict[str, Any]:
    """How a party is drawn, and what its hint tells."""
    paper = PAPER[theme]
    number = LETTERS.index(party.side[0]) if party.side else None
    shape = "circle" if number is None else SHAPES[number % len(SHAPES)]
    size = (SMALLEST + GROWTH * math.sqrt(party.acts / busiest)) * ROOM[shape]
    colour = paper["surface"] if number is None else SIDES[theme][number % len(SIDES[theme])]
    return {
        "id": party.id,
        "name": party.name,
        "label": shortened(party),
        "letter": party.side or "",
        "side": f"side {party.side}" if party.side else "no side: it has no friends",
        "x": spot[0],
        "y": spot[1],
        "size": round(size, 1),
        "down": round(size / 2 + 2, 1),
        "shape": shape,
        "fill": colour,
        "line": paper["muted"] if number is None else colour,
        "ink": paper["ink"] if number is None else paper["surface"],
        "acts": party.acts,
        "friends": party.friends,
        "foes": party.foes,
        "balance": "no triads" if party.balanced is None else f"{party.balanced:.0%} of {party.triads:,} triads",
    }


def shortened(party: Party) -> str:
    """A country's code, or as much of a name as there is room for."""
    if ":" not in party.id:
        return party.id
    return party.name if len(party.name) <= LONGEST else party.name[: LONGEST - 1].rstrip() + "…"


def tie_columns(ties: Iterable[Tie], spots: dict[str, Spot], heaviest: float, joined: Joined) -> Columns:
    """One entry a tie."""
    some = list(ties)
    return {
        "a": [one.a for one in some],
        "b": [one.b for one in some],
        "names": [f"{one.a_name} and {one.b_name}" for one in some],
        "x0": [spots[one.a][0] for one in some],
        "y0": [spots[one.a][1] for one in some],
        "x1": [spots[one.b][0] for one in some],
        "y1": [spots[one.b][1] for one in some],
        "alpha": [round(FAINTEST + (1 - FAINTEST) * math.sqrt(abs(one.score) / heaviest), 2) for one in some],
        "width": [round(1 + WIDEST * math.sqrt(abs(one.score) / heaviest), 2) for one in some],
        "score": [f"{one.score:+g}" for one in some],
        "acts": [f"{one.counts['cooperation']} of cooperation, {one.counts['conflict']} of conflict" for one in some],
        "joint": [str(one.counts["joint"]) for one in some],
        "stances": [f"{one.counts['supports']} for, {one.counts['opposes']} against" for one in some],
        "href": [joined(one.a, one.b) for one in some],
    }


def drawing(shown: dict[str, Columns], theme: str) -> Any:
    """The figure. A script finds the data sources by their names: it puts other data into them, and tells what is
    pointed at; Bokeh's own hints would tell of every tie that ends in a party.
    """
    from bokeh.core.properties import value
    from bokeh.models import ColumnDataSource, Range1d

    made = blank(
        theme, name="network", sizing_mode="stretch_both", toolbar_location="right", tools="pan,wheel_zoom,reset",
        active_drag=None, active_scroll=None, x_range=Range1d(start=-1.25, end=1.25),
        y_range=Range1d(start=-1.25, end=1.12),
    )  # fmt: skip
    made.axis.visible = made.grid.visible = False
    made.outline_line_color = None
    data = {name: ColumnDataSource(columns, name=name) for name, columns in shown.items()}
    colours, paper = QUAD_COLOURS[theme], PAPER[theme]
    ends = {"x0": "x0", "y0": "y0", "x1": "x1", "y1": "y1", "line_width": "width", "line_alpha": "alpha"}
    dashes = value([7, 5])  # older Bokehs take a bare list for one with an item a row
    made.segment(source=data["hostile"], line_color=colours[4], line_dash=dashes, **ends)
    made.segment(source=data["friendly"], line_color=colours[1], **ends)
    made.scatter("x", "y", source=data["parties"], size="size", marker="shape", fill_color="fill", line_color="line",
                 line_width=1.5)  # fmt: skip
    made.text("x", "y", text="letter", source=data["parties"], text_align="center", text_baseline="middle",
              text_font_size="12px", text_font_style="bold", text_color="ink")  # fmt: skip
    made.text("x", "y", text="label", source=data["parties"], text_align="center", text_baseline="top",
              text_font_size="11px", text_color=paper["ink"], y_offset="down", level="overlay")  # fmt: skip
    return made
