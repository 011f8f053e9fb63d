"""The commands of review as people type them: what they print, what they refuse, what they leave in the record."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from answers import faults
from record_pages import clock, crisis, fill
from typer.testing import CliRunner, Result

from vaka.cli import app, reviewing
from vaka.record import Record, query
from vaka.record.query import Filters
from vaka.record.search import search
from vaka.reports.schemas import schema

EVENT = crisis()[0].events[0].id
PLEDGE = crisis()[5].pledges[0].id
Run = Callable[..., Result]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crisis.db"


@pytest.fixture
def run(path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    with Record(path, clock=clock) as record:
        fill(record, crisis())
    monkeypatch.setenv("VAKA_RECORD", str(path))
    monkeypatch.setenv("VAKA_REVIEWER", "Ana Ruiz")
    monkeypatch.setenv("COLUMNS", "120")
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, Any]] = json.loads(result.stdout)["rows"]
    return found


def test_a_judgement_is_printed_and_shown_beside_the_row(run: Run) -> None:
    result = run("review", EVENT[:8], "--correct", "type=PROTEST", "--correct", "mode=riot", "--why", "no attack")
    assert result.exit_code == 0
    assert "correct type: PROTEST, not ASSAULT" in result.stdout
    shown = run("show", EVENT[:8]).stdout
    assert "corrected by Ana Ruiz: type PROTEST, not ASSAULT, mode riot, not explosives" in shown
    assert "corrected by Ana Ruiz" in run("timeline", "--type", "PROTEST").stdout
    run("review", PLEDGE, "--correct", "status=broken", "--on", "2005-05-02", "--why", "agents stayed")
    assert "broken 2005-05-02, says Ana Ruiz: agents stayed" in run("pledges").stdout
    line = run("pledges", "--format", "csv").stdout.splitlines()[1]
    assert line.endswith(',Ana Ruiz,"corrected by Ana Ruiz: status broken, not kept"')
    assert "open" in run("pledges", "--on", "2005-04-10").stdout
    assert run("pledges", "--on", "April").exit_code == 2


def test_verdicts_log_undo_and_precision(run: Run) -> None:
    assert run("review", EVENT, "--accept", "--by", "Ben Okafor").exit_code == 0
    assert "accepted by Ben Okafor" in run("show", EVENT).stdout
    refused = run("review", EVENT, "--reject", "--why", "x")
    assert (refused.exit_code, "judgement 1); undo that first" in refused.stderr) == (2, True)
    [line] = rows(run("review", "--stats", "--format", "json"))[:1]
    assert (line["reviewed"], line["precision"], line["high"]) == (1, 1.0, 1.0)
    assert "undone by Ana Ruiz" in run("review", EVENT, "--undo", "--why", "a slip").stdout
    assert run("review", "--stats").stdout == "Nothing was reviewed yet.\n"
    run("review", EVENT, "--reject", "--why", "x")
    run("review", "--undo", "--judgement", "2")
    log = run("review", "--log", "--format", "json")
    assert faults(json.loads(log.stdout), schema("review"), schema("review")) == []
    assert [(row["id"], row["undone"]["by"]) for row in rows(log)] == [(2, "Ana Ruiz"), (1, "Ana Ruiz")]
    assert len(rows(run("review", EVENT, "--log", "--format", "json", "--limit", "1"))) == 1
    assert run("review", "--log", "--format", "csv").stdout.splitlines()[0].startswith("id,at,by,kind,items,layer")
    assert run("review", "--orphans").stdout == "Every judgement has the item that it speaks of.\n"


def test_merge_split_and_grade(run: Run) -> None:
    [incident] = rows(run("incidents", "--type", "ASSAULT", "--format", "json"))
    second = incident["tellings"][1]["event"]
    assert run("review", incident["id"], "--split", second[:10], "--why", "two bombs").exit_code == 0
    found = rows(run("incidents", "--type", "ASSAULT", "--format", "json"))
    assert len(found) == 2
    assert run("review", found[0]["id"], "--undo").exit_code == 0
    assert len(rows(run("incidents", "--type", "ASSAULT", "--format", "json"))) == 1
    assert "graded B" not in run("reports").stdout
    assert run("grade", "Levant Post", "B", "--why", "was there").exit_code == 0
    assert run("grade", "promise", "2", "--why", "others agree").exit_code == 0
    assert "graded B2" in run("reports").stdout
    assert run("grade", "Levant Post", "Z", "--why", "x").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "give one of --accept, --reject"),
        ((EVENT, "--accept", "--reject"), "--accept and --reject are given"),
        (("--accept",), "--accept needs the id"),
        (("ffffffff", "--accept"), "ffffffff: the record holds nothing of this id"),
        ((EVENT, "--accept", "--by", " "), "say who judges"),
        ((EVENT, "--accept", "--on", "2005-01-01"), "--on goes with --correct"),
        ((EVENT, "--accept", "--judgement", "1"), "--judgement goes with --undo"),
        ((EVENT, "--reject"), "to reject something, say why"),
        ((EVENT, "--undo"), "no judgement stands on this"),
        (("--undo", "--judgement", "7"), "no standing judgement of this number"),
        (("--next", "--layer", "mood"), "there is no layer 'mood'"),
        ((EVENT, "--correct", "colour=red", "--why", "x"), "has no field 'colour' to correct; give one of type, mode"),
    ],
)
def test_calls_that_make_no_sense(run: Run, arguments: tuple[str, ...], words: str) -> None:
    result = run("review", *arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())
    assert run("review", "--log").stdout == "Nobody has judged that.\n"


def test_without_a_name_nothing_is_judged(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VAKA_REVIEWER")
    for command in (("review", EVENT, "--accept"), ("grade", "promise", "2"), ("withdraw", "promise", "--why", "x")):
        result = run(*command)
        assert (result.exit_code, "say who judges" in result.stderr) == (2, True)


def test_next_shows_what_nobody_has_judged(run: Run) -> None:
    first = run("review", "--next", "--format", "json")
    key = json.loads(first.stdout)["id"]
    assert "“" in run("review", "--next").stdout
    run("review", key, "--accept")
    assert json.loads(run("review", "--next", "--format", "json").stdout)["id"] != key
    assert json.loads(run("review", "--next", "--type", "support", "--format", "json").stdout)["type"] == "SUPPORT"
    cause = json.loads(run("review", "--next", "--layer", "cause", "--format", "json").stdout)["id"]
    assert "rafik hariri" in run("review", "--next", "--layer", "cause").stdout.lower()
    run("review", cause, "--reject", "--why", "x")
    left = run("review", "--next", "--layer", "cause")
    assert (left.exit_code, "every cause of the record has been reviewed" in left.stderr) == (0, True)


def test_one_key_an_item_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pressed = iter("ax ?uaq")
    monkeypatch.setattr("typer.getchar", lambda: next(pressed))
    monkeypatch.setattr("typer.prompt", lambda words: "a market report")
    monkeypatch.setattr(reviewing, "on_terminal", lambda: True)
    assert run("review", "--next").exit_code == 0
    told = [(row["kind"], bool(row["undone"]), row["why"]) for row in rows(run("review", "--log", "--format", "json"))]
    assert sorted(told) == [("accept", False, ""), ("accept", False, ""), ("reject", True, "a market report")]


# Every filter on every question

QUESTIONS = ("reports", "timeline", "incidents", "pledges", "actors", "search")
FILTERS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"since": "2005-01", "until": "2005-12-31"}, {"since": "1980", "until": "1981"}),
    ({"since": "1990"}, {"since": "2031-01-01"}),
    ({"country": ("SYR",)}, {"country": ("NOR",)}),
    ({"actor": ("Syria",)}, {"actor": ("Norway",)}),
    ({"type": ("RETREAT",)}, {"type": ("SANCTION",)}),
    ({"status": ("occurred", "kept")}, {"status": ("planned", "broken")}),
    ({"source": ("Levant Post", "Cedar Daily")}, {"source": ("Fjord Times",)}),
    ({"genre": ("none",)}, {"genre": ("opinion", "sport")}),
    ({"min_score": 0.5}, {"min_score": 0.95}),
]


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("pair", FILTERS, ids=lambda pair: "-".join(pair[0]))
def test_every_filter_works_on_every_question(
    run: Run, path: Path, name: str, pair: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    """It lets through what fits, leaves out what does not, and the command does what the function does."""
    words = ["the"] if name == "search" else []
    for given, fits in zip(pair, (True, False), strict=True):
        with Record(path, create=False) as record:
            filters = Filters(**given)
            found = search(record, "the", filters) if words else getattr(query, name)(record, filters)
        assert bool(found["count"]) is fits
        options: list[str] = []
        for option, value in given.items():
            for one in value if isinstance(value, tuple) else [value]:
                options += [f"--{option.replace('_', '-')}", str(one)]
        assert len(rows(run(name, *words, *options, "--format", "json"))) == found["count"]
    assert len(rows(run(name, *words, "--limit", "1", "--format", "json"))) == 1


def test_what_memory_is_asked_by(run: Run) -> None:
    assert run("memory", "--source", "Levant Post", "--genre", "none", "--country", "SYR").exit_code == 0
    assert run("memory", "--type", "PROTEST").exit_code == 2, "what it cannot filter by it does not take"
