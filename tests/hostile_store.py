"""A database in which every string, of reports, records and decisions, tries to be more than text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dotterel.store import open_store
from dotterel.types import (
    Actor,
    ActorMention,
    Alternative,
    Attribution,
    Coding,
    Event,
    Failure,
    Figure,
    Interval,
    Mention,
    Place,
    Quote,
    Report,
    Stance,
)

MARK = "data-pwned"  # an attribute of every element that the words would make
MARKUP = (
    f"<script {MARK}>window.pwned=1</script><img {MARK} src=x onerror=window.pwned=1>"
    f"'\"><svg {MARK} onload=window.pwned=1>--><!--]]></title></style></textarea></option></script><b {MARK}>"
    '{{7*7}}{% raw %}${7*7}#{7*7} "; DROP TABLE events; -- $$x^2$$ \\(x\\) \x00 \u202egpj.exe'
    " \u200b\ufeff\u2028&lt;i&gt;"
)
ADDRESS = "javascript:window.pwned=1//"
LONG = "w" * 100_000
KINDS = {"bad0": MARKUP, "bad1": ADDRESS, "bad2": LONG}  # ids of reports and what is in their strings


def coding(number: str, words: str) -> Coding:
    """A coding whose every string is those words, as far as it may be any."""
    lines = [words, f"{words} said that {words} met {words}.", f"{words} fled."]
    text = "\n\n".join(lines)
    start = len(lines[0]) + 2
    met = text.index(" met ", start) + 1
    ends = (start, start + len(words))
    few = words[:2000]  # where there are more than one of a record
    bad = Actor(f"group:{words[:300]}", words, "FRA", "GOV", ("GOV", few))  # ids are slugs of names, and never long
    other = Actor(f"person:{words[:300]}", words, few, few, (few,))
    who = ActorMention(words, *ends, bad, few, 0.9, few, (Alternative(other, 0.2),))
    whom = ActorMention(words, met + 4, met + 4 + len(words), other, few, 0.8, few)
    place = Place(words, met + 4, met + 4 + len(words), few, "FRA", 48.0 + len(words) % 7, 2.0, 3, 0.9, few, few)
    day = Interval(date(2016, 2, 1), date(2016, 2, 1), "day", few, *ends, few)
    told = Mention(lines[1], "met", met, met + 3, start, start + len(lines[1]))
    facts = (who,), (whom,), day, place, who, who, (told,), 0.9, few, (few,)
    return Coding(
        Report(number, text, words, date(2016, 2, 2), few, few, few, few, few, few),
        (Event(f"{number}-1", "CONSULT", few, "occurred", *facts),),
        (Quote(words, who, few, few, *ends, few), Quote(words, None, few, None, *ends, few)),
        tuple(Figure(3, few, what, few, few, few, few, few, lines[1], *ends, few, f"{number}-1")
              for what in ("dead", few)),
        (Stance(few, few, "supports", few, lines[1], *ends, few),),
        (Attribution(who, *ends, words, *ends, few, *ends, few, few),
         Attribution(None, *ends, words, *ends, few, *ends, few, few)),
        (place,),
    )  # fmt: skip


def make_hostile(path: Path) -> Path:
    """The database at that path, with decisions of every kind, and failures."""
    codings = [coding(number, words) for number, words in KINDS.items()]
    twin = coding("bad3", MARKUP + " again")
    with open_store(path) as store:
        store.add_many([*codings, twin])
        for words in KINDS.values():
            store.add_failure(Failure(words, words))
        bad, again = codings[0].events[0].actors[0].actor, twin.events[0].actors[0].actor
        store.accept("bad1-1", note=MARKUP, by=MARKUP)
        store.undo_correction(store.reject("bad2-1", note=LONG, by=LONG))
        store.edit("bad3-1", place=MARKUP, recipients=[MARKUP, LONG], note=MARKUP, by=MARKUP)
        for kind, words in zip(("AID", "AGREE", "ACCUSE"), KINDS.values(), strict=True):
            store.add_event("bad0", kind, "fled", actors=[words], place=words, note=words, by=words)
        store.split(bad.id, MARKUP, report="bad0", note=MARKUP)
        store.merge(again.id, bad.id, note=MARKUP)
        store.part("bad0-1", "bad3-1", MARKUP, MARKUP)
        store.join("bad0-1", "bad1-1", MARKUP, MARKUP)
        store.reject("bad2-1", note=MARKUP, by=MARKUP)
        store.undo_correction(store.accept("bad3-1", note=LONG, by=LONG))
    return path
