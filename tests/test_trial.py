"""A lexicon entry is tried on a record before it is saved: what it would add, remove and change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from answers import faults
from typer.testing import CliRunner, Result

from vaka.cli import app
from vaka.errors import KnowledgeError
from vaka.knowledge.ontology import ontology, trial, with_pattern
from vaka.reports.schemas import schema

REPORTS = [
    {"id": "gifts", "text": "Police detained nine students in Tunis on Friday.", "published": "2013-05-04"},
    {"id": "gates", "text": "Angry farmers shut the gates of the port in Odesa on Monday.", "published": "2020-02-11"},
]
NEW = "{id: protest.shut-gates, verbs: [shut], object: [gate], mode: obstruct, score: 0.9}"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trial")
    (folder / "reports.jsonl").write_text("\n".join(map(json.dumps, REPORTS)), encoding="utf-8")
    assert run("add", folder / "reports.jsonl", "--record", folder / "crisis.db").exit_code == 0
    return folder / "crisis.db"


def test_a_new_entry_shows_what_it_changes_and_saves_nothing(record: Path) -> None:
    before = record.read_bytes()
    told = json.loads(run("lexicon", "try", NEW, record, "--format", "json").stdout)
    expected = schema("trial")
    assert faults(told, expected, expected) == []
    assert told["replaces"] is None
    assert told["reports"] == 2
    rows = [(row["report"], row["type"], row["mode"], row["rule"]) for row in told["events"]]
    assert ("gates", "PROTEST", "obstruct", "protest.shut-gates") in rows
    assert {row[0] for row in rows} == {"gates"}
    assert record.read_bytes() == before


def test_a_changed_entry_shows_what_is_lost(record: Path, tmp_path: Path) -> None:
    (tmp_path / "entry.yml").write_text("id: coerce.arrest\nverbs: [handcuff]\nmode: arrest\n", encoding="utf-8")
    told = json.loads(run("lexicon", "try", f"@{tmp_path / 'entry.yml'}", record, "--format", "json").stdout)
    assert told["replaces"]["file"] == "data/ontology/coerce.yml"
    lost = [row for row in told["events"] if row["change"] in {"removed", "changed"}]
    assert [row["trigger"] for row in lost] == ["detained"]


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("{id: honk, verbs: [honk]}", "opens with its event type"),
        ("{id: protest.honk, verb: [honk]}", "unknown key 'verb'"),
        ("{id: protest.honk, verbs: [honk], mode: arrest}", "no mode 'arrest'"),
        ("{id: protest.honk", "expected"),
        ("[]", "must be one entry"),
    ],
)
def test_a_faulty_entry_is_named(text: str, remedy: str, record: Path) -> None:
    with pytest.raises(KnowledgeError, match=remedy):
        trial(text)
    assert run("lexicon", "try", text, record).exit_code == 2


def test_the_tried_pattern_stands_in_the_place_of_its_namesake() -> None:
    known = ontology()
    changed = with_pattern(known, trial("{id: coerce.arrest, verbs: [handcuff], mode: arrest}"))
    assert len(changed.patterns) == len(known.patterns)
    assert [one.id for one in changed.candidates("handcuff", "VERB")].count("coerce.arrest") == 1
