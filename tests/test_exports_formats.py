import csv
import json
import re
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import event_formats
from acts import CROWD, FRANCE, JIHADISTS, MINISTER, NATO, POLICE, REPORT, RUSSIA, SOMEBODY, make_act
from dotterel.errors import InputError, OutputError
from dotterel.exports.acts import Dyad, Spot, by_publication, dyads
from dotterel.exports.formats import FORMATS, NAMES, check_format, format_of, write_acts

FIXTURES = Path(__file__).parent / "fixtures"
REAL = {"polecat": "polecat.txt", "icews": "icews.tab", "gdelt": "gdelt.export.CSV", "cameo": "petrarch.txt"}
VARIED = (
    make_act(),
    make_act("ASSAULT", "aerial", id="a-2", actors=(POLICE,), recipients=(CROWD, JIHADISTS), contexts=("repression",)),
    make_act("CONSULT", None, id="a-3", actors=(FRANCE, RUSSIA, MINISTER), recipients=(), place=None),
    make_act("PROTEST", "demo", id="a-4", actors=(CROWD,), recipients=()),
    make_act("REQUEST", "yield", id="a-5", actors=(NATO,), recipients=(RUSSIA,), trigger="demanded"),
    make_act(
        "AGREE", None, id="a-6", status="planned", trigger="will meet", date="2021-04", first_day=date(2021, 4, 1)
    ),
    make_act("SANCTION", "convict", id="a-7", actors=(), recipients=(SOMEBODY,)),
)


def write(path, form, acts=VARIED):
    return write_acts(acts, path, form)


@pytest.mark.parametrize("form", REAL)
def test_a_real_file_and_an_export_pass_the_same_strict_reader(tmp_path, form):
    assert len(event_formats.read(FIXTURES / REAL[form], form)) >= 3
    written = write(tmp_path / "o", form)
    assert len(event_formats.read(tmp_path / "o", form)) == written.rows > 3


@pytest.mark.parametrize("form", ["polecat", "icews"])
def test_headers_are_those_of_the_real_files(tmp_path, form):
    write(tmp_path / "o", form)
    real = (FIXTURES / REAL[form]).read_bytes().splitlines()[0]
    assert (tmp_path / "o").read_bytes().splitlines()[0] == real


@pytest.mark.parametrize(("form", "columns"), [("polecat", 40), ("icews", 20), ("gdelt", 61), ("cameo", 8)])
def test_the_number_of_columns(form, columns):
    assert len(event_formats.SCHEMAS[form]) == columns


def test_the_strict_reader_refuses_what_is_no_polecat(tmp_path):
    text = (FIXTURES / "polecat.txt").read_bytes()
    (tmp_path / "o").write_bytes(text.replace(b"MATERIAL CONFLICT", b"4"))
    with pytest.raises(AssertionError, match="Quad Code"):
        event_formats.read(tmp_path / "o", "polecat")


def test_polecat_has_one_row_an_event_with_all_parties(tmp_path):
    write(tmp_path / "o", "polecat")
    rows = {row["Event ID"]: row for row in event_formats.read(tmp_path / "o", "polecat")}
    bombed, met = rows["a-2"], rows["a-3"]
    assert (bombed["Event Date"], bombed["Event Mode"], bombed["Intensity"]) == ("2021-03-15", "aerial", "-9.5")
    assert (bombed["Quad Code"], bombed["Contexts"]) == ("MATERIAL CONFLICT", "repression")
    assert bombed["Recipient Name"] == "Russian workers; Islamic State"
    assert (bombed["Recipient Country"], bombed["Recipient COW"]) == ("RUS; IMG", "365; None")
    assert (bombed["Recipient Sectors"], bombed["Primary Recipient Sector"]) == ("CVL|LAB; REB", "CVL; REB")
    assert (bombed["Recipient Name Raw"], bombed["Wikipedia Actor ID"]) == ("workers; the jihadists", "None")
    assert (bombed["City"], bombed["Country"], bombed["Feature Type"]) == ("Moscow", "RUS", "PPL")
    assert (bombed["Source"], bombed["Publication Date"]) == ("The Courier", "2021-03-16")
    assert (bombed["Story People"], bombed["Story Locations"]) == ("Ada Holm", "Moscow; Oslo")
    assert (bombed["Language"], bombed["Version"]) == ("English", "dotterel 0.1.0")
    assert (met["Actor Name"], met["Recipient Name"]) == ("France; Russia; Ada Holm", "None")
    assert met["Placename"] == met["Event Mode"] == "None"


