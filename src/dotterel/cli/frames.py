"""How the data frames of an analysis are printed, with what they count, what was left out, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dotterel.cli.entry import complain
from dotterel.cli.options import Format

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

BAR = 24  # columns of the longest bar
WAYS_OUT = {
    "without a date": "--dating published counts such acts on the day of the first report",
    "dated too vaguely": "--dating start counts such acts on the first day they may have happened",
    "of no act": "without --period each such figure is a row",
}
OTHERWISE = "Try a wider --since and --until, --dating published, --status planned, or --unit report."


def give(frame: pd.DataFrame, form: Format, title: str, columns: Sequence[str], nothing: str | None) -> None:
    """Print a frame: as a table its main columns, else all; `nothing` says that it holds nothing."""
    from dotterel.terminal import print_csv, print_json, print_table

    if nothing:
        say(form, nothing)
    if form is Format.TABLE and len(frame):
        print(f"{title} ({counted(frame)})")
        print_table(arrow(rounded(frame[[name for name in columns if name in frame]])))
    elif form is not Format.TABLE:
        {Format.CSV: print_csv, Format.JSON: print_json}[form](arrow(frame))
    for line in left_out(frame):
        say(form, line)


def say(form: Format, line: str) -> None:
    """A remark: below a table, else on standard error."""
    if form is Format.TABLE:
        print(line)
    else:
        complain(line)


def counted(frame: pd.DataFrame) -> str:
    """What was counted: the unit and the statuses."""
    once = ", one of a type a day" if frame.attrs.get("one_a_day") else ""
    return f"{frame.attrs['unit']}, {' or '.join(frame.attrs['statuses'])}{once}"


def left_out(frame: pd.DataFrame) -> list[str]:
    """A line a reason for which acts are in no row, each with the way to have them in."""
    thing = frame.attrs.get("counted", "act")
    lines = []
    for reason, number in frame.attrs["left_out"].items():
        way = WAYS_OUT.get(reason)
        things = thing if number == 1 else f"{thing}s"
        lines.append(f"Left out: {number:,} {things} {reason}" + (f"; {way}." if way else "."))
    return lines


def arrow(frame: pd.DataFrame) -> pa.Table:
    """The frame as an Arrow table, days without hours."""
    import pyarrow as pa

    table = pa.Table.from_pandas(frame, preserve_index=False)
    for number, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            table = table.set_column(number, field.name, table.column(number).cast(pa.date32(), safe=False))
    return table


def rounded(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with numbers of two decimals at most, whole ones without any."""
    return frame.assign(**{name: frame[name].map(short) for name in frame.select_dtypes("floating")})


def short(value: float) -> str | None:
    """A number as it is read; nothing for null."""
    return None if value != value else f"{value:,.2f}".rstrip("0").rstrip(".")


def with_counts(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures with each in words, its bound and unit with it."""
    words = [
        f"{row.low:,.15g} to {row.high:,.15g} {row.unit}"
        if row.bound == "range"
        else " ".join(part for part in (row.bound, number(row), row.unit) if isinstance(part, str))
        for row in figures.itertuples(index=False)
    ]
    return figures.assign(count=words)


def number(figure: Any) -> str:
    """The value of a figure, or its words where it is vague."""
    return str(figure.value_text) if figure.value != figure.value else f"{figure.value:,.15g}"


def with_bars(frame: pd.DataFrame) -> pd.DataFrame:
    """A series with its sides named, and a bar a row: a plus an act of cooperation, a minus one of conflict."""
    if frame.empty:
        return frame
    a, b = frame.attrs["a"], frame.attrs["b"]
    scale = min(1.0, BAR / max(1, int(frame["acts"].max())))
    bars = [
        "+" * round(row.cooperation * scale) + "-" * round(row.conflict * scale)
        for row in frame.itertuples(index=False)
    ]
    named = frame.assign(bar=bars).rename(columns={"from_a": f"{a} to {b}", "from_b": f"{b} to {a}"})
    named.attrs.update(frame.attrs)
    return named


def plotted(
    path: Path | None, form: Format, frame: pd.DataFrame, draw: Callable[[Any], None], height: float = 4.0
) -> None:
    """Write the plot where one is asked for and there is something to plot."""
    from dotterel.analysis.plots import save

    if path is None:
        return
    if frame.empty:
        say(form, f"{path}: not written, as there is nothing to plot")
        return
    save(path, draw, height)
    say(form, f"plot written to {path}")
