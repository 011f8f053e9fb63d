"""Which spot a name means in one report: what its own words say, the countries told, people who live there, neighbours.

One name means one spot in a report, unless its own words say otherwise. All weights are on one scale, where one unit
is ten times the population.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field, replace

from vaka.knowledge.gazetteer import Name, Sense, Spot
from vaka.language.naming import is_american
from vaka.language.place_mentions import lies_in
from vaka.language.place_signs import Mention

BASE = {"country": 8.0, "region": 7.0, "admin1": 6.5, "point": 6.0, "town": 4.5, "county": 4.0}
"""A country counts as a city of a hundred million, a division as one of three million."""
MEANT = 1.2
"""A reviewer's choice: beaten by a told country, not by size alone."""
TOLD, TOLD_FIRST, TOLD_STATE = 2.0, 0.7, 2.0
SIDE = 100_000
"""People of the smallest city that a side name means where the report tells its country and no other bearer's."""
OWN_NEWS = 0.35
"""English news names the United States wherever it plays: of little use for choosing."""
SAME_NAME = 2.0
"""News says "Idlib" for the city; the division needs "province" behind it or a sentence of its own."""
NEAR, NEAR_KM, MOST_NEAR = 1.2, 150.0, 3.0
FEDERAL = frozenset({"USA", "CAN", "AUS", "GBR"})
"""Countries whose divisions are as well known by name as their cities."""
LONE = 30_000
"""A town of the United States below this needs its state, or another place near it, in the report."""
ROUNDS = 2


@dataclass(slots=True)
class Scene:
    """What a report says about where it plays: countries and divisions told, and how early."""

    told: Counter[str] = field(default_factory=Counter)
    early: set[str] = field(default_factory=set)
    countries: dict[str, set[str]] = field(default_factory=dict)
    """Country to the place names that lie in it beyond doubt: none of them speaks for itself."""
    states: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """Division to the names that tell it: a city's own name is no sign of its division."""

    def signs(self, country: str, name: str) -> int:
        """How many words of the report, the name itself left out, tell that it plays in the country."""
        return self.told[country] + len(self.countries.get(country, set()) - {name}) if country else 0


def choose(mentions: list[Mention], told: Counter[str], early: set[str]) -> dict[int, tuple[Spot | None, float, str]]:
    """For each mention (by its place in the list) the spot, how sure (0 to 1), and the rule that chose it."""
    groups: dict[str, list[int]] = {}
    for number, mention in enumerate(mentions):
        if mention.name is not None:
            groups.setdefault(mention.name.text, []).append(number)
    pairs = {key: next((mentions[n].pair for n in rows if mentions[n].pair), None) for key, rows in groups.items()}
    hints = {key: any(mentions[n].hint for n in rows) for key, rows in groups.items()}
    scene = Scene(told, early)
    chosen: dict[str, tuple[Spot | None, float, str]] = {}
    for turn in range(ROUNDS + 1):
        spots = {key: row[0] for key, row in chosen.items() if row[0] is not None}
        _tell(scene, spots, groups, mentions)
        for key, rows in groups.items():
            name = mentions[rows[0]].name
            assert name is not None
            others = [spot for other, spot in spots.items() if other != key] if turn else []
            chosen[key] = _best(name, pairs[key], hints[key], scene, others, turn)
    _part(mentions, pairs)
    return {n: _own(mentions[n], chosen[key], pairs[key], scene) for key, rows in groups.items() for n in rows}


def _part(mentions: list[Mention], pairs: dict[str, Spot | None]) -> None:
    """Marks those that stand before their namesake in one sentence: "Lebanon wants …, and Lebanon, Pennsylvania, …"."""
    for number, mention in enumerate(mentions):
        if mention.name is None or mention.pair is not None or pairs.get(mention.name.text) is None:
            continue
        mention.alone = any(
            other.pair is not None and other.name == mention.name and other.sentence is mention.sentence
            for other in mentions[number + 1 :]
        )


def _tell(scene: Scene, spots: dict[str, Spot], groups: dict[str, list[int]], mentions: list[Mention]) -> None:
    """Adds the divisions and countries that the names themselves tell: first the unmistakable, then the chosen ones."""
    for key, rows in groups.items():
        name = mentions[rows[0]].name
        assert name is not None
        mains = [sense.spot for sense in name.senses if not sense.other]
        for spot in mains:
            if spot.kind == "admin1":
                scene.states.setdefault((spot.country, spot.name), set()).add(key)
        sure = spots.get(key, mains[0] if len(mains) == 1 else None)
        if sure is not None:
            scene.countries.setdefault(sure.country, set()).add(key)
    for mention in mentions:
        if mention.pair is not None:
            scene.countries.setdefault(mention.pair.country, set()).add(",")
            if mention.pair.kind == "admin1":
                scene.states.setdefault((mention.pair.country, mention.pair.name), set()).add(",")


