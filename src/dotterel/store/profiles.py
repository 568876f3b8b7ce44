"""One actor: who that is, under what names and offices reports mention them, what they did, said and stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dotterel.actors.offices import Term, terms
from dotterel.actors.vocabulary import slug
from dotterel.store.database import Store
from dotterel.store.tellings import rows_of

Row = dict[str, Any]
MERGED = "SELECT into_id, into_name FROM merged_actors WHERE actor_id = $id"
MERGE_OF = """
SELECT number FROM actor_decisions
WHERE kind = 'merge' AND actor_id = $id AND undone IS NULL ORDER BY number DESC LIMIT 1
"""
# Whom dotterel took the words for that are of this actor now: itself, those merged into it, those it was split from.
IDS = """
WITH merged AS (SELECT actor_id FROM merged_actors WHERE into_id = $id),
split AS (
    SELECT actor_id FROM actor_decisions
    WHERE kind = 'split' AND undone IS NULL AND (into_id = $id OR into_id IN (SELECT actor_id FROM merged))
)
SELECT id, bool_or(own) AS own FROM (
    SELECT $id AS id, true AS own
    UNION ALL SELECT actor_id, true FROM merged UNION ALL SELECT actor_id, false FROM split
) GROUP BY id
"""
KNOWN = "SELECT id, name, country, sector, sectors FROM actors WHERE id = $id"
OWN = "list_contains($ids, p.coded_id) AND p.actor_id = $id"
# Quotations and citations have no view in which splits hold.
SPLIT = """
list_contains($ids, {id}) AND list_contains($own, coalesce((
    SELECT arg_max(d.into_id, d.number) FROM actor_decisions d
    WHERE d.kind = 'split' AND d.undone IS NULL AND d.actor_id = {id}
      AND (d.report_id IS NULL OR d.report_id = {report}) AND (d.text IS NULL OR d.text = {text})
), {id}))
"""
SPOKEN = SPLIT.format(id="q.speaker_id", report="q.report_id", text="q.speaker_text")
CITED = SPLIT.format(id="a.actor_id", report="a.report_id", text="a.actor_text")
NAMED = f"""
WITH told AS (
    SELECT p.coded_id, p.name, p.country, p.sector, p.sectors, p.text, p.kind, p.report_id FROM parties p WHERE {OWN}
    UNION ALL
    SELECT NULL, q.speaker_name, q.speaker_country, q.speaker_sector, q.speaker_sectors, q.speaker_text, q.speaker_kind,
           q.report_id
    FROM quotes q WHERE {SPOKEN}
    UNION ALL
    SELECT NULL, a.actor_name, a.actor_country, a.actor_sector, a.actor_sectors, a.actor_text, a.actor_kind, a.report_id
    FROM attributions a WHERE {CITED}
)
SELECT t.coded_id, t.name, t.country, t.sector, t.sectors, t.text, t.kind, count(*) AS mentions,
       count(DISTINCT t.report_id) AS reports, min(r.published) AS first_seen, max(r.published) AS last_seen
FROM told t JOIN reports r ON r.id = t.report_id
GROUP BY ALL ORDER BY mentions DESC, t.text
"""
QUOTES = f"""
SELECT q.report_id, q.text, q.via, r.title, r.source, r.published,
       (SELECT count(*) FROM quotes o WHERE o.report_id = q.report_id AND o.start_char <= q.start_char) AS place
FROM quotes q JOIN reports r ON r.id = q.report_id
WHERE {SPOKEN} ORDER BY r.published DESC NULLS LAST, q.report_id, q.start_char LIMIT $most
"""
CITATIONS = f"""
SELECT a.report_id, a.kind, a.cue_text AS cue, a.via, r.title, r.source, r.published,
       substring(r.text, a.content_start_char + 1, a.content_end_char - a.content_start_char) AS content,
       (SELECT count(*) FROM attributions o
        WHERE o.report_id = a.report_id AND o.content_start_char <= a.content_start_char) AS place
FROM attributions a JOIN reports r ON r.id = a.report_id
WHERE {CITED} ORDER BY r.published DESC NULLS LAST, a.report_id, a.content_start_char LIMIT $most
"""
TALKED = f"""
SELECT (SELECT count(*) FROM quotes q WHERE {SPOKEN}) AS quotes,
       (SELECT count(*) FROM attributions a WHERE {CITED}) AS citations
