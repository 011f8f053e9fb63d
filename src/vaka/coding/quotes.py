"""Who said what: direct, mixed and indirect quotes with their speakers, from cues and quotation marks.

Scare quotes and titles of works are no quotes; a quote whose speaker the text does not name has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vaka.coding import phrases
from vaka.coding.attribution import HEARS, Draft, Reading, speaker_of, speaker_start
from vaka.coding.quotation import Quoted, quoted_in
from vaka.coding.reported import left_over, reported
from vaka.coding.roles import Cast
from vaka.coding.spoken import retold, spoken
from vaka.syntax import Sentence, Token
from vaka.types import CODED_ZONES, Actor, Article, Basis, Page, Quote, item_id

VERSION = "2"
SCORES = {"direct": 0.95, "mixed": 0.85, "indirect": 0.75}
WEAKER = 0.2
"""Taken off the score of a quote whose speaker is not told, or only carried over from the words before it."""
PRONOUNS = frozenset({"he", "she"})
REACH = 3
"""Sentences that a pronoun looks back, as in the mentions of the page."""


class QuotesStage:
    """Needs sentences and actors; gives quotes."""

    name = "quotes"
    needs = frozenset({"sentences", "actors"})
    gives = frozenset({"quotes"})

    def run(self, pages: Sequence[Page]) -> list[Page]:
        return [replace(page, quotes=quotes_of(page)) for page in pages]


def quotes_of(page: Page) -> tuple[Quote, ...]:
    """The page's quotes in text order, nested ones with their parents."""
    quoted = quoted_in(page.article)
    reading = Reading([s for s in page.sentences if s.zone in CODED_ZONES], page.article.text)
    if not reading.tokens:
        return ()
    cast = Cast.of(page)
    drafts = spoken(reading, quoted)
    drafts += retold(reading, quoted)
    drafts += reported(reading, quoted, list(drafts))
    for sentence in reading.sentences:
        drafts += _phrases(sentence, cast, quoted, drafts)
    drafts += left_over(reading, quoted, list(drafts))
    drafts = sorted(_distinct(drafts), key=lambda draft: (draft.reach[0], -draft.reach[1]))
    for draft in drafts:
        if draft.rule == "speaker-before":
            _carry(draft, drafts, reading)
    made = Making(page.article, cast, quoted).quotes(drafts)
    return tuple(_nested(made))


def _phrases(sentence: Sentence, cast: Cast, quoted: list[Quoted], drafts: list[Draft]) -> list[Draft]:
    """The quotes of one sentence that no verb brings; inside quotation marks and over words already taken, none."""
    found = [*phrases.by_according(sentence), *phrases.by_view(sentence), *phrases.by_noun(sentence)]
    found += phrases.by_headline(sentence, cast)
    taken = [draft for draft in drafts if draft.marked]
    kept = [
        draft for draft in found
        if not any(q.holds(draft.cue.start) for q in quoted if draft.cue is not None)
        and not any(other.reach[0] < draft.reach[1] and draft.reach[0] < other.reach[1] for other in taken)
    ]  # fmt: skip
    if not kept and not any(draft.sentence is sentence for draft in drafts):
        kept += phrases.by_headline_tail(sentence)
    return kept


def _distinct(drafts: list[Draft]) -> list[Draft]:
    """One quote for one stretch: a second cue on the very same words adds nothing."""
    kept: dict[tuple[tuple[int, int], ...], Draft] = {}
    for draft in drafts:
        kept.setdefault(tuple(draft.content), draft)
    return list(kept.values())


def _carry(draft: Draft, drafts: list[Draft], reading: Reading) -> None:
    """Gives a quotation without a cue the speaker that the words before it name."""
    here = draft.stretches[0]
    start = here.paragraph[0]
    before = [
        d for d in drafts
        if d.reach[0] < here.start and d.speaker is not None and d.nested is None and d is not draft
        and (d.speaker.pos != "PRON" or d.speaker.lower in PRONOUNS or d.who is not None)
    ]  # fmt: skip
    same = [d for d in before if start <= d.sentence.start < here.paragraph[1] or d.reach[1] > start]
    if same:
        draft.sentence, draft.speaker = same[-1].sentence, same[-1].speaker
        return
    above = [s for s in reading.sentences if s.end <= start]
    if not above or here.outer_start != start:
        return
    last = above[-1]
    paragraph = [s for s in above if s.paragraph == last.paragraph]
    told = [d for d in before if d.reach[1] > paragraph[0].start]
    if told and not reading.text[: last.end].rstrip().endswith(":"):
        draft.sentence, draft.speaker = told[-1].sentence, told[-1].speaker
        return
    root = next((t for t in last.tokens if t.head == t.i), last.tokens[0])
    subject = speaker_of(last, root)
    if subject is not None and (subject.pos in {"PROPN", "NOUN"} or subject.lower in PRONOUNS):
        draft.sentence, draft.speaker = last, subject