def test_polecat_writes_letters_outside_latin_1_without_their_marks(tmp_path):
    party = MINISTER.__class__("person:e", "Recep Tayyip Erdoğan", "TUR", "GOV", ("GOV",), "Łódź – “Жук” é")
    written = write(tmp_path / "o", "polecat", [make_act(actors=(party,))])
    (row,) = event_formats.read(tmp_path / "o", "polecat")
    assert (row["Actor Name"], row["Actor Name Raw"]) == ("Recep Tayyip Erdogan", "Lódz - '???' é")
    assert written.losses == ("1 row has letters outside ISO-8859-1: written without their marks, else as '?'",)


@pytest.mark.parametrize("form", ["polecat", "icews", "gdelt", "cameo"])
def test_no_cell_breaks_a_line_or_opens_a_quotation(tmp_path, form):
    party = FRANCE.__class__("person:x", 'Jo "the\tHawk"\r\nDoe', "FRA", "GOV", ("GOV",), '"he')
    written = write(tmp_path / "o", form, [make_act(actors=(party,), recipients=(RUSSIA,), sentence='"\n')])
    assert len(event_formats.read(tmp_path / "o", form)) == 1
    assert form == "cameo" or any("double quotes" in loss for loss in written.losses)


def test_icews_has_one_row_a_dyad_reciprocal_ones_both_ways(tmp_path):
    write(tmp_path / "o", "icews")
    rows = event_formats.read(tmp_path / "o", "icews")
    met = [(r["Source Name"], r["Target Name"]) for r in rows if r["Event Text"] == "Consult" and r["City"] == "NA"]
    assert len(met) == 6
    assert ("France", "Russia") in met
    assert ("Russia", "France") in met
    assert len({row["Event ID"] for row in rows}) == len(rows)


def test_icews_rows_carry_cameo_and_names_of_countries(tmp_path):
    write(tmp_path / "o", "icews")
    bombed = next(r for r in event_formats.read(tmp_path / "o", "icews") if r["CAMEO Code"] == "195")
    assert (bombed["Event Text"], bombed["Intensity"]) == ("Employ aerial weapons", "-10")
    assert (bombed["Source Sectors"], bombed["Source Country"]) == ("Police,Government", "Russian Federation")
    states = [r for r in event_formats.read(tmp_path / "o", "icews") if r["Source Name"] == "France"]
    assert {r["Source Sectors"] for r in states} == {"NA"}, "a state as such has no sectors"


def test_gdelt_cells(tmp_path):
    write(tmp_path / "o", "gdelt")
    rows = event_formats.read(tmp_path / "o", "gdelt")
    demanded = next(r for r in rows if r["EventCode"] == "105")
    assert (demanded["Actor1Code"], demanded["Actor1KnownGroupCode"], demanded["Actor1CountryCode"]) == (
        "IGONAT",
        "NAT",
        "",
    )
    assert (demanded["Actor2Code"], demanded["Actor2Type1Code"]) == ("RUS", "")
    assert (demanded["EventRootCode"], demanded["QuadClass"], demanded["GoldsteinScale"]) == ("10", "3", "-5.0")
    assert (demanded["SQLDATE"], demanded["FractionDate"]) == ("20210315", "2021.2055")
    assert (demanded["ActionGeo_Type"], demanded["ActionGeo_CountryCode"]) == ("4", "RS")
    assert (demanded["DATEADDED"], demanded["SOURCEURL"]) == ("20210316000000", "https://news.example/1")
    alone = next(r for r in rows if r["EventCode"] == "141")
    assert (alone["Actor1Code"], alone["Actor2Code"], alone["Actor1Type2Code"]) == ("RUSCVL", "", "LAB")


