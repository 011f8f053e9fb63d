"""Crisis threads: what joins incidents, and that the whole is one story from the trigger to the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import annotated
import pytest
from answers import faults
from typer.testing import CliRunner

from vaka.cli import app
from vaka.engine import Engine
from vaka.errors import InputError
from vaka.reading.articles import Given, build
from vaka.record import Filters, Record
from vaka.record.threads import threads
from vaka.reports.schemas import schema
from vaka.types import Article, Page

Row = dict[str, Any]
ANTANANARIVO = (
    (
        "2009-01-26",
        "Protesters looted shops in Antananarivo on Monday after the government closed a television station.",
    ),
    ("2009-01-28", "Police arrested 40 looters in Antananarivo on Wednesday."),
    ("2009-02-02", "Soldiers shot at demonstrators in Antananarivo on Monday and killed 28 people."),
    ("2009-03-16", "Soldiers seized the presidential palace in Antananarivo on Monday."),
    ("2009-03-17", "President Marc Ravalomanana resigned on Tuesday in Antananarivo."),
)
LANCANG = (
    ("2018-07-23", "A dam burst near Pakse in southern Laos on Monday and the flood killed 19 people."),
    ("2018-07-25", "Thailand sent 40 rescuers to the Lao town of Pakse on Wednesday."),
    ("2018-07-26", "Prime Minister Thongloun Sisoulith met survivors in Pakse on Thursday."),
    ("2018-07-25", "Police arrested two smugglers in Lima in Peru on Wednesday."),
)


def articles(story: tuple[tuple[str, str], ...]) -> list[Article]:
    found = []
    for at, (day, text) in enumerate(story):
        read = build(Given("test", str(at), text, id=f"{day} {at}", published=day, source=f"Paper {at}"))
        assert not isinstance(read, InputError)
        found.append(read.article)
    return found


@cache
def pages(name: str) -> tuple[Page, ...]:
    given = {"madagascar": articles(ANTANANARIVO), "laos": articles(LANCANG)}
    chosen = given[name] if name in given else [article for _, article in annotated.articles()]
    return tuple(page for page in Engine().code(chosen) if not isinstance(page, InputError))


@pytest.fixture
def record(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Record]:
    with Record(tmp_path / "story.db") as held:
        for page in pages(request.param):
            held.add(page)
        yield held


def incident(thread: Row, name: str) -> Row:
    """The trigger or outcome of a thread."""
    found: Row = next(row["incident"] for row in thread["incidents"] if row["incident"]["id"] == thread[name])
    return found


@pytest.mark.parametrize("record", ["sample"], indirect=True)
def test_the_sample_from_the_price_of_gas_to_the_end(record: Record) -> None:
    answer = threads(record)
    thread = max(answer["rows"], key=lambda row: len(row["incidents"]))
    assert thread["countries"][0] == "KAZ"
    assert (incident(thread, "trigger")["type"], incident(thread, "trigger")["mode"]) == ("CONDITION", "price-rise")
    assert thread["end"] >= "2022-01-19"
    assert thread["pledges"]
    reasons = {join["by"] for row in thread["incidents"] for join in row["joins"]}
    assert reasons == {"cause", "pledge", "place", "party", "report"}
    assert faults(answer, schema("threads"), schema("threads")) == []


@pytest.mark.parametrize("record", ["sample"], indirect=True)
def test_each_join_is_to_an_earlier_incident_and_cites_what_was_told(record: Record) -> None:
    for thread in threads(record)["rows"]:
        seen: set[str] = set()
        for row in thread["incidents"]:
            assert {join["to"] for join in row["joins"]} <= seen
            seen.add(row["incident"]["id"])
            for join in row["joins"]:
                assert join["words"]
                assert bool(join["evidence"]) == (join["by"] in ("cause", "pledge"))
                for span in join["evidence"]:
                    text = record.page(join["report"]).article.text
                    assert text[span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize("record", ["madagascar"], indirect=True)
def test_what_lies_six_weeks_apart_is_no_thread(record: Record) -> None:
    [thread] = threads(record)["rows"]
    assert (thread["start"], thread["end"], thread["countries"]) == ("2009-01-26", "2009-02-02", ["MDG"])
    assert incident(thread, "outcome")["type"] == "ASSAULT"


@pytest.mark.parametrize("record", ["laos"], indirect=True)
def test_what_happens_elsewhere_is_no_part(record: Record) -> None:
    [thread] = threads(record)["rows"]
    assert incident(thread, "trigger")["type"] == "DISASTER"
    assert {row["incident"]["where"]["country"] for row in thread["incidents"]} == {"LAO"}
    assert threads(record, Filters(country=("PER",)))["rows"] == []


def test_the_order_of_arrival_changes_nothing(tmp_path: Path) -> None:
    answers = []
    for name, order in (("a", pages("laos")), ("b", pages("laos")[::-1])):
        with Record(tmp_path / f"{name}.db") as record:
            for page in order:
                record.add(page)
            answers.append(threads(record))
    assert answers[0] == answers[1]
    assert answers[0]["rows"]


@pytest.mark.parametrize("record", ["laos"], indirect=True)
def test_the_command_prints_it(record: Record) -> None:
    record.refresh()
    path = str(record.path)
    table = CliRunner().invoke(app, ["threads", "--record", path])
    assert (table.exit_code, "trigger" in table.stdout, "outcome" in table.stdout) == (0, True, True)
    csv = CliRunner().invoke(app, ["threads", "--record", path, "--format", "csv"])
    assert csv.stdout.startswith("thread,part,joined_to")
    assert "place" in csv.stdout
