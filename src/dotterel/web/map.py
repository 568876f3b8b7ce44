"""The map: acts where they happened, gathered into circles; the same as tables; and what no map can show."""

from __future__ import annotations

import json
import math
from functools import cache
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dotterel.errors import InputError
from dotterel.web.choices import choices
from dotterel.web.desk import desk_of
from dotterel.web.filters import Filters, whole
from dotterel.web.outlines import projected
from dotterel.web.plots import blank, theme_of
from dotterel.web.rendering import address, render
from dotterel.web.spots import FINEST, Box, drawn, level_of, members, reach_of, within
from dotterel.web.unlinked import some_unlinked
from dotterel.web.whereabouts import Whereabouts, land, steps, whereabouts
from dotterel.web.wording import NOUNS, chips, meanings

SIGNS = {1: "+", 2: "++", 3: "−", 4: "−−"}  # what stands in a circle beside its colour
LISTED = 50  # acts of a circle
PLACES = 25  # of the table, a page
FIRST_COUNTRIES = 25  # shown before the table is unfolded
FARTHEST = 1000.0  # of a coordinate of the map that may be asked for
MOST_CELLS = 200
KEPT = "public, max-age=31536000, immutable"
DRAWN = ("size", "inner", "outer", *(f"{end}_{quad}" for quad in SIGNS for end in ("from", "to")), "fill", "line",
         "edge", "ink", "text", "sign", "lift", "drop")  # fmt: skip
TOLD = ("x", "y", "x0", "y0", "x1", "y1", "latitude", "longitude", "label", "places", "acts", "area",
        *(f"quad_{quad}" for quad in SIGNS))  # fmt: skip


def page(request: Request) -> Response:
    """The page."""
    filters, found = asked(request)
    query = request.query_params
    if not all(query.values()):  # a form without script sends what is not filled in as well
        return RedirectResponse(filters.address("/map", shade=query.get("shade"), places=query.get("places")), 303)
    pages = max(1, math.ceil(len(found.spots) / PLACES))
    number = min(whole("places", query.get("places"), 1, 10**6) or 1, pages)
    least = steps(max((country.acts for country in found.countries if country.code), default=0))
    return render(
        request,
        "map.html",
        title="Map",
        filters=filters,
        choices=choices(),
        chips=list(chips(filters)),
        meanings=list(meanings(filters)),
        noun=NOUNS[filters.by],
        found=found,
        unlinked=not found.acts and filters.by == "linked" and some_unlinked(request),
        signs=SIGNS,
        outlines=address("/map/outlines.json", v=land()[1]),
        clusters=filters.address("/map/clusters"),
        acts=filters.address("/map/acts"),
        extent=extent(found),
        steps=least,
        shades={c.code: sum(step <= c.acts for step in least) for c in found.countries if c.code},
        shaded=query.get("shade") == "1",
        places=places(found, filters, number),
        number=number,
        pages=pages,
        drawn={outline.code for outline in projected() if outline.code},
        partly=any(country.unplaced for country in found.countries if country.code),
        first_countries=FIRST_COUNTRIES,
    )


def asked(request: Request) -> tuple[Filters, Whereabouts]:
    """The filters of an address, and what answers them. Raises InputError or StoreError for a filter that is none."""
    filters = Filters.of(request.query_params)
    return filters, whereabouts(desk_of(request), filters.search())


def extent(found: Whereabouts) -> list[float]:
    """The box around all places; the whole world where there are none."""
    spots = found.spots
    if not len(spots):
        return [-180.0, -87.6, 180.0, 87.6]
    return [round(float(end), 3) for end in (spots.x.min(), spots.y.min(), spots.x.max(), spots.y.max())]


def places(found: Whereabouts, filters: Filters, number: int) -> list[dict[str, Any]]:
    """One page of the places, those with the most acts first."""
    spots = found.spots
    acts = spots.quads.sum(axis=1)
    order = sorted(range(len(spots)), key=lambda n: (-acts[n], spots.names[n]))[(number - 1) * PLACES : number * PLACES]
    return [
        {
            "name": spots.names[n],
            "country": spots.countries[n],
            "acts": int(acts[n]),
            "quads": spots.quads[n].tolist(),
            "area": bool(spots.areas[n]),
            "x": round(float(spots.x[n]), 3),
            "y": round(float(spots.y[n]), 3),
            "href": record_of(filters, found, n),
        }
        for n in order
    ]


def record_of(filters: Filters, found: Whereabouts, place: int) -> str:
    """Where the record shows the acts of a place."""
    narrowed = filters.but(place=found.spots.names[place], where=found.spots.countries[place] or "none")
    return narrowed.address("/record")


def outlines(request: Request) -> Response:
    """The outlines of countries, to be kept by the browser: their address changes with them."""
    made, mark = land()
    kept = KEPT if request.query_params.get("v") == mark else "no-cache"
    return Response(made, media_type="application/json", headers={"Cache-Control": kept})