@pytest.mark.parametrize(
    ("place", "cells"),
    [
        (
            Spot("Dallas", "Dallas", "Texas", "USA", 32.78, -96.8, 4684888),
            ["3", "Dallas, Texas, United States", "US", "USTX"],
        ),
        (Spot("the bridge", "Bridge", None, "FRA", 48, 2, None), ["4", "Bridge, France", "FR", ""]),
        (Spot("Sudan", "Sudan", None, "SDN", 15, 30, 366755), ["1", "Sudan", "SU", "SU"]),
        (Spot("the border", None, None, None, None, None, None), ["0", "", "", ""]),
    ],
    ids=["a city of the United States", "a landmark", "a country", "nowhere known"],
)  # fmt: skip
def test_gdelt_places(tmp_path, place, cells):
    write(tmp_path / "o", "gdelt", [make_act(place=place)])
    (row,) = event_formats.read(tmp_path / "o", "gdelt")
    assert [row[f"ActionGeo_{name}"] for name in ("Type", "FullName", "CountryCode", "ADM1Code")] == cells


def test_cameo_dyads(tmp_path):
    write(tmp_path / "o", "cameo")
    rows = event_formats.read(tmp_path / "o", "cameo")
    told = [(row["date"], row["source"], row["target"], row["code"]) for row in rows]
    assert ("20210315", "RUSCOP", "RUSCVL", "195") in told
    assert ("20210315", "RUSCOP", "IMG", "195") in told
    assert ("20210315", "FRA", "NORGOV", "040") in told
    assert ("20210401", "FRA", "RUS", "036") in told


def test_every_loss_is_told(tmp_path):
    acts = [
        make_act(first_day=None, last_day=None, date=None),
        make_act(status="negated"),
        make_act(status="planned"),
        make_act(date="2021", first_day=date(2021, 1, 1)),
        make_act("PROTEST", actors=(CROWD,), recipients=()),
        make_act(reports=("a", "b"), disputed=("dead: 12", "dead: 15")),
    ]
    written = write(tmp_path / "o", "icews", acts)
    assert written.rows == 2
    assert set(written.losses) == {
        "1 event without date is left out: ICEWS needs one",
        "2 events that were planned, proposed, hypothetical or negated are left out: ICEWS holds only what took place",
        "1 event is dated to a month or longer and stands under its first day: ICEWS knows days only",
        "1 one-sided event is left out: ICEWS needs a source and a target",
        "1 event whose tellings disagree on details has those of the fullest alone",
        "1 event told by several reports has the first one's Story ID and Publisher alone",
    }
    dyadless = write(tmp_path / "p", "cameo", [make_act(recipients=(SOMEBODY,))])
    assert dyadless.losses == (
        "1 dyad with an actor of no known state or role is left out: CAMEO has no code",
    )  # fmt: skip


def test_events_without_date_stand_under_the_day_of_publication_where_asked(tmp_path):
    undated = make_act(first_day=None, last_day=None, date=None)
    written = write(
        tmp_path / "o", "polecat", by_publication([undated, replace(undated, source=replace(REPORT, published=None))])
    )
    assert [row["Event Date"] for row in event_formats.read(tmp_path / "o", "polecat")] == ["2021-03-16"]
    assert set(written.losses) == {
        "1 event without date stands under the day of publication, as was asked",
        "1 event without date is left out: POLECAT needs one",
    }
    assert list(by_publication([make_act()])) == [make_act()]


