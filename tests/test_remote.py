import builtins
import functools
import http.server
import importlib.util
import threading

import fsspec
import pytest

from dotterel import Failure, Report, read
from dotterel.remote import is_address

TEXT = "Ministers meet\n\nThe foreign minister of France met the president of Chad on Tuesday.\n"


@pytest.fixture
def bucket():
    system = fsspec.filesystem("memory")
    for name in ("news/a.txt", "news/b.txt", "news/deep/c.jsonl", "news/ignored.bin"):
        system.pipe(
            f"/{name}",
            b'{"text": "%s"}\n' % TEXT.replace("\n", "\\n").encode() if name.endswith("l") else TEXT.encode(),
        )
    yield system
    system.rm("/news", recursive=True)


@pytest.mark.parametrize(
    ("path", "expected"),
    [("s3://b/a", True), ("https://a/b", True), ("memory://a", True), ("C://a", False), ("a/b", False), ("a:b", False)],
)
def test_what_is_an_address(path, expected):
    assert is_address(path) == expected


def test_files_folders_and_patterns_by_address(bucket):
    def paths(given):
        return [item.path for item in read([given])]

    assert paths("memory://news/a.txt") == ["memory:///news/a.txt"]
    assert paths("memory://news/*.txt") == ["memory:///news/a.txt", "memory:///news/b.txt"]
    assert paths("memory://news") == ["memory:///news/a.txt", "memory:///news/b.txt", "memory:///news/deep/c.jsonl:1"]


def test_parquet_by_address_reads_like_the_file(bucket, tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"text": [TEXT, TEXT + "They signed a treaty."]}), tmp_path / "a.parquet")
    bucket.pipe("/news/a.parquet", (tmp_path / "a.parquet").read_bytes())
    here = [item.id for item in read([str(tmp_path / "a.parquet")])]
    assert [item.id for item in read(["memory://news/a.parquet"])] == here


def test_the_web(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        report, gone = read([f"{base}/a.txt?day=1", f"{base}/b.txt"])
        server.shutdown()
    assert isinstance(report, Report)
    assert report.title == "Ministers meet"
    assert isinstance(gone, Failure)
    assert "there is nothing at that address" in gone.reason


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("memory://nowhere/a.txt", "there is no such file or folder"),
        ("gopher7://a/b", "Protocol not known: gopher7"),
        ("s3://bucket/a.jsonl", "needs a library that is not installed"),
        ("http://127.0.0.1:9/a.txt", "cannot be read"),
    ],
)
def test_what_cannot_be_reached_is_told(address, reason):
    if address.startswith("s3") and importlib.util.find_spec("s3fs"):
        pytest.skip("s3fs is installed")
    (failure,) = read([address])
    assert (failure.path, reason in failure.reason) == (address, True), failure


def test_without_fsspec_the_command_that_installs_it_is_told(monkeypatch):
    real = builtins.__import__

    def missing(name, *more):
        if name == "fsspec":
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", missing)
    (failure,) = read(["s3://bucket/a.jsonl"])
    assert "pip install 'dotterel[remote]'" in failure.reason
