"""The derived layer: reads all reports of a record, writes copies, incidents and what became of pledges; adds none.

Everything here follows from the reports' own texts and dates (and from a person's judgements), never from arrival.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

import orjson

from vaka.record.copies import Body, body_text, credit_keys, group_copies
from vaka.record.counts import count_actors
from vaka.record.fitting import Telling
from vaka.record.memory import remember
from vaka.record.merge import Incident, incident_id, merge
from vaka.record.openings import opening
from vaka.record.parties import Party
from vaka.record.pledges import Change, Deed, Passage, Promise, follow, same_promises
from vaka.record.reviewed import CORRECTED_FROM, Reviewed, Told, apply_judgements
from vaka.record.verdicts import FACTUAL, parties_of, verdicts
from vaka.record.versions import Take, link_versions
from vaka.record.words import stems, tells
from vaka.types import Article, Zone

_DERIVED = (
    "DELETE FROM actor_counts",
    "DELETE FROM incident_values",
    "DELETE FROM incident_parties",
    "DELETE FROM incident_events",
    "DELETE FROM incidents",
    "DELETE FROM pledge_history",
    "DELETE FROM remembered",
    "DELETE FROM memory_passages",
    "DELETE FROM memory",
    "DELETE FROM reviewed",
    "DELETE FROM corrected_events",
    "DELETE FROM corrected_pledges",
)
_LATEST = """
SELECT max (substr (published, 1, 10)) FROM reports WHERE id NOT IN (SELECT report FROM withdrawals)
"""

_BODIES = """
SELECT r.id, r.article, r.sha256, r.published, r.source, r.title, r.agency, r.url, s.digest
FROM reports r JOIN signatures s ON s.report = r.id
"""

_EVENTS = """
SELECT e.*, substr (r.published, 1, 10) AS day, r.copy_group, r.genre, i.score AS certainty,
  (SELECT json_group_array (text) FROM evidence v WHERE v.item = e.id AND v.field = 'evidence') AS passages,
  (SELECT json_array ("start", "end", text) FROM evidence v WHERE v.item = e.id AND v.field = 'evidence'
   AND v.position = 0) AS passage,
  (SELECT json_group_array (json_array (kind, low, high, text)) FROM magnitudes m WHERE m.event = e.id) AS numbers
FROM events e JOIN items i ON i.id = e.id JOIN reports r ON r.id = e.report
"""

_PROMISES = """
SELECT p.*, r.copy_group, coalesce (e.when_start, substr (r.published, 1, 10)) AS day,
  c."start" AS content_start, c."end" AS content_end, d."start" AS due_at, d."end" AS due_to, d.text AS due_text
