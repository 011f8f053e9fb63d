"""ACLED's columns: one row a happening of the kinds that ACLED keeps; the mapping is `data/profiles/acled.yml`.

It is a machine's reading in ACLED's columns, not ACLED's data: no person has checked a row, and what is not told stays
empty, also where ACLED's rules would set a value (no deaths told is empty here, not 0).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from vaka.frames.tables import Column, Row, Table
from vaka.knowledge.crosswalks import AcledType, acled_actors, acled_types, countries
from vaka.record.query import Filters
from vaka.record.store import Record
from vaka.reports.exports.happenings import CITED, Happening, cited, happened, happenings

_NEVER = "always empty: "
CIVILIANS = "Civilians"
CROWDS = {"Protests": "Protesters", "Riots": "Rioters"}
EXACT, PART_OF_MONTH, MONTH = 1, 2, 3
"""ACLED's time_precision: the day, the week, the month."""
WEEK_DAYS = 10
"""Days up to which a told stretch is a week or so; longer ones are a month or more."""
PLACE_PRECISION = {"point": 1, "city": 1, "admin1": 3}
"""ACLED's geo_precision: 1 the place itself, 3 a larger region; 2 (near it) is never known."""

COLUMNS = (
    Column("event_id_cnty", hxl="#event+code", about="country and the happening's id"),
    Column("event_date", hxl="#date+occurred", about="first day as told, else of the first report"),
    Column("year", "integer", "#date+year", "its year"),
    Column("time_precision", "integer", "#date+precision", "1 day, 2 week, 3 month or only the day of report"),
    Column("disorder_type", hxl="#event+type+disorder", about="by the mapping"),
    Column("event_type", hxl="#event+type", about="by the mapping"),
    Column("sub_event_type", hxl="#event+type+sub", about="by the mapping; empty where the coding does not decide it"),
    Column("actor1", hxl="#org+name+actor1", about="the first who acts (of protests: the crowd)"),
    Column("assoc_actor_1", hxl="#org+name+assoc1", about="the others who act"),
    Column("inter1", hxl="#org+type+actor1", about="ACLED's category of actor1, by sector and country"),
    Column("actor2", hxl="#org+name+actor2", about="the first who is acted upon; of two-sided fights the second side"),
    Column("assoc_actor_2", hxl="#org+name+assoc2", about="the others"),
    Column("inter2", hxl="#org+type+actor2", about="ACLED's category of actor2"),
    Column("interaction", about="inter1-inter2, where both are known"),
    Column("civilian_targeting", hxl="#event+civilians", about="Civilian targeting, or empty"),
    Column("iso", "integer", "#country+code+num", "ISO 3166-1 numeric"),
    Column("region", hxl="#region+name", about="ACLED's region of the country"),
    Column("country", hxl="#country+name", about="usual English name"),
    Column("admin1", hxl="#adm1+code", about="the first-order division"),
    Column("admin2", about=f"{_NEVER}second-order divisions are not resolved"),
    Column("admin3", about=f"{_NEVER}third-order divisions are not resolved"),
    Column("location", hxl="#loc+name", about="the place; empty where only the country is told"),
    Column("latitude", "number", "#geo+lat", "degrees, WGS 84; empty where only the country is told"),
    Column("longitude", "number", "#geo+lon", "degrees, WGS 84"),
    Column("geo_precision", "integer", "#geo+precision", "1 the place itself, 3 a larger region; 2 is never known"),
    Column("source", hxl="#meta+source", about="who published the reports"),
    Column("source_scale", about=f"{_NEVER}Vaka does not know how far a paper reaches"),
    Column("notes", hxl="#description+notes", about="the first passage (ACLED has a researcher's words)"),
    Column("fatalities", "integer", "#affected+killed", "the lowest number of dead told; empty where none is"),
    Column("tags", about="crowd size=, where told"),
    Column("timestamp", about=f"{_NEVER}a record has no clock of its own"),
    Column("fatalities_high", "integer", "#affected+killed+max", "the highest number told; not in ACLED"),
    *CITED,
)  # fmt: skip


def acled_table(record: Record, filters: Filters) -> tuple[Table, list[str]]:
    """The rows in order of time, without types that ACLED does not keep and, unless asked for, what did not happen."""
    rows: list[Row] = []
    left: Counter[str] = Counter()
    for happening in happenings(record, happened(filters)):
        kind = mapped(happening)
        if kind.event is None:
            left[happening.incident["type"]] += 1
        else:
            rows.append(_row(happening, kind))
    counts = ", ".join(f"{name} {count}" for name, count in sorted(left.items()))
    notes = [f"{left.total()} happenings that ACLED's categories do not hold are left out ({counts})"] if left else []
    return Table(COLUMNS, rows), notes


