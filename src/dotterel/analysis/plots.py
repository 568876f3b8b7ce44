"""Plots of what analysis finds, as PNG or SVG: titled with what is counted, in colours the colour-blind can tell."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dotterel.analysis.needed import library
from dotterel.analysis.network import Sides
from dotterel.errors import OutputError

if TYPE_CHECKING:
    import pandas as pd

# The palette of Okabe and Ito.
BLUE, ORANGE, GREEN, PINK, SKY, AMBER, BLACK = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")  # fmt: skip
GREY = "#777777"
SHADES = (BLUE, ORANGE, GREEN, PINK, AMBER, SKY, BLACK)
MARKERS = "osD^vPX"
SUFFIXES = (".png", ".svg")
STYLE = {"svg.fonttype": "none", "svg.hashsalt": "dotterel", "font.size": 9, "axes.spines.top": False,
         "axes.spines.right": False, "axes.titlesize": 10, "axes.titlelocation": "left"}  # fmt: skip
MEASURED = {"net": "sum of PLOVER scores", "score": "mean PLOVER score", "acts": "acts", "cooperation": "cooperation",
            "conflict": "conflict"}  # fmt: skip
SHOWN = 40  # rows of a timeline
NOBODY = "nobody named"


def check_plot(path: Path) -> None:
    """Raises OutputError for a place where no plot can be written, MissingExtraError without matplotlib."""
    if path.suffix.lower() not in SUFFIXES:
        raise OutputError(f"{path}: a plot is a .png or .svg file; name one")
    if not path.parent.is_dir():
        raise OutputError(f"{path}: the folder {path.parent} does not exist; make it first")
    library("matplotlib")


def save(path: Path, draw: Callable[[Any], None], height: float = 4.0) -> None:
    """Draw on a new figure and write it. Raises OutputError where that cannot be."""
    check_plot(path)
    with library("matplotlib").rc_context(STYLE):
        figure = library("matplotlib.figure").Figure(figsize=(8, height), layout="constrained")
        draw(figure)
        vector = path.suffix.lower() == ".svg"
        try:
            figure.savefig(path, dpi=150, metadata={"Date": None, "Creator": None} if vector else None)
        except OSError as error:
            raise OutputError(f"{path}: cannot be written ({error.strerror})") from error


def counted(frame: pd.DataFrame) -> str:
    """What the frame counts, for a title."""
    unit, statuses = frame.attrs["unit"], " or ".join(frame.attrs["statuses"])
    return f"{unit}, {statuses}" + (", one of a type a day" if frame.attrs.get("one_a_day") else "")


def dates(axes: Any) -> None:
    """Days along the lower axis, as short as can be."""
    module = library("matplotlib.dates")
    first, last = axes.get_xlim()
    locator = module.AutoDateLocator(minticks=max(1, min(3, int(last - first))), maxticks=9)  # no hours between days
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(module.ConciseDateFormatter(locator))


def draw_series(figure: Any, frame: pd.DataFrame) -> None:
    """Cooperation up and conflict down, and the mean score below."""
    a, b, by = (frame.attrs[name] for name in ("a", "b", "by"))
    counts, means = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    width = {"day": 0.8, "week": 6, "month": 25, "year": 300}[by]
    start = {"align": "edge", "width": width}
    counts.bar(frame["period"], frame["cooperation"], color=BLUE, label="cooperation", **start)
    counts.bar(
        frame["period"], -frame["conflict"], color=ORANGE, hatch="//", edgecolor="white", label="conflict", **start
    )
    counts.axhline(0, color=BLACK, linewidth=0.8)
    counts.yaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    counts.yaxis.get_major_locator().set_params(integer=True)
    counts.set_ylabel(f"acts a {by}")
    counts.set_title(f"{a} and {b}: acts by {by} ({counted(frame)})")
    counts.legend(frameon=False, ncols=2)
    middle = frame["period"] + library("pandas").Timedelta(days=width / 2)
    means.plot(middle, frame["score"], color=BLACK, marker="o", markersize=3, linewidth=1)
    means.axhline(0, color=GREY, linewidth=0.8)
    means.set_ylim(-10.5, 10.5)
    means.set_ylabel("mean PLOVER score")
    means.set_xlabel(f"first day of the {by}")
    dates(means)


def draw_changes(figure: Any, series: pd.DataFrame, changes: pd.DataFrame) -> None:
    """The measure by period, the mean of each stretch, and where it changes."""
    measure, by = changes.attrs["measure"], series.attrs["by"]
    axes = figure.subplots()
    axes.plot(
        series["period"], series[measure], color=GREY, marker="o", markersize=3, linewidth=0.8, label=f"each {by}"
    )
    edges = [series["period"].min(), *changes["period"], None]
    for number, start in enumerate(edges[:-1]):
        end = edges[number + 1]
        part = series[(series["period"] >= start) & ((series["period"] < end) if end is not None else True)]
        label = "mean between changes" if number == 0 else None
        axes.hlines(part[measure].mean(), start, end or series["period"].max(), color=BLUE, linewidth=2.5, label=label)
    for number, day in enumerate(changes["period"]):
        axes.axvline(day, color=ORANGE, linestyle="--", label="change" if number == 0 else None)
    a, b = series.attrs["a"], series.attrs["b"]
    axes.set_title(f"{a} and {b}: changes of the {MEASURED[measure]} by {by}\n({counted(series)})")
    axes.set_ylabel(f"{MEASURED[measure]} a {by}")
    axes.set_xlabel(f"first day of the {by}")
    axes.legend(frameon=False)
    dates(axes)


def draw_quads(figure: Any, frame: pd.DataFrame) -> None:
    """The classes of acts both ways, side by side."""
    axes = figure.subplots()
    ways = list(dict.fromkeys(zip(frame["actor"], frame["recipient"], strict=True)))
    for number, (actor, recipient) in enumerate(ways):
        rows = frame[(frame["actor"] == actor) & (frame["recipient"] == recipient)].head(4)
        at = [quad + (number - 0.5) * 0.38 for quad in rows["quad"]]
        bars = axes.barh(at, rows["acts"], 0.36, color=(BLUE, AMBER)[number], hatch=("", "//")[number],
                         edgecolor="white", label=f"{actor} to {recipient}")  # fmt: skip
        axes.bar_label(bars, padding=2)
    axes.set_yticks(frame["quad"].head(4), frame["kind"].head(4))
    axes.invert_yaxis()
    axes.set_xlabel("acts")
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_ylabel("quad class")
    axes.set_title(f"{frame.attrs['a']} and {frame.attrs['b']}: kinds of acts ({counted(frame)})")
    axes.legend(frameon=False)


def draw_sides(figure: Any, found: Sides) -> None:
    """The parties in a ring, side by side: friendship drawn through, enmity dashed; sides by colour and mark."""
    axes = figure.subplots()
    turns = {one: 360 * number / len(found.actors) for number, one in enumerate(found.actors["id"])}
    spots = {one: (math.cos(math.radians(turn)), math.sin(math.radians(turn))) for one, turn in turns.items()}
    for sign, label, colour, line in ((-1, "foes", ORANGE, "--"), (1, "friends", BLUE, "-")):
        for number, tie in enumerate(found.ties[found.ties["sign"] == sign].itertuples()):
            ends = zip(spots[tie.a_id], spots[tie.b_id], strict=True)
            axes.plot(*ends, color=colour, linestyle=line, linewidth=1, zorder=1, label=None if number else label)
    for number, (side, members) in enumerate(found.actors.groupby("side", dropna=False)):
        alone = bool(library("pandas").isna(side))
        look = {"color": GREY, "marker": "x"} if alone else {"color": SHADES[number % 7], "marker": MARKERS[number % 7]}
        where = zip(*(spots[one] for one in members["id"]), strict=True)
        axes.scatter(*where, s=45, zorder=2, label="no side" if alone else f"side {side}", **look)
    for one in found.actors.itertuples():
        name_in_ring(axes, one.name, turns[one.id])
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_xlim(-1.9, 1.9)
    axes.set_ylim(-1.9, 1.9)
    balance = f"{found.balance:.0%} of {found.triad_count} triads in balance" if found.triad_count else "no triads"
    axes.set_title(f"Who stands with whom: {balance}\n({counted(found.ties)})")
    figure.legend(frameon=False, loc="outside right lower")


def name_in_ring(axes: Any, name: str, turn: float) -> None:
    """A name outside the ring, turned so that it can be read."""
    left = 90 < turn < 270
    spot = (1.06 * math.cos(math.radians(turn)), 1.06 * math.sin(math.radians(turn)))
    axes.text(*spot, textwrap.shorten(name, 34, placeholder="…"), rotation=turn + 180 if left else turn, fontsize=8,
              ha="right" if left else "left", va="center", rotation_mode="anchor")  # fmt: skip


def draw_coalitions(figure: Any, frame: pd.DataFrame) -> None:
    """Each coalition from its first to its last day, with the day it formed."""
    axes = figure.subplots()
    rows = frame.dropna(subset=["first_day"]).head(SHOWN)
    at = range(len(rows))
    axes.hlines(at, rows["first_day"], rows["last_day"], color=BLUE, linewidth=4, label="first to last act")
    axes.scatter(rows["formed"], at, color=ORANGE, marker="D", zorder=2, label="formed")
    named = (f"{row.members}\nagainst {row.target}" for row in rows.itertuples())
    axes.set_yticks(list(at), ["\n".join(textwrap.fill(line, 38) for line in name.split("\n")) for name in named])
    axes.invert_yaxis()
    axes.set_xlabel("day")
    axes.set_ylabel("coalition")
    axes.margins(y=0.2)
    axes.set_title(f"Coalitions as they form ({counted(frame)})")
    axes.legend(frameon=False)
    dates(axes)


def draw_tallies(figure: Any, frame: pd.DataFrame) -> None:
    """Figures by whose count, each between its bounds; an arrow upward where only the least is told."""
    axes = figure.subplots()
    summed = "period" in frame
    total = "total_" if "total_value" in frame else ""
    when = "period" if summed else "day"
    named = frame.assign(whose=frame["whose" if summed else frame.attrs["whose"]].fillna(NOBODY))
    looks = cycle(zip(SHADES, MARKERS, strict=True))
    for (whose, unit), rows in named.groupby(["whose", "unit"], sort=True):
        colour, mark = next(looks)
        values = rows[f"{total}value"]
        spans = [(values - rows[f"{total}low"]).fillna(0).clip(lower=0),
                 (rows[f"{total}high"] - values).fillna(0).clip(lower=0)]  # fmt: skip
        axes.errorbar(rows[when], values, yerr=spans, color=colour, marker=mark, linestyle="-" if total else "",
                      capsize=3, label=f"{whose} ({unit})")  # fmt: skip
        open_end = rows[f"{total}high"].isna() & values.notna()
        axes.scatter(rows[when][open_end], values[open_end], marker="$\\uparrow$", s=140, color=colour, zorder=3)
    what, whose = frame.attrs["what"], frame.attrs["whose"]
    how = "running total" if total else f"by {frame.attrs['period']}" if summed else "each figure"
    axes.set_title(f"Figures of {what} by {whose}, {how} ({counted(frame)})")
    axes.set_ylabel(f"{what}, lowest to highest told")
    axes.set_xlabel(f"first day of the {frame.attrs['period']}" if summed else "day of the act, or of the report")
    axes.legend(frameon=False, title={"source": "according to"}.get(whose, whose))
    dates(axes)


def draw_itinerary(figure: Any, frame: pd.DataFrame) -> None:
    """Meetings in order from above, each on its days."""
    axes = figure.subplots()
    rows = frame.dropna(subset=["first_day"]).head(SHOWN)
    looks = {"visited": (BLUE, "o"), "hosted": (ORANGE, "s"), "met": (GREEN, "D"), "spoke from afar with": (PINK, "^")}
    for how, (colour, mark) in looks.items():
        some = [(n, row) for n, row in enumerate(rows.itertuples()) if row.how == how]
        for number, (at, row) in enumerate(some):
            axes.plot([row.first_day, row.last_day], [at, at], color=colour, marker=mark, label=None if number else how)
    words = (f"{row.whom}" + (f"\n{row.place}" if isinstance(row.place, str) else "") for row in rows.itertuples())
    axes.set_yticks(
        range(len(rows)), ["\n".join(textwrap.fill(line, 38) for line in word.split("\n")) for word in words]
    )
    axes.invert_yaxis()
    axes.margins(y=0.2)
    axes.set_xlabel("day")
    axes.set_ylabel("with whom, where")
    axes.set_title(f"{frame.attrs['person']}: meetings and visits ({counted(frame)})")
    axes.legend(frameon=False)
    dates(axes)
