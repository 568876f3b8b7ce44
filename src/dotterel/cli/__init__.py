"""The command line: arguments in, one call, one line a failure. Heavy parts load inside the commands.

A module a group of commands; COMMANDS says which there are, in the order of `dotterel --help`.
"""

from dotterel.cli import (
    actors,
    analyze,
    asking,
    clustering,
    coding,
    linking,
    mending,
    output,
    reference,
    searching,
    serve,
    training,
    watch,
)
from dotterel.cli.entry import app, main

__all__ = ["app", "main"]

COMMANDS = (
    coding.code,
    coding.show,
    clustering.load,
    asking.query,
    searching.search,
    actors.actors,
    linking.link,
    mending.correct,
    mending.recode,
    output.export,
    serve.serve,
    watch.watch,
    training.train,
    reference.codebook,
)
for command in COMMANDS:
    app.command()(command)
app.add_typer(analyze.app)
