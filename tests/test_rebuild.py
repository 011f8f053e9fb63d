"""A record coded anew, and what differs between two records: nothing where nothing changed, each change in words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from answers import faults
from record_pages import bombing, clock, crisis, fill
from typer.testing import CliRunner, Result

import vaka
from vaka.api import engine
from vaka.cli import app
from vaka.engine import at_least
from vaka.record import Record, query
from vaka.record.diff import diff
from vaka.record.rebuild import begin, end, pending, uncoded
from vaka.reports.schemas import schema
from vaka.types import Issue

STORIES = {
    "lagos": ("2012-01-09", "Police arrested 40 protesters in Lagos on Monday. A union promised to strike by Friday."),
    "quito": ("2019-10-08", "Workers went on strike in Quito on Tuesday because fuel prices had doubled."),
    "minsk": ("2020-08-10", '"We will not leave," Maria Kalinina told a crowd in Minsk. Police attacked marchers.'),
}  # fmt: skip


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def coded(path: Path) -> Path:
    with Record(path, clock=clock) as record:
        for name, (day, text) in STORIES.items():
            record.add(at_least(vaka.code(text, published=day, id=name, min_score=0)))
    return path


def aged(path: Path, *names: str) -> Path:
    """As if an older engine had coded those reports, and had found no events."""
    with Record(path, create=False) as record:
        for name in names:
            page = record.page(name)
            old = replace(page.engine, version="0.0.1")
            issues = (Issue("reading", "no title"), Issue("events", "this layer is missing: an old fault"))
            record.recode(name, replace(page, events=(), engine=old, issues=issues))
    return path


def test_a_rebuild_codes_what_another_engine_coded_and_nothing_else(tmp_path: Path) -> None:
    path = coded(tmp_path / "a.db")
    with Record(path, create=False) as record:
        whole = {name: record.page(name) for name in STORIES}
    aged(path, "lagos", "minsk")
    with Record(path, create=False) as record:
        assert pending(record, engine().info) == ["lagos", "minsk"]
        assert pending(record, engine().info, all=True) == ["lagos", "quito", "minsk"]
        assert [issue.stage for issue in uncoded(record, "lagos").issues] == ["reading"]
    result = run("rebuild", path)
    assert result.exit_code == 0
    assert f"2 reports coded anew; as it was before: {path}.before-rebuild" in result.stdout.replace("\n", "")
    with Record(path, create=False) as record:
        for name, page in whole.items():
            found = record.page(name)
            assert [event.id for event in found.events] == [event.id for event in page.events], name
            assert found.engine == engine().info
        assert record.verify() == []
        assert pending(record, engine().info) == []
    with Record(f"{path}.before-rebuild", create=False) as before:
        assert before.page("lagos").events == ()
    assert "this engine has coded every report already" in run("rebuild", path).stdout


def test_a_rebuild_keeps_judgements_and_names_those_without_an_item(tmp_path: Path) -> None:
    path = coded(tmp_path / "a.db")
    with Record(path, create=False) as record:
        arrest = record.page("lagos").events[0]
        quote = record.page("minsk").quotes[0]
        record.reject(arrest.id, by="Ana", why="another day")
        record.accept(quote.id, by="Ana")
    aged(path, "lagos")
    with Record(path, create=False) as record:
        page = record.page("minsk")
        ghost = replace(quote, id="0123456789abcdef")
        record.recode(
            "minsk", replace(page, quotes=(*page.quotes, ghost), engine=replace(page.engine, version="0.0.2"))
        )
        record.accept(ghost.id, by="Ben")
    result = run("rebuild", path)
    assert result.exit_code == 0
    assert "1 judgement speaks of rows that are coded no more" in result.stderr
    assert f"Ben: accept quote {ghost.id} in minsk" in result.stderr
    assert f"coded there now: {quote.id}" in result.stderr.replace("\n", "")
    with Record(path, create=False) as record:
        assert query.show(record, arrest.id)["review"]["verdict"] == "rejected"
        assert query.show(record, quote.id)["review"]["verdict"] == "accepted"
        assert arrest.id not in [row["id"] for row in query.timeline(record, by="events")["rows"]]
    shown = json.loads(run("review", "--orphans", "--record", path, "--format", "json").stdout)
    assert [row["item"] for row in shown["rows"]] == [ghost.id]
    assert faults(shown, schema("orphans"), schema("orphans")) == []


def test_an_interrupted_rebuild_goes_on_with_its_copy(tmp_path: Path) -> None:
    path = aged(coded(tmp_path / "a.db"), "lagos", "quito")
    with Record(path, create=False) as record:
        first = begin(record)
        record.recode("lagos", at_least(next(engine().code([uncoded(record, "lagos")]))))
    assert run("rebuild", path).exit_code == 0
    assert [file.name for file in tmp_path.glob("*.before*")] == [first.name]
    with Record(path, create=False) as record:
        assert begin(record).name == "a.db.before-rebuild-2", "the next one keeps the state before itself"
        end(record)


def test_every_row_tells_what_made_it(tmp_path: Path) -> None:
    with Record(coded(tmp_path / "a.db"), create=False) as record:
        info = engine().info
        rows = record.ask("SELECT * FROM v_items")
        assert len(rows) > 10
        for row in rows:
            assert (row["engine"], row["knowledge"]) == (info.version, info.knowledge)
            assert [model["sha256"] for model in json.loads(row["models"])] == [model.sha256 for model in info.models]
            assert row["rule"]
        event = query.timeline(record, by="events")["rows"][0]
        assert query.show(record, event["id"])["source"]["engine"]["knowledge"] == info.knowledge
    line = run("export", "--record", tmp_path / "a.db", "--format", "jsonl").stdout.splitlines()[0]
    assert json.loads(line)["knowledge"] == info.knowledge
    assert "vaka-events-minilm" in json.loads(line)["models"]


# What differs


def two(tmp_path: Path, *changes: Any) -> tuple[Record, Record]:
    a, b = (Record(tmp_path / f"{name}.db", clock=clock) for name in "ab")
    fill(a, crisis())
    fill(b, [*crisis()[:-1], *changes])
    return a, b


def test_nothing_differs_where_nothing_changed(tmp_path: Path) -> None:
    a, b = two(tmp_path, crisis()[-1])
    answer = diff(a, b)
    assert (answer["rows"], answer["totals"], answer["reports_only_in"]) == ([], {}, {"a": [], "b": []})
    assert run("diff", tmp_path / "a.db", tmp_path / "b.db").stdout == "Both records say the same.\n"


def test_what_differs_is_told_in_words(tmp_path: Path) -> None:
    a, b = two(tmp_path)
    page = crisis()[0]
    event = page.events[0]
    moved = replace(event, id="0123456789abcdef", type="PROTEST", modes=("riot",))
    b.recode("post-1", replace(page, events=(moved,), places=()))
    b.recode("promise", replace(crisis()[5], causes=()))
    answer = diff(a, b)
    assert faults(answer, schema("diff"), schema("diff")) == []
    assert answer["reports_only_in"] == {"a": ["a-1"], "b": []}
    told = {(row["layer"], row["change"]): row for row in answer["rows"] if row["layer"] not in ("incident", "outcome")}
    changed = told["event", "changed"]
    assert (changed["id"], changed["was_id"], changed["words"]) == (moved.id, event.id, "Bombs")
    assert changed["fields"]["type"] == {"was": "ASSAULT", "is": "PROTEST"}
    assert changed["fields"]["modes"] == {"was": ["explosives"], "is": ["riot"]}
    assert told["place", "removed"]["words"] == "Diyarbakır"
    assert told["cause", "removed"]["words"] == "the killing of Rafik Hariri"
    assert answer["totals"]["event"] == {"changed": 1}
    assert {row["change"] for row in answer["rows"] if row["layer"] == "incident"} == {"added", "removed"}
    table = run("diff", tmp_path / "a.db", tmp_path / "b.db").stdout
    assert "type: ASSAULT → PROTEST" in table
    assert "only the first record holds 1 report: a-1" in table
    lines = run("diff", tmp_path / "a.db", tmp_path / "b.db", "--format", "csv").stdout.splitlines()
    assert lines[0] == "change,layer,id,was_id,report,words,field,was,is"
    assert any(line.endswith('type,"""ASSAULT""","""PROTEST"""') for line in lines)


def test_a_person_changes_incidents_and_outcomes_and_no_page(tmp_path: Path) -> None:
    a, b = two(tmp_path, crisis()[-1])
    b.correct(crisis()[5].pledges[0].id, "status=broken", by="Ana", why="x")
    b.reject(crisis()[0].events[0].id, by="Ana", why="x")
    assert {row["layer"] for row in diff(a, b)["rows"]} == {"incident", "outcome"}
    [outcome] = [row for row in diff(a, b)["rows"] if row["layer"] == "outcome"]
    assert outcome["fields"] == {"status": {"was": "kept", "is": "broken"}}


def test_a_later_version_is_another_report(tmp_path: Path) -> None:
    a, b = two(tmp_path, crisis()[-1], bombing("post-1", "nine", 9, "2015-06-07", "Bosphorus Post"))
    only = diff(a, b)["reports_only_in"]
    assert only["a"] == []
    assert only["b"][0].startswith("post-1@")


@pytest.mark.parametrize("command", ["diff", "rebuild"])
def test_a_record_that_is_not_there_is_named(tmp_path: Path, command: str) -> None:
    missing = [tmp_path / "none.db"] * (2 if command == "diff" else 1)
    result = run(command, *missing)
    assert result.exit_code == 2
    assert "there is no record here" in result.stderr
