"""The stage that lists a page's place names and where each lies; a name that nothing places keeps its words alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from vaka.knowledge.actors import actors
from vaka.knowledge.gazetteer import Gazetteer, Spot, gazetteer
from vaka.language.place_choice import choose
from vaka.language.place_mentions import mentions_of
from vaka.language.place_signs import Company, Mention
from vaka.syntax import Sentence
from vaka.types import Article, Basis, Page, Place, item_id

VERSION = "1"
OPENING = 400
"""Code points of a report's title and lead, where it says in which country it plays."""
TELLING = frozenset({"state", "body", "person"})
"""Whose names tell in which country a report plays: a leader stands for his state."""
MODEL_SCORE = 0.5
"""A name that only the model sees as a place is right about every second time."""


class PlacesStage:
    """Needs sentences; gives places."""

    name = "places"
    needs = frozenset({"sentences"})
    gives = frozenset({"places"})

    def run(self, pages: Sequence[Page]) -> list[Page]:
        known = gazetteer()
        return [replace(page, places=places_of(page, known)) for page in pages]


def places_of(page: Page, known: Gazetteer) -> tuple[Place, ...]:
    """All place names of a page, in text order."""
    article = page.article
    people = replace(company(page.sentences), told=countries_named(article))
    mentions = _mentions(page, known, people)
    names = [m.name for m in mentions if m.local and m.name is not None]
    if names:
        abroad = any(sense.spot.kind == "country" for name in names for sense in name.senses)
        sure = frozenset(name.text for name in names)
        mentions = _mentions(page, known, replace(people, places=sure, abroad=abroad))
    if not mentions:
        return ()
    told, early = countries_told(article, mentions)
    chosen = choose(mentions, told, early)
    return tuple(
        _place(article, mention, *(chosen.get(number) or _by_slip(mention, known)))
        for number, mention in enumerate(mentions)
    )


def _mentions(page: Page, known: Gazetteer, people: Company) -> list[Mention]:
    return [m for sentence in page.sentences for m in mentions_of(sentence, page.article.text, known, people)]


def company(sentences: Sequence[Sentence]) -> Company:
    """The names of two or more words that the model takes for persons ("Jordan" of "Michael Jordan")."""
    last: set[str] = set()
    first: set[str] = set()
    for sentence in sentences:
        run: list[str] = []
        for token in (*sentence.tokens, None):
            if token is not None and token.ent == "PERSON" and token.pos == "PROPN" and token.text[:1].isupper():
                run.append(token.text)
                continue
            if len(run) > 1:
                first.add(run[0])
                last.add(run[-1])
            run = []
        first.update(aged(sentence))
    return Company(frozenset(last), frozenset(first))


def aged(sentence: Sentence) -> set[str]:
    """Names with an age behind them: "Chad, 24, was charged"."""
    tokens = sentence.tokens
    return {
        name.text
        for name, comma, age in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if name.pos == "PROPN" and comma.text == "," and age.text.isdigit() and len(age.text) == 2
    }


def _day(article: Article) -> str | None:
    """The report's day, or None where what it gives is none."""
    return article.day if article.day and article.day[:4].isdigit() else None


def countries_named(article: Article) -> frozenset[str]:
    """The states that the report names, by themselves, their people or their leaders."""
    return frozenset(
        hit.entry.country
        for hit in actors().find(article.text, _day(article))
        if hit.entry.country and not hit.ambiguous and hit.form != "capital"
    )


def countries_told(article: Article, mentions: list[Mention]) -> tuple[Counter[str], set[str]]:
    """How often the report speaks of each country by name, demonym or body, and which ones in its opening.

    Names that may mean several places tell nothing here.
    """
    doubtful = {(m.start, m.end) for m in mentions if m.name is not None and len(_countries(m)) > 1}
    told: Counter[str] = Counter()
    early: set[str] = set()
    for hit in actors().find(article.text, _day(article)):
        country = hit.entry.country
        if hit.entry.category not in TELLING or not country or hit.ambiguous or hit.form == "capital":
            continue
        if hit.entry.category == "person" and (country in {"USA", "RUS", "GBR", "FRA"} or " " not in hit.entry.name):
            continue  # the great powers' people speak everywhere
        if any(start < hit.end and hit.start < end for start, end in doubtful):
            continue
        told[country] += 1
        if hit.start < OPENING:
            early.add(country)
    return told, early


def _countries(mention: Mention) -> set[str]:
    assert mention.name is not None
    return {
        sense.spot.country
        for sense in mention.name.senses
        if not sense.other and sense.spot.kind in {"country", "admin1"}
    }


def _by_slip(mention: Mention, known: Gazetteer) -> tuple[Spot | None, float, str]:
    """The spot of a name that only the model sees: a state's or capital's with a slip of spelling, or none."""
    spot = _misspelt(" ".join(mention.text.split()), known) if mention.pair is None else None
    return (spot, MODEL_SCORE, "misspelt") if spot else (None, MODEL_SCORE, "model")


def _misspelt(name: str, known: Gazetteer) -> Spot | None:
    """The state or capital that the name has a slip of."""
    meant = actors().misspelt(name)
    if meant is None or meant[0].category != "state":
        return None
    entry, _, text = meant
    found = known.find(text)
    spots = [sense.spot for sense in found.senses if sense.spot.country == entry.country] if found else []
    return max(spots, key=lambda spot: (spot.kind == "country", spot.population), default=None)


def _place(article: Article, mention: Mention, spot: Spot | None, score: float, rule: str) -> Place:
    name, country, precision = " ".join(mention.text.split()), mention.pair.country if mention.pair else None, None
    admin1 = mention.pair.name if mention.pair and mention.pair.kind == "admin1" else None
    placed = spot if spot is not None and not mention.vague else None
    if spot is not None:
        country, admin1 = spot.country or None, spot.admin1 or None
        precision = "region" if mention.whole and spot.kind in {"country", "admin1", "region"} else spot.precision
        name = name if mention.whole else spot.name
    return Place(
        id=item_id(article, "place", mention.start, mention.end),
        evidence=(article.span(mention.sentence.start, mention.sentence.end),),
        basis=Basis("places", rule, VERSION, score),
        span=article.span(mention.start, mention.end),
        name=name,
        country=country,
        admin1=admin1,
        lat=placed.lat if placed else None,
        lon=placed.lon if placed else None,
        geonameid=placed.geonameid if placed and not mention.whole else None,
        precision=precision if placed else None,
    )