def _own(
    mention: Mention, chosen: tuple[Spot | None, float, str], pair: Spot | None, scene: Scene
) -> tuple[Spot | None, float, str]:
    """The name's spot in the report, unless this mention's own words name another country or division."""
    if mention.spot is not None:
        return mention.spot, 0.95, "pair"
    if mention.name is not None and mention.text == "Georgia" and is_american(mention.sentence, mention.first):
        spots = [s.spot for s in mention.name.senses if s.spot.kind == "admin1" and s.spot.country == "USA"]
        if spots:
            return spots[0], 0.85, "division"
    if mention.name is not None and mention.alone and pair is not None:
        rest = tuple(sense for sense in mention.name.senses if sense.spot.country != pair.country)
        return _best(replace(mention.name, senses=rest), None, False, scene, [], ROUNDS) if rest else chosen
    if mention.name is not None and mention.pair is not None and mention.pair != pair:
        return _best(mention.name, mention.pair, bool(mention.hint), scene, [], ROUNDS)
    if mention.hint == "admin1" and chosen[0] is not None and chosen[0].kind != "admin1" and mention.name is not None:
        for sense in mention.name.senses:
            if sense.spot.kind == "admin1" and sense.spot.country == chosen[0].country:
                return sense.spot, 0.9, "division"
    if mention.hint == "" and chosen[0] is not None and chosen[0].kind == "admin1" and mention.name is not None:
        return _city_of(mention, chosen, scene)
    return chosen


def _city_of(mention: Mention, chosen: tuple[Spot | None, float, str], scene: Scene) -> tuple[Spot | None, float, str]:
    assert mention.name is not None and chosen[0] is not None
    plain = _best(mention.name, mention.pair, False, scene, [], ROUNDS)
    same = plain[0] is not None and plain[0].country == chosen[0].country
    return plain if same else chosen


def _best(
    name: Name, pair: Spot | None, hint: bool, scene: Scene, others: list[Spot], turn: int
) -> tuple[Spot | None, float, str]:
    rows = name.senses
    if pair is not None:
        inside = [sense for sense in rows if lies_in(sense.spot, pair)]
        if not inside:
            return None, 0.5, "pair"
        best = max(inside, key=lambda sense: (sense.spot.kind != "county", not sense.other, _size(sense.spot)))
        return best.spot, 0.95, "pair"
    mains = [sense for sense in rows if not sense.other] or list(rows)
    if not any(scene.signs(sense.spot.country, name.text) for sense in mains):
        # "Santiago" in a report on the Dominican Republic is short for Santiago de los Caballeros.
        mains += [s for s in rows if s.other and s.spot.population >= SIDE and scene.signs(s.spot.country, name.text)]
    cities = {sense.spot.country for sense in mains if sense.spot.kind == "city" and sense.spot.population >= LONE}
    weighed = sorted(
        ((_weight(name.text, sense, hint, scene, others, cities), sense) for sense in mains),
        key=lambda row: (-row[0], row[1].spot.number),
    )
    weight, first = weighed[0]
    if turn and _is_lone(first.spot, scene, others) and not first.meant:
        return None, 0.4, "unplaced"
    if first.spot.kind == "country":
        return first.spot, 0.95 if len(mains) == 1 else 0.85, "country"
    gap = weight - weighed[1][0] if len(weighed) > 1 else 2.0
    rule = "context" if scene.signs(first.spot.country, name.text) else "population"
    return first.spot, round(min(0.95, 0.6 + 0.12 * max(0.0, gap)), 2), rule


def _size(spot: Spot) -> float:
    return BASE.get(spot.kind) or math.log10(max(spot.population, 500))


def _weight(name: str, sense: Sense, hint: bool, scene: Scene, others: list[Spot], cities: set[str]) -> float:
    spot = sense.spot
    weight = _size(spot) + (MEANT if sense.meant else 0.0)
    if spot.kind == "country":
        weight += 0.1 * math.log10(max(spot.population, 500))
    if spot.kind == "admin1":
        weight += 0.5 if spot.country in FEDERAL else 0.0
        weight += 4.0 if hint else (-SAME_NAME if spot.country in cities and spot.country not in FEDERAL else 0.0)
    if signs := scene.signs(spot.country, name):
        weight += (TOLD + 0.1 * min(5, signs) + (TOLD_FIRST if spot.country in scene.early else 0.0)) * (
            OWN_NEWS if spot.country == "USA" else 1.0
        )
    if spot.kind != "admin1" and scene.states.get((spot.country, spot.admin1), set()) - {name}:
        weight += TOLD_STATE
    return weight + _neighbours(spot, others)


def _neighbours(spot: Spot, others: list[Spot]) -> float:
    if spot.kind == "country":
        return min(MOST_NEAR, sum(0.4 for other in others if other.country == spot.country))
    reach = NEAR_KM * (3 if spot.kind in {"admin1", "region"} else 1)
    total = 0.0
    if spot.kind == "admin1":
        total = NEAR * sum(lies_in(other, spot) for other in others)
    for other in others:
        if other.kind != "country" and abs(other.lat - spot.lat) < 6:
            total += NEAR * math.exp(-distance(spot, other) / reach)
    return min(MOST_NEAR, total)


def _is_lone(spot: Spot, scene: Scene, others: list[Spot]) -> bool:
    """A small American town, or a county, of which nothing else in the report speaks."""
    if spot.country != "USA" or spot.kind not in {"city", "county"} or spot.population >= LONE:
        return False
    return ("USA", spot.admin1) not in scene.states and _neighbours(spot, others) < 0.3


def distance(one: Spot, other: Spot) -> float:
    """Kilometres, on a flat map around them: good enough below a few hundred."""
    east = (one.lon - other.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return 111.2 * math.hypot(one.lat - other.lat, east)
