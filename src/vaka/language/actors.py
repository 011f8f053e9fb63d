"""The stage that lists a page's actor mentions and whom each resolves to; unknown stays unresolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vaka.knowledge.actors import Actors, actors
from vaka.knowledge.territories import sovereign
from vaka.language.coreference import resolve
from vaka.language.descriptors import descriptors
from vaka.language.mentions import drafts_of
from vaka.language.naming import INTO
from vaka.language.owners import based_in, give_owners, owned_by_people, owned_by_pronouns
from vaka.language.persons import person_at
from vaka.language.phrases import Draft
from vaka.story import story_country
from vaka.types import Actor, Basis, Page, item_id

SCORES = {"knowledge": 0.95, "title": 0.9, "descriptor": 0.85, "coreference": 0.75, "memory": 0.7, "unresolved": 0.5}
"""How often a resolution of that kind is right, by rank; calibrated figures replace these when they are measured."""


ORGANS = frozenset({"GOV", "JUD", "LEG", "COP"})
"""Sectors of a state's own institutions."""
LEAST_STORY = 3
"""Sentences of the shortest report that has a story's country."""
SHORTEST = 3
"""Letters of a surname that may stand alone for somebody: shorter ones are initials and particles."""
FORCES = frozenset({"army", "military", "guard", "forces", "navy", "junta"})
"""Words of armed bodies that a state has one of: "the army" in a report about Niger is Niger's."""


class ActorsStage:
    """Needs sentences and places; gives actors, and places without those that turn out to be persons."""

    name = "actors"
    needs = frozenset({"sentences", "places"})
    gives = frozenset({"actors", "places"})

    def run(self, pages: Sequence[Page]) -> list[Page]:
        known = actors()
        return [_without_namesakes(replace(page, actors=mentions(page, known))) for page in pages]


def _without_namesakes(page: Page) -> Page:
    """The page without places that are a person's name alone: "Abiy" of Abiy Ahmed is no town of that name."""
    people = {(a.span.start, a.span.end) for a in page.actors if a.kind == "person" and a.resolved_by == "knowledge"}
    return replace(page, places=tuple(p for p in page.places if (p.span.start, p.span.end) not in people))


def mentions(page: Page, known: Actors) -> tuple[Actor, ...]:
    """All actor mentions of a page, in text order."""
    article = page.article
    drafts: list[Draft] = []
    context = _context(page, known)
    for sentence in page.sentences:
        here = [place for place in page.places if sentence.start <= place.span.start < sentence.end]
        drafts += drafts_of(sentence, article.text, known, article.day, here, context)
    drafts += _surnames(page, drafts)
    described = descriptors(drafts, known)
    drafts = [
        draft for draft in drafts if draft.resolved_by != "unresolved" or not _inside(draft, described)
    ] + described
    drafts.sort(key=lambda draft: (draft.start, -draft.end))
    drafts = resolve(drafts, known, article.day)
    # One sentence has no story: "the government" in it may be anybody's, unless it names one country.
    told = len(page.sentences) >= LEAST_STORY
    owned_by_people(drafts)
    based_in(drafts, page.places)
    owned_by_pronouns(drafts)
    if not told:
        give_owners(drafts, page.places)
    found = tuple(_actor(page, draft) for draft in drafts)
    own_places = [replace(place, country=sovereign(place.country)) for place in page.places]
    story = story_country(article, own_places, found)[0] if told else None
    placed = [_of_story(actor, story) for actor in found]
    own = {actor.name: actor.country for actor in placed if actor.basis.rule == "story-country"}
    return tuple(
        replace(actor, country=own[actor.name]) if actor.country is None and actor.name in own else actor
        for actor in placed
    )


def _surnames(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Surnames alone of people whom the report names in full: "President Ali Bongo" makes a person of every "Bongo",
    whatever else bears that name, unless a preposition of place stands before it."""
    people = {
        name.split()[-1]: draft for draft in drafts if draft.form == "person" and len((name := draft.name).split()) > 1
    }
    taken = [(draft.start, draft.end) for draft in drafts]
    places = {(place.span.start, place.span.end) for place in page.places}
    found: list[Draft] = []
    for sentence in page.sentences:
        for token in sentence.tokens:
            if token.text not in people or len(token.text) < SHORTEST or any(a <= token.start < b for a, b in taken):
                continue
            before = sentence.tokens[token.i - 1] if token.i else None
            if before is not None and (
                (before.text[:1].isupper() and before.pos == "PROPN")
                or ((token.start, token.end) in places and before.lower in INTO)
            ):
                continue
            draft = person_at(sentence, page.article.text, token.i, token.i, None, [], page.article.day, set())
            found.append(draft)
    return found


def _of_story(actor: Actor, story: str | None) -> Actor:
    """ "The defence ministry", "parliament": an organ of state without an owner is the story's country's own."""
    if story is None or actor.country or actor.org or actor.basis.rule != "definite-role" or actor.kind == "person":
        return actor
    if actor.sector not in ORGANS and not set(actor.span.text.lower().split()) & FORCES:
        return actor
    basis = replace(actor.basis, rule="story-country", score=0.7)
    return replace(actor, country=story, resolved_by="descriptor", basis=basis)


def _context(page: Page, known: Actors) -> frozenset[str]:
    """The countries that the report names, as states or by their places."""
    named = {sovereign(place.country) or "" for place in page.places if place.country}
    for hit in known.find(page.article.text, page.article.day):
        if hit.entry.category == "state" and not hit.ambiguous and hit.entry.country:
            named.add(hit.entry.country)
    return frozenset(named)


def _inside(draft: Draft, others: list[Draft]) -> bool:
    """Whether a descriptor covers the mention."""
    return any(other.start <= draft.start and draft.end <= other.end for other in others)


def _actor(page: Page, draft: Draft) -> Actor:
    article = page.article
    span = article.span(draft.start, draft.end)
    return Actor(
        id=item_id(article, "actor", draft.start, draft.end),
        evidence=(article.span(draft.sentence.start, draft.sentence.end),),
        basis=Basis("actors", draft.rule or draft.form, "1", SCORES[draft.resolved_by]),
        name=" ".join(draft.name.split()),
        span=span,
        country=draft.country,
        sectors=draft.sectors,
        kind=draft.kind,
        role=draft.role,
        org=draft.org,
        resolved_by=draft.resolved_by,
    )
