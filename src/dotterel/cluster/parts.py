"""The parts that a run over a cluster writes: Parquet files of whole codings, each written once and whole."""

from __future__ import annotations

import io
import json
import re
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from dotterel.cluster.jobs import Shard
from dotterel.errors import InputError, OutputError
from dotterel.remote import filesystem, told
from dotterel.serial import coding_dict, coding_from_dict
from dotterel.store.ready import Sensed, fields_of
from dotterel.types import Coding, Failure

COLUMNS = ("report_id", "coding", "senses", "path", "line", "reason")  # a coding or a failure a row
_NAME = re.compile(r"part-(\d+)-([0-9a-f]{20})\.parquet$")
_ENDED = "_ended.json"
_RUN = "_run.json"


class Parts:
    """A folder of parts, by path or address.

    Raises OutputError where it cannot be written or read.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._system, self._root = filesystem(folder)
        self._root = self._root.rstrip("/")

    def names(self) -> dict[str, str]:
        """The names of the parts, by the id of the shard, in the order of the input."""
        with self._guard(), told():
            self._system.invalidate_cache()
            listed = self._system.ls(self._root, detail=False) if self._system.isdir(self._root) else []
        found = sorted(str(path).rsplit("/", 1)[-1] for path in listed)
        return {match[2]: name for name in found if (match := _NAME.match(name))}

    def write(self, shard: Shard, items: Iterable[Coding | Failure]) -> None:
        """Write the part of a shard: it is there as a whole or not at all, and writing it again changes nothing."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        rows = [_row(item) for item in items]
        kinds = [pa.string(), pa.large_string(), pa.list_(pa.binary()), pa.string(), pa.int64(), pa.string()]
        schema = pa.schema(list(zip(COLUMNS, kinds, strict=True)))
        sink = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows, schema), sink, compression="zstd", row_group_size=100)
        self._put(f"part-{shard.order:08d}-{shard.id}.parquet", sink.getvalue())

    def read(self, name: str) -> Iterator[Coding | Failure]:
        """The codings and failures of a part. Raises InputError where it is damaged."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        where = f"{self.folder}/{name}"
        try:
            with self._system.open(f"{self._root}/{name}", "rb") as stream:
                for batch in pq.ParquetFile(stream).iter_batches(batch_size=50):
                    yield from (_item(row) for row in batch.to_pylist())
        except (pa.ArrowException, OSError, KeyError, ValueError) as error:
            reason = " ".join(str(error).split())[:200]
            message = f"{where}: is damaged ({reason}); delete it, run the cluster again, and load again"
            raise InputError(message, where) from error

    def attempts(self, run: str, shard: Shard) -> int:
        """How many workers have begun the shard in this run, this one included, which is noted."""
        place = f"_attempts/{run}/{shard.id}"
        before = int(self._get(place) or b"0")
        self._put(place, b"%d" % (before + 1))
        return before + 1

    def forget_attempts(self, run: str, shard: Shard | None = None) -> None:
        """Remove the notes of a shard, or those of a run that has ended."""
        place = f"{self._root}/_attempts/{run}" + (f"/{shard.id}" if shard else "")
        with self._guard(), told():
            if self._system.exists(place):
                self._system.rm(place, recursive=True)

    def splits(self) -> set[str]:
        """The ids of the shards that were split."""
        with self._guard(), told():
            place = f"{self._root}/_split"
            listed = self._system.ls(place, detail=False) if self._system.isdir(place) else []
        return {str(path).rsplit("/", 1)[-1] for path in listed}

    def note_split(self, shard: Shard) -> None:
        """Remember that the pieces of a shard are coded in its place."""
        self._put(f"_split/{shard.id}", b"")

    def begin(self, fingerprint: str) -> None:
        """Make the folder that of such a run. Raises OutputError where it is that of another."""
        held = self._get(_RUN)
        if held is not None and json.loads(held).get("fingerprint") != fingerprint:
            raise OutputError(
                f"{self.folder}: holds parts of a run with other options, or of another version of dotterel; "
                "name another folder, or start with the options of that run"
            )
        if held is None:
            self._put(_RUN, json.dumps({"fingerprint": fingerprint}).encode())
        self._drop(_ENDED)

    def end(self, summary: dict[str, Any]) -> None:
        """Note that all of the input is coded."""
        self._put(_ENDED, json.dumps(summary).encode())

    def has_ended(self) -> bool:
        """Whether the run has come to its end."""
        return self._get(_ENDED) is not None

    def _get(self, name: str) -> bytes | None:
        with self._guard(), told():
            try:
                return bytes(self._system.cat_file(f"{self._root}/{name}"))
            except FileNotFoundError:
                return None

    def _put(self, name: str, data: bytes) -> None:
        """Write a file under another name, and then give it its own."""
        final = f"{self._root}/{name}"
        waiting = f"{self._root}/_writing/{uuid.uuid4().hex}"
        with self._guard(), told():
            for folder in (final.rsplit("/", 1)[0], waiting.rsplit("/", 1)[0]):
                self._system.makedirs(folder, exist_ok=True)
            self._system.pipe_file(waiting, data)
            self._system.mv(waiting, final)

    def _drop(self, name: str) -> None:
        with self._guard(), told(), suppress(FileNotFoundError):
            self._system.rm(f"{self._root}/{name}")

    def _guard(self) -> _Guard:
        return _Guard(self.folder)


class _Guard:
    """A `with` block in which an OSError is one of the output."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            reason = error.strerror or error
            raise OutputError(
                f"{self._folder}: cannot be used ({reason}); check it, and who may write there"
            ) from error


def _row(item: Coding | Failure) -> dict[str, Any]:
    if isinstance(item, Failure):
        failure = {key: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
                   for key, value in asdict(item).items()}  # fmt: skip
        return {"report_id": None, "coding": None, "senses": None, **failure}
    senses = item.senses if isinstance(item, Sensed) else None
    # Halves of characters are written as JSON writes them, so that each comes back as it was.
    return {"report_id": item.report.id, "coding": json.dumps(coding_dict(item)), "senses": senses, "path": None,
            "line": None, "reason": None}  # fmt: skip


def _item(row: dict[str, Any]) -> Coding | Failure:
    if row["coding"] is None:
        return Failure(row["path"], row["reason"], row["line"])
    coding = coding_from_dict(json.loads(row["coding"]))
    senses = row.get("senses")  # a part of an older dotterel has none
    return coding if senses is None else Sensed(**fields_of(coding), senses=tuple(senses))
