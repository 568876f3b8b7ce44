"""Builds data/offices.tsv from the curated holders, Wikidata's leaders of 2022 and REIGN's leaders since 1945.

Usage: python tables/build_offices.py REIGN.csv WORLD_LEADERS.csv
Where sources speak of the same holder, the curated table wins over Wikidata, and Wikidata over REIGN.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from dotterel.settings import DATA
from dotterel.tables import read, read_file

HERE = Path(__file__).parent
HEADER = """\
# Who held which office when. Built by tables/build_offices.py; correct tables/offices_curated.tsv, not this file.
# Sources: `general`, written from general knowledge in 2026; `wikidata`, Wikidata's leaders as of 2022 (CC0); `reign`,
# the REIGN data set of leaders 1945-2021 (Bell, Besaw and Frank, One Earth Future), surnames only where nobody has
# filled in the full name.
# person: name in full as news write it, the same for one human in every row; aliases: other forms, `|` between; office;
# country: alpha-3, or IGO, NGO, NSA; organisation: where it is not the state; sector: PLOVER code; from, to: YYYY-MM or
# YYYY, `to` empty while in office; gender: m or f where known; source.
"""
COLUMNS = ("person", "aliases", "office", "country", "organisation", "sector", "from", "to", "gender", "source")
HEADS = frozenset(
    {"president", "prime minister", "leader", "king", "queen", "monarch", "emperor", "emir", "sultan", "chancellor",
     "paramount leader", "supreme leader", "military leader", "military ruler", "chief adviser", "state counsellor",
     "shah", "president of the sovereignty council", "prince"}
)  # fmt: skip
YEARLY = frozenset({"SMR", "CHE"})  # states whose leader changes every year or half-year: no use to a reader of news


@dataclass(frozen=True, slots=True)
class Term:
    """One person's term in one office."""

    person: str
    office: str
    country: str
    organisation: str
    sector: str
    start: str  # YYYY-MM or YYYY
    end: str  # the same, empty while in office
    gender: str
    source: str


def folded(name: str) -> str:
    """The name in lower-case ASCII letters, hyphens as spaces, to compare spellings."""
    decomposed = unicodedata.normalize("NFKD", plain(name))
    return re.sub(r"[^a-z ]", "", decomposed.encode("ascii", "ignore").decode().lower().replace("-", " ")).strip()


