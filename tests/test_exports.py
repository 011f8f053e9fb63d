"""Each export is read back with the library that its users have; each passage stands in its report."""

from __future__ import annotations

import csv
import hashlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx
import orjson
import pandas
import polars
import pyarrow.parquet
import pytest
import rdflib
from builders import report
from icalendar import Calendar
from record_pages import clock, crisis, fill
from shapely.geometry import box, shape
from typer.testing import CliRunner

from vaka.cli import app
from vaka.errors import ExtraError, UsageError
from vaka.frames.events import EVENT_COLUMNS
from vaka.frames.tables import Column, Table
from vaka.knowledge.crosswalks import acled_actors, acled_types, countries, goldstein
from vaka.knowledge.ontology import ontology
from vaka.record import Filters, Record, query
from vaka.reports.exports.acled import COLUMNS as ACLED
from vaka.reports.exports.files import csv_lines
from vaka.reports.exports.gdelt import COLUMNS as GDELT
from vaka.reports.exports.polecat import COLUMNS as POLECAT
from vaka.reports.exports.profiles import PROFILES, Exported, export
from vaka.reports.exports.vaka import TABLES
from vaka.reports.release import release
from vaka.types import EVENT_TYPES, EXTENSION_TYPES, Page

POLECAT_RELEASE = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
]


def border() -> Page:
    """A clash between two armies, a protest met with tear gas, talks of two ministers, an ultimatum; a control letter
    and a formula in the text."""
    draft = report(
        "border-1",
        "Peruvian troops fired on an Ecuadorean patrol near Tiwinza on 28 January 1995\x0b, killing three soldiers.\n"
        "=1+1 police used tear gas on students in Quito.\n"
        "The ministers of Peru and Ecuador met in Rio de Janeiro.\n"
        "Ecuador gave Peru until 5 February to pull back.",
        title="Shots at the border",
        published="1995-01-29",
        source="Andes Courier",
        url="https://example.org/tiwinza",
        genre="news",
    )
    army = ("MIL",)
    peru = draft.actor("Peruvian troops", "Army of Peru", "PER", sectors=army, kind="organization")
    patrol = draft.actor("Ecuadorean patrol", "Army of Ecuador", "ECU", sectors=army, kind="organization")
    draft.event(
        "ASSAULT", "fired", modes=("firearms",), actors=(peru,), recipients=(patrol,), cameo="193", score=-9.0,
        quad="material conflict", when=draft.time("28 January 1995", "1995-01-28"),
        where=draft.place("Tiwinza", "ECU", precision="point", lat=-3.48, lon=-78.13), contexts=("military",),
        magnitude={"dead": (3, 3, "three soldiers")},
    )  # fmt: skip
    draft.event(
        "ASSAULT", "=1+1 police used tear gas", modes=("crowd-control",), cameo="175", quad="material conflict",
        actors=(draft.actor("police", "Police of Ecuador", "ECU", sectors=("COP",), kind="organization"),),
        recipients=(draft.actor("students", "students", "ECU", sectors=("EDU",), kind="population"),),
        where=draft.place("Quito", "ECU", lat=-0.23, lon=-78.52, geonameid=3652462),
    )  # fmt: skip
    ministers = (draft.actor("Peru and", "Peru", "PER", kind="government", sectors=("GOV",)),
                 draft.actor("Ecuador met", "Ecuador", "ECU", kind="government", sectors=("GOV",)))  # fmt: skip
    draft.event("CONSULT", "met", actors=ministers, cameo="046", quad="verbal cooperation", score=4.0,
                where=draft.place("Rio de Janeiro", "BRA", lat=-22.9, lon=-43.2))  # fmt: skip
    draft.pledge("pull back", ministers[1], ministers[0], kind="ultimatum", act="RETREAT",
                 due=draft.time("5 February", "1995-02-05"))  # fmt: skip
    return draft.page()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exports") / "crisis.db"
    with Record(path, clock=clock) as record:
        fill(record, [*crisis(), border()])
    return path


@pytest.fixture(scope="module")
def record(path: Path) -> Iterator[Record]:
    with Record(path, create=False) as held:
        yield held


def written(made: Exported, format: str = "csv", hxl: bool = False) -> bytes:
    return b"".join(made.parts(format, hxl))


