"""Four reports of one attack that differ on its day and toll, one of them a reprint; for tests of the desk."""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256

from dotterel.types import Coding, Report

RAID = (
    "Al-Shabaab fighters attacked a police post in Mandera in northern Kenya on Monday, killing 12 officers, the"
    " interior ministry said.\n\n"
    '"We will hunt them down," Interior Minister Fred Matiang\'i told reporters in Nairobi. Kenyan troops were deployed'
    " to the town on Tuesday, and the government accused Al-Shabaab of planning further raids on the border.\n\n"
    "The United Nations condemned the attack and offered its condolences to Kenya."
)
OTHER = (
    "Al-Shabaab militants attacked a police post in Mombasa in Kenya on Tuesday, killing 20 officers, a local official"
    " said.\n\n"
    "Fred Matiang'i met the Ethiopian ambassador in Nairobi on Wednesday to talk about the border."
)
BRIEF = (
    "Al-Shabaab fighters attacked a police post in Mandera in Kenya on Monday and killed 12 officers.\n\n"
    "Ethiopia condemned Al-Shabaab on Wednesday."
)
TOLD = (
    ("Gunmen storm Kenyan police post", RAID, date(2021, 5, 4), "The Harbour Post"),
    ("Kenya mourns its policemen", OTHER, date(2021, 5, 5), "Coast Herald"),
    ("Gunmen storm Kenyan police post", RAID, date(2021, 5, 5), "Inland Gazette"),
    ("A night in Mandera", BRIEF, date(2021, 5, 5), "Lake Observer"),
)


def retold() -> list[Report]:
    """The reports."""
    return [
        Report(sha256(f"{source}{day}".encode()).hexdigest()[:16], f"{title}\n\n{body}", title, day, source)
        for title, body, day, source in TOLD
    ]


@cache
def retold_codings() -> tuple[Coding, ...]:
    """What dotterel reads in them."""
    from dotterel import Coder

    return tuple(item for item in Coder().pipe(retold()) if isinstance(item, Coding))
