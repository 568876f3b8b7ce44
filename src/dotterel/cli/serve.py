"""The desk: `dotterel serve`."""

from __future__ import annotations

import webbrowser
from typing import Annotated

import typer

from dotterel.cli.options import Database, require

NEEDED = ("bokeh", "jinja2", "multipart", "networkx", "pandas", "starlette", "uvicorn")


def serve(
    database: Database,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, metavar="N", help="8377, or the next that is free, if not given.")
    ] = None,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen. Another than 127.0.0.1 demands a token.")
    ] = "127.0.0.1",
    token: Annotated[
        str | None, typer.Option(metavar="WORDS", help="What visitors have to show; made up where it is needed.")
    ] = None,
    browser: Annotated[bool, typer.Option("--open", help="Open the page in the browser of this machine.")] = False,
) -> None:
    """Open a database as a local web app: read, check and correct the record.

    Prints the address to open in a browser, and answers until Ctrl-C. Only this
    machine reaches it unless --host says otherwise; it fetches nothing from
    anywhere. The database is held only while a page is made or a correction
    written, so that a run may go on writing it. Needs the extra: pip install 'dotterel[web]'

    \b
    Example:
      dotterel serve events.duckdb
    """
    require("the desk", "web", NEEDED)
    from dotterel.web.serving import desk_for, listen
    from dotterel.web.serving import serve as answer

    desk = desk_for(database, host, token)
    at = listen(host, port)

    def ready(address: str) -> None:
        print(f"{database} is open at {address}\nCtrl-C closes it.", flush=True)
        if browser:
            webbrowser.open(address)

    answer(desk, at, ready)
