"""Numbers of events hold what `bench/magnitudes.py` reached; numbers in words are read alike in any form."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaka.coding.figures import figures

ROOT = Path(__file__).parent.parent
FLOORS = {"recall": 0.96, "precision": 0.96, "traps": 1.0}
"""Just below what was reached."""


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_magnitudes", ROOT / "bench" / "magnitudes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_magnitudes"] = module
    spec.loader.exec_module(module)
    return module


def test_the_numbers_of_events_hold_their_floors(bench: ModuleType) -> None:
    found = bench.outcomes()
    assert len(found) >= 120
    told = bench.figures(found)
    assert all(told[name] >= floor for name, floor in FLOORS.items()), (told, [row.faults for row in found])


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "of"),
    [
        ("at least 23 villagers", "at least 23", 23, None, ""),
        ("as many as 200 migrants", "as many as 200", None, 200, ""),
        ("between 40 and 50 soldiers", "between 40 and 50", 40, 50, ""),
        ("20,000-30,000 people", "20,000-30,000", 20000, 30000, ""),
        ("one hundred and thirty people", "one hundred and thirty", 130, 130, ""),
        ("at least two dozen fishermen", "at least two dozen", 24, None, ""),
        ("half a million people", "half a million", 500000, 500000, ""),
        ("tens of thousands of people", "tens of thousands", 20000, 99999, ""),
        ("from 41 to 58", "41 to 58", 58, 58, ""),
        ("thirty-odd sailors", "thirty-odd", 30, 30, ""),
        ("15 lakh voters", "15 lakh", 1500000, 1500000, ""),
        ("more than $1.1bn", "more than $1.1bn", 1.1e9, None, "money"),
        ("between $10 and $15 million", "between $10 and $15 million", 1e7, 1.5e7, "money"),
        ("300 to 500 million kroner", "300 to 500 million kroner", 3e8, 5e8, "money"),
        ("up to 7.5 per cent", "up to 7.5 per cent", None, 7.5, "percent"),
    ],
)
def test_a_number_is_read(text: str, words: str, low: float | None, high: float | None, of: str) -> None:
    [found] = figures(text)
    assert (text[found.start : found.end], found.low, found.high, found.of) == (words, low, high, of)


@pytest.mark.parametrize(
    "text", ["a 34-year-old man", "in their 20s", "a 500-kg bomb", "the 92nd brigade", "9/11", "T-72"]
)
def test_what_counts_nothing_is_no_number(text: str) -> None:
    assert figures(text) == ()


PIECES = (
    "at least up to between and or 12 1,500 3.5 dozen two hundred a half several few dozens of thousand $ £ m % -odd €"
)


@given(st.lists(st.sampled_from(PIECES.split()), max_size=12).map(" ".join))
def test_any_words_give_ordered_numbers_inside_the_text(text: str) -> None:
    last = 0
    for figure in figures(text):
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.end >= last
        last = figure.end
        assert figure.low is None or figure.high is None or figure.low <= figure.high