def frame(record: Record, profile: str, **options: Any) -> pandas.DataFrame:
    return pandas.read_csv(io.BytesIO(written(export(record, profile, **options))), dtype_backend="numpy_nullable")


def text_of(record: Record, report: str) -> str:
    return record.page(report).article.text


# Vaka's own tables


@pytest.mark.parametrize("rows", TABLES)
def test_pandas_polars_and_arrow_read_the_same_table(record: Record, rows: str) -> None:
    made = export(record, "vaka", rows=rows)
    read = frame(record, "vaka", rows=rows)
    parquet = written(made, "parquet")
    arrow = pyarrow.parquet.read_table(io.BytesIO(parquet))
    in_polars = polars.read_parquet(io.BytesIO(parquet))
    lines = [orjson.loads(line) for line in written(made, "jsonl").splitlines()]
    assert len(read) == arrow.num_rows == in_polars.height == len(lines) > 0
    assert list(read.columns) == arrow.column_names == in_polars.columns == list(lines[0])
    assert in_polars.to_dicts() == arrow.to_pylist() == lines


@pytest.mark.parametrize("rows", ["events", "incidents", "roles", "pledges", "quotes", "causes"])
def test_every_row_shows_its_passage(record: Record, rows: str) -> None:
    table = export(record, "vaka", rows=rows).table
    assert table is not None
    for row in table.rows:
        text = text_of(record, row["report"])
        assert text[row["evidence_start"] : row["evidence_end"]] == row["evidence"]
        if rows == "roles":
            assert text[row["mention_start"] : row["mention_end"]] == row["mention"]


def test_the_long_table_has_a_row_an_actor_and_role(record: Record) -> None:
    read = frame(record, "vaka", rows="roles")
    clash = read[read["date"] == "1995-01-28"]
    assert list(zip(clash["role"], clash["name"], strict=True)) == [
        ("actor", "Army of Peru"),
        ("recipient", "Army of Ecuador"),
    ]


def test_filters_count_in_every_profile(record: Record) -> None:
    only = Filters(country=("ECU",))
    assert set(frame(record, "vaka", filters=only)["report"]) == {"border-1"}
    assert set(frame(record, "gdelt", filters=only)["vaka_report"]) == {"border-1"}
    found = orjson.loads(written(export(record, "geojson", only)))
    assert {feature["properties"]["report"] for feature in found["features"]} == {"border-1"}


# CSV


def test_what_a_person_rejects_leaves_the_tables(path: Path, tmp_path: Path) -> None:
    with Record(tmp_path / "judged.db") as held, Record(path, create=False) as given:
        for page in given.pages():
            held.add(page)
    with Record(tmp_path / "judged.db", create=False) as held:
        quoted = list(frame(held, "vaka", rows="quotes")["id"])
        held.reject(quoted[0], by="A. Reader", why="nobody said so")
        assert list(frame(held, "vaka", rows="quotes")["id"]) == quoted[1:]


def test_a_cell_that_a_spreadsheet_would_run_is_defused_in_csv_alone() -> None:
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "a=1", '"quoted", with\nlines']
    table = Table((Column("words"), Column("number", "number")), [{"words": cell, "number": -1.5} for cell in cells])
    written = "".join(csv_lines(table))
    assert written.count("\r\n") == len(cells) + 1
    read = list(csv.reader(io.StringIO(written, newline="")))[1:]
    assert [row[0] for row in read] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", *cells[5:]]
    assert {row[1] for row in read} == {"-1.5"}
    assert table.to_arrow()["words"].to_pylist() == cells


@pytest.mark.parametrize("profile", ["vaka", "acled"])
def test_hxl_tags_stand_in_the_second_line(record: Record, profile: str) -> None:
    lines = list(csv.reader(io.StringIO(written(export(record, profile), hxl=True).decode())))
    assert len(lines[0]) == len(lines[1])
    assert "#event+type" in lines[1] and "#geo+lat" in lines[1]
    assert all(not tag or tag.startswith("#") for tag in lines[1])
    assert not any(cell.startswith("#") for cell in lines[2])


