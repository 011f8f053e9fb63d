"""Whose a name is that several states share: capitals with namesakes, White Houses, Brussels.

A capital stands for its government only where the place stage reads it as that capital; the country named right behind
a shared name ("the White House in Bishkek") owns it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vaka.knowledge.actors import Actors, Entry, Hit, agents
from vaka.knowledge.territories import sovereign
from vaka.language.phrases import Known, phrase_of
from vaka.story import is_state
from vaka.syntax import Sentence
from vaka.types import Place

SEAT, UNION = "Brussels", "organization:EU"
BELGIAN = frozenset(
    [
        "belgian",
        "belgians",
        "belgium",
        "flemish",
        "walloon",
        "antwerp",
        "molenbeek",
        "zaventem",
        "police",
        "mayor",
        "airport",
        "metro",
        "prosecutor",
        "prosecutors",
        "court",
        "bomb",
        "bombs",
        "bombers",
        "bombing",
        "suspect",
        "suspects",
        "raid",
        "raids",
        "street",
        "streets",
        "restaurant",
        "museum",
    ]
)
"""Words beside which Brussels is the town and not the Union."""
TOWN = frozenset(["in", "near", "outside", "around", "at"])


def told_by_place(
    sentence: Sentence, names: list[Known], located: list[Place], known: Actors, context: frozenset[str]
) -> list[Known]:
    """The known names with those left out that the places of the sentence read as another state's, and those that
    need a report on their country (`context`) and stand in none."""
    found: list[Known] = []
    people = {name.hit.entry.country for name in names if name.hit.entry.category == "person"}
    for name in names:
        entry = name.hit.entry
        if entry.category not in {"state", "body"}:
            foreign = (
                context and name.hit.ambiguous and is_state(entry.country) and entry.country not in context | people
            )
            if entry.category == "person" or not foreign:
                found.append(name)
        elif context | people and entry.country not in context | people and _is_shared(sentence, name):
            continue
        elif name.hit.form in {"name", "capital"} and entry.category == "state":
            if not _is_elsewhere(sentence, name, located, known):
                found.append(_union(sentence, name, known))
        else:
            found += _owned(sentence, name, located, known)
    return found


def _is_shared(sentence: Sentence, name: Known) -> bool:
    """A capital with namesakes (Victoria, Hamilton), or a body that many states have (the National Guard): in a report
    on other countries it is not the best known one."""
    if name.hit.entry.category == "state":
        seat = sentence.tokens[name.first].text == SEAT
        return name.hit.form == "capital" and name.hit.ambiguous and not seat
    return phrase_of(sentence, name.first, name.last) in agents()


def _is_elsewhere(sentence: Sentence, name: Known, located: list[Place], known: Actors) -> bool:
    """Whether a place over the same words lies in another state ("San Jose" in California)."""
    start, end = sentence.start + name.hit.start, sentence.start + name.hit.end
    for place in located:
        country = sovereign(place.country)
        if place.span.start <= start and end <= place.span.end and country in known.states:
            longer = place.span.end - place.span.start > end - start
            # Size alone is no reason: the capital is likelier to stand for its government.
            return country != name.hit.entry.country and (longer or place.basis.rule != "population")
    return False


def _union(sentence: Sentence, name: Known, known: Actors) -> Known:
    """Brussels, where it is no town of a report on Belgium, is the European Union."""
    union = known.entries.get(UNION)
    if union is None or sentence.tokens[name.first].text != SEAT or name.first != name.last:
        return name
    before = sentence.tokens[name.first - 1].lower if name.first else ""
    after = sentence.tokens[name.last + 1] if name.last + 1 < len(sentence.tokens) else None
    if after is not None and after.pos == "PROPN" and after.i == name.last + 1:
        return name  # Brussels Airlines
    if before in TOWN or any(token.lower in BELGIAN for token in sentence.tokens):
        return name
    return replace_hit(name, union, "capital")


def _owned(sentence: Sentence, name: Known, located: list[Place], known: Actors) -> Iterator[Known]:
    """A body, palace or other house of government; the place behind it says whose it is, where states share it."""
    entry, hit = name.hit.entry, name.hit
    place = _behind(sentence, name.last, located)
    state = known.states.get(sovereign(place.country) or "") if place else None
    if state is None or state.country == entry.country:
        yield name
        return
    text = sentence.tokens[name.first].text if name.first == name.last else ""
    words = " ".join(token.text for token in sentence.tokens[name.first : name.last + 1]) or text
    others = [bearer for bearer, _ in known.bearers(words) if bearer.country == state.country]
    if others:
        yield replace_hit(name, others[0], hit.form)
    elif entry.category == "state":
        yield replace_hit(name, state, hit.form)


def _behind(sentence: Sentence, last: int, located: list[Place]) -> Place | None:
    """The place that "in" or "of" brings right behind the token."""
    tokens = sentence.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].lower not in {"in", "of"}:
        return None
    start = tokens[last + 2].start
    return next((place for place in located if place.span.start == start), None)


def replace_hit(name: Known, entry: Entry, form: str) -> Known:
    """The same words for another actor."""
    hit: Hit = replace(name.hit, entry=entry, form=form)
    return Known(hit, name.first, name.last, name.head)
