"""Fuzzes the readers and the coder, `python -m fuzz [TARGET ...] --seconds 60`, or replays what broke one."""

from __future__ import annotations

import argparse
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

from fuzz.targets import TARGETS, seeds, words

HERE = Path(__file__).parent
FOUND = HERE / "found"  # files that broke a target
CORPUS = HERE / "corpus"  # files that took a way of their own through the code
LIMITS = ("-timeout=30", "-rss_limit_mb=4000", "-max_len=8192", "-len_control=20", "-print_final_stats=1")
EXECUTED = re.compile(r"number_of_executed_units:\s*(\d+)")
LINES_OF_ERROR = 15


def main() -> int:
    """Fuzz each target, or replay files; the exit status is 1 where one broke."""
    asked = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    asked.add_argument("targets", nargs="*", default=[], help=f"of {', '.join(TARGETS)}; by default all")
    asked.add_argument("--seconds", type=int, default=60, help="for each target")
    asked.add_argument("--replay", nargs="+", type=Path, default=[], metavar="FILE", help="files for the one target")
    told = asked.parse_args()
    if unknown := set(told.targets) - set(TARGETS):
        asked.error(f"no such target: {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    if told.replay:
        return replay(told.targets, told.replay)
    if importlib.util.find_spec("atheris") is None:
        asked.error("atheris is not installed; run: make fuzz (it has no version for every Python)")
    broken = [name for name in told.targets or TARGETS if not fuzzed(name, told.seconds)]
    return 1 if broken else 0


def replay(targets: list[str], files: list[Path]) -> int:
    """Give files to a target, under an ordinary Python; it raises where one breaks it."""
    (name,) = targets
    for path in files:
        TARGETS[name](path.read_bytes())
        print(f"{path}: does not break {name}")
    return 0


def fuzzed(name: str, seconds: int) -> bool:
    """Fuzz one target for a while and tell how it went; whether nothing broke."""
    command = [sys.executable, "-m", "fuzz.one", name, *prepared(name), f"-max_total_time={seconds}", *LIMITS]
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    runs = EXECUTED.search(ended.stdout)
    print(f"{name}: {int(runs[1]) if runs else 0:,} executions in {seconds} seconds", end="", flush=True)
    print("; nothing broke" if ended.returncode == 0 else "; BROKE", flush=True)
    if ended.returncode == 0:
        return True
    print("\n".join(ended.stdout.splitlines()[-LINES_OF_ERROR:]))
    for path in sorted((FOUND / name).iterdir()):
        print(f"replay: python -m fuzz {name} --replay {path}")
    return False


def prepared(name: str) -> list[str]:
    """The seeds and words of a target on disk, and what tells libFuzzer where they are."""
    corpus, given, found = CORPUS / name, CORPUS / f"{name}.seeds", FOUND / name
    for folder in (corpus, given, found):
        folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(name)):
        (given / str(number)).write_bytes(data)
    told = CORPUS / f"{name}.words"
    told.write_text("".join(f'"{escaped(word)}"\n' for word in words(name)), encoding="ascii")
    listed = [f"-dict={told}"] if words(name) else []
    return [str(corpus), str(given), *listed, f"-artifact_prefix={found}/"]


def escaped(word: str) -> str:
    """A word as libFuzzer's lists have it."""
    return "".join(f"\\x{byte:02X}" for byte in word.encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    sys.exit(main())
