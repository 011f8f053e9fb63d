"""What a new or changed lexicon entry would do to a whole record, before it is saved.

Reads the stored texts again with the engine's parser and network, codes their events twice, without the entry and with
it, and tells the difference; nothing is written, and the stored pages are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaka.coding.events import events_of
from vaka.knowledge.ontology import Ontology, Pattern, ontology, with_pattern
from vaka.language.classifier import SignalsStage
from vaka.language.parse import ParseStage
from vaka.record.store import Record
from vaka.reports.wording import Row
from vaka.types import Event, Page

SCHEMA = "vaka.trial/1"


def try_pattern(record: Record, pattern: Pattern, least: float = 0.0) -> Row:
    """The events that the entry would add to the record, remove from it or change, each with its sentence; events that
    score below `least` do not count."""
    known = ontology()
    old = next((one for one in known.patterns if one.id == pattern.id), None)
    changed = with_pattern(known, pattern)
    rows: list[Row] = []
    reports = 0
    for page in record.pages():
        reports += 1
        rows += _differences(page, known, changed, least)
    counts = {what: sum(row["change"] == what for row in rows) for what in ("added", "removed", "changed")}
    replaces = None if old is None else {"file": old.file, "line": old.line}
    return {"schema": SCHEMA, "pattern": pattern.id, "replaces": replaces, "reports": reports, **counts, "events": rows}


def _differences(page: Page, known: Ontology, changed: Ontology, least: float) -> Iterator[Row]:
    parsed = SignalsStage().run(ParseStage().run([page]))[0]
    before, after = (
        {event.id: event for event in events_of(parsed, lexicon) if event.basis.score >= least}
        for lexicon in (known, changed)
    )
    for key in sorted(before.keys() | after.keys(), key=lambda key: (after.get(key) or before[key]).trigger.start):
        old, new = before.get(key), after.get(key)
        if old is None and new is not None:
            yield _told(page, "added", new, None)
        elif new is None and old is not None:
            yield _told(page, "removed", old, None)
        elif old is not None and new is not None and _words(old) != _words(new):
            yield _told(page, "changed", new, old)


def _told(page: Page, change: str, event: Event, before: Event | None) -> Row:
    return {
        "change": change,
        "report": page.article.id,
        "id": event.id,
        **_words(event),
        "was": _words(before) if before is not None else None,
        "trigger": event.trigger.text,
        "sentence": event.evidence[0].text,
    }


def _words(event: Event) -> Row:
    """What of an event an entry decides."""
    return {
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "actors": [actor.name for actor in event.actors],
        "recipients": [actor.name for actor in event.recipients],
        "rule": event.basis.rule,
    }
