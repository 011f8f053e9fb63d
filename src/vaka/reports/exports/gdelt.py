"""GDELT 2.0's columns of events: one row a happening and pair of parties, since GDELT's unit is the pair.

A happening with two actors and three recipients gives six rows that share `vaka_incident`; count that to count
happenings. What GDELT measures by its own means (tone, root sentences) stays empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

from vaka.frames.tables import Column, Row, Table
from vaka.knowledge.crosswalks import cameo_countries, cameo_sectors, countries, goldstein
from vaka.record.query import Filters
from vaka.record.store import Record
from vaka.reports.exports.happenings import CITED, Happening, cited, happened, happenings, whole_number

_NEVER = "always empty: "
QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}
GROUPS = {"IGO": "IGO", "NGO": "NGO", "MNC": "MNC", "IMG": "IMG"}
"""PLOVER's codes for who belongs to no state that are CAMEO types as well; UNO is a known group there."""
GEO_TYPES = {"country": 1, "admin1": 5, "city": 4, "point": 4}
"""GDELT's kinds of place outside the United States; inside they are 1, 2 and 3."""
AMERICAN = {"admin1": 2, "city": 3, "point": 3}


def _side(side: str) -> tuple[Column, ...]:
    return (
        Column(f"{side}Code", about="country, group and types put together, as CAMEO does"),
        Column(f"{side}Name", about="canonical English name in capitals"),
        Column(f"{side}CountryCode", about="CAMEO's country code: ISO 3166-1 alpha-3 but for ROM, TMP, MTN, IMY"),
        Column(f"{side}KnownGroupCode", about="UNO for the United Nations, else empty: Vaka's keys are not CAMEO's"),
        Column(f"{side}EthnicCode", about=f"{_NEVER}Vaka codes nobody's ethnicity"),
        Column(f"{side}Religion1Code", about=f"{_NEVER}Vaka codes nobody's religion"),
        Column(f"{side}Religion2Code", about=f"{_NEVER}Vaka codes nobody's religion"),
        *(
            Column(f"{side}Type{n}Code", about="CAMEO type of the first sectors (data/profiles/cameo.yml)")
            for n in (1, 2, 3)
        ),
    )


def _geo(side: str, about: str = "") -> tuple[Column, ...]:
    names = (("Type", "integer"), ("Fullname", "text"), ("CountryCode", "text"), ("ADM1Code", "text"),
             ("ADM2Code", "text"), ("Lat", "number"), ("Long", "number"), ("FeatureID", "text"))  # fmt: skip
    told = {
        "Type": "1 country, 2 US state, 3 US city, 4 city elsewhere, 5 division elsewhere",
        "Fullname": "the place's usual English name",
        "CountryCode": "FIPS 10-4",
        "ADM1Code": f"{_NEVER}Vaka has GeoNames' divisions, GDELT those of FIPS",
        "ADM2Code": f"{_NEVER}second-order divisions are not resolved",
        "Lat": "degrees, WGS 84",
        "Long": "degrees, WGS 84",
        "FeatureID": "GeoNames id; GDELT has ids of other gazetteers",
    }
    return tuple(Column(f"{side}Geo_{name}", kind, about=about or told[name]) for name, kind in names)


_ACTOR_GEO = f"{_NEVER}Vaka places the act, not each party"
COLUMNS = (
    Column("GLOBALEVENTID", "integer", about="a number made of the happening's id and the pair"),
    Column("SQLDATE", "integer", about="YYYYMMDD: first day as told, else of the first report"),
    Column("MonthYear", "integer", about="YYYYMM"),
    Column("Year", "integer", about="YYYY"),
    Column("FractionDate", "number", about="year and part of the year gone by, as GDELT reckons it"),
    *_side("Actor1"),
    *_side("Actor2"),
    Column("IsRootEvent", "integer", about=f"{_NEVER}GDELT's measure of a leading sentence is its own"),
    Column("EventCode", about="CAMEO code of the first telling"),
    Column("EventBaseCode", about="its first three digits"),
    Column("EventRootCode", about="its first two digits"),
    Column("QuadClass", "integer", about="1 verbal cooperation, 2 material cooperation, 3 verbal, 4 material conflict"),
    Column("GoldsteinScale", "number", about="GDELT's value of the code; empty where that list has none (106, 176)"),
    Column("NumMentions", "integer", about="tellings of the happening"),
    Column("NumSources", "integer", about="independent sources: copies of one report count once (GDELT counts sites)"),
    Column("NumArticles", "integer", about="reports that tell it"),
    Column("AvgTone", "number", about=f"{_NEVER}Vaka measures no tone"),
    *_geo("Actor1", _ACTOR_GEO),
    *_geo("Actor2", _ACTOR_GEO),
    *_geo("Action"),
    Column("DATEADDED", about=f"{_NEVER}a record has no clock of its own"),
    Column("SOURCEURL", about="address of the first report that has one"),
    *CITED,
)


