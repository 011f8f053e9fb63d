"""The layers of a coded page as tables, made of its plain data: events, quotes, pledges, causes, times and so on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vaka.errors import UsageError
from vaka.frames.events import PAGE_COLUMNS, event_row, evidence_cells
from vaka.frames.tables import Column, Row, Table

_HEAD = (Column("id", about="the item's id"),)
_TAIL = (
    Column("evidence", hxl="#description", about="the passage that tells it, word for word"),
    Column("evidence_start", "integer", about="its first character in the report's text"),
    Column("evidence_end", "integer", about="one past its last character"),
    Column("certainty", "number", about="how sure the reading is, 0 to 1"),
    Column("rule", about="what read it"),
    Column("report", hxl="#meta+report+id", about="id of the report"),
    Column("published", hxl="#date+reported", about="when it was published"),
    Column("source", hxl="#meta+source", about="who published it"),
)


def _party(side: str, who: str) -> tuple[Column, ...]:
    return (
        Column(side, about=who),
        Column(f"{side}_country", about="ISO 3166-1 alpha-3, or PLOVER's code for who belongs to no state"),
        Column(f"{side}_org", about="the organization's key"),
        Column(f"{side}_role", about="the office"),
    )


def _span(name: str, about: str) -> tuple[Column, ...]:
    return (
        Column(name, about=about),
        Column(f"{name}_start", "integer", about="its first character in the report's text"),
        Column(f"{name}_end", "integer", about="one past its last character"),
    )


QUOTE_COLUMNS = (
    *_HEAD,
    Column("kind", about="direct, indirect or mixed"),
    *_party("speaker", "who says it"),
    Column("cue", about="the word of saying"),
    *_span("content", "the words said; stretches of an interrupted quote are joined by an ellipsis"),
    *_party("addressee", "to whom"),
    Column("parent", about="id of the quote that holds this one"),
    *_TAIL,
)
PLEDGE_COLUMNS = (
    *_HEAD,
    Column("kind", about="pledge, expectation or ultimatum"),
    *_party("promiser", "who promises"),
    *_party("beneficiary", "to whom"),
    Column("act", about="the PLOVER type of what is promised"),
    *_span("content", "what is promised, word for word"),
    Column("condition", about="on what condition"),
    Column("amount_low", "number", about="how much, at least"),
    Column("amount_high", "number", about="how much, at most"),
    Column("due_start", about="first day on which it is due"),
    Column("due_end", about="last day on which it is due"),
    Column("status", about="as this page has it; a record knows more"),
    Column("event", about="id of the event of promising"),
    Column("said_by", about="id of the quote that says so"),
    *_TAIL,
)
CAUSE_COLUMNS = (
    *_HEAD,
    *_span("cause", "what is told as leading to it"),
    Column("signal", about="the word that joins them"),
    *_span("effect", "what it is told to have led to"),
    Column("cause_event", about="id of the event in the words of the cause"),
    Column("effect_event", about="id of the event in the words of the effect"),
    Column("said_by", about="id of the quote that claims it"),
    *_TAIL,
)
TIME_COLUMNS = (
    *_HEAD,
    *_span("words", "the expression"),
    Column("type", about="TIMEX3 type"),
    Column("value", about="TIMEX3 value"),
    Column("start", about="first day"),
    Column("end", about="last day"),
    Column("grain", about="how exact the words are"),
    Column("mod", about="TIMEX3 modifier"),
    *_TAIL,
)
PLACE_COLUMNS = (
    *_HEAD,
    *_span("words", "the name as it stands"),
    Column("name", about="usual English name"),
    Column("country", hxl="#country+code+v_iso3", about="ISO 3166-1 alpha-3"),
    Column("admin1", about="the first-order division"),
    Column("latitude", "number", "#geo+lat", "degrees, WGS 84"),
    Column("longitude", "number", "#geo+lon", "degrees, WGS 84"),
    Column("geonameid", "integer", about="GeoNames id"),
    Column("precision", about="point, city, admin1, country or region"),
    *_TAIL,
)
ACTOR_COLUMNS = (
    *_HEAD,
    *_span("words", "the mention as it stands"),
    Column("name", about="whom it resolves to"),
    Column("country", about="ISO 3166-1 alpha-3, or PLOVER's code for who belongs to no state"),
    Column("sectors", about="PLOVER sectors"),
    Column("kind", about="person, government, organization, armed-group, population, other"),
    Column("role", about="the office"),
    Column("org", about="the organization's key"),
    Column("resolved_by", about="knowledge, title, coreference, descriptor, memory, unresolved"),
    *_TAIL,
)


def _person(side: str, actor: Row | None) -> Row:
    told = actor or {}
    return {side: told.get("name")} | {f"{side}_{key}": told.get(key) for key in ("country", "org", "role")}


def _words(name: str, span: Row | None) -> Row:
    told = span or {}
    return {name: told.get("text"), f"{name}_start": told.get("start"), f"{name}_end": told.get("end")}


def _text(span: Row | None) -> str | None:
    return span["text"] if span else None


def _some(item: Row, *names: str) -> Row:
    return {name: item[name] for name in names}


def quote_cells(item: Row) -> Row:
    content = {"text": " … ".join(span["text"] for span in item["content"]), "start": item["content"][0]["start"],
               "end": item["content"][-1]["end"]}  # fmt: skip
    cells = _some(item, "kind", "parent") | {"cue": _text(item["cue"])} | _words("content", content)
    return cells | _person("speaker", item["speaker"]) | _person("addressee", item["addressee"])


def pledge_cells(item: Row) -> Row:
    due, amount = item["due"] or {}, item["amount"] or {}
    cells = _some(item, "kind", "act", "status", "event", "said_by") | _words("content", item["content"])
    cells |= _person("promiser", item["promiser"]) | _person("beneficiary", item["beneficiary"])
    cells |= {"condition": _text(item["condition"]), "due_start": due.get("start"), "due_end": due.get("end")}
    return cells | {"amount_low": amount.get("low"), "amount_high": amount.get("high")}


def cause_cells(item: Row) -> Row:
    cells = _some(item, "cause_event", "effect_event", "said_by") | {"signal": _text(item["signal"])}
    return cells | _words("cause", item["cause"]) | _words("effect", item["effect"])


def _time(item: Row) -> Row:
    return _some(item, "type", "value", "start", "end", "grain", "mod") | _words("words", item["span"])


def _place(item: Row) -> Row:
    cells = _some(item, "name", "country", "admin1", "geonameid", "precision") | _words("words", item["span"])
    return cells | {"latitude": item["lat"], "longitude": item["lon"]}


def _actor(item: Row) -> Row:
    names = ("name", "country", "kind", "role", "org", "resolved_by")
    return _some(item, *names) | {"sectors": "; ".join(item["sectors"]) or None} | _words("words", item["span"])


LAYERS: dict[str, tuple[tuple[Column, ...], Callable[[Row], Row]]] = {
    "quotes": (QUOTE_COLUMNS, quote_cells),
    "pledges": (PLEDGE_COLUMNS, pledge_cells),
    "causes": (CAUSE_COLUMNS, cause_cells),
    "times": (TIME_COLUMNS, _time),
    "places": (PLACE_COLUMNS, _place),
    "actors": (ACTOR_COLUMNS, _actor),
}


def layer_row(layer: str, item: Row, report: Row) -> Row:
    """The row of an item as plain data; `report` is its report's facts."""
    basis = item["basis"]
    cells = LAYERS[layer][1](item) | evidence_cells(item["evidence"])
    told: dict[str, Any] = {"certainty": basis["score"], "rule": basis["rule"], "report": report["id"]}
    return {"id": item["id"]} | cells | told | _some(report, "published", "source")


def page_table(page: Row, layer: str) -> Table:
    """One layer of a page (`Page.to_dict`) as a table.

    Raises UsageError when a page has no such layer.
    """
    article = page["article"]
    if layer == "events":
        told = article | {"engine": page["engine"]}
        rows = (event_row(event, told, None) for event in page["events"])
        names = [column.name for column in PAGE_COLUMNS]
        return Table(PAGE_COLUMNS, [{name: row[name] for name in names} for row in rows])
    if layer not in LAYERS:
        raise UsageError(f"a page has no layer {layer!r}; give events, {', '.join(LAYERS)}")
    return Table(LAYERS[layer][0], [layer_row(layer, item, article) for item in page[layer]])
