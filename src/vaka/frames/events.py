"""The wide row of an event: one cell a field, several values of one field joined by semicolons; never a guess."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vaka.frames.tables import Column, Row
from vaka.frames.wording import in_words

MAGNITUDES = ("dead", "injured", "arrested", "size", "money", "percent")
_MAGNITUDE_TAGS = {"dead": "#affected+killed", "injured": "#affected+injured", "arrested": "#affected+arrested",
                   "size": "#reached", "money": "#value+usd", "percent": "#indicator+pct"}  # fmt: skip
PARTY_COLUMNS = {"names": "name", "countries": "country", "sectors": "sector", "orgs": "org"}


def magnitude_columns() -> tuple[Column, ...]:
    return tuple(
        Column(f"{kind}_{end}", "number", _tag(kind, end), f"the {word} told number of kind {kind}; empty where open")
        for kind in MAGNITUDES
        for end, word in (("low", "lowest"), ("high", "highest"))
    )


def _tag(kind: str, end: str) -> str:
    return f"{_MAGNITUDE_TAGS[kind]}+{'min' if end == 'low' else 'max'}" if kind not in {"size", "money"} else ""


def party_columns() -> tuple[Column, ...]:
    found: list[Column] = []
    for side, who in (("actor", "acts"), ("recipient", "is acted upon")):
        found += [
            Column(f"{side}_names", hxl=f"#org+name+{side}", about=f"who {who}, in the order of the text"),
            Column(f"{side}_countries", hxl=f"#country+code+{side}", about="their countries, in the same order"),
            Column(f"{side}_sectors", hxl=f"#org+type+{side}", about="their first PLOVER sectors, in the same order"),
            Column(f"{side}_orgs", hxl=f"#org+code+{side}", about="their organizations' keys, in the same order"),
        ]
    return tuple(found)


RECORD_ONLY = frozenset(
    [
        "incident",
        "copy_group",
        "version_of",
        "independent_sources",
        "verdict",
        "corrected",
        "credibility",
        "reliability",
    ]
)
"""What a page that is in no record cannot know."""
EVENT_COLUMNS = (
    Column("id", hxl="#event+id", about="the event's id"),
    Column("incident", hxl="#crisis+id", about="the happening that it tells, with other reports' events"),
    Column("date", hxl="#date+start", about="first day of the event, as the text tells it; empty where it does not"),
    Column("date_end", hxl="#date+end", about="last day"),
    Column("date_grain", about="day, week, month, year: how exact the words are"),
    Column("date_from", about="clause, sentence, story, dateline or published: where the date was taken from"),
    Column("type", hxl="#event+type", about="PLOVER type, or CONDITION, OFFICE, DISASTER"),
    Column("mode", hxl="#event+type+mode", about="its first mode"),
    Column("modes", about="all modes"),
    Column("contexts", about="PLOVER contexts"),
    Column("cameo", hxl="#event+code+cameo", about="CAMEO code"),
    Column("quad", about="verbal or material, cooperation or conflict"),
    Column("score", "number", about="PLOVER's score of type and mode, -10 to 10"),
    Column("status", hxl="#status", about="occurred, ongoing, planned, expected, threatened, demanded, hypothetical, "
           "negated, historical; only the first two are counted as happening"),
    *party_columns(),
    Column("place", hxl="#loc+name", about="where, by its usual English name"),
    Column("country", hxl="#country+code+v_iso3", about="ISO 3166-1 alpha-3 of the place"),
    Column("admin1", hxl="#adm1+code", about="its first-order division"),
    Column("latitude", "number", "#geo+lat", "degrees, WGS 84; of the middle where place_precision is not point"),
    Column("longitude", "number", "#geo+lon", "degrees, WGS 84"),
    Column("geonameid", "integer", "#loc+code+v_geonames", "GeoNames id"),
    Column("place_precision", hxl="#geo+precision", about="point, city, admin1, country or region"),
    Column("place_from", about="clause, sentence, story or dateline: where the place was taken from"),
    *magnitude_columns(),
    Column("trigger", about="the word that tells the act"),
    Column("evidence", hxl="#description", about="the passage that tells the event, word for word"),
    Column("evidence_start", "integer", about="its first character in the report's text"),
    Column("evidence_end", "integer", about="one past its last character; both count Unicode code points"),
    Column("said_by", about="id of the quote that says so, where somebody does"),
    Column("certainty", "number", about="how sure the reading is, 0 to 1"),
    Column("rule", about="what read it: a lexicon entry or the network"),
    Column("report", hxl="#meta+report+id", about="id of the report"),
    Column("title", hxl="#meta+title", about="its title"),
    Column("published", hxl="#date+reported", about="when it was published"),
    Column("source", hxl="#meta+source", about="who published it"),
    Column("url", hxl="#meta+url", about="where it stands"),
    Column("language", about="BCP 47"),
    Column("genre", about="news, opinion, analysis, live, sport, other"),
    Column("copy_group", about="reports that copy or update one another share it"),
    Column("version_of", about="the report that this one replaces"),
    Column("independent_sources", "integer", "#meta+sources+num", "groups of copies that tell the incident"),
    Column("engine", about="version of the engine that coded the report"),
    Column("knowledge", about="hash of the knowledge it coded with"),
    Column("models", about="models it coded with, and their versions"),
    Column("verdict", about="what a person said of the row: accepted, corrected or rejected"),
    Column("corrected", about="corrections as they were written: type=PROTEST; place=Aktau, KAZ"),
    Column("credibility", about="Admiralty grade of the item, 1 to 6"),
    Column("reliability", about="Admiralty grade of the source, A to F"),
)  # fmt: skip
PAGE_COLUMNS = tuple(column for column in EVENT_COLUMNS if column.name not in RECORD_ONLY)


def event_row(event: Row, report: Row, sources: int | None) -> Row:
    """The row of an event as plain data; `report` is its report's facts, `sources` counts the independent ones that
    tell its incident."""
    row: Row = {column.name: None for column in EVENT_COLUMNS}
    row |= {name: event.get(name) for name in ("id", "incident", "type", "mode", "cameo", "quad", "score", "status")}
    row |= {name: report[name] for name in row if name in report and name != "id"}
    row |= {
        "modes": joined(event["modes"]),
        "contexts": joined(event["contexts"]),
        "trigger": event["trigger"]["text"],
        "said_by": event["said_by"],
        "certainty": event["basis"]["score"],
        "rule": event["basis"]["rule"],
        "report": event.get("report", report["id"]),
        "independent_sources": sources,
    }
    row |= engine_columns(report) | _judged(event.get("review"))
    row |= when_cells(event["when"]) | where_cells(event["where"]) | evidence_cells(event["evidence"])
    for side, parties in (("actor", event["actors"]), ("recipient", event["recipients"])):
        row |= party_cells(side, parties)
    for kind, quantity in event["magnitude"].items():
        if kind in MAGNITUDES:
            row |= {f"{kind}_low": quantity["low"], f"{kind}_high": quantity["high"]}
    return row


def engine_columns(report: Row) -> Row:
    """What made the report's rows: engine, hash of the knowledge, and models."""
    engine = report["engine"]
    models = "; ".join(f"{model['name']} {model['version']}" for model in engine["models"])
    return {"engine": engine["version"], "knowledge": engine["knowledge"], "models": models or None}


