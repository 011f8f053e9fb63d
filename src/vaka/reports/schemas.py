"""The JSON Schemas (draft 2020-12) of all answers, made from the frozen types; unknown fields are always allowed.

Readers ignore what they do not know (the contract), so no schema forbids further fields.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

from vaka import types as vaka_types
from vaka.errors import UsageError
from vaka.knowledge.counting import COUNTED
from vaka.record.fields import PLEDGE_STATUSES
from vaka.record.judge import CREDIBILITY, RELIABILITY, VERDICTS
from vaka.reports.wording import Row

DRAFT = "https://json-schema.org/draft/2020-12/schema"
QUESTIONS = (
    "reports", "timeline", "incidents", "pledges", "actors", "memory", "search", "review", "precision", "orphans",
    "diff", "threads",
)  # fmt: skip
ITEMS = ("event", "quote", "pledge", "cause", "time", "place", "actor")
NAMES = ("page", *QUESTIONS, *ITEMS, "incident", "report", "explanation", "trial")
_DAY = {"type": ["string", "null"], "description": "an ISO 8601 date, or date and time"}
_TEXT: Row = {"type": "string"}
_MAYBE: Row = {"type": ["string", "null"]}
_NUMBER: Row = {"type": ["number", "null"]}
_COUNT: Row = {"type": "integer", "minimum": 0}
_CREDIBILITY: Row = {"enum": [*map(int, CREDIBILITY), None], "description": "the Admiralty's grade, given by a person"}
_ENUMS = {
    ("Event", "type"): [*vaka_types.EVENT_TYPES, *vaka_types.EXTENSION_TYPES],
    ("Event", "status"): list(vaka_types.STATUSES),
    ("Zone", "kind"): list(vaka_types.ZONE_KINDS),
    ("Quote", "kind"): ["direct", "indirect", "mixed"],
    ("Pledge", "kind"): ["pledge", "expectation", "ultimatum"],
    ("Pledge", "status"): list(PLEDGE_STATUSES),
}
_PLAIN: dict[Any, Row] = {str: _TEXT, int: {"type": "integer"}, float: {"type": "number"}, type(None): {"type": "null"}}


def schema(name: str) -> Row:
    """The schema of an answer by its name, as `"schema": "vaka.NAME/1"` has it.

    Raises UsageError for a name that no answer has.
    """
    if name not in NAMES:
        raise UsageError(f"there is no answer {name!r}; give one of {', '.join(NAMES)}")
    head = {"$schema": DRAFT, "$id": f"urn:vaka:{name}:1", "title": f"vaka.{name}/1"}
    body: Row = _BODIES[name]() if name in _BODIES else _item(name) if name in ITEMS else _question(name)
    named = {"schema": {"const": f"vaka.{name}/1"}}
    body = _object(named | body["properties"], optional=_optional(body))
    return head | body | {"$defs": _definitions()}


def _object(properties: Row, optional: frozenset[str] = frozenset()) -> Row:
    return {
        "type": "object",
        "properties": properties,
        "required": [key for key in properties if key not in optional],
    }


def _optional(body: Row) -> frozenset[str]:
    return frozenset(body["properties"]) - frozenset(body["required"])


def _list(of: Row) -> Row:
    return {"type": "array", "items": of}


def _ref(name: str) -> Row:
    return {"$ref": f"#/$defs/{name}"}


def _nullable(of: Row) -> Row:
    return {"anyOf": [of, {"type": "null"}]}


def _definitions() -> Row:
    """The frozen types under their names, and what only a record has."""
    found = {name: _of_class(getattr(vaka_types, name)) for name in _CLASSES}
    return found | {
        "Report": _report(),
        "Incident": _incident(),
        "RecordPledge": _pledge_in_record(),
        "Review": _review(),
    }


_CLASSES = (
    "Span", "Basis", "Zone", "Article", "Issue", "Actor", "Time", "Place", "Quantity", "Event", "Quote", "Pledge",
    "Cause", "Model", "EngineInfo",
)  # fmt: skip


def _of_class(made: type) -> Row:
    """A frozen type as `types.plain` writes it."""
    hints = typing.get_type_hints(made)
    name = made.__name__
    properties: Row = {}
    for field in fields(made):
        key = "from" if field.name == "origin" else field.name
        known = _ENUMS.get((name, field.name))
        properties[key] = {"enum": known} if known else _of_hint(hints[field.name])
    if name == "Event":
        properties |= {"mode": _MAYBE, "magnitude": {"type": "object", "additionalProperties": _ref("Quantity")}}
    elif name == "Actor":
        properties["sector"] = _MAYBE
    body = _object(properties, optional=frozenset({"from"}))
    return body | ({"description": words} if (words := _first_words(made)) else {})


def _first_words(made: type) -> str:
    text = " ".join((made.__doc__ or "").split())
    return "" if text.startswith(made.__name__ + "(") else text


def _of_hint(hint: Any) -> Row:
    if isinstance(hint, type) and is_dataclass(hint):
        return _ref(hint.__name__)
    arguments = typing.get_args(hint)
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        kinds = [_of_hint(kind) for kind in arguments]
        if all(set(kind) == {"type"} for kind in kinds):
            return {"type": [kind["type"] for kind in kinds]}
        return {"anyOf": kinds}
    if typing.get_origin(hint) is tuple:
        return _list(_of_hint(arguments[0]))
    return _PLAIN[hint]


def _page() -> Row:
    body = _of_class_fields(vaka_types.Page, skip=vaka_types.UNPRINTED)
    return _object(body)


def _of_class_fields(made: type, skip: frozenset[str]) -> Row:
    hints = typing.get_type_hints(made, localns={"Sentence": object, "Signal": object, "Mapping": dict})
    return {field.name: _of_hint(hints[field.name]) for field in fields(made) if field.name not in skip}


def _question(name: str) -> Row:
    more: Row = {}
    if name == "diff":
        sides = _object({"a": _list(_TEXT), "b": _list(_TEXT)})
        totals = {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": _COUNT}}
        engines = {"type": "array", "items": _ref("EngineInfo")}
        more = {"reports_only_in": sides, "engines": _object({"a": engines, "b": engines}), "totals": totals}
    return _object(more | {"count": _COUNT, "rows": _list(_ROWS[name]())})


def _item(name: str) -> Row:
    """What `vaka show` answers for a coded item: the item with its report."""
    base = _pledge_in_record() if name == "pledge" else _of_class(getattr(vaka_types, name.capitalize()))
    more: Row = {"report": _TEXT, "source": _ref("Report"), "review": _nullable(_ref("Review"))}
    if name == "event":
        more["incident"] = _MAYBE
    if name == "actor":
        names = ("memory", "name", "country", "why")
        lesson = dict.fromkeys(names, _TEXT) | {"office": _MAYBE, "org": _MAYBE, "learnt_from": _list(_lesson())}
        more |= {"remembered": _nullable(_object(lesson))}
    return _object(base["properties"] | more, optional=_optional(base))


def _report() -> Row:
    names = ("title", "source", "url", "language", "genre", "agency", "copy_group", "version_of")
    gone = _object({"at": _TEXT, "by": _TEXT, "why": _TEXT})
    reliability = {
        "enum": [*RELIABILITY, None],
        "description": "the Admiralty's grade of the source, given by a person",
    }
    judged = {"reliability": reliability, "credibility": _CREDIBILITY, "withdrawn": _nullable(gone)}
    named = {"id": _TEXT, "published": _DAY} | dict.fromkeys(names, _MAYBE)
    return _object(named | {"engine": _ref("EngineInfo")} | judged)


def _review() -> Row:
    """What people say to a row; null where nobody has judged it."""
    correction = _object({"field": _TEXT, "was": {}, "is": {}, "judgement": _COUNT})
    made = _object({"id": _COUNT, "changed": {"type": "boolean"}} | dict.fromkeys(("kind", "by", "at", "why"), _TEXT))
    verdict = {"enum": [*VERDICTS.values(), None]}
    lists = {"corrections": _list(correction), "judgements": _list(made)}
    return _object({"verdict": verdict, "credibility": _CREDIBILITY} | lists)


def _judgement_row() -> Row:
    undone = _object({"at": _TEXT, "by": _TEXT, "why": _TEXT})
    kinds = {"enum": [*VERDICTS, "merge", "split", "grade", "withdraw"]}
    return _object(
        {"id": {"type": ["integer", "null"]}, "kind": kinds, "undone": _nullable(undone), "was": {}, "is": {}}
        | dict.fromkeys(("at", "by", "why"), _TEXT)
        | dict.fromkeys(("layer", "field", "on"), _MAYBE)
        | {name: _list(_TEXT) for name in ("items", "apart", "reports")}
    )


def _precision_row() -> Row:
    counts = dict.fromkeys(("reviewed", "accepted", "corrected", "rejected"), _COUNT)
    shares = {name: {"type": "number"} for name in ("precision", "low", "high", "exact")}
    return _object({"layer": {"enum": list(ITEMS)}, "type": _MAYBE} | counts | shares)


def _orphan_row() -> Row:
    names = dict.fromkeys(("kind", "by", "at", "why", "item", "layer", "report", "words"), _TEXT)
    more = {"field": _MAYBE, "type": _MAYBE, "is": {}, "withdrawn": {"type": "boolean"}, "now": _list(_TEXT)}
    return _object({"id": _COUNT} | names | more)


def _difference_row() -> Row:
    names = dict.fromkeys(("layer", "id", "report", "words"), _TEXT)
    field = _object({"was": {}, "is": {}})
    fields_told = {"type": "object", "additionalProperties": field}
    return _object(
        {"change": {"enum": ["added", "removed", "changed"]}, "was_id": _MAYBE, "fields": fields_told} | names
    )


def _report_row() -> Row:
    body = _report()
    return _object(body["properties"] | dict.fromkeys(("events", "quotes", "pledges", "causes"), _COUNT))


def _shown_report() -> Row:
    page = {"type": ["object", "null"], "description": "a vaka.page/1; null where the report was withdrawn"}
    number = _object({"kind": {"enum": [*COUNTED, "people"]}, "was": _list(_ref("Span")), "is": _list(_ref("Span"))})
    spans = {name: _list(_ref("Span")) for name in ("added", "removed")}
    changes = _nullable(_object({"from": _TEXT} | spans | {"values": _list(number)}))
    return _object(_report()["properties"] | {"page": page, "changes": changes})


def _party() -> Row:
    names = ("country", "sector", "role", "org")
    own = {"id": _TEXT, "name": _TEXT, "span": _nullable(_ref("Span")), "sectors": _list(_TEXT), "kind": _TEXT}
    return _object(own | dict.fromkeys(names, _MAYBE) | {"resolved_by": _TEXT, "report": _TEXT, "event": _TEXT})


def _incident() -> Row:
    cited = {"span": _nullable(_ref("Span")), "report": _TEXT}
    when = _object(cited | dict.fromkeys(("type", "value", "start", "end", "grain", "mod", "from"), _MAYBE))
    names = dict.fromkeys(("name", "country", "admin1", "precision", "from"), _MAYBE)
    where = _object(cited | names | dict.fromkeys(("lat", "lon", "geonameid"), _NUMBER))
    evidence, judged = {"evidence": _list(_ref("Span"))}, _nullable(_ref("Review"))
    telling = _object({"report": _TEXT, "event": _TEXT} | evidence | {"by": _TEXT, "why": _TEXT, "review": judged})
    superseded = {"type": "boolean", "description": "each report that tells it has a later version with another value"}
    value = _object({"low": _NUMBER, "high": _NUMBER, "reports": _list(_TEXT), "text": _TEXT, "superseded": superseded})
    return _object(
        {
            "id": _TEXT,
            "type": {"enum": _ENUMS["Event", "type"]},
            "mode": _MAYBE,
            "modes": _list(_TEXT),
            "actors": _list(_party()),
            "recipients": _list(_party()),
            "when": _nullable(when),
            "where": _nullable(where),
            "status": {"enum": list(vaka_types.STATUSES)},
            "score": _NUMBER,
            "first_published": _DAY,
            "last_published": _DAY,
            "tellings": _list(telling),
            "independent_sources": _COUNT,
            "values": {"type": "object", "additionalProperties": _list(value)},
            "review": judged,
        }
    )


def _timeline_row() -> Row:
    """A happening with its date, or a telling with its date and incident (`--by events`)."""
    event = _of_class(vaka_types.Event)
    more = {"date": _DAY, "incident": _MAYBE, "report": _TEXT, "review": _nullable(_ref("Review"))}
    told = _object(more | event["properties"], optional=_optional(event))
    return {"anyOf": [_object({"date": _DAY} | _incident()["properties"]), told]}


def _thread_row() -> Row:
    tie = {"to": _TEXT, "by": {"enum": ["cause", "pledge", "place", "party", "report"]}, "words": _TEXT}
    join = _object(tie | {"item": _MAYBE, "report": _MAYBE, "evidence": _list(_ref("Span"))})
    member = _object({"date": _TEXT, "incident": _ref("Incident"), "joins": _list(join)})
    names = dict.fromkeys(("id", "start", "end", "trigger", "outcome"), _TEXT)
    return _object(names | {"countries": _list(_TEXT), "pledges": _list(_TEXT), "incidents": _list(member)})


def _pledge_in_record() -> Row:
    base = _of_class(vaka_types.Pledge)
    spans, by = _list(_nullable(_ref("Span"))), {"by": _TEXT, "why": _MAYBE}
    change = _object({"status": _TEXT, "date": _DAY, "report": _TEXT, "evidence": spans, "event": _MAYBE} | by)
    told = {"report": _TEXT, "history": _list(change), "reports": _list(_TEXT)}
    more = told | {"review": _nullable(_ref("Review"))}
    return _object(base["properties"] | more, optional=_optional(base))


def _actor_row() -> Row:
    types_told = {"type": "object", "additionalProperties": _COUNT}
    lists = {"sectors": _list(_TEXT), "roles": _list(_TEXT), "types": types_told}
    counts = dict.fromkeys(("as_actor", "as_recipient", "reports"), _COUNT)
    return _object({"name": _TEXT, "country": _MAYBE, "org": _MAYBE, "kind": _TEXT} | lists | counts)


def _lesson() -> Row:
    return _object({"report": _TEXT, "date": _DAY, "evidence": _ref("Span")})


def _memory_row() -> Row:
    names = ("id", "name", "office", "country", "first_told", "last_told")
    counted = {"org": _MAYBE, "resolves": _COUNT, "learnt_from": _list(_lesson())}
    return _object(dict.fromkeys(names, _TEXT) | counted)


def _search_row() -> Row:
    span = _of_class(vaka_types.Span)["properties"]
    passage = _object(span | {"match": _ref("Span")})
    return _object(_report()["properties"] | {"rank": {"type": "number"}, "passages": _list(passage)})


def _trial() -> Row:
    """What a lexicon entry would do to a record."""
    words: Row = {
        name: _MAYBE if name == "mode" else {"type": "array", "items": _TEXT} if name.endswith("s") else _TEXT
        for name in ("type", "mode", "actors", "recipients", "rule")
    } | {"status": _TEXT}
    event = {"change": {"enum": ["added", "removed", "changed"]}, "report": _TEXT, "id": _TEXT} | words
    was = {"anyOf": [_object(words), {"type": "null"}]}
    events = {"type": "array", "items": _object(event | {"was": was, "trigger": _TEXT, "sentence": _TEXT})}
    replaces = {"anyOf": [_object({"file": _TEXT, "line": {"type": "integer"}}), {"type": "null"}]}
    counts = dict.fromkeys(("reports", "added", "removed", "changed"), _COUNT)
    return _object({"pattern": _TEXT, "replaces": replaces} | counts | {"events": events})


def _explanation() -> Row:
    anything: Row = {}
    names = (
        "roles", "status", "when", "where", "score", "network", "tellings", "also", "rejected", "incident", "merged",
        "remembered",
    )  # fmt: skip
    return _object(
        {
            "layer": {"enum": list(ITEMS)},
            "id": _TEXT,
            "report": {"type": "object"},
            "basis": _ref("Basis"),
            "item": {"type": "object"},
            "passages": _list({"type": "object"}),
            "fields": _list({"type": "object"}),
            "pattern": {"type": ["object", "null"]},
            "changed": {"type": "boolean"},
        }
        | dict.fromkeys(names, anything),
        optional=frozenset(names),
    )


_BODIES: dict[str, Callable[[], Row]] = {
    "page": _page,
    "incident": _incident,
    "report": _shown_report,
    "explanation": _explanation,
    "trial": _trial,
}
_ROWS: dict[str, Callable[[], Row]] = {
    "reports": _report_row,
    "timeline": _timeline_row,
    "incidents": lambda: _ref("Incident"),
    "pledges": lambda: _ref("RecordPledge"),
    "threads": _thread_row,
    "actors": _actor_row,
    "memory": _memory_row,
    "search": _search_row,
    "review": _judgement_row,
    "precision": _precision_row,
    "orphans": _orphan_row,
    "diff": _difference_row,
}
