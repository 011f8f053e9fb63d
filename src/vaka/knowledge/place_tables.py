"""The reviewed tables of `places/`: rows checked by file and line, and the spots that they describe.

Shared by the compiler of the gazetteer and by a user's overlay; refuses a row that does not say where it lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from anyascii import anyascii

from vaka.errors import KnowledgeError

TABLES = {
    "countries": ("country", "lat", "lon", "aliases"),
    "admin1": ("country", "code", "geonameid", "name", "lat", "lon", "aliases"),
    "regions": ("name", "lat", "lon", "country", "aliases"),
    "sites": ("name", "lat", "lon", "country", "precision", "aliases"),
    "counties": ("code", "name", "lat", "lon"),
    "overrides": ("alias", "target", "note"),
}
LEAST = {"countries": 200, "admin1": 600, "regions": 150, "sites": 200, "counties": 3000, "overrides": 500}
"""Fewer rows mean that a table was cut off."""
MARKS = str.maketrans("", "", "'’‘`ʼʻ")


@dataclass(slots=True)
class Spot:
    """A place as it is compiled; `kind` as in `vaka.knowledge.gazetteer`, `names` are sure, `other` old or foreign,
    `reviewed` those that a table of data/places gives to a spot or town."""

    key: str
    kind: str
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int = 0
    names: set[str] = field(default_factory=set)
    other: set[str] = field(default_factory=set)
    reviewed: set[str] = field(default_factory=set)


def table_of(data: Path, name: str, least: bool = True) -> list[dict[str, str]]:
    """The rows of `data/places/NAME.tsv`.

    Raises KnowledgeError with the line of a row of another shape, or, where `least` holds, when the table is shorter
    than `LEAST`.
    """
    path = data / "places" / f"{name}.tsv"
    columns = TABLES[name]
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(str(path), None, f"cannot be read as UTF-8 text: {error}") from error
    rows: list[dict[str, str]] = []
    headed = False
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        cells += [""] * (len(columns) - len(cells))
        if not headed:
            if tuple(cells) != columns:
                raise KnowledgeError(str(path), number, f"the columns must be {', '.join(columns)}")
            headed = True
            continue
        if len(cells) != len(columns) or not cells[0]:
            raise KnowledgeError(str(path), number, f"has {len(cells)} cells; {len(columns)} are wanted")
        rows.append(_checked(path, number, dict(zip(columns, cells, strict=True))))
    if least and len(rows) < LEAST[name]:
        raise KnowledgeError(str(path), None, f"holds {len(rows)} rows; at least {LEAST[name]} are expected")
    return rows


def _checked(path: Path, number: int, row: dict[str, str]) -> dict[str, str]:
    if "lat" in row:
        try:
            sane = -90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180
        except ValueError:
            sane = False
        if not sane:
            raise KnowledgeError(str(path), number, f"no spot on earth: {row['lat']!r}, {row['lon']!r}")
    if row.get("country") and not re.fullmatch("[A-Z]{3}", row["country"]):
        raise KnowledgeError(str(path), number, f"the country {row['country']!r} is no ISO alpha-3 code")
    if "precision" in row and row["precision"] not in {"point", "city"}:
        raise KnowledgeError(str(path), number, f"the precision {row['precision']!r} is neither point nor city")
    return row


def spellings(names: Iterable[str]) -> set[str]:
    """The names and their forms without accents and apostrophes."""
    found = set(names)
    for name in names:
        if not name.isascii():
            found.add(anyascii(name).replace("`", "'"))
    return found | {name.translate(MARKS) for name in found if not name.endswith(("'", "’"))}


def regions_of(data: Path, least: bool = True) -> Iterator[Spot]:
    for row in table_of(data, "regions", least):
        names = spellings({row["name"], *(name.removeprefix("the ") for name in listed(row["aliases"]))})
        yield Spot("", "region", row["name"], row["country"], "", float(row["lat"]), float(row["lon"]), 0, names)


def sites_of(data: Path, least: bool = True) -> Iterator[Spot]:
    for row in table_of(data, "sites", least):
        names = spellings({row["name"], *(name.removeprefix("the ") for name in listed(row["aliases"]))})
        kind = "town" if row["precision"] == "city" else "point"
        yield Spot(
            "", kind, row["name"], row["country"], "", float(row["lat"]), float(row["lon"]), 0, names, reviewed=names
        )


def listed(cell: str) -> set[str]:
    return {name for name in cell.split("|") if name}