"""
FOLDED = "strip_accents(lower({}))"
# Stances name their parties in words: those that name this actor are its names, as whole words and as nobody else's.
STANCES = """
SELECT s.report_id, s.holder, s.toward, s.stance, s.issue, s.sentence, r.title, r.source, r.published,
       list_contains($names, {holder}) AS held,
       (SELECT count(*) FROM stances o WHERE o.report_id = s.report_id AND o.start_char <= s.start_char) AS place
FROM stances s JOIN reports r ON r.id = s.report_id
WHERE list_contains($names, {holder}) OR list_contains($names, {toward})
ORDER BY r.published DESC NULLS LAST, s.report_id, s.start_char
""".format(holder=FOLDED.format("s.holder"), toward=FOLDED.format("s.toward"))
SHARED = """
SELECT {text} AS text FROM event_actors WHERE {text} IN (SELECT unnest($names::VARCHAR[]))
GROUP BY 1 HAVING count(DISTINCT actor_id) FILTER (NOT list_contains($ids, actor_id)) > 0
UNION SELECT {name} FROM actors WHERE {name} IN (SELECT unnest($names::VARCHAR[])) AND NOT list_contains($ids, id)
""".format(text=FOLDED.format("text"), name=FOLDED.format("name"))
FOLD = f"SELECT DISTINCT {FOLDED.format('n')} AS name FROM (SELECT unnest($names::VARCHAR[]) AS n)"
DECIDED = """
SELECT d.number, d.kind, d.actor_id, coalesce(a.name, d.actor_id) AS name, d.into_id, d.into_name, d.report_id, d.text,
       d.note, d.made, d.undone, r.title
