"""Why a row says what it says: the rule, the lexicon entry, the sentence, the words of each role, what was left out.

Parses the stored text again with the engine's own parser; it explains and never codes anew, and says so where the
knowledge has changed since the page was coded.
"""

from __future__ import annotations

from typing import Any

from vaka.coding.events import type_and_status
from vaka.coding.moments import clause_span
from vaka.coding.roles import Cast
from vaka.coding.select import Rejected, Telling, tellings
from vaka.coding.weigh import RULE
from vaka.errors import RecordError, UsageError
from vaka.knowledge.files import knowledge_hash
from vaka.knowledge.ontology import Pattern, ontology
from vaka.language.classifier import SignalsStage
from vaka.language.parse import ParseStage
from vaka.record.find import whole_id
from vaka.record.query import remembered, show
from vaka.record.store import Record
from vaka.reports.wording import Row
from vaka.syntax import Sentence
from vaka.types import Actor, Article, Event, Page, Place, Span, Time, plain

SCHEMA = "vaka.explanation/1"
LAYERS = ("events", "quotes", "pledges", "causes", "times", "places", "actors")
POSITIONS = {
    "subject": "the subject",
    "object": "the object",
    "dative": "the indirect object",
    "poss": "the possessor",
    "modifier": "an adjective or noun before it",
}
ORIGINS = {
    "clause": "the clause of the trigger",
    "sentence": "another clause of the sentence",
    "story": "what the report said before",
    "dateline": "the dateline",
    "published": "the day of publication",
}


def explain(record: Record, key: str) -> Row:
    """The explanation of an item, or of an incident by its first telling.

    Raises RecordError when the record has no such id, UsageError for the id of a report.
    """
    key = whole_id(record, key)
    found = show(record, key)
    layer = found["schema"].split(".")[1].split("/")[0]
    if layer == "report":
        raise UsageError(f"{key}: this is a report; `vaka show` shows it, and explain takes the id of one of its rows")
    if layer == "actor":
        return explain_item(record.page(found["report"]), found["id"]) | {"remembered": found["remembered"]}
    if layer == "event":
        told = explain_item(record.page(found["report"]), found["id"])
        for role in told["roles"]:
            role["remembered"] = remembered(record, role["mention"])
        return told
    if layer == "incident":
        first = found["tellings"][0]
        merged = [{name: telling[name] for name in ("event", "report", "by", "why")} for telling in found["tellings"]]
        return explain_item(record.page(first["report"]), first["event"]) | {"incident": found["id"], "merged": merged}
    return explain_item(record.page(found["report"]), found["id"])


def explain_item(page: Page, key: str) -> Row:
    """The explanation of an item of the page.

    Raises RecordError when the page has no item of that id.
    """
    for layer in LAYERS:
        for item in getattr(page, layer):
            if item.id == key:
                return _explained(page, layer.removesuffix("s"), item)
    raise RecordError(f"{key}: the page of {page.article.id} has no item of this id")


def _explained(page: Page, layer: str, item: Any) -> Row:
    article = page.article
    told: Row = {
        "schema": SCHEMA,
        "layer": layer,
        "id": item.id,
        "report": {"id": article.id, "title": article.title, "published": article.published, "source": article.source},
        "basis": plain(item.basis),
        "item": plain(item),
        "passages": [plain(span) | {"zone": article.zone_at(span.start)} for span in item.evidence],
        "fields": [{"field": name, "span": plain(span)} for name, span in _spans(item)],
        "pattern": None,
        "changed": page.engine.knowledge != knowledge_hash(),
    }
    if isinstance(item, Event):
        told |= _event(SignalsStage().run(ParseStage().run([page]))[0], item)
    return told


def _spans(item: Any) -> list[tuple[str, Span]]:
    """Every span of an item under its field's name."""
    found: list[tuple[str, Span]] = []
    for name in ("trigger", "span", "cue", "content", "condition", "cause", "signal", "effect"):
        value = getattr(item, name, None)
        several = value if isinstance(value, tuple) else (value,)
        found += [(name, span) for span in several if isinstance(span, Span)]
    for name in ("speaker", "addressee", "promiser", "beneficiary", "due", "amount", "when", "where"):
        value = getattr(item, name, None)
        if value is not None and value.span is not None:
            found.append((name, value.span))
    for name in ("actors", "recipients"):
        found += [(name.removesuffix("s"), actor.span) for actor in getattr(item, name, ())]
    found += [(kind, quantity.span) for kind, quantity in getattr(item, "magnitude", ())]
    return found


def _event(page: Page, event: Event) -> Row:
    """What the lexicon and the grammar of its sentences say to an event."""
    known = ontology()
    cast = Cast.of(page)
    starts = [span.start for span in event.evidence]
    read = [(s, *tellings(s, cast, known, page.signals.get(s.index))) for s in page.sentences if s.start in starts]
    found = [(starts.index(sentence.start) + 1, telling) for sentence, several, _ in read for telling in several]
    own = next((telling for _, telling in found if telling.reading.trigger.start == event.trigger.start), None)
    pattern = next((entry for entry in known.patterns if entry.id == event.basis.rule), None)
    alike = [(at, telling) for at, telling in found if telling is own or type_and_status(telling)[0] == event.type]
    return {
        "pattern": _pattern(pattern) if pattern else None,
        "roles": [_role("actor", actor, event, pattern) for actor in event.actors]
        + [_role("recipient", actor, event, pattern) for actor in event.recipients],
        "status": _status(page, event, own),
        "when": _origin(event.when, event.when.value if event.when else None),
        "where": _origin(event.where, event.where.name if event.where else None),
        "score": _score(event, pattern, own),
        "network": _network(page, own),
        "tellings": [_telling(at, telling) for at, telling in alike],
        "also": [_telling(at, telling) for at, telling in found if (at, telling) not in alike],
        "rejected": [_rejected(page.article, left_out) for _, _, several in read for left_out in several],
    }