def test_a_type_of_the_users_own_has_no_cameo_code(tmp_path):
    written = write(tmp_path / "o", "cameo", [make_act(type="STRIKE")])
    assert written.losses == ("1 event of a type or status without CAMEO code is left out",)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_plain_tables_hold_every_act(tmp_path, form):
    path = tmp_path / "o"
    written = write(path, form)
    rows = pq.read_table(path).to_pylist() if form == "parquet" else list(csv.DictReader(path.open(encoding="utf-8")))
    assert written.rows == len(rows) == len(VARIED)
    assert rows[1]["recipients"] == "Russian workers; Islamic State"
    assert str(rows[1]["first_day"]) == "2021-03-15"
    assert (str(rows[0]["reports"]), rows[0]["report_id"]) == ("1", "0123456789abcdef")


def test_geojson_is_a_collection_of_points(tmp_path):
    written = write(tmp_path / "o", "geojson")
    found = json.loads((tmp_path / "o").read_text(encoding="utf-8"))
    assert list(found) == ["type", "features"]
    assert len(found["features"]) == written.rows == 6
    assert written.losses == ("1 event without coordinates is left out: a map has no place for it",)
    first = found["features"][0]
    assert first["geometry"] == {"type": "Point", "coordinates": [37.61556, 55.75222]}, "longitude first"
    assert (first["type"], first["properties"]["actors"]) == ("Feature", ["France"])


def test_geojson_without_events_is_still_a_collection(tmp_path):
    write(tmp_path / "o", "geojson", [])
    assert json.loads((tmp_path / "o").read_text()) == {"type": "FeatureCollection", "features": []}


def test_graphml_counts_the_events_of_dyads(tmp_path):
    networkx = pytest.importorskip("networkx")
    twice = [
        make_act(),
        make_act("ASSAULT", id="b", date="2022", first_day=date(2022, 1, 2), last_day=date(2022, 1, 2)),
    ]
    odd = FRANCE.__class__("group:a&b<\"'>\x01", 'A & <B> "C"\x02', None, "REB", (), "x")
    written = write(tmp_path / "o", "graphml", [*VARIED, *twice, make_act(actors=(odd,))])
    graph = networkx.read_graphml(tmp_path / "o")
    assert graph.is_directed()
    assert (graph.number_of_edges(), "state:RUS" in graph) == (written.rows, True)
    assert graph.nodes["person:ada-holm"] == {"name": "Ada Holm", "country": "NOR", "sector": "GOV"}
    edge = graph.edges["state:FRA", "state:RUS"]
    assert (edge["events"], edge["quad1"], edge["quad4"]) == (5, 4, 1)
    assert (edge["score"], edge["first_day"], edge["last_day"]) == (
        pytest.approx((4 * 2.5 - 9) / 5),
        "2021-03-15",
        "2022-01-02",
    )
    assert 'A & <B> "C"?' in {node["name"] for node in graph.nodes.values()}