def mapped(happening: Happening) -> AcledType:
    """The first row of the mapping that fits."""
    incident = happening.incident
    armed, civil = _both_armed(incident), _civilians(incident["recipients"])
    fits = {None: True, "armed": armed, "civilians": civil and not armed}
    return next(
        row
        for row in acled_types()
        if row.type == incident["type"] and row.mode in {None, incident["mode"]} and fits[row.against]
    )


def _armed(party: Row) -> bool:
    known = acled_actors().get(party["sector"] or "")
    return known is not None and known.armed


def _both_armed(incident: Row) -> bool:
    """Whether armed sides stand against each other: actor and recipient, or two actors who fight."""
    acting = [party for party in incident["actors"] if _armed(party)]
    struck = [party for party in incident["recipients"] if _armed(party)]
    return bool(struck) or (len(acting) > 1 and not incident["recipients"])


def _civilians(parties: Sequence[Row]) -> bool:
    return any(inter(party, None) == CIVILIANS for party in parties)


def inter(party: Row, country: str | None) -> str | None:
    """ACLED's category of an actor in that country; None where the sector does not tell it."""
    known = acled_actors().get(party["sector"] or "")
    if known is None:
        return CIVILIANS if party["kind"] == "population" and not party["sector"] else None
    abroad = party["country"] in countries() and country in countries() and party["country"] != country
    return known.abroad if abroad else known.inter


def _row(happening: Happening, kind: AcledType) -> Row:
    incident = happening.incident
    where = incident["where"] or {}
    first, second = list(incident["actors"]), list(incident["recipients"])
    if kind.swap:
        first, second = second, first
    if not second and kind.event == "Battles":
        first, second = first[:1], first[1:]
    country = where.get("country")
    sides = _side("1", first, country, CROWDS.get(kind.event or "")) | _side("2", second, country)
    known = [sides["inter1"], sides["inter2"]]
    size = happening.lowest("size")
    found: Row = {column.name: None for column in COLUMNS} | sides
    return found | _when(happening) | _where(where) | {
        "event_id_cnty": f"{country or ''}{incident['id']}",
        "disorder_type": kind.disorder,
        "event_type": kind.event,
        "sub_event_type": kind.sub,
        "interaction": "-".join(word for word in known if word) if all(known) else None,
        "civilian_targeting": "Civilian targeting" if sides["inter2"] == CIVILIANS and _violent(kind) else None,
        "source": "; ".join(dict.fromkeys(r["source"] for r in happening.reports if r["source"])) or None,
        "notes": incident["tellings"][0]["evidence"][0]["text"],
        "fatalities": happening.lowest("dead"),
        "fatalities_high": happening.highest("dead"),
        "tags": f"crowd size={size}" if size is not None and kind.event in CROWDS else None,
    } | cited(happening)  # fmt: skip


def _violent(kind: AcledType) -> bool:
    return kind.event in {"Explosions/Remote violence", "Violence against civilians"}


def _side(number: str, parties: Sequence[Row], country: str | None, crowd: str | None = None) -> Row:
    if not parties:
        return {f"inter{number}": crowd}
    others = "; ".join(party["name"] for party in parties[1:])
    return {
        f"actor{number}": parties[0]["name"],
        f"assoc_actor_{number}": others or None,
        f"inter{number}": crowd or inter(parties[0], country),
    }


def _when(happening: Happening) -> Row:
    when, day = happening.incident["when"], happening.day
    days = {"day": EXACT, "week": PART_OF_MONTH, "month": MONTH}
    precision = days.get(when["grain"], MONTH if when["grain"] else EXACT) if when and when["start"] else MONTH
    return {"event_date": day, "year": int(day[:4]) if day else None, "time_precision": precision if day else None}


def _where(where: Row) -> Row:
    known = countries().get(where.get("country") or "")
    precision = PLACE_PRECISION.get(where.get("precision") or "")
    near = where if precision else {}
    return {
        "iso": int(known.numeric) if known and known.numeric else None,
        "region": (known.region or None) if known else None,
        "country": known.name if known else None,
        "admin1": near.get("admin1"),
        "location": near.get("name"),
        "latitude": near.get("lat"),
        "longitude": near.get("lon"),
        "geo_precision": precision,
    }