def _pattern(pattern: Pattern) -> Row:
    """The lexicon entry as its file has it; empty demands are left out."""
    demands: Row = {}
    for name in ("object", "not_object", "subject", "not_subject", "lights", "complement", "needs", "act", "not_prep"):
        if words := getattr(pattern, name):
            demands[name] = sorted(words)
    demands |= {f"prep {name}": sorted(words) for name, words in pattern.prep}
    for name in ("passive", "content", "status"):
        if value := getattr(pattern, name):
            demands[name] = value
    demands |= {name: True for name in ("object_actor", "object_none", "reciprocal", "bare") if getattr(pattern, name)}
    return {
        "id": pattern.id,
        "file": pattern.file,
        "line": pattern.line,
        "type": pattern.type,
        "mode": pattern.mode,
        "part_of_speech": pattern.pos,
        "triggers": [" ".join(words) for words in pattern.triggers],
        "actor": list(pattern.actor),
        "recipient": list(pattern.recipient),
        "demands": demands,
        "score": pattern.score,
    }


def _role(side: str, actor: Actor, event: Event, pattern: Pattern | None) -> Row:
    """A party with the words that name it, the passage they stand in, and where the entry looks for it."""
    positions = (pattern.actor if side == "actor" else pattern.recipient) if pattern else ()
    passages = enumerate(event.evidence, 1)
    return {
        "role": side,
        "mention": actor.id,
        "name": actor.name,
        "country": actor.country,
        "words": plain(actor.span),
        "passage": next((at for at, span in passages if span.start <= actor.span.start < span.end), None),
        "resolved_by": actor.resolved_by,
        "rule": actor.basis.rule,
        "looked_at": [POSITIONS.get(name, f"after “{name}”") for name in positions],
    }


def _origin(taken: Time | Place | None, value: str | None) -> Row | None:
    if taken is None:
        return None
    origin = taken.origin or "clause"
    words = plain(taken.span) if taken.span else None
    return {"value": value, "from": origin, "meaning": ORIGINS.get(origin, origin), "words": words}


def _status(page: Page, event: Event, own: Telling | None) -> Row:
    """The status with the clause that it was read from."""
    if own is None:
        return {"status": event.status, "because": "as stored: the sentence is no longer read so", "clause": None}
    sentence, reading = own.sentence, own.reading
    kind, status = type_and_status(own)
    because = "the pattern says" if reading.pattern.status else f"the clause of “{reading.anchor.text}” tells it as"
    because += f" {own.status}"
    if kind != reading.pattern.type:
        because += f"; {reading.pattern.type} so told is {kind} {status}"
    elif status != own.status:
        because += f"; {kind} so told is {status}"
    if event.status == "historical" and status != "historical":
        because += "; it lies more than a year before the report"
    return {"status": event.status, "because": because, "clause": _clause(page.article, sentence, own)}


def _clause(article: Article, sentence: Sentence, own: Telling) -> Row:
    """The stretch of text from the first to the last word of the anchor's clause."""
    inside = sorted(clause_span(sentence, own.reading.anchor))
    return plain(article.span(sentence.tokens[inside[0]].start, sentence.tokens[inside[-1]].end))  # type: ignore[no-any-return]


def _network(page: Page, own: Telling | None) -> Row | None:
    """What the network says to the trigger: its likeliest types, and the lexicon's where it changed that; None where it
    was not asked."""
    signal = page.signals.get(own.sentence.index) if own is not None else None
    if own is None or signal is None:
        return None
    kinds = sorted(signal.kinds(own.reading.trigger).items(), key=lambda row: -row[1])[:4]
    chances = {kind: round(chance, 3) for kind, chance in kinds}
    return {"types": chances, "instead_of": own.retyped, "alone": own.reading.pattern.id == RULE}


def _score(event: Event, pattern: Pattern | None, own: Telling | None) -> list[Row]:
    """What raised or lowered the score, as far as it can still be told."""
    if own is not None and own.chance is not None:
        parts: list[Row] = [{"reason": "the network gives the type", "value": round(own.chance, 3)}]
        if pattern is not None:
            parts.append({"reason": "the pattern's own score", "value": pattern.score})
        return [*parts, {"reason": "score", "value": event.basis.score}]
    if pattern is None:
        return [{"reason": "as stored", "value": event.basis.score}]
    return [
        {"reason": "the pattern's own score", "value": pattern.score},
        {"reason": f"demands of its frame that were met ({pattern.constraints})", "value": None},
        {"reason": "an actor was found" if event.actors else "no actor was found", "value": None},
        {"reason": "a recipient was found" if event.recipients else "no recipient was found", "value": None},
        {"reason": "score", "value": event.basis.score},
    ]


def _rejected(article: Article, left_out: Rejected) -> Row:
    reading = left_out.reading
    return {
        "trigger": plain(article.span(reading.trigger.start, reading.trigger.end)),
        "type": reading.pattern.type,
        "mode": reading.pattern.mode,
        "pattern": reading.pattern.id,
        "file": reading.pattern.file,
        "line": reading.pattern.line,
        "reason": left_out.reason,
    }


def _telling(passage: int, telling: Telling) -> Row:
    """One act as a passage tells it today; `passage` counts from 1."""
    pattern = telling.reading.pattern
    return {
        "passage": passage,
        "trigger": telling.reading.trigger.text,
        "type": pattern.type,
        "pattern": pattern.id,
        "file": pattern.file,
        "line": pattern.line,
        "status": telling.status,
    }