FROM pledges p
JOIN reports r ON r.id = p.report
JOIN evidence c ON c.item = p.id AND c.field = 'pledge:content' AND c.position = 0
LEFT JOIN evidence d ON d.item = p.id AND d.field = 'pledge:due' AND d.position = 0
LEFT JOIN events e ON e.id = p.event
"""


_TIMES = """
SELECT substr (t."start", 1, 10), substr (t."end", 1, 10), v."start" FROM times t
JOIN evidence v ON v.item = t.id AND v.field = 'mention'
WHERE t.report = ? AND v."start" < ? AND t."start" IS NOT NULL AND t."end" IS NOT NULL ORDER BY v."start", t.id
"""
_ACTS = """
SELECT e.type, CASE e.when_from WHEN 'clause' THEN substr (e.when_start, 1, 10) END FROM events e
JOIN evidence v ON v.item = e.id AND v.field = 'trigger'
WHERE e.report = ? AND v."start" < ? AND e.status IN ('occurred', 'ongoing') ORDER BY v."start", e.id
"""
_DOERS = """
SELECT a.name, a.country, a.sectors, a.kind, a.org FROM evidence v JOIN actors a ON a.id = v.item
WHERE v.report = ? AND v.field = 'mention' AND v."start" >= ? AND v."end" <= ? AND a.resolved_by != 'unresolved'
ORDER BY v."start", a.id
"""


def derive(db: sqlite3.Connection) -> None:
    """Rebuilds the derived layer; the caller holds the transaction."""
    clear(db)
    stories = _write_copies(db)
    reviewed = apply_judgements(db)
    remember(db)
    events = _events(db, reviewed)
    told = [_telling(row, parties, stories[row["report"]]) for row, parties in events]
    _write_incidents(db, merge(told, reviewed.together, reviewed.apart), reviewed)
    latest = db.execute(_LATEST).fetchone()[0]
    _write_pledges(db, events, reviewed, latest)
    count_actors(db)
    db.execute("INSERT OR REPLACE INTO meta VALUES ('as_of', ?)", (latest or "",))


def clear(db: sqlite3.Connection) -> None:
    """Empties the derived tables, so that nothing refers to the items of a report."""
    for statement in _DERIVED:
        db.execute(statement)


def name_versions(db: sqlite3.Connection, article: str) -> None:
    """Names the texts of one article: the earliest bears the article's id, each later one points at the one before.

    Arrival decides only between texts of one and the same date.
    """
    rows = db.execute(
        "SELECT n, id, sha256, version_of FROM reports WHERE article = ? ORDER BY published IS NULL, published, n",
        (article,),
    ).fetchall()
    names = [article if at == 0 else f"{article}@{row['sha256'][:8]}" for at, row in enumerate(rows)]
    for row, name in zip(rows, names, strict=True):
        if row["id"] != name:  # Two steps, for the new name may still be another's.
            db.execute("UPDATE reports SET id = ? WHERE n = ?", (f"{name}\x1f{row['n']}", row["n"]))
    for row, name, before in zip(rows, names, [None, *names], strict=False):
        if (row["id"], row["version_of"]) == (name, before):
            continue  # a name that is set again makes SQLite look for everything that refers to it
        db.execute("UPDATE reports SET id = ?, version_of = ? WHERE n = ?", (name, before, row["n"]))


def _write_copies(db: sqlite3.Connection) -> dict[str, str]:
    """Writes copies and versions; gives, by report, the story that it is of."""
    ids: dict[str, str] = {}
    bodies: list[Body] = []
    for row in db.execute(_BODIES).fetchall():
        key = f"{row['article']}\x1f{row['sha256']}"
        ids[key] = row["id"]
        bodies.append(_body(db, key, row))
    keys = {report: key for key, report in ids.items()}
    spots: dict[str, list[int]] = defaultdict(list)
    for row in db.execute("SELECT DISTINCT report, where_geonameid FROM events WHERE where_geonameid IS NOT NULL"):
        spots[keys[row["report"]]].append(row["where_geonameid"])
    copies = link_versions(bodies, group_copies(bodies), lambda body: _take(db, ids[body.id]), spots)
    for key, first in copies.group.items():
        db.execute("UPDATE reports SET copy_group = ? WHERE id = ?", (ids[first], ids[key]))
    db.execute("UPDATE reports SET version_of = NULL WHERE id = article")
    for key, before in copies.version_of.items():
        db.execute("UPDATE reports SET version_of = ? WHERE id = ? AND id = article", (ids[before], ids[key]))
    return {ids[key]: ids[first] for key, first in copies.story.items()}


def _body(db: sqlite3.Connection, key: str, row: sqlite3.Row) -> Body:
    published, report = row["published"], row["id"]
    return Body(
        id=key,
        article=row["article"],
        day=published[:10] if published else None,
        published=published,
        source=row["source"],
        title=row["title"],
        credits=credit_keys(row["source"], row["agency"]),
        digest=row["digest"],
        read=lambda: _body_text(db, report),
        url=row["url"],
    )


def _body_text(db: sqlite3.Connection, report: str) -> str:
    return body_text(_article(db, report))


def _article(db: sqlite3.Connection, report: str) -> Article:
    row = db.execute("SELECT title, text, body_start, zones FROM reports WHERE id = ?", (report,)).fetchone()
    zones = tuple(Zone(**zone) for zone in orjson.loads(row["zones"]))
    return Article(report, row["text"], title=row["title"], body_start=row["body_start"], zones=zones)


def _take(db: sqlite3.Connection, report: str) -> Take:
    found = opening(_article(db, report))
    first, last = found.ends
    times = db.execute(_TIMES, (report, last)).fetchall()
    acts = db.execute(_ACTS, (report, first)).fetchall()
    return Take(
        found,
        days=frozenset(start for start, end, _ in times if start == end),
        times=tuple((start, end) for start, end, at in times if at < first),
        acts=tuple((kind, day) for kind, day in acts),
    )


Parties = dict[str, list[Party]]


def _events(db: sqlite3.Connection, reviewed: Reviewed) -> list[tuple[Told, Parties]]:
    """Every event that nobody rejected, as corrected, with its parties by role."""
    parties: dict[str, Parties] = defaultdict(lambda: {"actor": [], "recipient": []})
    for row in db.execute("SELECT * FROM event_parties ORDER BY event, role, position"):
        party = Party(row["name"], row["country"], tuple(orjson.loads(row["sectors"])), row["kind"], row["org"])
        parties[row["event"]][row["role"]].append(party)
    rows = (row for row in db.execute(_EVENTS).fetchall() if row["id"] not in reviewed.rejected)
    return [(reviewed.event(row), parties[row["id"]]) for row in rows]


def _telling(row: Told, parties: Parties, story: str) -> Telling:
    text = " ".join(orjson.loads(row["passages"]))
    numbers = orjson.loads(row["numbers"])
    return Telling(
        event=row["id"],
        report=row["report"],
        copy_group=row["copy_group"],
        story=story,
        day=row["day"],
        type=row["type"],
        modes=tuple(orjson.loads(row["modes"])),
        status=row["status"],
        actors=tuple(parties["actor"]),
        recipients=tuple(parties["recipient"]),
        start=row["when_start"],
        end=row["when_end"],
        date_from=row["when_from"],
        place=row["where_name"],
        country=row["where_country"],
        admin1=row["where_admin1"],
        geonameid=row["where_geonameid"],
        precision=row["where_precision"],
        place_from=row["where_from"],
        trigger=row["trigger"],
        words=_words(row["passages"], parties),
        values=tuple((kind, low, high) for kind, low, high, _ in numbers),
        score=row["certainty"],
        core=stems(row["trigger"]),
        phases=frozenset(says for says in ("begun", "ended") if tells(says, text)),
        running=bool(numbers) and tells("running", text),
    )


def _words(passages: str, parties: Parties) -> frozenset[str]:
    """The passages' content words without the parties' names, which all their deeds share."""
    names = " ".join(party.name for side in parties.values() for party in side)
    return stems(" ".join(orjson.loads(passages))) - stems(names)


def _write_incidents(db: sqlite3.Connection, incidents: Iterable[Incident], reviewed: Reviewed) -> None:
    for incident in incidents:
        when, where = incident.when, incident.where
        days = [telling.day for telling in incident.tellings if telling.day]
        row = (
            incident.id,
            incident.tellings[0].type,
            incident.modes[0] if incident.modes else None,
            orjson.dumps(incident.modes).decode(),
            incident.status,
            *((when.event, when.start, when.end or when.start) if when else (None,) * 3),
            *((where.event, where.place, where.country) if where else (None,) * 3),
            min(days, default=None),
            max(days, default=None),
            max(telling.score for telling in incident.tellings),
            len(incident.tellings),
            incident.independent_sources,
        )
        db.execute("INSERT INTO incidents VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", row)
        _write_tellings(db, incident, reviewed)


def _write_tellings(db: sqlite3.Connection, incident: Incident, reviewed: Reviewed) -> None:
    for position, (telling, why) in enumerate(zip(incident.tellings, incident.why, strict=True)):
        by = reviewed.who.get(telling.event, "engine")
        alias = incident_id(telling.event)
        row = (incident.id, telling.event, alias, position, by, why if by == "engine" else "judged to be one")
        db.execute("INSERT INTO incident_events VALUES (?,?,?,?,?,?)", row)
        db.execute(
            "INSERT INTO incident_values SELECT ?, kind, event, ?, low, high, text FROM magnitudes WHERE event = ?",
            (incident.id, telling.report, telling.event),
        )
        _correct_values(db, incident.id, telling, reviewed)
    for role, side in (("actor", incident.actors), ("recipient", incident.recipients)):
        for position, (telling, at) in enumerate(side):
            behind = CORRECTED_FROM if (telling.event, role) in reviewed.sides else 0
            party = (incident.id, role, position, telling.event, behind + at)
            db.execute("INSERT INTO incident_parties VALUES (?,?,?,?,?)", party)


def _correct_values(db: sqlite3.Connection, incident: str, telling: Telling, reviewed: Reviewed) -> None:
    for kind, number in reviewed.events.get(telling.event, {}).get("numbers", {}).items():
        key = (incident, kind, telling.event)
        db.execute("DELETE FROM incident_values WHERE incident = ? AND kind = ? AND event = ?", key)
        if number:
            row = (*key, telling.report, *number[1:])
            db.execute("INSERT INTO incident_values VALUES (?,?,?,?,?,?,?)", row)


def _write_pledges(
    db: sqlite3.Connection, events: list[tuple[Told, Parties]], reviewed: Reviewed, as_of: str | None
) -> None:
    promises = [_promise(db, reviewed.pledge(row)) for row in db.execute(_PROMISES).fetchall()]
    deeds = [deed for row, parties in events if (deed := _deed(row, parties)) is not None]
    same = same_promises(promise for promise in promises if promise.id not in reviewed.rejected)
    for pledge, history in follow(promises, deeds, as_of, verdicts(db)).items():
        status = _write_history(db, pledge, history, reviewed)
        db.execute("UPDATE pledges SET status = ?, same_as = ? WHERE id = ?", (status, same.get(pledge), pledge))


def _write_history(db: sqlite3.Connection, pledge: str, history: list[Change], reviewed: Reviewed) -> str:
    """The lines of the history, the last of them a person's where one overruled it; gives the status that counts."""
    lines: list[tuple[Change, str, str | None]] = [(change, "engine", None) for change in history]
    if outcome := reviewed.outcomes.get(pledge):
        first = history[0]
        ruled = Change(outcome.value["is"], outcome.value["on"], first.report, None, first.passage)
        lines.append((ruled, outcome.who, outcome.why))
    for position, (change, by, why) in enumerate(lines):
        passage = change.passage
        row = (pledge, position, change.status, change.date, change.report, change.event, passage.start, passage.end,
               passage.text, by, why)  # fmt: skip
        db.execute("INSERT INTO pledge_history VALUES (?,?,?,?,?,?,?,?,?,?,?)", row)
    return lines[-1][0].status


