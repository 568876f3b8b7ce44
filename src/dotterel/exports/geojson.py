"""GeoJSON (RFC 7946): a collection of the acts whose place is known, one feature an act."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from dotterel.exports.acts import Act
from dotterel.exports.losses import Losses


def write(acts: Iterable[Act], file: BinaryIO, losses: Losses) -> int:
    """Write the acts with coordinates, and tell how many they are."""
    file.write(b'{"type": "FeatureCollection", "features": [')
    rows = 0
    for act in acts:
        if act.place is None or act.place.latitude is None or act.place.longitude is None:
            losses.note("{event|events} without coordinates {is|are} left out: a map has no place for {it|them}")
            continue
        file.write(b",\n" if rows else b"\n")
        file.write(json.dumps(feature(act), ensure_ascii=False).encode("utf-8", "replace"))
        rows += 1
    file.write(b"\n]}\n")
    return rows


def feature(act: Act) -> dict[str, Any]:
    """One act as a feature: a point, longitude first, and everything told of it."""
    place = act.place
    assert place is not None
    assert place.longitude is not None
    assert place.latitude is not None
    point = [round(place.longitude, 6), round(place.latitude, 6)]
    return {
        "type": "Feature",
        "id": act.id,
        "geometry": {"type": "Point", "coordinates": point},
        "properties": properties(act),
    }


def properties(act: Act) -> dict[str, Any]:
    """What is told of an act beside its point; several names stand in lists."""
    place = act.place
    return {
        "type": act.type,
        "mode": act.mode,
        "status": act.status,
        "contexts": list(act.contexts),
        "quad": act.quad,
        "score": act.score,
        "date": act.date,
        "first_day": act.first_day.isoformat() if act.first_day else None,
        "last_day": act.last_day.isoformat() if act.last_day else None,
        "actors": [party.name for party in act.actors],
        "actor_countries": [party.country for party in act.actors],
        "recipients": [party.name for party in act.recipients],
        "recipient_countries": [party.country for party in act.recipients],
        "place": place.name or place.text if place else None,
        "place_region": place.region if place else None,
        "place_country": place.country if place else None,
        "geonames": place.geonames if place else None,
        "sentence": act.sentence,
        "reports": len(act.reports),
        "sources": act.sources,
        "conflicting": list(act.disputed),
        "source": act.source.publisher,
        "url": act.source.url,
        "published": act.source.published.isoformat() if act.source.published else None,
        "confidence": act.confidence,
    }
