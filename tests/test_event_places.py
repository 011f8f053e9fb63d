"""The places of events hold what `bench/event_places.py` reached; what is condemned happened elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from vaka.engine import Engine
from vaka.types import Article

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
import event_places

RIGHT, WRONG, FALSE = 0.84, 0.06, 0.02


def test_the_places_of_events_hold_their_floors() -> None:
    found = event_places.outcomes()
    told = event_places.figures(found)
    faults = [row.fault for row in found if row.fault]
    assert told["right"] >= RIGHT, faults
    assert told["wrong"] <= WRONG, faults
    assert told["false_rate"] <= FALSE, faults


@pytest.mark.parametrize(
    ("text", "type", "words"),
    [
        ("Paris condemned the raids on Benghazi.", "ACCUSE", None),
        ("Speaking in Tunis, the minister condemned the raids on Benghazi.", "ACCUSE", "Tunis"),
        ("Gunmen killed two guards near the Chad border.", "ASSAULT", None),
        ("Gunmen killed two guards in the village of Obwari in Adamawa state.", "ASSAULT", "Obwari"),
        ("Jets bombed Benghazi on Friday.", "ASSAULT", "Benghazi"),
    ],
)
def test_where_an_event_was(text: str, type: str, words: str | None) -> None:
    [page] = Engine().code([Article("w", text)])
    [where] = [event.where for event in page.events if event.type == type]
    assert (where.span.text if where else None) == words