def clusters(request: Request) -> Response:
    """The circles of a view as JSON: `circles` as columns, and the `level` that they are of."""
    _, found = asked(request)
    box = box_of(request)
    cells = whole("cells", request.query_params.get("cells"), 1, MOST_CELLS) or 20
    level = level_of(box[2] - box[0], cells)
    circles = drawn(found.spots, found.circles(level), box, reach_of(level) / 2)
    return JSONResponse({"level": level, "finest": level == FINEST, "circles": circles})


def acts(request: Request) -> Response:
    """The latest acts of one circle, or in a box of the map, as a part of a page."""
    filters, found = asked(request)
    spots = found.spots
    chosen = chosen_of(request, found)
    if not chosen:
        raise HTTPException(404, "Nothing is there any more; load the map anew.")
    with desk_of(request).store.reading() as store:
        rows = store.acts_at(filters.search(), [spots.degrees[n] for n in chosen], LISTED)
    chosen.sort(key=lambda n: -spots.quads[n].sum())
    return render(
        request,
        "map_acts.html",
        rows=rows,
        noun=NOUNS[filters.by],
        total=int(spots.quads[chosen].sum()),
        places=[(spots.names[n], int(spots.quads[n].sum()), record_of(filters, found, n)) for n in chosen],
    )


def chosen_of(request: Request, found: Whereabouts) -> list[int]:
    """The places of the circle at `latitude` and `longitude` of a `level`, or in the box x0, y0, x1, y1."""
    query = request.query_params
    if "latitude" not in query:
        return within(found.spots, box_of(request))
    level = whole("level", query.get("level"), 0, FINEST) or 0
    return members(found.spots, found.circles(level), degree(query, "latitude"), degree(query, "longitude"))


def box_of(request: Request) -> Box:
    """The view that an address asks for. Raises InputError where it is none."""
    x0, y0, x1, y1 = (degree(request.query_params, name) for name in ("x0", "y0", "x1", "y1"))
    if x0 >= x1 or y0 >= y1:
        raise InputError("the view: its left end must lie left of its right end, and its lower below its upper")
    return x0, y0, x1, y1


def degree(query: Any, name: str) -> float:
    """A number of an address. Raises InputError where it is none, or lies far off the map."""
    words = query.get(name, "")
    try:
        value = float(words)
    except ValueError:
        value = math.nan
    if not abs(value) <= FARTHEST:
        raise InputError(f"{name}: '{words}' is no number from -{FARTHEST:g} to {FARTHEST:g}")
    return value


def plot(request: Request) -> Response:
    """The map without its data, which static/map.js puts in."""
    return Response(drawing(theme_of(request)), media_type="application/json")


@cache
def drawing(theme: str) -> str:
    """The figure as JSON: land, circles with the rings of their shares, and words in them."""
    from bokeh.embed import json_item
    from bokeh.models import BoxSelectTool, ColumnDataSource, Range1d

    from dotterel.codebook.loader import QUADS

    made = blank(
        theme,
        sizing_mode="stretch_both",
        toolbar_location=None,
        tools="pan,wheel_zoom",
        active_scroll="wheel_zoom",
        x_range=Range1d(start=-180, end=180),
        y_range=Range1d(start=-90, end=90),
        match_aspect=True,
        min_border=0,
        name="map",
    )
    made.axis.visible = made.grid.visible = False
    countries = ColumnDataSource({"xs": [], "ys": [], "fill": []}, name="land")
    made.multi_polygons("xs", "ys", source=countries, fill_color="fill", line_width=0.6, name="countries")
    source = ColumnDataSource({name: [] for name in DRAWN + TOLD}, name="circles")
    made.scatter("x", "y", size="size", source=source, fill_color="fill", line_color="line", line_width="edge")
    words = {"text_align": "center", "text_baseline": "middle", "text_color": "ink", "source": source}
    for quad in QUADS:
        made.annular_wedge(
            "x",
            "y",
            source=source,
            inner_radius="inner",
            outer_radius="outer",
            inner_radius_units="screen",
            outer_radius_units="screen",
            start_angle=f"from_{quad}",
            end_angle=f"to_{quad}",
            direction="clock",
            name=f"share_{quad}",
        )
    made.text("x", "y", text="text", text_font_size="11px", text_font_style="bold", y_offset="lift", **words)
    made.text("x", "y", text="sign", text_font_size="11px", text_font_style="bold", y_offset="drop", **words)
    made.add_tools(BoxSelectTool(renderers=[]))  # the box is read by the script, which asks for what lies in it
    return json.dumps(json_item(made))


ROUTES: list[BaseRoute] = [
    Route("/map", page),
    Route("/map/plot", plot),
    Route("/map/outlines.json", outlines),
    Route("/map/clusters", clusters),
    Route("/map/acts", acts),
]