def test_hxl_of_columns_without_tags_is_refused(record: Record) -> None:
    with pytest.raises(UsageError, match="no HXL tags"):
        written(export(record, "gdelt"), hxl=True)


# The columns of other data sets


def test_polecat_has_the_columns_of_its_release_and_one_row_an_event(record: Record) -> None:
    assert [column.name for column in POLECAT[:40]] == POLECAT_RELEASE
    read = frame(record, "polecat").set_index("Event ID")
    [clash] = read[read["Event Mode"] == "firearms"].to_dict("records")
    wanted: dict[str, Any] = {
        "Event Date": "1995-01-28", "Event Type": "ASSAULT", "Intensity": -9.0, "Quad Code": "MATERIAL CONFLICT",
        "Contexts": "military", "Actor Name": "Army of Peru", "Actor Country": "PER", "Actor COW": 135,
        "Primary Recipient Sector": "MIL", "Actor Name Raw": "Peruvian troops", "Placename": "Tiwinza",
        "Country": "ECU", "Source": "Andes Courier", "Publication Date": "1995-01-29",
        "Headline": "Shots at the border",
    }  # fmt: skip
    assert {name: type(wanted[name])(clash[name]) for name in wanted} == wanted
    assert not set(read["Event Type"]) & set(EXTENSION_TYPES)


def test_gdelt_has_its_61_columns_and_a_row_a_pair(record: Record) -> None:
    read = frame(record, "gdelt")
    assert len(GDELT) == 61 + 6 and list(read.columns[:2]) == ["GLOBALEVENTID", "SQLDATE"]
    assert read["GLOBALEVENTID"].is_unique
    [clash] = read[read["EventCode"] == 193].to_dict("records")
    wanted = {
        "SQLDATE": 19950128, "Actor1Code": "PERMIL", "Actor1Name": "ARMY OF PERU", "Actor2CountryCode": "ECU",
        "Actor2Type1Code": "MIL", "EventRootCode": 19, "QuadClass": 4, "GoldsteinScale": -10.0, "NumMentions": 1,
        "NumSources": 1, "ActionGeo_Type": 4, "ActionGeo_CountryCode": "EC", "ActionGeo_Lat": -3.48,
        "SOURCEURL": "https://example.org/tiwinza",
    }  # fmt: skip
    assert {name: clash[name] for name in wanted} == wanted
    assert read["AvgTone"].isna().all() and read["IsRootEvent"].isna().all()


def test_acled_rows_follow_the_mapping(record: Record) -> None:
    assert [column.name for column in ACLED[:4]] == ["event_id_cnty", "event_date", "year", "time_precision"]
    read = frame(record, "acled").set_index("event_date")
    clash = read.loc["1995-01-28"].to_dict()
    wanted = {
        "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
        "actor1": "Army of Peru", "inter1": "External/Other forces", "actor2": "Army of Ecuador",
        "inter2": "State forces", "iso": 218, "region": "South America", "country": "Ecuador",
        "location": "Tiwinza", "time_precision": 1, "geo_precision": 1, "fatalities": 3,
    }  # fmt: skip
    assert {name: clash[name] for name in wanted} == wanted
    bombs = read.loc["2015-06-05"].to_dict()
    assert (bombs["sub_event_type"], bombs["civilian_targeting"]) == (
        "Remote explosive/landmine/IED",
        "Civilian targeting",
    )
    assert (bombs["fatalities"], bombs["fatalities_high"]) == (2, 4)
    crowd = read[read["sub_event_type"] == "Protest with intervention"].iloc[0]
    assert (crowd["actor1"], crowd["inter1"], crowd["actor2"]) == ("students", "Protesters", "Police of Ecuador")
    assert pandas.isna(crowd["fatalities"])


def test_what_a_format_cannot_say_is_counted(record: Record) -> None:
    assert any("CONSULT 1" in note for note in export(record, "acled").notes)
    assert any("CAMEO" in note for note in export(record, "gdelt").notes)
    assert any("without a place" in note for note in export(record, "geojson").notes)
    negated = Filters(status=("negated",))
    assert frame(record, "gdelt", filters=negated).empty and frame(record, "acled", filters=negated).empty