def test_rdf_is_turtle_of_the_simple_event_model(tmp_path):
    rdflib = pytest.importorskip("rdflib")
    odd = FRANCE.__class__("person:ö é", 'Jo "\\\n\x01', None, "UNK", (), "x")
    acts = [
        *VARIED,
        make_act(
            id="b 1", recipients=(odd,), claimed_by=(JIHADISTS,), attribution=(POLICE,), last_day=date(2021, 3, 20)
        ),
    ]
    written = write(tmp_path / "o", "rdf", acts)
    graph = rdflib.Graph().parse(tmp_path / "o", format="turtle")
    sem = rdflib.Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    events = list(graph.subjects(rdflib.RDF.type, sem.Event))
    assert len(events) == written.rows == len(acts)
    roles = """
        SELECT ?name ?role WHERE {
          <urn:dotterel:event:a-2> sem:hasActor [ a sem:Role ; rdf:value ?who ; sem:roleType ?role ] .
          ?who a sem:Actor ; rdfs:label ?name }"""
    assert {(str(name), str(role).rpartition(":")[2]) for name, role in graph.query(roles)} == {
        ("Russian police", "actor"), ("Russian workers", "recipient"), ("Islamic State", "recipient"),
    }  # fmt: skip
    last = rdflib.URIRef("urn:dotterel:event:b%201")
    assert graph.value(last, sem.hasBeginTimeStamp).toPython() == date(2021, 3, 15)
    assert graph.value(last, sem.hasEndTimeStamp).toPython() == date(2021, 3, 20)
    assert str(graph.value(graph.value(last, prov.wasAttributedTo), rdflib.RDFS.label)) == "Russian police"
    assert graph.value(rdflib.URIRef("urn:dotterel:event:a-2"), sem.hasPlace) == rdflib.URIRef(
        "urn:dotterel:place:524901"
    )
    assert (
        str(graph.value(rdflib.URIRef("urn:dotterel:actor:person:%C3%B6%20%C3%A9"), rdflib.RDFS.label)) == 'Jo "\\\n?'
    )
    assert graph.value(rdflib.URIRef("urn:dotterel:report:0123456789abcdef"), rdflib.DCTERMS.title)


def test_dyads_are_those_of_the_view():
    assert list(dyads(VARIED[3])) == [Dyad(CROWD, None)]
    assert list(dyads(VARIED[6])) == [Dyad(None, SOMEBODY)]
    assert len(list(dyads(VARIED[2]))) == 6
    assert list(dyads(make_act(actors=(FRANCE, FRANCE), recipients=()))) == [Dyad(FRANCE, None)]


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_appears_whole_or_not_at_all(tmp_path, form):
    def interrupted():
        yield from VARIED
        raise KeyboardInterrupt

    path = tmp_path / "o"
    write(path, form)
    before = path.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        write(path, form, interrupted())
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])
    write(path, form, VARIED[:2])
    assert path.read_bytes() != before


KILLED = """
import os, signal, sys
from acts import make_act
from dotterel.exports.formats import write_acts

def acts():
    for number in range(5000):
        yield make_act(id=str(number))
    os.kill(os.getpid(), signal.SIGKILL)

write_acts(acts(), sys.argv[1], "polecat")
"""


def test_a_killed_export_leaves_what_was_there(tmp_path):
    path = tmp_path / "o.txt"
    write(path, "polecat", VARIED[:1])
    before = path.read_bytes()
    done = subprocess.run([sys.executable, "-c", KILLED, path], cwd=Path(__file__).parent, check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == before
    assert write(path, "polecat").rows == len(VARIED), "and the next export goes as ever"


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_of_another_kind_is_never_replaced(tmp_path, form):
    path = tmp_path / "o.duckdb"
    path.write_bytes(b"\0\0DUCK whatever")
    with pytest.raises(OutputError, match=f"no {form} file; name another output"):
        write(path, form)
    assert path.read_bytes() == b"\0\0DUCK whatever"


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_acts_give_the_same_file(tmp_path, form):
    write(tmp_path / "a", form)
    write(tmp_path / "b", form)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_an_unknown_format_is_named_with_those_there_are():
    with pytest.raises(InputError, match=r"'polcat'; did you mean polecat\? the formats are polecat, icews, .*, jsonl"):
        check_format("polcat")
    assert [check_format(name) for name in NAMES] == list(NAMES)


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.ttl", "rdf"), ("a.geojson", "geojson"), ("a.graphml", "graphml"), ("a.jsonl", "jsonl"), ("a.csv", None)],
)
def test_a_suffix_tells_the_format(name, form):
    assert format_of(Path(name)) == form


def test_a_suffix_that_tells_none_is_refused():
    with pytest.raises(InputError, match="the suffix tells no format"):
        format_of(Path("a.txt"))


def test_every_format_is_described_in_a_line():
    assert all(re.fullmatch(r"\S.{10,70}", form.description) for form in FORMATS.values())
