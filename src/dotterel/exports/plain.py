"""Plain CSV and Parquet of acts: one row an act, columns named as in the store."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from dotterel.exports.acts import Act, Party
from dotterel.exports.flat import Columns, Row, text_columns
from dotterel.exports.losses import Losses

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 1000  # rows of a Parquet row group
COLUMNS: Columns = {
    **text_columns("id", "date"),
    **{"first_day": "date32", "last_day": "date32"},
    **text_columns("type", "mode", "status", "contexts"),
    **{"quad": "int8", "score": "float64"},
    **text_columns("actors", "actor_ids", "actor_countries", "actor_sectors"),
    **text_columns("recipients", "recipient_ids", "recipient_countries", "recipient_sectors"),
    **text_columns("place", "place_region", "place_country"),
    **{"latitude": "float64", "longitude": "float64", "geonames": "int64"},
    **text_columns("attribution", "claimed_by", "trigger", "sentence"),
    **{"reports": "int32", "sources": "int32", "mentions": "int32", "confidence": "float64"},
    **text_columns("conflicting", "reason", "report_id", "title"),
    "published": "date32",
    **text_columns("source", "url"),
}


def write_csv(acts: Iterable[Act], file: BinaryIO, losses: Losses) -> int:
    """Write a header and one line an act, UTF-8, comma-separated, an absent value left empty."""
    rows = 0
    file.write(csv_lines([list(COLUMNS)]))
    for act in acts:
        told = act_row(act)
        file.write(csv_lines([[told[column] for column in COLUMNS]]))
        rows += 1
    return rows


def csv_lines(cells: Iterable[list[object]]) -> bytes:
    """Rows as lines of CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(cells)
    return text.getvalue().encode("utf-8", "replace")


def write_parquet(acts: Iterable[Act], file: BinaryIO, losses: Losses) -> int:
    """Write one row an act, a thousand a row group."""
    import pyarrow as pa
    from pyarrow import parquet

    rows, stream = 0, iter(acts)
    with parquet.ParquetWriter(file, schema(), compression="zstd") as writer:
        while batch := [act_row(act) for act in islice(stream, BATCH)]:
            writer.write_table(pa.Table.from_pylist(batch, schema=schema()))
            rows += len(batch)
    return rows


def schema() -> pa.Schema:
    """The Arrow schema of the rows."""
    import pyarrow as pa

    return pa.schema([(name, pa.type_for_alias(kind)) for name, kind in COLUMNS.items()])


def act_row(act: Act) -> Row:
    """The columns of one act; several names are joined by '; '."""
    row: Row = dict.fromkeys(COLUMNS)
    row |= {name: getattr(act, name) for name in SAME}
    row |= {"contexts": "; ".join(act.contexts), "reports": len(act.reports)}
    row |= dict(side(act.actors, "actor")) | dict(side(act.recipients, "recipient"))
    row["attribution"] = "; ".join(party.text for party in act.attribution) or None
    row["claimed_by"] = "; ".join(party.name for party in act.claimed_by) or None
    if place := act.place:
        row |= {"place": place.name or place.text, "place_region": place.region, "place_country": place.country}
        row |= {"latitude": place.latitude, "longitude": place.longitude, "geonames": place.geonames}
    row["conflicting"] = "; ".join(act.disputed) or None
    report = act.source
    row |= {"report_id": report.id, "title": report.title, "published": report.published}
    return row | {"source": report.publisher, "url": report.url}


# Columns that are fields of an act under the same name.
SAME = ("id", "date", "first_day", "last_day", "type", "mode", "status", "quad", "score", "trigger", "sentence",
        "sources", "mentions", "confidence", "reason")  # fmt: skip


def side(parties: tuple[Party, ...], name: str) -> Iterator[tuple[str, str]]:
    """Names, ids, countries and sectors of one side, in one order; an unknown country is empty."""
    yield f"{name}s", "; ".join(party.name for party in parties)
    yield f"{name}_ids", "; ".join(party.id for party in parties)
    yield f"{name}_countries", "; ".join(party.country or "" for party in parties)
    yield f"{name}_sectors", "; ".join(party.sector for party in parties)