FROM actor_decisions d LEFT JOIN actors a ON a.id = d.actor_id LEFT JOIN reports r ON r.id = d.report_id
WHERE $ids IS NULL OR list_contains($ids, d.actor_id) OR list_contains($ids, d.into_id)
ORDER BY d.undone IS NOT NULL, d.number DESC LIMIT $most
"""
OWN_WORDS = ("named", "titled")  # kinds of mention that name the actor wherever they stand


@dataclass(frozen=True, slots=True)
class Role:
    """As whom reports mention an actor: a name, country and sectors at the time."""

    name: str
    country: str | None
    sectors: tuple[str, ...]
    mentions: int
    first_seen: date | None
    last_seen: date | None


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that reports have for an actor."""

    text: str
    kinds: tuple[str, ...]  # named, titled, described, metonym, pronoun, anaphor
    mentions: int
    reports: int
    coded_ids: tuple[str, ...]  # whom dotterel took them for, in acts; empty where they stand in quotations alone
    first_seen: date | None
    last_seen: date | None

    @property
    def naming(self) -> bool:
        """Whether they name somebody wherever they stand, as 'she' does not."""
        return not set(self.kinds) <= {"pronoun", "anaphor"}


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of an actor before anything of theirs is looked at."""

    actor_id: str
    ids: tuple[str, ...]  # whom dotterel took their words for
    own_ids: tuple[str, ...]  # those of them that are this actor whole: itself, and those merged into it
    name: str
    countries: tuple[str, ...]
    roles: tuple[Role, ...]  # the latest first
    wordings: tuple[Wording, ...]  # names and descriptions first, the commonest of each first
    offices: tuple[Term, ...]  # of the tables, the latest first
    quotes: int
    citations: int  # what they are cited for, in their own words or not

    @property
    def first_seen(self) -> date | None:
        """The day of the first report that mentions them."""
        return min((w.first_seen for w in self.wordings if w.first_seen), default=None)

    @property
    def last_seen(self) -> date | None:
        """The day of the last."""
        return max((w.last_seen for w in self.wordings if w.last_seen), default=None)

    @property
    def titles(self) -> list[Wording]:
        """The words that name them with a title, the latest first."""
        titled = [wording for wording in self.wordings if "titled" in wording.kinds]
        return sorted(titled, key=lambda w: (w.last_seen or date.min, w.mentions), reverse=True)

    @property
    def own_names(self) -> list[str]:
        """What they are called wherever it stands: their names, and words that name them."""
        named = [wording.text for wording in self.wordings if set(wording.kinds) & set(OWN_WORDS)]
        return list(dict.fromkeys([self.name, *(role.name for role in self.roles), *named]))


def merged_into(store: Store, actor_id: str) -> Row | None:
    """Whom an actor is merged into, and by which decision; None where they stand for themselves."""
    found = rows_of(store, MERGED, id=actor_id)
    return found[0] | rows_of(store, MERGE_OF, id=actor_id)[0] if found else None


def ids_of(store: Store, actor_id: str) -> tuple[str, ...]:
    """Whom dotterel took the words for that are of this actor now, the actor first."""
    ids = (str(row["id"]) for row in rows_of(store, IDS, id=actor_id))
    return tuple(sorted(ids, key=lambda one: (one != actor_id, one)))


def profile(store: Store, actor_id: str) -> Profile | None:
    """The actor of that id; None where the database has nobody of it."""
    ids = list(ids_of(store, actor_id))
    own = [row["id"] for row in rows_of(store, IDS, id=actor_id) if row["own"]]
    told = rows_of(store, NAMED, id=actor_id, ids=ids, own=own)
    known = rows_of(store, KNOWN, id=actor_id)
    if not told and not known:
        return None
    talked = rows_of(store, TALKED, ids=ids, own=own)[0]
    roles, wordings = _roles(told), _wordings(told)
    name = known[0]["name"] if known else roles[0].name
    countries = [known[0]["country"]] if known else []
    return Profile(
        actor_id,
        tuple(ids),
        tuple(own),
        name,
        tuple(dict.fromkeys(c for c in (*(role.country for role in roles), *countries) if c)),
        roles,
        wordings,
        _offices(actor_id),
        talked["quotes"],
        talked["citations"],
    )


def _roles(told: list[Row]) -> tuple[Role, ...]:
    found: dict[tuple[str, str | None, tuple[str, ...]], list[Row]] = {}
    for row in told:
        key = (row["name"], row["country"], tuple(row["sectors"] or [row["sector"]]))
        found.setdefault(key, []).append(row)
    roles = [Role(*key, sum(row["mentions"] for row in rows), *_seen(rows)) for key, rows in found.items()]
    return tuple(sorted(roles, key=lambda r: (r.last_seen or date.min, r.mentions), reverse=True))


def _wordings(told: list[Row]) -> tuple[Wording, ...]:
    found: dict[str, list[Row]] = {}
    for row in told:
        found.setdefault(row["text"], []).append(row)
    wordings = [
        Wording(
            text,
            tuple(dict.fromkeys(row["kind"] for row in rows)),
            sum(row["mentions"] for row in rows),
            max(row["reports"] for row in rows),
            tuple(dict.fromkeys(row["coded_id"] for row in rows if row["coded_id"])),
            *_seen(rows),
        )
        for text, rows in found.items()
    ]
    return tuple(sorted(wordings, key=lambda w: (not w.naming, -w.mentions, w.text)))


def _seen(rows: list[Row]) -> tuple[date | None, date | None]:
    """The first and last day of some rows."""
    firsts = [row["first_seen"] for row in rows if row["first_seen"]]
    return (min(firsts), max(row["last_seen"] for row in rows if row["last_seen"])) if firsts else (None, None)


def _offices(actor_id: str) -> tuple[Term, ...]:
    """The offices that the tables know of a person, the latest first."""
    kind, _, name = actor_id.partition(":")
    if kind != "person":
        return ()
    held = next((held for person, held in terms().items() if slug(person) == name), ())
    return tuple(reversed(held))


def quotes_of(store: Store, who: Profile, most: int) -> list[Row]:
    """Their quotations, the latest first; `place` is the number of each in its report."""
    return rows_of(store, QUOTES, ids=list(who.ids), own=list(who.own_ids), most=most)


def citations_of(store: Store, who: Profile, most: int) -> list[Row]:
    """What they are cited for, the latest first; `place` is the number of each in its report."""
    return rows_of(store, CITATIONS, ids=list(who.ids), own=list(who.own_ids), most=most)


def stances_of(store: Store, who: Profile) -> list[Row]:
    """Stances of theirs (`held`) and toward them, the latest first; `place` is the number of each in its report.

    Stances name parties in words. Words that others are called by as well are passed over, but for the name itself.
    """
    own = [row["name"] for row in rows_of(store, FOLD, names=who.own_names)]
    shared = {row["text"] for row in rows_of(store, SHARED, names=own, ids=list(who.ids))}
    first = {row["name"] for row in rows_of(store, FOLD, names=[who.name])}
    return rows_of(store, STANCES, names=[name for name in own if name in first or name not in shared])


def decisions(store: Store, who: Profile | None = None, most: int = 50) -> list[Row]:
    """Merges and splits, of one actor or of all, the latest first, those that were undone behind those that hold."""
    return rows_of(store, DECIDED, ids=list(who.ids) if who else None, most=most)
