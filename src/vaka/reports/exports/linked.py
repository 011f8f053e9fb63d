"""The record as JSON-LD: happenings (SEM), reports (schema.org), who made what (PROV), passages (Web Annotation).

The context stands in the file, so that nothing has to be fetched. A passage is an annotation whose body is the
happening and whose target is the report with a TextPositionSelector (code points) and a TextQuoteSelector.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from urllib.parse import quote

import orjson

from vaka.frames.tables import Row
from vaka.record.items import engines_of, passages_around
from vaka.record.query import Filters
from vaka.record.store import Record
from vaka.reports.exports.happenings import Happening, happenings

AROUND = 32
"""Characters before and after a quoted passage, by which other tools find it again in another copy of the text."""
CONTEXT: Row = {
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "vaka": "urn:vaka:term:",
    "id": "@id",
    "type": "@type",
    "graph": "@graph",
    "label": "rdfs:label",
    "value": "rdf:value",
    "eventType": {"@id": "sem:eventType", "@type": "@id"},
    "hasActor": {"@id": "sem:hasActor"},
    "roleType": {"@id": "sem:roleType", "@type": "@id"},
    "hasPlace": {"@id": "sem:hasPlace"},
    "begin": {"@id": "sem:hasBeginTimeStamp", "@type": "xsd:date"},
    "end": {"@id": "sem:hasEndTimeStamp", "@type": "xsd:date"},
    "status": "vaka:status",
    "mode": "vaka:mode",
    "sources": {"@id": "vaka:independentSources", "@type": "xsd:integer"},
    "number": {"@id": "vaka:number"},
    "kind": "vaka:kind",
    "low": {"@id": "schema:minValue", "@type": "xsd:decimal"},
    "high": {"@id": "schema:maxValue", "@type": "xsd:decimal"},
    "derivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "attributedTo": {"@id": "prov:wasAttributedTo", "@type": "@id"},
    "country": "schema:addressCountry",
    "latitude": {"@id": "schema:latitude", "@type": "xsd:decimal"},
    "longitude": {"@id": "schema:longitude", "@type": "xsd:decimal"},
    "sameAs": {"@id": "schema:sameAs", "@type": "@id"},
    "headline": "schema:headline",
    "published": "schema:datePublished",
    "publisher": "schema:publisher",
    "name": "schema:name",
    "url": {"@id": "schema:url", "@type": "@id"},
    "language": "schema:inLanguage",
    "version": "schema:softwareVersion",
    "knowledge": "vaka:knowledge",
    "hasBody": {"@id": "oa:hasBody", "@type": "@id"},
    "hasTarget": {"@id": "oa:hasTarget"},
    "hasSource": {"@id": "oa:hasSource", "@type": "@id"},
    "hasSelector": {"@id": "oa:hasSelector"},
    "motivatedBy": {"@id": "oa:motivatedBy", "@type": "@id"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "stop": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
}


def jsonld(record: Record, filters: Filters) -> tuple[bytes, list[str]]:
    """One document with everything in its graph, each thing once."""
    found = list(happenings(record, filters))
    reports = {report["id"]: report for happening in found for report in happening.reports}
    engines = engines_of(record, sorted(reports))
    graph = [
        *map(_engine, {engine["version"] + engine["knowledge"]: engine for engine in engines.values()}.values()),
        *(_report(report) for report in reports.values()),
        *_actors(found),
        *(_event(happening, engines) for happening in found),
        *_annotations(record, found),
    ]
    return orjson.dumps({"@context": CONTEXT, "graph": graph}, option=orjson.OPT_APPEND_NEWLINE), []


def iri(kind: str, key: str) -> str:
    return f"urn:vaka:{kind}:{quote(key, safe='')}"


def _some(cells: Row) -> Row:
    """Without what was not observed."""
    return {name: value for name, value in cells.items() if value not in (None, [], "")}


def _engine_iri(engine: Row) -> str:
    return iri("engine", f"{engine['version']}-{engine['knowledge'][:16]}")


def _engine(engine: Row) -> Row:
    models = ", ".join(f"{model['name']} {model['version']}" for model in engine["models"])
    label = f"Vaka {engine['version']}" + (f" with {models}" if models else "")
    told = {"label": label, "version": engine["version"], "knowledge": engine["knowledge"]}
    return {"id": _engine_iri(engine), "type": ["prov:SoftwareAgent", "schema:SoftwareApplication"]} | _some(told)


def _report(report: Row) -> Row:
    publisher = {"type": "schema:Organization", "name": report["source"]} if report["source"] else None
    address = report["url"] if (report["url"] or "").startswith(("http://", "https://")) else None
    told = {
        "headline": report["title"],
        "published": report["published"],
        "publisher": publisher,
        "url": quote(address, safe=":/?#[]@!$&'()*+,;=%~") if address else None,
        "language": report["language"],
    }
    return {"id": iri("report", report["id"]), "type": ["schema:NewsArticle", "prov:Entity"]} | _some(told)


def _actor_iri(party: Row) -> str:
    return iri("actor", "|".join(word or "" for word in (party["name"], party["country"], party["org"])))


def _actors(found: Sequence[Happening]) -> Iterator[Row]:
    seen: set[str] = set()
    kinds = {
        "person": "schema:Person",
        "government": "schema:GovernmentOrganization",
        "organization": "schema:Organization",
    }
    for happening in found:
        for party in chain(happening.incident["actors"], happening.incident["recipients"]):
            key = _actor_iri(party)
            if key not in seen:
                seen.add(key)
                types = ["sem:Actor", *([kinds[party["kind"]]] if party["kind"] in kinds else [])]
                yield {"id": key, "type": types} | _some({"label": party["name"], "country": party["country"]})


def _event(happening: Happening, engines: dict[str, Row]) -> Row:
    incident = happening.incident
    when = incident["when"] or {}
    told = [report["id"] for report in happening.reports]
    return {"id": iri("incident", incident["id"]), "type": ["sem:Event", "prov:Entity"]} | _some(
        {
            "eventType": iri("type", incident["type"]),
            "mode": incident["modes"],
            "status": incident["status"],
            "begin": (when.get("start") or "")[:10],
            "end": (when.get("end") or "")[:10],
            "hasPlace": _place(incident["where"]),
            "hasActor": [*_roles(incident["actors"], "actor"), *_roles(incident["recipients"], "recipient")],
            "number": [
                _some({"kind": kind, "low": _decimal(value["low"]), "high": _decimal(value["high"]),
                       "derivedFrom": [iri("report", key) for key in value["reports"]]})
                for kind, values in incident["values"].items()
                for value in values
            ],
            "sources": incident["independent_sources"],
            "derivedFrom": [iri("report", key) for key in told],
            "attributedTo": sorted({_engine_iri(engines[key]) for key in told}),
        }
    )  # fmt: skip


def _decimal(value: float | None) -> str | None:
    """As text: JSON numbers with a fraction become xsd:double in JSON-LD, and lose digits."""
    return None if value is None else f"{value:.10f}".rstrip("0").rstrip(".")


def _roles(parties: Sequence[Row], side: str) -> Iterator[Row]:
    for party in parties:
        yield {"type": "sem:Role", "roleType": iri("role", side), "value": {"id": _actor_iri(party)}}


def _place(where: Row | None) -> Row | None:
    if where is None:
        return None
    key = f"geonames-{where['geonameid']}" if where["geonameid"] else f"{where['name']}|{where['country'] or ''}"
    told = {
        "label": where["name"],
        "country": where["country"],
        "latitude": _decimal(where["lat"]),
        "longitude": _decimal(where["lon"]),
        "sameAs": f"https://sws.geonames.org/{where['geonameid']}/" if where["geonameid"] else None,
    }
    return {"id": iri("place", key), "type": ["sem:Place", "schema:Place"]} | _some(told)


def _annotations(record: Record, found: Sequence[Happening]) -> Iterator[Row]:
    """One a passage of a telling."""
    cited = [
        (happening.incident["id"], telling["event"], telling["report"], at, span)
        for happening in found
        for telling in happening.incident["tellings"]
        for at, span in enumerate(telling["evidence"])
    ]
    around = passages_around(record, [(report, span["start"], span["end"]) for *_, report, _, span in cited], AROUND)
    for (incident, event, report, at, span), (before, after) in zip(cited, around, strict=True):
        position = {"type": "oa:TextPositionSelector", "start": span["start"], "stop": span["end"]}
        words = {"type": "oa:TextQuoteSelector"} | _some({"exact": span["text"], "prefix": before, "suffix": after})
        yield {
            "id": iri("passage", f"{event}-{at}"),
            "type": "oa:Annotation",
            "motivatedBy": "oa:identifying",
            "hasBody": iri("incident", incident),
            "hasTarget": {
                "type": "oa:SpecificResource",
                "hasSource": iri("report", report),
                "hasSelector": [position, words],
            },
        }