def _judged(review: Row | None) -> Row:
    if review is None:
        return {}
    corrected = "; ".join(f"{made['field']}={in_words(made['is'])}" for made in review["corrections"])
    return {"verdict": review["verdict"], "corrected": corrected or None, "credibility": review["credibility"]}


def when_cells(when: Row | None) -> Row:
    told = when or {}
    return {"date": told.get("start"), "date_end": told.get("end"), "date_grain": told.get("grain"),
            "date_from": told.get("from")}  # fmt: skip


def where_cells(where: Row | None) -> Row:
    told = where or {}
    return {
        "place": told.get("name"),
        "country": told.get("country"),
        "admin1": told.get("admin1"),
        "latitude": told.get("lat"),
        "longitude": told.get("lon"),
        "geonameid": told.get("geonameid"),
        "place_precision": told.get("precision"),
        "place_from": told.get("from"),
    }


def evidence_cells(evidence: Sequence[Row]) -> Row:
    """The first passage; an event told more than once has more of them in its report."""
    first = evidence[0] if evidence else {}
    return {"evidence": first.get("text"), "evidence_start": first.get("start"), "evidence_end": first.get("end")}


def party_cells(side: str, parties: Sequence[Row]) -> Row:
    return {f"{side}_{column}": joined_field(parties, field) for column, field in PARTY_COLUMNS.items()}


def joined(values: Sequence[Any]) -> str | None:
    return "; ".join(str(value or "") for value in values) if values else None


def joined_field(parties: Sequence[Row], field: str) -> str | None:
    """One field of all parties in their order; None where none of them has it."""
    return joined([party[field] for party in parties]) if any(party[field] for party in parties) else None
