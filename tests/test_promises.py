"""The figures of `bench/promises.py` hold their floors, in both halves; a record can be asked about a day."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from record_pages import clock, fill, promise, retreat

from vaka.engine import Engine
from vaka.record import Record, query
from vaka.record.pledges import holds_still, numbers_of, on_day
from vaka.types import Article

ROOT = Path(__file__).parent.parent
SENTENCES = {"F1": 0.9, "precision": 0.96, "promiser": 0.94, "due": 0.94}
UNSEEN = {"F1": 0.86, "precision": 0.93, "promiser": 0.92, "due": 0.94}
STORIES = {"found": 0.9, "status": 0.85, "passage": 0.85}
"""Just below what was reached; the unseen half is the one whose misses nobody read."""


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_promises", ROOT / "bench" / "promises.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_promises"] = module
    spec.loader.exec_module(module)
    return module


def test_sentences_hold_their_floors(bench: ModuleType) -> None:
    found = bench.sentences()
    for part, floors in ((found, SENTENCES), ([o for o in found if not o.shown], UNSEEN)):
        figures = bench.sentence_figures(part)
        assert all(figures[name] >= floor for name, floor in floors.items()), figures


def test_stories_hold_their_floors(bench: ModuleType) -> None:
    figures = bench.story_figures(bench.stories())
    assert all(figures[name] >= floor for name, floor in STORIES.items()), figures


@pytest.mark.parametrize(
    ("day", "status"),
    [("2005-04-29", "open"), ("2005-04-30", "open"), ("2005-05-01", "overdue"), ("2009-01-01", "overdue")],
)
def test_silence_lets_time_run_out_on_the_day_that_is_asked(tmp_path: Path, day: str, status: str) -> None:
    with Record(tmp_path / "crisis.db", clock=clock) as record:
        fill(record, [promise()])
        [pledge] = query.pledges(record)["rows"]
        asked = on_day(pledge, day)
        assert (pledge["status"], asked["status"]) == ("open", status)
        assert asked["history"][-1]["evidence"][0]["text"] == (
            "30 April" if status == "overdue" else pledge["content"]["text"]
        )


def test_what_came_after_the_day_is_not_known_on_it(tmp_path: Path) -> None:
    with Record(tmp_path / "crisis.db", clock=clock) as record:
        fill(record, [promise(), retreat("done", "Syria withdrew its last troops from Lebanon.", "2005-04-26")])
        [pledge] = query.pledges(record)["rows"]
        assert [on_day(pledge, day)["status"] for day in ("2005-04-25", "2005-04-26", "2006-01-01")] == [
            "open", "kept", "kept",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "still"),
    [
        ("to hold its fire for ten days from 15 December", True),
        ("not to raise the price of bread", True),
        ("that no student would be expelled", True),
        ("the curfew would stay in force until 30 April", True),
        ("to withdraw its last battalion by the end of May", False),
        ("14 million dollars", False),
    ],
)
def test_a_promise_to_hold_still_has_no_deadline(content: str, still: bool) -> None:
    assert holds_still(content) is still


def test_numbers_are_read_in_figures_and_words() -> None:
    told = numbers_of("1,700 men, two battalions and 14 million dollars by 7 October 2012")
    assert [value for value, _, _ in told] == [1700, 2, 14_000_000]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The president promised nurses and doctors higher wages from June.", "higher wages"),
        ("The council pledged residents two wells.", "two wells"),
        (
            "The minister promised the relatives that the government would do everything possible to ease their grief.",
            None,
        ),
    ],
)
def test_what_is_promised_and_not_to_whom(text: str, content: str | None) -> None:
    [page] = Engine().code([Article("p", text, published="2004-03-10")])
    [pledge] = page.pledges
    if content is None:
        assert pledge.status == "unverifiable"
    else:
        assert content in pledge.content.text