def test_every_type_and_mode_has_a_row_of_the_mapping_with_its_reason() -> None:
    assert {row.type for row in acled_types()} == {*EVENT_TYPES, *EXTENSION_TYPES}
    known = {(kind.type, mode) for kind in ontology().types.values() for mode in kind.modes}
    assert {(row.type, row.mode) for row in acled_types() if row.mode} <= known
    assert all(row.why for row in acled_types()) and all(actor.why for actor in acled_actors().values())


def test_codes_have_values_and_countries_their_codes() -> None:
    given = {code for kind in ontology().types.values() for code in (kind.cameo, *kind.mode_cameo.values()) if code}
    assert given - goldstein().keys() == {"106", "176"}
    assert min(goldstein().values()) == -10 and max(goldstein().values()) == 10
    assert (countries()["KAZ"].cow, countries()["KAZ"].fips, countries()["KOS"].cow) == ("705", "KZ", "347")
    assert len({country.cow for country in countries().values() if country.cow}) == 195


# Maps, graphs, calendars, linked data


def test_shapely_reads_the_map(record: Record) -> None:
    made = orjson.loads(written(export(record, "geojson")))
    assert made["type"] == "FeatureCollection"
    points = {f["properties"]["place"]: shape(f["geometry"]) for f in made["features"]}
    assert box(-82, -6, -75, 2).contains(points["Tiwinza"]) and box(*made["bbox"]).covers(points["Rio de Janeiro"])
    for feature in made["features"]:
        told = feature["properties"]
        text = text_of(record, told["report"])
        assert text[told["evidence_start"] : told["evidence_end"]] == told["evidence"]


def test_networkx_reads_the_graph(record: Record) -> None:
    graph = networkx.read_graphml(io.BytesIO(written(export(record, "graphml"))), force_multigraph=True)
    names = dict(graph.nodes(data="label"))
    edges = {(names[a], names[b], d["type"]): d for a, b, d in graph.edges(data=True)}
    clash = edges["Army of Peru", "Army of Ecuador", "ASSAULT"]
    assert (clash["date"], clash["count"], clash["mutual"]) == ("1995-01-28", 1, False)
    assert edges["Peru", "Ecuador", "CONSULT"]["mutual"] is True
    for data in edges.values():
        for event in data["events"].split():
            assert query.show(record, event)["schema"] == "vaka.event/1"


def test_icalendar_reads_the_deadlines(record: Record) -> None:
    made = written(export(record, "ics"))
    assert all(len(line) <= 75 and b"\n" not in line for line in made.split(b"\r\n"))
    entries = {str(e["X-VAKA-REPORT"]): e for e in Calendar.from_ical(made).walk("VEVENT")}
    assert str(entries["border-1"].decoded("dtstart")) == "1995-02-05"
    assert "ultimatum" in entries["border-1"].to_ical().decode()
    assert str(entries["promise"].decoded("dtstart")) == "2005-04-30"
    assert "kept" in str(entries["promise"]["description"])
    assert made == written(export(record, "ics"))


def test_rdflib_reads_the_linked_data(record: Record) -> None:
    graph = rdflib.Graph().parse(data=written(export(record, "jsonld")), format="json-ld")
    found = graph.query(
        """
        PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
        PREFIX oa: <http://www.w3.org/ns/oa#>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?event ?report ?start ?end ?exact WHERE {
          ?event a sem:Event ; prov:wasDerivedFrom ?report ; prov:wasAttributedTo ?engine .
          ?engine a prov:SoftwareAgent .
          ?note oa:hasBody ?event ; oa:hasTarget ?target . ?target oa:hasSource ?report ; oa:hasSelector ?at, ?quote .
          ?at a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
          ?quote a oa:TextQuoteSelector ; oa:exact ?exact }
        """
    )
    rows = [tuple(value.toPython() for value in row) for row in found]  # type: ignore[union-attr]
    assert {row[0] for row in rows} == {f"urn:vaka:incident:{r['id']}" for r in query.incidents(record)["rows"]}
    for _, address, start, end, exact in rows:
        assert text_of(record, address.removeprefix("urn:vaka:report:"))[start:end] == exact
    actors = graph.query(
        "PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> SELECT ?l WHERE { ?e sem:hasActor ?r . ?r "
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#value> ?a . ?a <http://www.w3.org/2000/01/rdf-schema#label> ?l }"
    )
    assert "Army of Peru" in {str(row[0]) for row in actors}  # type: ignore[index]