def plain(name: str) -> str:
    """The name without letters that do not decompose into ASCII."""
    return name.translate(
        str.maketrans({"ı": "i", "İ": "I", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d"})
    )


def curated_terms(path: Path) -> list[Term]:
    """The terms of the hand-written table, whose cells list many holders.

    Raises ValueError naming a holder without dates.
    """
    terms = []
    for row in read_file(path):
        for holder in row["holders"].split(";"):
            match = re.fullmatch(r"(.+?)(\*?) (\d{4}(?:-\d\d)?)/(\d{4}(?:-\d\d)?)?", holder.strip())
            if match is None:
                raise ValueError(f"{path.name}: {row['country']} {row['office']}: cannot read {holder.strip()!r}")
            person, woman, start, end = match.groups(default="")
            gender = "f" if woman else "m"
            place = (row["office"], row["country"], row["organisation"], row["sector"])
            terms.append(Term(person, *place, start, end, gender, "general"))
    return in_one_spelling(terms)


def in_one_spelling(terms: list[Term]) -> list[Term]:
    """The terms with one spelling for one person of a state: that with most of its accents."""
    best: dict[tuple[str, str], str] = {}
    for term in sorted(terms, key=lambda t: sum(not c.isascii() for c in t.person)):
        best[term.country, folded(term.person)] = term.person
    return [replace(term, person=best[term.country, folded(term.person)]) for term in terms]


def wikidata_office(label: str) -> str | None:
    """The plain office behind a Wikidata position, None for members of collective bodies and vice-regal figures."""
    lowered = label.lower()
    if re.search(
        r"captain regent|co-prince|governor-general|pontifical|member of|chief minister|minister of state", lowered
    ):
        return None
    for word in ("prime minister", "supreme leader", "chancellor", "president", "sultan", "emir", "emperor", "king"):
        if word in lowered:
            return word
    if lowered.startswith("monarch"):
        return "king"
    return {"taoiseach": "prime minister", "premier": "prime minister"}.get(lowered.split(" of ")[0])


def wikidata_terms(path: Path, codes: dict[str, str]) -> list[Term]:
    """Heads of state and government of recognised states, in years; monarchs of realms shared with Britain left out."""
    terms = []
    for row in csv.DictReader(path.open(encoding="utf-8")):
        person = re.sub(r" of [A-Z][\w ]+$|, .*$", "", row["officeholderLabel"]).strip()
        office, code = wikidata_office(row["positionLabel"]), codes.get(row["country"])
        realm = person in {"Elizabeth II", "Charles III"}
        if office is None or code is None or realm or re.fullmatch(r"Q\d+", person):
            continue
        terms.append(Term(person, office, code, "", "GOV", row["start_year"], row["end_year"], "", "wikidata"))
    return terms


def month(year: str, number: str) -> str:
    """A year and a month as YYYY-MM, '' without a year."""
    return f"{int(float(year))}-{int(float(number)):02d}" if year and number else year


def state_at(codes: str, start: str) -> str:
    """Of a state and its heirs (`|` between), the one that existed in that month."""
    last_years = {r["code"]: r["to"] for r in read("states")}
    for code in codes.split("|"):
        if not last_years[code] or start[:4] <= last_years[code]:
            return code
    return codes.split("|")[-1]


def reign_terms(path: Path, cow: dict[str, dict[str, str]], names: dict[tuple[str, str], str]) -> list[Term]:
    """REIGN's leaders under the office their state's leaders mostly hold."""
    terms = []
    for row in csv.DictReader(path.open(encoding="utf-8", errors="replace")):
        state = cow.get(row["stateabb"])
        if state is None or "\ufffd" in row["leader"] or "š" in row["leader"] or state["code"] in YEARLY:
            continue
        leader = re.sub(r" *\(.*", "", row["leader"]).strip()
        surname_last = re.sub(r"^([^,]+), *(.+)$", r"\2 \1", leader)
        person = names.get((row["stateabb"], leader), re.sub(r" +", " ", surname_last))
        start = month(row["syear"], row["smonth"])
        end = month(row["eyear"], row["emonth"])
        if start >= "1945" or end >= "1945":
            gender = "f" if row["gender"] == "0" else "m"
            code = state_at(state["code"], start)
            terms.append(Term(person, state["office"], code, "", "GOV", start, end, gender, "reign"))
    return terms


def ends(term: Term) -> str:
    """The last month of a term, in a form that sorts after every other for one that has not ended."""
    return term.end or "9999"


def overlap(one: Term, other: Term) -> bool:
    """Whether two terms share more than the month or year in which one follows the other."""
    return one.start[:7] < ends(other)[:7] and other.start[:7] < ends(one)[:7]


def is_known(term: Term, known: list[Term]) -> bool:
    """Whether better sources already say who led that state at that time, in that office or under that name."""
    mine = set(folded(term.person).split())
    for other in known:
        if other.country != term.country or other.office not in HEADS or other.organisation:
            continue
        theirs = set(folded(other.person).split())
        shared = mine & theirs - {"al", "bin", "el", "de", "ibn", "mohammed", "mohamed", "ahmed", "van", "von"}
        if other.office == term.office and overlap(term, other):
            return True
        if (shared and overlap(term, other)) or (
            term.source == "reign" and term.office == "leader" and overlap(term, other)
        ):
            return True
    return False


def with_full_names(terms: list[Term], known: list[Term]) -> list[Term]:
    """Terms under the spelling that the better source uses for the same person of the same state."""
    spelling = {(t.country, folded(t.person)): t.person for t in reversed(known)}
    return [replace(t, person=spelling.get((t.country, folded(t.person)), t.person)) for t in terms]


def ended(term: Term, known: list[Term]) -> Term:
    """A term left open by an old source, closed where a better one names a successor in the office."""
    later = [t.start for t in known if (t.country, t.office) == (term.country, term.office) and t.start > term.start]
    return replace(term, end=min(later)) if later and not term.end else term


def merged(curated: list[Term], wikidata: list[Term], reign: list[Term]) -> list[Term]:
    """All terms, the lesser source only where the better ones are silent."""
    known = list(curated)
    for source in (wikidata, reign):
        fresh = [t for t in with_full_names(source, known) if not is_known(ended(t, known), known)]
        known += [ended(t, known) for t in fresh]
    return sorted(known, key=lambda t: (t.country, t.organisation, t.office, t.start, t.person))


def spellings(person: str, listed: str) -> str:
    """The listed aliases, and the plain ASCII and hyphenless forms of name and aliases, without doubles."""
    names = [person, *(a for a in listed.split("|") if a)]
    for name in tuple(names):
        ascii_form = unicodedata.normalize("NFKD", plain(name)).encode("ascii", "ignore").decode()
        names += [ascii_form, ascii_form.replace("-", " ")] if len(ascii_form) >= len(name) - 1 else []
    return "|".join(dict.fromkeys(n for n in names if n != person))


def main(reign: Path, world_leaders: Path) -> None:
    """Write data/offices.tsv."""
    codes = {name: r["code"] for r in read("states") for name in (r["name"], *r["aliases"].split("|"))}
    codes |= {"Kingdom of Denmark": "DNK", "State of Palestine": "PSE", "Federated States of Micronesia": "FSM"}
    cow = {r["cow"]: r for r in read_file(HERE / "cow_codes.tsv")}
    names = {(r["cow"], r["leader"]): r["person"] for r in read_file(HERE / "reign_names.tsv")}
    aliases = {r["person"]: r["aliases"] for r in read_file(HERE / "person_aliases.tsv")}
    curated = curated_terms(HERE / "offices_curated.tsv")
    terms = merged(curated, wikidata_terms(world_leaders, codes), reign_terms(reign, cow, names))
    lines = [
        "\t".join(
            (
                t.person,
                spellings(t.person, aliases.get(t.person, "")),
                t.office,
                t.country,
                t.organisation,
                t.sector,
                t.start,
                t.end,
                t.gender,
                t.source,
            )
        )
        for t in terms
    ]
    (DATA / "offices.tsv").write_text(HEADER + "\t".join(COLUMNS) + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    unused = sorted(set(aliases) - {t.person for t in terms})
    print(f"{len(terms)} terms of {len({t.person for t in terms})} persons; aliases of nobody: {unused}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
