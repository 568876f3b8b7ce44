"""A report that tries to be more than text, for tests of the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dotterel.types import (
    Actor,
    ActorMention,
    Alternative,
    Attribution,
    Coding,
    Event,
    Figure,
    Interval,
    Mention,
    Place,
    Quote,
    Report,
    Stance,
)

MARKUP = "<img src=x onerror=alert(1)>"
BREAKOUT = "\"'></title></textarea></script><script>alert(2)</script>"
TITLE = f"Ministers {MARKUP} meet {{{{ 7*7 }}}} &lt;b&gt; 🕊 in Arden"
BODY = (
    f"France {BREAKOUT} met Arden 🕊🕊 on Monday at \u202eevil\u202c Borrowdale, {{% raw %}} \x00 said.\n\n"
    "javascript:alert(3) &amp; ${alert(4)} [link](javascript:alert(5)) \u2028 end.\r\nThe last line \u0085 has no mark."
)
TEXT = f"{TITLE}\n\n{BODY}"


def span(words: str) -> tuple[str, int, int]:
    """The words, and where they stand first."""
    at = TEXT.index(words)
    return words, at, at + len(words)


def hostile_coding() -> Coding:
    """The coding of a report in which every field holds markup."""
    bad = Actor(f"state:{BREAKOUT}", f"Minister {MARKUP}", "<b>", "GOV", ("GOV", "<i>"))
    other = Alternative(Actor("x", f"Other {BREAKOUT}", "FRA"), 0.4)
    who = ActorMention(*span("France"), bad, "named", 0.8, f"because {MARKUP}", (other,))
    whom = ActorMention(*span("Arden 🕊🕊"), replace(bad, id="group:arden"), "named", 0.7, BREAKOUT)
    words, start, end = span(BREAKOUT)
    place = Place(*span("Borrowdale"), f"Borrowdale {MARKUP}", "FRA", 1.0, 2.0, 3, 0.9, BREAKOUT, MARKUP)
    monday = span("Monday")
    day = Interval(date(2016, 2, 1), date(2016, 2, 1), "day", *monday, reason=MARKUP)
    met = span("met")
    event = Event(
        "bad0-1", "CONSULT", f"visit{MARKUP}", "occurred", (who,), (whom,), day, place, who, who,
        (Mention(BODY, *met, len(TITLE) + 2, len(TEXT)),), 0.9, f"verb {BREAKOUT}", ("<script>",),
    )  # fmt: skip
    return Coding(
        Report("bad0", TEXT, TITLE, date(2016, 2, 2), MARKUP, BREAKOUT, "{{ config }}", "javascript:alert(6)",
               "../../etc/passwd<script>"),
        (event,),
        (Quote(words, who, MARKUP, BREAKOUT, start, end, MARKUP),),
        (Figure(3, MARKUP, "dead", BREAKOUT, MARKUP, MARKUP, MARKUP, MARKUP, BODY, start, end, MARKUP, "bad0-1"),),
        (Stance(MARKUP, BREAKOUT, "supports", MARKUP, BODY, start, end, BREAKOUT),),
        (Attribution(who, who.start, who.end, MARKUP, met[1], met[2], BREAKOUT, start, end, "direct", MARKUP),),
        (place,),
    )  # fmt: skip
