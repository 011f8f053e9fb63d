"""Every answer against its JSON Schema, and the schemas against the types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from answers import faults
from record_pages import crisis, fill, promise
from typer.testing import CliRunner

from vaka.cli import app
from vaka.record import Record, query
from vaka.record.search import search
from vaka.reports.schemas import ITEMS, NAMES, schema


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "made.db") as held:
        yield fill(held, crisis())


def test_a_page(record: Record) -> None:
    for page in crisis():
        assert faults(page.to_dict(), schema("page"), schema("page")) == []


@pytest.mark.parametrize("name", ["reports", "timeline", "incidents", "pledges", "actors"])
def test_an_answer(name: str, record: Record) -> None:
    answer = getattr(query, name)(record)
    assert answer["rows"]
    assert faults(answer, schema(name), schema(name)) == []


def test_search_and_tellings(record: Record) -> None:
    assert faults(search(record, "Syria"), schema("search"), schema("search")) == []
    told = query.timeline(record, by="events")
    assert told["rows"]
    assert faults(told, schema("timeline"), schema("timeline")) == []


def test_what_show_answers(record: Record) -> None:
    page = promise().to_dict()
    keys = [page[f"{layer}s"][0]["id"] for layer in ITEMS if page[f"{layer}s"]]
    assert len(keys) >= 6
    incident = query.incidents(record)["rows"][0]["id"]
    for key in (*keys, "promise", incident):
        answer = query.show(record, key)
        name = answer["schema"].split(".")[1].split("/")[0]
        assert faults(answer, schema(name), schema(name)) == [], name


def test_a_fault_is_seen() -> None:
    page = crisis()[0].to_dict()
    del page["article"]["sha256"]
    page["events"][0]["status"] = "maybe"
    page["events"][0]["colour"] = "red"
    assert len(faults(page, schema("page"), schema("page"))) == 3


@pytest.mark.parametrize("name", NAMES)
def test_the_command_prints_it(name: str) -> None:
    result = CliRunner().invoke(app, ["schema", name])
    assert result.exit_code == 0
    made = json.loads(result.stdout)
    assert made["$schema"].endswith("2020-12/schema")
    assert made["properties"]["schema"] == {"const": f"vaka.{name}/1"}
