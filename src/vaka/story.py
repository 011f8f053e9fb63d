"""What a report as a whole is about: the one country that stands out in it, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from vaka.types import Actor, Article, Place

SHARE = 0.6
"""Part of a report's mentions of countries that makes one of them the story's."""
LEAST, TIMES = 6, 2
"""Among many countries, the one that is named at least six times and twice as often as any other is the story's."""
NON_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG", "MNC", "ISM"})
"""PLOVER's codes that stand in the place of a country."""


def is_state(country: str | None) -> bool:
    return country is not None and country not in NON_STATES


def story_country(article: Article, places: Iterable[Place], actors: Iterable[Actor]) -> tuple[str | None, bool]:
    """The country that the report is about, and whether it is the only one it names; None where none stands out.

    Title and dateline count three times, and where both name one country and no other, it is the story's unless another
    is named as often; a demonym alone never makes a story's country.
    """
    weight: Counter[str] = Counter()
    named: set[str] = set()
    heads: dict[str, set[str]] = {"title": set(), "dateline": set()}
    for place in places:
        if place.country:
            zone = article.zone_at(place.span.start)
            weight[place.country] += 3 if zone in heads else 1
            named.add(place.country)
            if zone in heads:
                heads[zone].add(place.country)
    for actor in actors:
        if actor.country and is_state(actor.country) and actor.resolved_by != "coreference":
            weight[actor.country] += 1
    if not weight:
        return None, False
    (top, count), *others = weight.most_common()
    second = others[0][1] if others else 0
    if heads["title"] == heads["dateline"] == {top} and count > second:
        return top, not others
    if top not in named or not (count >= SHARE * weight.total() or (count >= LEAST and count >= TIMES * second)):
        return None, False
    return top, not others
