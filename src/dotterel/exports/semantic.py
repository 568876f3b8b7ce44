"""RDF in Turtle: acts in the Simple Event Model, the reports that tell them in PROV."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from urllib.parse import quote

from dotterel.exports.acts import Act, Party, Source, Spot
from dotterel.exports.losses import Losses

PREFIXES = {
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dotterel": "urn:dotterel:term:",
}
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
NO_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
Pairs = Iterator[tuple[str, str]]  # property and object


def write(acts: Iterable[Act], file: BinaryIO, losses: Losses) -> int:
    """Write every act with its actors, place and reports, and tell how many acts they are.

    Actors, places and reports are described where they first come up; so many are kept in memory as there are.
    """
    file.write("".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()).encode() + b"\n")
    seen: set[str] = set()
    rows = 0
    for act in acts:
        for subject, pairs in blocks(act):
            if subject not in seen or subject == act_iri(act):
                file.write(block(subject, pairs).encode("utf-8", "replace"))
                seen.add(subject)
        seen.discard(act_iri(act))
        rows += 1
    return rows


def blocks(act: Act) -> Iterator[tuple[str, Pairs]]:
    """What is described for one act: itself, who takes part, where and by which report, the sixteen types."""
    yield act_iri(act), act_pairs(act)
    yield iri("type", act.type), iter([("a", "sem:EventType"), ("rdfs:label", text(act.type))])
    for party in (*act.actors, *act.recipients, *act.claimed_by, *act.attribution):
        yield iri("actor", party.id), party_pairs(party)
    if act.place:
        yield place_iri(act.place), place_pairs(act.place)
    yield iri("report", act.source.id), report_pairs(act.source)


def block(subject: str, pairs: Pairs) -> str:
    """One subject with its properties."""
    return f"{subject}\n    " + " ;\n    ".join(f"{name} {value}" for name, value in pairs) + " .\n\n"


def act_pairs(act: Act) -> Pairs:
    """The properties of an act."""
    yield "a", "sem:Event"
    yield "sem:eventType", iri("type", act.type)
    yield "rdfs:label", text(act.sentence or act.trigger)
    yield from roles(act)
    if act.place:
        yield "sem:hasPlace", place_iri(act.place)
    yield from days(act)
    yield from coded(act)
    for report in act.reports:
        yield "prov:wasDerivedFrom", iri("report", report)


def roles(act: Act) -> Pairs:
    """Who takes part, each once plainly and once with the role, as the Simple Event Model has it."""
    for role, parties in (("actor", act.actors), ("recipient", act.recipients)):
        for who in (iri("actor", party.id) for party in parties):
            yield "sem:hasActor", who
            yield "sem:hasActor", f"[ a sem:Role ; rdf:value {who} ; sem:roleType dotterel:{role} ]"
    for party in act.claimed_by:
        yield "dotterel:claimedBy", iri("actor", party.id)
    for party in act.attribution:
        yield "prov:wasAttributedTo", iri("actor", party.id)


def days(act: Act) -> Pairs:
    """The day as a time stamp; a longer stretch by its ends."""
    if act.first_day is None or act.last_day is None:
        return
    if act.first_day == act.last_day:
        yield "sem:hasTimeStamp", f'"{act.first_day}"^^xsd:date'
    else:
        yield "sem:hasBeginTimeStamp", f'"{act.first_day}"^^xsd:date'
        yield "sem:hasEndTimeStamp", f'"{act.last_day}"^^xsd:date'


def coded(act: Act) -> Pairs:
    """What the codebook says of an act, and how sure it is."""
    if act.mode:
        yield "dotterel:mode", text(act.mode)
    yield "dotterel:status", text(act.status)
    for context in act.contexts:
        yield "dotterel:context", text(context)
    yield "dotterel:quad", str(act.quad)
    yield "dotterel:score", f'"{act.score:g}"^^xsd:decimal'
    yield "dotterel:sources", str(act.sources)
    for detail in act.disputed:
        yield "dotterel:conflicting", text(detail)
    yield "dotterel:confidence", f'"{act.confidence:.4f}"^^xsd:decimal'


def party_pairs(party: Party) -> Pairs:
    """The properties of an actor, as first met."""
    yield "a", "sem:Actor"
    yield "rdfs:label", text(party.name)
    yield "dotterel:sector", text(party.sector)
    if party.country:
        yield "dotterel:country", text(party.country)


def place_pairs(place: Spot) -> Pairs:
    """The properties of a place."""
    yield "a", "sem:Place"
    yield "rdfs:label", text(place.name or place.text)
    if place.country:
        yield "dotterel:country", text(place.country)
    if place.latitude is not None and place.longitude is not None:
        yield "geo:lat", f'"{place.latitude:.6f}"^^xsd:decimal'
        yield "geo:long", f'"{place.longitude:.6f}"^^xsd:decimal'
    if place.geonames:
        yield "dcterms:identifier", f"<https://sws.geonames.org/{place.geonames}/>"


def report_pairs(source: Source) -> Pairs:
    """The properties of a report."""
    yield "a", "prov:Entity"
    if source.title:
        yield "dcterms:title", text(source.title)
    if source.published:
        yield "dcterms:issued", f'"{source.published}"^^xsd:date'
    if source.publisher:
        yield "dcterms:publisher", text(source.publisher)
    if source.url:
        yield "dcterms:source", f"<{NO_IRI.sub(_percent, source.url)}>" if ":" in source.url else text(source.url)


def act_iri(act: Act) -> str:
    """What names an act."""
    return iri("event", act.id)


def place_iri(place: Spot) -> str:
    """What names a place: its GeoNames id, else its name and country."""
    known = str(place.geonames) if place.geonames else f"{place.country or ''}:{place.name or place.text}"
    return iri("place", known)


def iri(kind: str, name: str) -> str:
    """A name in dotterel's own name space."""
    return f"<urn:dotterel:{kind}:{quote(name, safe=':-_.~', errors='replace')}>"


def text(value: str) -> str:
    """A literal."""
    escaped = "".join(ESCAPES.get(letter, letter) for letter in value)
    return f'"{CONTROL.sub("?", escaped)}"'


def _percent(match: re.Match[str]) -> str:
    return quote(match[0], safe="")
