"""Programs and `dotterel` in processes of their own, forks of one that has loaded what most of them need.

Each begins with its imports, pipeline and tables there, shares nothing else with the others, and ends as any process of
Python does: twenty take the time of two. What tests the beginning itself starts a process anew.
"""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

# Reads what to run, a line each, forks, and tells what came of it. The fork leaves the loop and runs it. No thread
# lives on in a fork: so the classifier, whose library keeps one, is not loaded before, and the database that older
# DuckDBs open for themselves is closed.
SERVER = f"""
import json, os, resource, signal, sys
from threading import Thread

sys.path.insert(0, {str(Path(__file__).parent)!r})
import duckdb
import dotterel.cli, dotterel.exports, dotterel.linking, dotterel.reading.html, dotterel.run, dotterel.store
from dotterel.memory import settle
from parsed import drafts

drafts("France condemned Chad on Sunday, the ministry in Paris said. Two people were killed.")
del sys.path[0]
duckdb.close()
settle()


def told(child, pipes):
    found = [b"", b""]
    def drain(number, pipe):
        with open(pipe, "rb") as file:
            found[number] = file.read()
    threads = [Thread(target=drain, args=each) for each in enumerate(pipes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), *(words.decode() for words in found)]


def begin(asked, pipes):
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    for number, file in enumerate((os.open(os.devnull, os.O_RDONLY), *pipes)):
        os.dup2(file, number)
        os.close(file)
    sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w", 1, errors="backslashreplace")
    if asked["most"]:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["most"], asked["most"]))
    sys.argv[:] = asked["argv"]


for line in sys.stdin:
    asked = json.loads(line)
    reading, writing = zip(os.pipe(), os.pipe())
    child = os.fork()
    if child == 0:
        begin(asked, writing)
        break
    for pipe in writing:
        os.close(pipe)
    print(json.dumps(told(child, reading)), flush=True)
else:
    sys.exit()
exec(compile(asked["program"], "<string>", "exec"))
"""
MAIN = "from dotterel.cli import main; main()"


class Asked:
    """A process that runs a program which answers lines, until the block is left."""

    def __init__(self, program, *arguments, before=()):
        command = [*before, sys.executable, "-c", program, *map(str, arguments)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


class Forks(Asked):
    """A process to fork from, itself started by way of the command `before`, where there is one."""

    def __init__(self, before=()):
        super().__init__(SERVER, before=before)

    def run(self, program, *arguments, cwd=None, env=None, most=0):
        """What came of a program, all of whose files may grow to `most` bytes, where that is given."""
        argv = ["-c", *map(str, arguments)]
        asked = {"program": program, "argv": argv, "cwd": str(cwd or Path.cwd()), "env": dict(env or os.environ)}
        self.process.stdin.write(json.dumps({**asked, "most": most}) + "\n")
        return subprocess.CompletedProcess(argv, *json.loads(self.process.stdout.readline()))

    def dotterel(self, *arguments, **options):
        """What came of the command line."""
        return self.run(MAIN, *arguments, **options)


@cache
def forks():
    """The process that all tests of this process fork from; it ends with it."""
    return Forks()
