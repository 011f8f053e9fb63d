"""The bundled sample crisis, coded once and held against its annotation by hand; scores are printed (`pytest -s`)."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import annotated
import pytest
from record_pages import clock, dump, fill

from vaka.engine import Engine
from vaka.record import Filters, Record, query
from vaka.types import Page

Row = dict[str, Any]
EVERYTHING = Filters(genre=("all",))
FLOORS = {
    "incidents": 0.6,
    "one incident": 0.33,
    "numbers side by side": 0.26,
    "pledges found": 0.5,
    "pledges promiser": 0.45,
    "pledges due": 0.8,
    "pledges status": 0.75,
    "causes": 0.45,
    "no causes": 1.0,
    "not counted": 0.6,
    "dates and sources": 1.0,
    "genres": 0.95,
}
"""The least share that must hold, raised when the score has risen."""


@dataclass(frozen=True, slots=True)
class Coded:
    """The sample in a record, its pages by the annotation's names, and those names by report id."""

    record: Record
    pages: dict[str, Page]
    names: dict[str, str]
    told: Row


@pytest.fixture(scope="session")
def pages() -> dict[str, Page]:
    named = annotated.articles()
    coded = Engine().code([article for _, article in named])
    return {name: page for (name, _), page in zip(named, coded, strict=True)}


@pytest.fixture(scope="session")
def sample(pages: dict[str, Page], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coded]:
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    with Record(path, clock=clock) as record:
        fill(record, list(pages.values()))
        names = {page.article.id: name for name, page in pages.items()}
        yield Coded(record, pages, names, annotated.annotation())


def score(name: str, checks: list[annotated.Check]) -> None:
    print(f"\n{annotated.lines(name, checks)}")  # noqa: T201
    assert annotated.share(checks) >= FLOORS[name], annotated.lines(name, checks)


# Reports


def test_dates_sources_and_genres(sample: Coded) -> None:
    found = {sample.names[row["id"]]: row for row in query.reports(sample.record, EVERYTHING)["rows"]}
    assert sorted(found) == sorted(row["name"] for row in sample.told["reports"])
    dated: list[annotated.Check] = []
    genres: list[annotated.Check] = []
    for row in sample.told["reports"]:
        report = found[row["name"]]
        right = (report["published"][:10], report["source"]) == (row["date"], row["source"])
        dated.append(annotated.Check(row["name"], right, f"{report['published']} {report['source']}"))
        genre = report["genre"] or "news"
        genres.append(annotated.Check(row["name"], genre in (row["genre"], *row.get("also", [])), genre))
    score("dates and sources", dated)
    score("genres", genres)


def test_copies_are_grouped_exactly(sample: Coded) -> None:
    """A text that replaces an earlier one is no copy of it, but prints much of it: it stands in the same group. A take
    that is written anew stands alone."""
    wanted = [row["reports"] for row in sample.told["copies"]]
    replaced = [set(row["reports"]) for row in sample.told["versions"] if row["kind"] == "same_address"]
    rows = {row["id"]: row for row in query.reports(sample.record, EVERYTHING)["rows"]}
    found: dict[str, set[str]] = {}
    for row in rows.values():
        if row["version_of"] is None:
            found.setdefault(row["copy_group"], set()).add(sample.names[row["id"]])
        elif {sample.names[row["id"]], sample.names[row["version_of"]]} in replaced:
            assert row["copy_group"] == rows[row["version_of"]]["copy_group"]
        else:
            assert row["copy_group"] == row["id"]
    assert sorted(map(sorted, wanted)) == sorted(sorted(group) for group in found.values() if len(group) > 1)
    originals = {row["original"] for row in sample.told["copies"]}
    assert originals == {sample.names[name] for name, group in found.items() if len(group) > 1}


def test_a_text_under_the_same_address_is_a_version(sample: Coded) -> None:
    found = {
        (sample.names[row["version_of"]], sample.names[row["id"]])
        for row in query.reports(sample.record, EVERYTHING)["rows"]
        if row["version_of"]
    }
    stories = [row["reports"] for row in sample.told["versions"] if row["kind"] == "same_address"]
    assert {tuple(reports) for reports in stories} <= found
    running = [set(row["reports"]) for row in sample.told["versions"]]
    assert all(any({before, after} <= story for story in running) for before, after in found)


# What happened


def test_incidents(sample: Coded) -> None:
    found = query.incidents(sample.record, EVERYTHING)["rows"]
    score("incidents", annotated.incident_checks(sample.told["incidents"], found, sample.names))


def test_one_happening_is_one_incident(sample: Coded) -> None:
    found = query.incidents(sample.record, EVERYTHING)["rows"]
    score("one incident", annotated.one_incident_checks(sample.told["incidents"], found, sample.names))


def test_numbers_stand_side_by_side(sample: Coded) -> None:
    found = query.incidents(sample.record, EVERYTHING)["rows"]
    score("numbers side by side", annotated.value_checks(sample.told["disagreements"], found, sample.names))


def test_what_did_not_happen_is_not_counted(sample: Coded) -> None:
    score("not counted", annotated.not_counted_checks(sample.told["not_counted"], sample.pages))


# What was promised, and what led to what


def test_pledges(sample: Coded) -> None:
    found = query.pledges(sample.record, EVERYTHING)["rows"]
    for name, checks in annotated.pledge_checks(sample.told["pledges"], found, sample.names).items():
        score(f"pledges {name}", checks)


def test_every_change_of_a_pledge_has_its_passage(sample: Coded) -> None:
    for pledge in query.pledges(sample.record, EVERYTHING)["rows"]:
        assert pledge["history"][-1]["status"] == pledge["status"]
        for change in pledge["history"]:
            [span] = change["evidence"]
            text = sample.record.page(change["report"]).article.text
            assert text[span["start"] : span["end"]] == span["text"]


def test_causes(sample: Coded) -> None:
    score("causes", annotated.cause_checks(sample.told["causes"], sample.pages))
    score("no causes", annotated.not_cause_checks(sample.told["not_causes"], sample.pages))


# The record itself


def test_every_citation_holds(sample: Coded) -> None:
    assert sample.record.verify() == []


def test_adding_all_again_changes_nothing(sample: Coded) -> None:
    before = dump(sample.record)
    assert {sample.record.add(page).outcome for page in sample.pages.values()} == {"same"}
    sample.record.refresh()
    assert dump(sample.record) == before


@pytest.mark.parametrize("seed", range(3))
def test_order_of_arrival_does_not_matter(sample: Coded, tmp_path: Path, seed: int) -> None:
    shuffled = list(sample.pages.values())
    random.Random(seed).shuffle(shuffled)
    with Record(tmp_path / "shuffled.db", clock=clock) as other:
        fill(other, shuffled)
        assert other.verify() == []
        for question in (query.reports, query.incidents, query.pledges):
            assert question(other, EVERYTHING) == question(sample.record, EVERYTHING)


def test_one_changed_byte_is_noticed(sample: Coded, tmp_path: Path) -> None:
    path = tmp_path / "changed.db"
    with closing(sqlite3.connect(path)) as copy:
        sample.record.db.backup(copy)
        copy.execute("DROP TRIGGER reports_text_is_immutable")
        changed = copy.execute(
            "UPDATE reports SET text = replace (text, '164', '163') WHERE n ="
            " (SELECT min (n) FROM reports WHERE text LIKE '%164%')"
        )
        assert changed.rowcount == 1
        copy.commit()
    with Record(path, create=False) as record:
        assert any("sha256" in problem.message for problem in record.verify())