@dataclass(slots=True)
class Making:
    """Drafts become quotes, in text order; `recent` is the last speaker with a name."""

    article: Article
    cast: Cast
    quoted: list[Quoted]
    recent: Actor | None = None

    def quotes(self, drafts: list[Draft]) -> list[Quote]:
        return [self._quote(draft) for draft in drafts]

    def _quote(self, draft: Draft) -> Quote:
        article = self.article
        content = tuple(article.span(start, end) for start, end in draft.content)
        kind = self._kind(draft)
        speaker = self._speaker(draft)
        addressee = self.cast.at(draft.sentence, draft.addressee) if draft.addressee is not None else None
        hears = draft.cue is not None and draft.cue.lemma in HEARS
        if addressee is None and draft.addressee is not None and (hears or draft.addressee.pos != "NOUN"):
            addressee = self._own_words(draft.sentence, draft.addressee)
        same = speaker is not None and addressee is not None and addressee.name == speaker.name
        weak = speaker is None or draft.rule == "speaker-before"
        return Quote(
            id=item_id(article, "quote", content[0].start, content[-1].end),
            evidence=tuple(article.span(s.start, s.end) for s in self._told_in(draft)),
            basis=Basis("quotes", draft.rule, VERSION, round(SCORES[kind] - (WEAKER if weak else 0.0), 2)),
            kind=kind,
            speaker=speaker,
            cue=article.span(draft.cue.start, draft.cue.end) if draft.cue is not None else None,
            content=content,
            addressee=None if same else addressee,
        )

    def _told_in(self, draft: Draft) -> list[Sentence]:
        """The sentences of the content and the one that names the speaker."""
        first, last = draft.reach
        told = [s for s in self.cast.page.sentences if s.start < last and first < s.end]
        if not any(s.index == draft.sentence.index for s in told):
            told.append(draft.sentence)
        return sorted(told, key=lambda s: s.start)

    def _kind(self, draft: Draft) -> str:
        """Direct when the marks hold all content, mixed when they hold a part, indirect without marks. The marks
        around a cue that is itself quoted are those of another speaker."""
        if draft.marked:
            return "direct"
        text = self.article.text
        inside = total = 0
        for start, end in draft.content:
            total += len(text[start:end].split())
            for q in self.quoted:
                a, b = max(start, q.start), min(end, q.end)
                if a < b and q is not draft.nested:
                    inside += len(text[a:b].split())
        if not inside:
            return "indirect"
        return "direct" if inside >= total else "mixed"

    def _speaker(self, draft: Draft) -> Actor | None:
        """The mention that speaks. "who" stands as itself and means the noun before it."""
        token = draft.speaker
        if token is None:
            return None
        actor = self._actor(draft.sentence, token)
        if (
            token.lower in PRONOUNS
            and actor.basis.rule == "speaker-words"
            and (meant := self._meant(draft.sentence, token))
        ):
            actor = replace(
                meant, id=actor.id, span=actor.span, evidence=actor.evidence, resolved_by="coreference",
                basis=Basis("quotes", "last-speaker", VERSION, 0.6),
            )  # fmt: skip
        elif token.pos != "PRON" and (actor.kind in {"person", "other"} or actor.basis.rule == "model-entity"):
            self.recent = actor
        if draft.who is not None and draft.who.start != token.start:
            span = self.article.span(draft.who.start, draft.who.end)
            actor = replace(
                actor, id=item_id(self.article, "speaker", span.start, span.end), span=span, resolved_by="coreference"
            )
        return actor

    def _meant(self, sentence: Sentence, token: Token) -> Actor | None:
        """Whom "he" or "she" means where the mentions of the page do not tell: the last speaker, or a name that has
        been the subject of a sentence since."""
        sentences = [s for s in self.cast.page.sentences if sentence.index - REACH <= s.index <= sentence.index]
        since = self.recent.span.start if self.recent is not None else -1
        for here in reversed(sentences):
            for word in reversed(here.tokens):
                named = word.pos == "PROPN" and word.dep in {"nsubj", "nsubjpass"} and word.end <= token.start
                if named and word.start > since and word.ent not in {"GPE", "LOC", "ORG", "NORP", "DATE"}:
                    return replace(self._actor(here, word), kind="person")
        return replace(self.recent, kind="person") if self.recent is not None else None

    def _actor(self, sentence: Sentence, token: Token) -> Actor:
        """The mention at the token; a speaker that is no known kind of actor stands by its own words, unresolved."""
        actor = self.cast.at(sentence, token)
        if actor is not None:
            return actor
        filled = self.cast.fill(sentence, [token], "subject", True)
        return filled[0] if filled else self._own_words(sentence, token)

    def _own_words(self, sentence: Sentence, token: Token) -> Actor:
        span = self.article.span(speaker_start(sentence, token), token.end)
        return Actor(
            item_id(self.article, "speaker", span.start, span.end), (self.article.span(sentence.start, sentence.end),),
            Basis("quotes", "speaker-words", VERSION, 0.5), span.text, span,
            kind="person" if token.pos == "PRON" else "other",
        )  # fmt: skip


def _nested(made: list[Quote]) -> Iterator[Quote]:
    """Quotes with the id of the smallest quote around them, ids made unique."""
    seen: set[str] = set()
    for quote in made:
        if quote.id in seen:
            continue
        seen.add(quote.id)
        first, last = quote.content[0].start, quote.content[-1].end
        around = [
            (b.end - a.start, other.id)
            for other in made
            if other.id != quote.id
            for a, b in [(other.content[0], other.content[-1])]
            if a.start <= first and last <= b.end and (b.end - a.start) > last - first
        ]
        yield replace(quote, parent=min(around)[1] if around else None)