def gdelt_table(record: Record, filters: Filters) -> tuple[Table, list[str]]:
    """The rows in order of time; what has no CAMEO code is left out, and what did not happen unless asked for."""
    found = list(happenings(record, happened(filters)))
    kept = [happening for happening in found if happening.event["cameo"]]
    left = len(found) - len(kept)
    notes = [f"{left} happenings without a CAMEO code (conditions, offices, disasters) are left out"] if left else []
    return Table(COLUMNS, [row for happening in kept for row in _rows(happening)]), notes


def _rows(happening: Happening) -> Iterator[Row]:
    incident = happening.incident
    shared: Row = {column.name: None for column in COLUMNS} | _facts(happening) | cited(happening)
    for at, (actor, recipient) in enumerate(product(incident["actors"] or [None], incident["recipients"] or [None])):
        number = whole_number(incident["id"], str(at))
        yield shared | {"GLOBALEVENTID": number} | _party("Actor1", actor) | _party("Actor2", recipient)


def _facts(happening: Happening) -> Row:
    incident, code = happening.incident, happening.event["cameo"]
    addresses = (report["url"] for report in happening.reports if report["url"])
    return _dates(happening.day) | _place(incident["where"] or {}) | {
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": QUADS.get(happening.event["quad"] or ""),
        "GoldsteinScale": goldstein().get(code),
        "NumMentions": len(incident["tellings"]),
        "NumSources": incident["independent_sources"],
        "NumArticles": len(happening.reports),
        "SOURCEURL": next(addresses, None),
    }  # fmt: skip


def _dates(day: str | None) -> Row:
    if day is None:
        return {}
    told = date.fromisoformat(day)
    fraction = told.year + round((told.month * 30 + told.day) / 365, 4)
    return {"SQLDATE": int(f"{told:%Y%m%d}"), "MonthYear": int(f"{told:%Y%m}"), "Year": told.year,
            "FractionDate": fraction}  # fmt: skip


def _place(where: Row) -> Row:
    precision, known = where.get("precision"), countries().get(where.get("country") or "")
    kind = GEO_TYPES.get(precision or "")
    if where.get("country") == "USA":
        kind = AMERICAN.get(precision or "", kind or 0) or None
    number = where.get("geonameid")
    return {
        "ActionGeo_Type": kind,
        "ActionGeo_Fullname": where.get("name"),
        "ActionGeo_CountryCode": (known.fips or None) if known else None,
        "ActionGeo_Lat": where.get("lat"),
        "ActionGeo_Long": where.get("lon"),
        "ActionGeo_FeatureID": str(number) if number is not None else None,
    }


def _party(side: str, party: Row | None) -> Row:
    if party is None:
        return {}
    country = party["country"]
    state = cameo_countries().get(country, country) if country in countries() else None
    group = "UNO" if country == "UNO" else None
    types = [code for sector in party["sectors"] if (code := cameo_sectors().get(sector))]
    if country in GROUPS:
        types = [GROUPS[country], *types]
    return {
        f"{side}Code": "".join([state or "", group or "", *types[:3]]) or None,
        f"{side}Name": party["name"].upper(),
        f"{side}CountryCode": state,
        f"{side}KnownGroupCode": group,
    } | {f"{side}Type{n}Code": code for n, code in enumerate(types[:3], 1)}
