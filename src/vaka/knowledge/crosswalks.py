"""How other data sets call what Vaka codes, as compiled from `data/profiles`: countries, CAMEO, ACLED's categories.

It holds tables only; what a row of an export becomes is for `vaka.reports.exports` to say.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vaka.errors import KnowledgeError
from vaka.knowledge.files import LINE, check_keys, knowledge_rows, rows_of, without_lines
from vaka.types import EVENT_TYPES, EXTENSION_TYPES

COUNTRY_CELLS = ("country", "name", "numeric", "fips", "cow", "region")
LEAST_COUNTRIES = 240
"""Fewer rows mean that the table was cut off."""
_AGAINST = frozenset({"armed", "civilians"})
_TYPE_KEYS = frozenset({"type", "mode", "against", "event", "sub", "disorder", "swap", "why"})


@dataclass(frozen=True, slots=True)
class Country:
    """A country's name and codes elsewhere; empty strings where it has none."""

    code: str
    name: str
    numeric: str
    fips: str
    cow: str
    region: str


@dataclass(frozen=True, slots=True)
class AcledType:
    """What ACLED calls events of a type and mode, or `event` None where it keeps none such, and why."""

    type: str
    mode: str | None
    against: str | None
    event: str | None
    sub: str | None
    disorder: str | None
    swap: bool
    why: str


@dataclass(frozen=True, slots=True)
class AcledActor:
    """ACLED's category of actors of a sector; `abroad` is theirs outside their own country."""

    inter: str
    abroad: str
    armed: bool
    why: str


def compile_crosswalks(data: Path) -> list[dict[str, Any]]:
    """One row a fact, each with `of`: country, acled-type, acled-actor, goldstein, cameo-sector or cameo-country.

    Raises KnowledgeError on a row of another shape, or a type without a row that always fits.
    """
    return [*_countries(data / "profiles" / "countries.tsv"), *_acled(data / "profiles" / "acled.yml"),
            *_cameo(data / "profiles" / "cameo.yml")]  # fmt: skip


def _countries(path: Path) -> Iterator[dict[str, Any]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    if not lines or tuple(lines[0].split("\t")) != COUNTRY_CELLS or len(lines) <= LEAST_COUNTRIES:
        wanted = f"the columns {', '.join(COUNTRY_CELLS)} and {LEAST_COUNTRIES} rows or more"
        raise KnowledgeError(str(path), None, f"must have {wanted}")
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(COUNTRY_CELLS) or len(cells[0]) != 3:
            raise KnowledgeError(str(path), None, f"{line!r} is no row of {len(COUNTRY_CELLS)} cells")
        yield {"of": "country"} | dict(zip(COUNTRY_CELLS, cells, strict=True))


def _acled(path: Path) -> Iterator[dict[str, Any]]:
    whole: set[str] = set()
    for row in rows_of(path, "types"):
        check_keys(path, row, _TYPE_KEYS, {"type", "why"})
        plain = without_lines(row)
        if plain["type"] not in EVENT_TYPES + EXTENSION_TYPES or plain.get("against", "armed") not in _AGAINST:
            raise KnowledgeError(str(path), row[LINE], f"no such type, or against is none of {sorted(_AGAINST)}")
        if not plain.keys() & {"mode", "against"}:
            whole.add(plain["type"])
        yield {"of": "acled-type"} | plain
    if missing := set(EVENT_TYPES + EXTENSION_TYPES) - whole:
        raise KnowledgeError(str(path), None, f"{min(missing)} has no row without mode and against")
    for row in rows_of(path, "actors"):
        check_keys(path, row, {"sectors", "inter", "abroad", "armed", "why"}, {"sectors", "inter", "why"})
        yield {"of": "acled-actor"} | without_lines(row)


def _cameo(path: Path) -> Iterator[dict[str, Any]]:
    for row in rows_of(path, "goldstein"):
        check_keys(path, row, {"value", "codes"}, {"value", "codes"})
        yield {"of": "goldstein"} | without_lines(row)
    for row in rows_of(path, "sectors"):
        check_keys(path, row, {"cameo", "sectors", "why"}, {"cameo", "sectors"})
        yield {"of": "cameo-sector"} | without_lines(row)
    for row in rows_of(path, "countries"):
        check_keys(path, row, {"cameo", "country"}, {"cameo", "country"})
        yield {"of": "cameo-country"} | without_lines(row)


@functools.cache
def _rows() -> tuple[dict[str, Any], ...]:
    return tuple(knowledge_rows("crosswalks"))


def _of(kind: str) -> Iterator[dict[str, Any]]:
    return (row for row in _rows() if row["of"] == kind)


@functools.cache
def countries() -> dict[str, Country]:
    """Every country by the code that Vaka gives it."""
    return {row["country"]: Country(*(row[cell] for cell in COUNTRY_CELLS)) for row in _of("country")}


@functools.cache
def acled_types() -> tuple[AcledType, ...]:
    """The rows in their order: the first that fits counts."""
    names = ("mode", "against", "event", "sub", "disorder")
    return tuple(
        AcledType(
            type=row["type"],
            swap=row.get("swap") == "yes",
            why=row["why"],
            **{name: row.get(name) for name in names},
        )
        for row in _of("acled-type")
    )


@functools.cache
def acled_actors() -> dict[str, AcledActor]:
    """ACLED's categories by PLOVER sector."""
    return {
        sector: AcledActor(row["inter"], row.get("abroad", row["inter"]), row.get("armed") == "yes", row["why"])
        for row in _of("acled-actor")
        for sector in row["sectors"]
    }


@functools.cache
def goldstein() -> dict[str, float]:
    """The Goldstein value of CAMEO codes that have one."""
    return {code: float(row["value"]) for row in _of("goldstein") for code in row["codes"]}


@functools.cache
def cameo_sectors() -> dict[str, str]:
    """CAMEO's type code by PLOVER sector."""
    return {sector: row["cameo"] for row in _of("cameo-sector") for sector in row["sectors"]}


@functools.cache
def cameo_countries() -> dict[str, str]:
    """CAMEO's country code where it is not ISO's."""
    return {row["country"]: row["cameo"] for row in _of("cameo-country")}
