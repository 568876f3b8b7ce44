"""Compares a coding with what is expected of it, at the level of who did what to whom."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from dotterel.reading.sources import read
from dotterel.types import ActorMention, Event, Failure, Report

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
CODINGS = Path(__file__).parent / "codings"
NO_COUNTRY = {"IGO", "NGO", "NSA", "MNC"}  # kinds of actor, shared by actors that have nothing to do with each other
RECIPROCAL = {"AGREE", "ASSAULT", "CONSULT", "COOPERATE", "SUPPORT"}  # all parties may stand under actors


def fold(text: str | None) -> str:
    """Letters and figures in lower case, accents taken off, one space between words."""
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


def same_name(first: str | None, second: str | None) -> bool:
    """Do all the words of one name occur in the other?"""
    words, others = set(fold(first).split()), set(fold(second).split())
    return bool(words and others) and (words <= others or others <= words)


def is_actor(wanted: str, mention: ActorMention) -> bool:
    """Is the mention the wanted country code or name?"""
    if wanted == mention.actor.country and wanted not in NO_COUNTRY:
        return True
    return same_name(wanted, mention.actor.name)


def any_is(wanted: str, mentions: tuple[ActorMention, ...]) -> bool:
    """Is one of the mentions the wanted actor? An empty wish is met by whatever is there."""
    return not wanted or any(is_actor(wanted, m) for m in mentions)


def is_dyad(event: Event, kind: str, actor: str, recipient: str) -> bool:
    """Has the event this type, actor and recipient? Parties of a reciprocal act may stand on either side."""
    if event.type != kind:
        return False
    if any_is(actor, event.actors) and any_is(recipient, event.recipients):
        return True
    parties = (*event.actors, *event.recipients)
    return kind in RECIPROCAL and any_is(actor, parties) and any_is(recipient, parties)


def wanted_of(entities: list[dict[str, Any]]) -> list[str]:
    """What each expected actor is compared by: its country, or its name where it has none."""
    return [e["name"] if e["country"] in {None, *NO_COUNTRY} else e["country"] for e in entities] or [""]


def same_words(first: str, second: str) -> bool:
    """Does one sentence contain the other, marks and spaces aside?"""
    short, long = sorted((fold(first), fold(second)), key=len)
    return bool(short) and short in long


def tells(event: Event, expected: dict[str, Any]) -> bool:
    """Is the event told in a sentence that the expected one is told in?"""
    return any(same_words(e["sentence"], m.sentence) for e in expected["mentions"] for m in event.mentions)


def found(expected: dict[str, Any], events: tuple[Event, ...]) -> bool:
    """Is the expected event among those coded: a shared sentence, its type, an actor and a recipient of it?"""
    dyads = [(a, r) for a in wanted_of(expected["actors"]) for r in wanted_of(expected["recipients"])]
    return any(tells(e, expected) and any(is_dyad(e, expected["type"], a, r) for a, r in dyads) for e in events)


def examples() -> dict[str, Report]:
    """The reports of examples/ by the name of their expected coding. Raises ValueError where one is unreadable."""
    titles = {}
    for path in CODINGS.glob("*.json"):
        told = json.loads(path.read_text(encoding="utf-8")).get("report", {})
        titles[told.get("title")] = path.stem
    reports = {}
    for source in sorted(p for p in EXAMPLES.iterdir() if p.suffix in {".txt", ".html", ".jsonl"}):
        for report in read([str(source)]):
            if isinstance(report, Failure):
                raise ValueError(f"{report.path}: {report.reason}")
            reports[titles.get(report.title, source.stem)] = report
    return reports


def expected(name: str) -> dict[str, Any]:
    """The expected coding of an example."""
    coding: dict[str, Any] = json.loads((CODINGS / f"{name}.json").read_text(encoding="utf-8"))
    return coding
