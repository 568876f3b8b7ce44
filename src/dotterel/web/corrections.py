"""What people decided: every correction, merge, split, join and part, to be looked through and undone."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from dotterel.errors import InputError
from dotterel.store.history import KINDS, Decision, ToldAct
from dotterel.web.correcting import UNDONE_AT, who
from dotterel.web.desk import desk_of
from dotterel.web.filters import whole
from dotterel.web.paging import page_count
from dotterel.web.rendering import address, render

SHOWN = 50  # decisions a page
MOST_PAGES = 1_000_000
LABELS = {  # kind -> what is told of one, and of many
    "accept": ("accepted", "Accepted"),
    "reject": ("rejected", "Rejected"),
    "edit": ("edited", "Edited"),
    "add": ("added", "Added"),
    "merge": ("merged", "Merged actors"),
    "split": ("split", "Split actors"),
    "join": ("joined", "Joined events"),
    "part": ("parted", "Parted events"),
}
FIELDS = {"type": "type", "mode": "mode", "status": "status", "date": "date", "place_name": "place", "actors": "who",
          "recipients": "to whom"}  # fmt: skip


def corrections(request: Request) -> Response:
    """The page."""
    kind = request.query_params.get("kind") or None
    if kind is not None and kind not in KINDS:
        raise InputError(f"kind: there is no '{kind}'; choose one of {', '.join(KINDS)}")
    page = whole("page", request.query_params.get("page"), 1, MOST_PAGES) or 1
    with desk_of(request).store.reading() as store:
        counts = store.history_counts()
        decisions = store.history(kind, SHOWN, SHOWN * (page - 1))
    total = counts.get(kind, (0, 0))[0] if kind else sum(made for made, _ in counts.values())
    return render(
        request, "corrections.html", title="Corrections", counts=counts, decisions=decisions, kind=kind, page=page,
        pages=page_count(total, SHOWN), total=total, labels=LABELS, undone_at=UNDONE_AT, by=who(request) or "",
        back=address("/corrections", kind=kind, page=page if page > 1 else None), sentence_parts=sentence_parts,
        changes_told=changes_told,
    )  # fmt: skip


def sentences(request: Request) -> Response:
    """What was decided as labelled sentences, to be downloaded."""
    from dotterel.training.corrected import labelled

    with desk_of(request).store.reading() as store:
        found = labelled(store.decided())
    name = f"{desk_of(request).path.stem}.sentences.jsonl"
    ascii_name = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name)
    headers = {"content-disposition": f'attachment; filename="{ascii_name}"'}
    return StreamingResponse(found.lines(), media_type="application/jsonl; charset=utf-8", headers=headers)


def sentences_count(request: Request) -> Response:
    """How many labelled sentences there are, for a script: to look each party up in its sentence may take a moment."""
    from dotterel.training.corrected import labelled

    with desk_of(request).store.reading() as store:
        found = labelled(store.decided())
    message = f"Sentences: {len(found.rows):,}. Pairs of parties with an act: {found.acts:,}; without: {found.none:,}."
    if found.left_out:
        message += f" Left out, as their sentence does not name who takes part: {len(found.left_out):,}."
    return JSONResponse({"message": message, "left_out": found.left_out})


def sentence_parts(act: ToldAct) -> tuple[str, str, str]:
    """The sentence of an act before its words, these, and behind them."""
    words, sentence = act.words or "", act.sentence or ""
    if not words or words not in sentence:
        return sentence, "" if sentence else words, ""
    return sentence.partition(words)


def changes_told(decision: Decision) -> list[tuple[str, str]]:
    """What a correction sets, as (field, value) in words. One added by hand has nothing to empty."""
    given = dict(decision.changes)
    if given.get("place_name"):
        given["place_name"] = ", ".join(filter(None, (given["place_name"], given.get("place_country"))))
    kept = [(FIELDS[name], value) for name, value in given.items() if name in FIELDS]
    return [(name, value or "none") for name, value in kept if value or decision.kind != "add"]


ROUTES: list[BaseRoute] = [
    Route("/corrections", corrections),
    Route("/corrections/sentences.jsonl", sentences),
    Route("/corrections/sentences/count", sentences_count),
]
