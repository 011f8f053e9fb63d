"""Who does what to whom as a graph (GraphML, for Gephi and networkx): actors, and a dated edge a type, status and day.

An edge goes from who acts to who is acted upon. Of acts that have no recipient and several actors (talks, joint deeds)
each pair has an edge with `mutual` true. Acts that name one party alone make no edge; they are counted.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, product
from xml.etree import ElementTree

from vaka.frames.tables import Row
from vaka.record.query import Filters
from vaka.record.store import Record
from vaka.reports.exports.happenings import Happening, happenings

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE", "ASSAULT", "CONCEDE", "RETREAT"})
"""Types whose actors, where no recipient is told, do it with one another: talks, trade, truces, two-sided fights."""
NODE_KEYS = {"label": "string", "country": "string", "org": "string", "kind": "string", "sectors": "string"}
EDGE_KEYS = {
    "type": "string", "status": "string", "date": "string", "count": "int", "weight": "double", "sources": "int",
    "score": "double", "mutual": "boolean", "incidents": "string", "events": "string", "reports": "string",
    "evidence": "string",
}  # fmt: skip
"""`count` and `weight` are happenings, `events` the ids whose passages bear the edge, `evidence` the first passage."""

Party = tuple[str, str | None, str | None]


@dataclass(slots=True)
class _Edge:
    """Happenings of one type and status on one day between two actors."""

    mutual: bool
    happenings: list[Happening] = field(default_factory=list)


def graphml(record: Record, filters: Filters) -> tuple[bytes, list[str]]:
    """The graph, and how many happenings make no edge."""
    nodes: dict[Party, Row] = {}
    edges: dict[tuple[Party, Party, str, str, str], _Edge] = {}
    alone = 0
    for happening in happenings(record, filters):
        incident = happening.incident
        pairs = list(_pairs(incident))
        alone += not pairs
        for source, target, mutual in pairs:
            for party in (source, target):
                nodes.setdefault(_key(party), party)
            key = (_key(source), _key(target), incident["type"], incident["status"], happening.day or "")
            edges.setdefault(key, _Edge(mutual)).happenings.append(happening)
    notes = [f"{alone} happenings that do not name two parties make no edge"] if alone else []
    return _written(nodes, edges), notes


def _key(party: Row) -> Party:
    return party["name"], party["country"], party["org"]


def _pairs(incident: Row) -> Iterator[tuple[Row, Row, bool]]:
    if incident["recipients"]:
        yield from ((a, b, False) for a, b in product(incident["actors"], incident["recipients"]) if _key(a) != _key(b))
    elif incident["type"] in MUTUAL:
        yield from ((a, b, True) for a, b in combinations(incident["actors"], 2) if _key(a) != _key(b))


def _written(nodes: dict[Party, Row], edges: dict[tuple[Party, Party, str, str, str], _Edge]) -> bytes:
    root = ElementTree.Element("graphml", xmlns=NAMESPACE)
    for what, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, kind in keys.items():
            attributes = {"id": f"{what}_{name}", "for": what, "attr.name": name, "attr.type": kind}
            ElementTree.SubElement(root, "key", attributes)
    graph = ElementTree.SubElement(root, "graph", id="vaka", edgedefault="directed")
    ids = {key: f"n{number}" for number, key in enumerate(nodes)}
    for key, party in nodes.items():
        node = ElementTree.SubElement(graph, "node", id=ids[key])
        told = {name: party[name] for name in ("country", "org", "kind")}
        _data(node, "node", {"label": party["name"], "sectors": " ".join(party["sectors"]) or None} | told)
    for number, ((source, target, kind, status, day), edge) in enumerate(edges.items()):
        element = ElementTree.SubElement(graph, "edge", id=f"e{number}", source=ids[source], target=ids[target])
        _data(element, "edge", {"type": kind, "status": status, "date": day or None} | _told(edge))
    ElementTree.indent(root, " ")
    out = io.BytesIO()
    ElementTree.ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)
    return out.getvalue() + b"\n"


def _told(edge: _Edge) -> Row:
    tellings = [telling for happening in edge.happenings for telling in happening.incident["tellings"]]
    scores = [score for happening in edge.happenings if (score := happening.event["score"]) is not None]
    return {
        "count": len(edge.happenings),
        "weight": float(len(edge.happenings)),
        "sources": sum(happening.incident["independent_sources"] for happening in edge.happenings),
        "score": round(sum(scores) / len(scores), 2) if scores else None,
        "mutual": "true" if edge.mutual else "false",
        "incidents": " ".join(happening.incident["id"] for happening in edge.happenings),
        "events": " ".join(telling["event"] for telling in tellings),
        "reports": "; ".join(dict.fromkeys(telling["report"] for telling in tellings)),
        "evidence": tellings[0]["evidence"][0]["text"],
    }


def _data(element: ElementTree.Element, what: str, cells: Row) -> None:
    keys = NODE_KEYS if what == "node" else EDGE_KEYS
    for name in keys:
        if cells.get(name) is not None:
            data = ElementTree.SubElement(element, "data", key=f"{what}_{name}")
            data.text = "".join(letter for letter in str(cells[name]) if _allowed(letter))


def _allowed(letter: str) -> bool:
    """Whether XML 1.0 may hold the character: control characters of a report would make the file unreadable."""
    return letter in "\t\n\r" or (letter >= " " and letter not in "\ufffe\uffff" and not "\ud800" <= letter <= "\udfff")