# Python


def test_pages_and_answers_become_tables(record: Record) -> None:
    page = border()
    assert list(page.to_pandas()["type"]) == ["ASSAULT", "ASSAULT", "CONSULT"]
    assert page.to_polars("pledges")["due_end"].to_list() == ["1995-02-05"]
    for layer in ("events", "quotes", "pledges", "causes", "times", "places", "actors"):
        assert page.to_arrow(layer).num_rows == len(getattr(page, layer))
    with pytest.raises(UsageError, match="no layer"):
        page.to_pandas("verbs")
    answer = query.incidents(record)
    assert len(answer.to_pandas()) == answer.to_polars().height == answer.to_arrow().num_rows == answer["count"]
    assert str(answer.to_arrow().schema.field("dead_low").type) == "double"
    assert query.timeline(record, by="events").to_pandas()["where_country"].notna().any()
    assert orjson.loads(orjson.dumps(answer)) == dict(answer)


def test_a_notebook_shows_the_evidence_marked(record: Record) -> None:
    draft = report("x", "Rebels <b>burned</b> a mill & fled.", published="2001-02-03")
    draft.event("ASSAULT", "burned", modes=("destroy",))
    shown = draft.page()._repr_html_()
    assert 'title="ASSAULT destroy, occurred">burned</mark>' in shown
    assert "&lt;b&gt;" in shown and "<b>burned" not in shown and "mill &amp; fled" in shown
    assert "<mark>Bombs at an election rally" in query.incidents(record)._repr_html_()


def test_a_missing_library_names_the_extra(path: Path, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ExtraError, match=r"pip install 'vaka\[tables\]'"):
        border().to_pandas()
    result = CliRunner().invoke(app, ["export", "--record", str(path), "--format", "parquet"])
    assert result.exit_code == 2 and "vaka[tables]" in result.stderr


# The command line and the bundle


@pytest.mark.parametrize("profile", PROFILES)
def test_the_command_line_writes_what_python_gives(path: Path, record: Record, profile: str, tmp_path: Path) -> None:
    out = tmp_path / profile
    result = CliRunner().invoke(app, ["export", "--record", str(path), "--profile", profile, "--output", str(out)])
    assert result.exit_code == 0 and not result.stdout
    made = export(record, profile)
    assert out.read_bytes() == written(made)
    assert len(result.stderr.splitlines()) == len(made.notes)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--profile", "ics", "--format", "csv"], "one format of its own"),
        (["--profile", "gdelt", "--rows", "roles"], "tables of --profile vaka"),
        (["--format", "parquet", "--hxl"], "adds a line to CSV"),
    ],
)
def test_options_that_make_no_sense_together_are_refused(path: Path, options: list[str], reason: str) -> None:
    result = CliRunner().invoke(app, ["export", "--record", str(path), *options])
    assert result.exit_code == 2 and reason in result.stderr and not result.stdout


def test_a_release_is_the_same_bytes_again_and_its_sums_hold(record: Record, tmp_path: Path) -> None:
    names = release(record, tmp_path / "one", title="Borders and bombs", authors=("A. Analyst",))
    with Record(tmp_path / "crisis.db", clock=lambda: "2031-05-05T00:00:00+00:00") as other:
        fill(other, [border(), *reversed(crisis())])
        assert release(other, tmp_path / "two", title="Borders and bombs", authors=("A. Analyst",)) == names
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    for line in (tmp_path / "one" / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "one" / name).read_bytes()).hexdigest() == digest
    book = pandas.read_csv(tmp_path / "one" / "codebook.csv")
    assert book.groupby("table").size()["events"] == len(EVENT_COLUMNS)
    assert {"CITATION.cff", "LICENSE.txt", "README.md", "events.parquet", "roles.csv"} <= set(names)
    assert "Vaka 0.1.0" in (tmp_path / "one" / "README.md").read_text(encoding="utf-8")


def test_a_release_overwrites_nothing(record: Record, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty"):
        release(record, tmp_path / "kept")
    assert [path.name for path in tmp_path.rglob("*.txt")] == ["notes.txt"]
