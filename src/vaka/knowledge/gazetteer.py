"""Names to spots on the map: the compiled gazetteer, looked up by exact name; it weighs nothing and chooses nothing.

GeoNames data (CC BY 4.0) under the reviewed tables of `data/places`. The file loads as two lists of lines; a line is
read when its name is asked for.
"""

from __future__ import annotations

import functools
import gzip
import re
from dataclasses import dataclass
from pathlib import Path

from anyascii import anyascii

from vaka.errors import KnowledgeError
from vaka.knowledge.files import BUILT

PRECISION = {
    "city": "city", "town": "city", "admin1": "admin1", "country": "country", "region": "region", "point": "point",
    "county": "region",
}  # fmt: skip
"""Kind of a spot to the contract's precision; a town is one that only the reviewed tables know."""
SAINT = re.compile(r"\b(?:St\.?|Ste\.?) (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Spot:
    """One place; `country` is ISO alpha-3 or empty, `admin1` a name or empty, `population` 0 where unknown."""

    number: int
    geonameid: int | None
    kind: str
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int

    @property
    def precision(self) -> str:
        return PRECISION[self.kind]


@dataclass(frozen=True, slots=True)
class Sense:
    """A spot that a name may mean. `other` marks an old, foreign or side name; `meant` one that a reviewer chose."""

    spot: Spot
    other: bool
    meant: bool


@dataclass(frozen=True, slots=True)
class Name:
    """What a name may mean. `never` is no place as bare words, `wary` one only where the context says so."""

    text: str
    senses: tuple[Sense, ...]
    never: bool
    wary: bool


class Gazetteer:
    """The places and their names."""

    def __init__(self, text: str) -> None:
        places, _, names = text.partition("\n\n")
        self._places = places.split("\n")
        self._names: dict[str, str] = dict(line.split("\t", 1) for line in names.splitlines())
        self._found: dict[str, Name | None] = {}

    def find(self, words: str) -> Name | None:
        """What those words name, exactly as they are written, else without accents, with "St." as "Saint", or, all in
        capitals, with capital initials."""
        if words not in self._found:
            if len(self._found) > 50_000:  # a long run over many reports must not grow without end
                self._found.clear()
            self._found[words] = self._look(words)
        return self._found[words]

    def _look(self, words: str) -> Name | None:
        for form in _forms(words):
            row = self._names.get(form)
            if row is not None:
                flag, _, numbers = row.partition("\t")
                senses = tuple(self._sense(mark) for mark in numbers.split())
                return Name(form, senses, flag == "!", flag == "?")
        return None

    def _sense(self, mark: str) -> Sense:
        number = int(mark.lstrip("~="))
        return Sense(self.spot(number), mark[0] == "~", mark[0] == "=")

    def spot(self, number: int) -> Spot:
        key, kind, name, country, admin1, lat, lon, population = self._places[number].split("\t")
        return Spot(
            number, int(key) if key else None, kind, name, country, admin1, float(lat), float(lon), int(population or 0)
        )


def _forms(words: str) -> list[str]:
    plain = " ".join(words.replace("’", "'").split())
    forms = [plain]
    if not plain.isascii():
        forms.append(anyascii(plain))
    if SAINT.search(plain):
        forms += [SAINT.sub("Saint ", plain), SAINT.sub("St. ", plain), SAINT.sub("St ", plain)]
    if plain.isupper() and len(plain) > 3:
        forms.append(plain.title().replace(" Of ", " of ").replace(" The ", " the "))
    return forms


@functools.cache
def gazetteer(folder: Path = BUILT) -> Gazetteer:
    """The built-in gazetteer, loaded once.

    Raises KnowledgeError when it was not compiled or cannot be unpacked.
    """
    path = folder / "places.tsv.gz"
    try:
        return Gazetteer(gzip.decompress(path.read_bytes()).decode())
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise KnowledgeError(str(path), None, f"cannot be read; `make data` compiles it: {error}") from error