def _promise(db: sqlite3.Connection, row: Told) -> Promise:
    promiser, beneficiary = _side(row, "promiser"), _side(row, "beneficiary")
    names = " ".join(side.name for side in (promiser, beneficiary) if side)
    amount = row["amount_low"] if row["amount_low"] is not None else row["amount_high"]
    due_end = (row["due_end"] or "")[:10]  # One before the promise itself was misread, and no deadline.
    due = Passage(row["due_at"], row["due_to"], row["due_text"]) if row["due_text"] else None
    return Promise(
        id=row["id"],
        report=row["report"],
        copy_group=row["copy_group"],
        day=row["day"],
        kind=row["kind"],
        promiser=promiser,
        beneficiary=beneficiary,
        act=row["act"],
        content=Passage(row["content_start"], row["content_end"], row["content"]),
        words=stems(row["content"]) - stems(names),
        amount=amount,
        due=due_end if due_end and (row["day"] is None or due_end >= row["day"]) else None,
        due_passage=due,
        coded_status=row["coded_status"],
        doers=parties_of(db.execute(_DOERS, (row["report"], row["content_start"], row["content_end"]))),
    )


def _side(row: Told, side: str) -> Party | None:
    if row[side] is None:
        return None
    sectors = tuple(orjson.loads(row[f"{side}_sectors"]))
    return Party(row[side], row[f"{side}_country"], sectors, row[f"{side}_kind"], row[f"{side}_org"])


def _deed(row: Told, parties: Parties) -> Deed | None:
    """The event as something that may show what became of a promise; None where it cannot be dated or is opinion."""
    day = row["when_start"] or row["day"]
    if day is None or (row["genre"] is not None and row["genre"] not in FACTUAL):
        return None
    numbers = orjson.loads(row["numbers"])
    amounts = [high if high is not None else low for kind, low, high, _ in numbers if kind in ("size", "money")]
    start, end, text = orjson.loads(row["passage"])
    return Deed(
        event=row["id"],
        report=row["report"],
        told=row["day"] or day[:10],
        day=day[:10],
        type=row["type"],
        status=row["status"],
        actors=tuple(parties["actor"]),
        recipients=tuple(parties["recipient"]),
        country=row["where_country"],
        words=_words(row["passages"], parties),
        amounts=tuple(amount for amount in amounts if amount is not None),
        passage=Passage(start, end, text),
        core=stems(" ".join([row["trigger"], *orjson.loads(row["modes"])])),
    )
