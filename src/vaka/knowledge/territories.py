"""Whose a territory is: places keep ISO's code of Puerto Rico or Bermuda, actors have the code of its state.

It knows only what `data/actors` says of the dependencies that the gazetteer lists as countries.
"""

from __future__ import annotations

import functools

from vaka.knowledge.actors import actors
from vaka.knowledge.gazetteer import gazetteer


def sovereign(country: str | None) -> str | None:
    """The code that actors of that country or territory have; None of None."""
    return None if country is None else _sovereigns().get(country, country)


@functools.cache
def _sovereigns() -> dict[str, str]:
    """Territory to state, for the territories alone."""
    found: dict[str, str] = {}
    for spot in gazetteer().countries():
        for entry, form in actors().bearers(spot.name):
            if entry.category == "state" and form == "name" and entry.country and spot.country not in actors().states:
                found[spot.country] = entry.country
    return found
