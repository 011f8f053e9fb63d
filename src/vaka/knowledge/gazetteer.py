"""Names to spots on the map: the compiled gazetteer, looked up by exact name; it weighs nothing and chooses nothing.

GeoNames data (CC BY 4.0) under the reviewed tables of `data/places`. The file loads as two lists of lines; a line is
read when its name is asked for.
"""

from __future__ import annotations

import functools
import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from anyascii import anyascii

from vaka.errors import KnowledgeError
from vaka.knowledge.files import BUILT, overlay_folder

PRECISION = {
    "city": "city", "town": "city", "admin1": "admin1", "country": "country", "region": "region", "point": "point",
    "county": "region",
}  # fmt: skip
"""Kind of a spot to the contract's precision; a town is one that only the reviewed tables know."""
FLAGS = {"never": "!", "wary": "?"}
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

    def __len__(self) -> int:
        """The number of names."""
        return len(self._names)

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

    def add(self, line: str, names: Iterable[str]) -> None:
        """Adds a place, told as a line of the built file, which its names mean before all others."""
        self._places.append(line)
        for name in names:
            self.mean(name, len(self._places) - 1)

    def mean(self, name: str, number: int) -> None:
        """Lets `name` mean that place, as a reviewer would."""
        _, _, numbers = self._names.get(name, "\t").partition("\t")
        rest = [mark for mark in numbers.split() if int(mark.lstrip("~=")) != number]
        self._names[name] = f"\t{' '.join([*(mark.lstrip('=') for mark in rest), f'={number}'])}"

    def shun(self, name: str, flag: str) -> None:
        """Marks `name` as never (`!`) or only warily (`?`) a place."""
        _, _, numbers = self._names.get(name, "\t").partition("\t")
        self._names[name] = f"{flag}\t{numbers}"

    def number_of(self, geonameid: str) -> int | None:
        """The place with that GeoNames id, or None."""
        start = f"{geonameid}\t"
        return next((number for number, line in enumerate(self._places) if line.startswith(start)), None)

    def countries(self) -> list[Spot]:
        """The spots of all countries and territories."""
        return [self.spot(number) for number, line in enumerate(self._places) if line.split("\t", 2)[1] == "country"]

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
    if " " in plain or "-" in plain:
        forms += [plain.replace(" ", "-"), plain.replace("-", " ")]
    if plain.isupper() and len(plain) > 3:
        forms.append(plain.title().replace(" Of ", " of ").replace(" The ", " the "))
    return forms


@functools.cache
def gazetteer() -> Gazetteer:
    """The built-in gazetteer with the places of a user's overlay, loaded once.

    Raises KnowledgeError when it was not compiled or cannot be unpacked, and on a fault in the overlay.
    """
    own = overlay_folder()
    return with_own(own) if own is not None else read_gazetteer()


def with_own(own: Path) -> Gazetteer:
    """The built-in gazetteer with the places of the folder.

    Raises KnowledgeError on a fault in the folder.
    """
    from vaka.knowledge.overlay import own_places  # only where there is an overlay

    found = read_gazetteer()
    spots, overrides = own_places(own)
    for spot in spots:
        found.add(f"\t{spot.kind}\t{spot.name}\t{spot.country}\t\t{spot.lat}\t{spot.lon}\t", {spot.name, *spot.names})
    for alias, target in overrides:
        number = found.number_of(target) if target.isdigit() else None
        if target in FLAGS:
            found.shun(alias, FLAGS[target])
        elif number is None:
            where = str(own / "places" / "overrides.tsv")
            raise KnowledgeError(
                where, None, f"{alias!r}: {target!r} is no GeoNames id in the gazetteer, never or wary"
            )
        else:
            found.mean(alias, number)
    return found


def read_gazetteer(folder: Path = BUILT) -> Gazetteer:
    """The compiled gazetteer.

    Raises KnowledgeError when it was not compiled or cannot be unpacked.
    """
    path = folder / "places.tsv.gz"
    try:
        return Gazetteer(gzip.decompress(path.read_bytes()).decode())
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise KnowledgeError(str(path), None, f"cannot be read; `make data` compiles it: {error}") from error
