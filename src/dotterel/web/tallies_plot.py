"""The plot of figures: what each party counts over time, between the lowest and the highest that is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dotterel.web.dyad_plot import DAY, hover, quiet, stamp
from dotterel.web.periods import Rows, last_day, period_words, plain
from dotterel.web.plots import LINK, PAPER, blank
from dotterel.web.tallies_told import NOBODY, Tally, behind, figure_words

if TYPE_CHECKING:
    import pandas as pd

SHADES = {  # as --shade-0 to --shade-6 in static/dyads.css; told apart by people who do not see all colours
    "light": ("#0072b2", "#d55e00", "#007a5a", "#b0588c", "#8a6100", "#2b7fb0", "#4a4a4a"),
    "dark": ("#56b4e9", "#ff9a52", "#3fcf9f", "#e5a3c9", "#f0c23b", "#a9d8f2", "#d0d0d0"),
}
MARKERS = ("circle", "square", "triangle", "diamond", "inverted_triangle", "plus", "star")
MOST = len(MARKERS)  # parties drawn
FIGURES = 2000  # drawn at most, the latest
TOOLS = "pan,box_zoom,xwheel_zoom,reset,save,tap"
COLUMNS = ("x", "value", "low", "high", "arrow", "when", "whose", "told", "href", "colour", "marker", "label")
Key = tuple[str | None, str]  # whose count, and the unit


def draw(told: Tally, theme: str) -> Any:
    """The plot as a Bokeh figure: points, lines from the lowest to the highest, arrows where there is no highest."""
    from bokeh.models import ColumnDataSource, NumeralTickFormatter, Range1d

    rows, _ = drawn(told)
    made = blank(theme, x_axis_type="datetime", height=360, tools=TOOLS, y_axis_label=told.asked.what, name="tally")
    quiet(made)
    made.yaxis.formatter = NumeralTickFormatter(format="0,0.[00]")
    parties = (party(told, rows[key], key, (place, len(rows)), theme) for place, key in enumerate(rows))
    points = [one for some in parties for one in some]
    most = max((one["high"] for one in points), default=1.0)
    made.y_range = Range1d(start=-0.04 * most, end=1.08 * most)  # with room for the arrows
    source = ColumnDataSource({name: [one[name] for one in points] for name in COLUMNS}, tags=[LINK], name="figures")
    made.segment("x", "low", "x", "high", source=source, line_width=2, line_color="colour")
    made.text("x", "value", text="arrow", source=source, y_offset=-4, text_align="center", text_font_size="15px",
              text_color="colour")  # fmt: skip
    made.scatter("x", "value", source=source, marker="marker", size=9, line_color=PAPER[theme]["surface"],
                 fill_color="colour")  # fmt: skip
    if told.asked.cumulate and told.sums is not None:
        joined(made, points)
    hover(made, [("", "@when"), ("", "@whose"), ("", "@told")])
    return made


def drawn(told: Tally) -> tuple[dict[Key, Rows], int]:
    """Whose figures are drawn, by party and unit, those of most figures first; and how many others are not."""
    frame = told.figures.rows.tail(FIGURES) if told.sums is None else told.sums
    whose = told.asked.whose if told.sums is None else "whose"
    found: dict[Key, Rows] = {}
    for row in plain(known(frame)):
        found.setdefault((row[whose], row["unit"]), []).append(row)
    counts = {key: sum(row.get("acts", 1) for row in rows) for key, rows in found.items()}
    order = sorted(found, key=lambda key: (-counts[key], key[0] is None, key[0] or "", key[1]))
    return {key: found[key] for key in order[:MOST]}, max(0, len(order) - MOST)


def legend(told: Tally) -> tuple[list[tuple[str, str]], int]:
    """The mark and the name of each party that is drawn, in order of the shades; and how many others are not."""
    rows, more = drawn(told)
    names = [f"{whose or NOBODY[told.asked.whose]}: {unit}" for whose, unit in rows]
    return list(zip(MARKERS, names, strict=False)), more


def known(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that have a value and a day."""
    day = "period" if "period" in frame else "day"
    return frame[frame["value"].notna() & frame[day].notna()]


def party(told: Tally, rows: Rows, key: Key, place: tuple[int, int], theme: str) -> Rows:
    """One party's figures, in its colour and with its mark."""
    whose = key[0] or NOBODY[told.asked.whose]
    look = {"colour": SHADES[theme][place[0]], "marker": MARKERS[place[0]], "label": f"{whose}: {key[1]}"}
    return [{**point(told, row, whose, place), **look} for row in rows]


def joined(made: Any, points: Rows) -> None:
    """A line through the running totals of each party."""
    lines: dict[tuple[str, str], Rows] = {}
    for one in points:
        lines.setdefault((one["label"], one["colour"]), []).append(one)
    axes = [[[one[name] for one in some] for some in lines.values()] for name in ("x", "value")]
    made.multi_line(*axes, line_color=[colour for _, colour in lines], line_width=1.5)


def point(told: Tally, row: dict[str, Any], whose: str, place: tuple[int, int]) -> dict[str, Any]:
    """What is drawn and told of one figure or sum."""
    asked = told.asked
    total = "total_" if asked.cumulate and told.sums is not None else ""
    value, low, high = (row[f"{total}{name}"] for name in ("value", "low", "high"))
    if told.sums is None:
        x, when = stamp(row["day"]), row["day"].isoformat()
        words, href = figure_words(row), f"/events/{row['act_id']}" if row["act_id"] else f"/reports/{row['report_id']}"
    else:
        first, after = stamp(row["period"]), stamp(last_day(row["period"], asked.period)) + DAY
        x, when = (
            first + (after - first) * (place[0] + 1) / (place[1] + 1),
            period_words(row["period"], told.asked.period),
        )
        words, href = sum_words(row, total), behind(asked, row)
    return {
        "x": x,
        "value": value,
        "low": value if low is None else low,
        "high": value if high is None else high,
        "arrow": "↑" if high is None else "",
        "when": when,
        "whose": whose,
        "told": words,
        "href": href,
    }


def sum_words(row: dict[str, Any], total: str) -> str:
    """A sum with its ends: '31 (12 to 40) people in 4 acts'."""
    value, low, high = (row[f"{total}{name}"] for name in ("value", "low", "high"))
    least = "?" if low is None else f"{low:,.15g}"
    most = "no upper end" if high is None else f"{high:,.15g}"
    ends = "" if low == high == value else f" ({least} to {most})"
    acts = f" in {row['acts']:,} act{'' if row['acts'] == 1 else 's'}" if not total else " so far"
    return f"{value:,.15g}{ends} {row['unit']}{acts}"
