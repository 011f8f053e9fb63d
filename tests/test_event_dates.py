"""The dates of events hold what `bench/event_dates.py` reached, and none is given where nothing dates the event."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from vaka.engine import Engine
from vaka.types import Article

ROOT = Path(__file__).parent.parent
DATE, FALSE = 0.95, 0.0


def test_the_dates_of_events_hold_their_floors() -> None:
    spec = importlib.util.spec_from_file_location("bench_event_dates", ROOT / "bench" / "event_dates.py")
    assert spec is not None
    assert spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    sys.modules["bench_event_dates"] = bench
    spec.loader.exec_module(bench)
    found = bench.outcomes()
    told = bench.figures(found)
    assert told["date"] >= DATE, [row.fault for row in found if row.fault]
    assert told["false_rate"] <= FALSE, [row.fault for row in found if row.fault]


def test_a_date_of_publication_is_cited_by_its_sentence_and_has_no_span() -> None:
    [page] = Engine().code([Article("p", "Troops are shelling the port of Hodeida.", published="2018-06-14")])
    [when] = [event.when for event in page.events if event.type == "ASSAULT"]
    assert when is not None
    assert (when.span, when.origin, when.evidence[0].text) == (None, "published", page.article.text)
