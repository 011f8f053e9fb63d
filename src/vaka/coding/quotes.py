"""Who said what: direct, mixed and indirect quotes with their speakers, from cues and quotation marks.

Scare quotes and titles of works are no quotes; a quote whose speaker the text does not name has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vaka.coding import frames
from vaka.coding.quotation import Quoted, quoted_in
from vaka.coding.roles import Cast
from vaka.knowledge.cues import Cue, cues
from vaka.syntax import Sentence, Token
from vaka.types import CODED_ZONES, Actor, Article, Basis, Page, Quote, Span, item_id

VERSION = "1"
MIND = frozenset({"belief", "intention"})
SCORES = {"direct": 0.95, "mixed": 0.85, "indirect": 0.75}
SHORT = 3
"""Quoted stretches of up to this many words without a cue of their own are scare quotes or titles."""
NEAR = 14
"""Tokens between a quotation mark and the cue that belongs to it."""


@dataclass(slots=True)
class Draft:
    """A quote while it is being put together."""

    sentence: Sentence
    cue: Token | None
    speaker: Token | None
    content: list[tuple[int, int]]
    rule: str
    kind: str = "indirect"
    addressee: Token | None = None
    evidence_end: int = 0


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
    sentences = [s for s in page.sentences if s.zone in CODED_ZONES]
    drafts: list[Draft] = []
    for sentence in sentences:
        drafts += _by_cues(sentence, page.article, quoted)
        drafts += _by_according(sentence, page.article)
        drafts += _by_colon(sentence, page.article)
    covered = [(start, end) for draft in drafts for start, end in draft.content]
    drafts += _by_marks(page, quoted, sentences, drafts, covered)
    cast = Cast.of(page)
    made = [_quote(page.article, draft, cast, quoted, page.sentences) for draft in _distinct(drafts)]
    return tuple(_nested(sorted(made, key=lambda q: (q.content[0].start, -q.content[-1].end))))


def _by_cues(sentence: Sentence, article: Article, quoted: list[Quoted]) -> Iterator[Draft]:
    """Verbs of saying with a clause, quoted words or a noun phrase that tells what was said."""
    table = cues()
    for token in sentence.tokens:
        cue = table.get(("VERB", token.lemma)) if frames.is_verb(token) else None
        if cue is None or token.dep in {"amod", "aux", "auxpass"}:
            continue
        if _inside_marks(token, quoted, sentence) and not _inside_marks_only(token, quoted):
            continue
        speaker = _speaker(sentence, token)
        for content, rule in _contents(sentence, token, cue, quoted):
            if speaker is None and (cue.kind in MIND or not frames.is_passive(sentence, token)):
                continue
            spans = _trim(article, sentence, content, token, speaker)
            if spans:
                yield Draft(sentence, token, speaker, spans, rule, addressee=_addressee(sentence, token, cue))
                break


def _inside_marks(token: Token, quoted: list[Quoted], sentence: Sentence) -> bool:
    return any(q.start <= token.start < q.end for q in quoted)


def _inside_marks_only(token: Token, quoted: list[Quoted]) -> bool:
    """Speech told inside a quotation ("he told me …") counts only in long quotations."""
    return any(q.start <= token.start < q.end and q.end - q.start > 60 for q in quoted)


def _speaker(sentence: Sentence, cue: Token) -> Token | None:
    """The subject of the cue, also after it ("said the minister")."""
    words = frames.logical_subject(sentence, cue)
    if words and words[0].lower not in {"it", "there"}:
        return words[0]
    if words and words[0].lower == "it":
        return words[0] if words[0].dep == "nsubj" else None
    return None


def _contents(sentence: Sentence, token: Token, cue: Cue, quoted: list[Quoted]) -> Iterator[tuple[list[Token], str]]:
    """The stretches that may be the cue's content, best first."""
    if "that" in cue.frames or "direct" in cue.frames:
        for clause in sentence.children(token, "ccomp", "parataxis"):
            yield sentence.subtree(clause), "clause"
        if token.dep in {"ccomp", "parataxis", "advcl"} and frames.is_verb(sentence.head(token)) and _comment(sentence, token):
            outside = {t.i for t in sentence.subtree(token)}
            yield [t for t in sentence.tokens if t.i not in outside], "comment"
    if "to" in cue.frames or cue.kind in {"demand", "assertion"}:
        for clause in sentence.children(token, "xcomp"):
            if clause.tag in {"VB", "VBG"}:
                yield sentence.subtree(clause), "infinitive"
    if "that" in cue.frames:
        for clause in sentence.children(token, "xcomp", "oprd", "acomp"):
            yield sentence.subtree(clause), "clause"
    if "object" in cue.frames and cue.kind not in MIND:
        for noun in sentence.children(token, "dobj"):
            tree = sentence.subtree(noun)
            if len(tree) > 2 and noun.pos in {"NOUN", "PROPN"}:
                yield tree, "object"


def _comment(sentence: Sentence, token: Token) -> bool:
    """Whether the cue's clause only comments on the sentence: "The troops, he said, will leave"."""
    head = sentence.head(token)
    return token.i > head.i and not sentence.children(token, "mark") and bool(sentence.children(token, "nsubj")) or (
        token.i < head.i and not sentence.children(token, "mark", "dobj") and token.dep != "advcl"
    )


def _trim(article: Article, sentence: Sentence, content: list[Token], cue: Token, speaker: Token | None) -> list[tuple[int, int]]:
    """Content tokens as spans without the marks, commas and the cue's own phrase at their edges."""
    runs: list[list[Token]] = []
    for token in content:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    spans: list[tuple[int, int]] = []
    for run in runs:
        while run and (run[0].pos == "PUNCT" or run[0].lower in {"that", "because"} and run[0].dep == "mark"):
            run = run[1:]
        while run and run[-1].text in {",", "\"", "“", "”", ";", ":", "-", "–", "—"}:
            run = run[:-1]
        words = [t for t in run if t.pos != "PUNCT"]
        if words:
            spans.append((run[0].start, run[-1].end))
    return spans if sum(end - start for start, end in spans) > 3 else []


def _addressee(sentence: Sentence, cue: Token, of: Cue) -> Token | None:
    if of.lemma in {"tell", "inform", "assure", "remind", "notify", "warn", "urge", "ask", "advise", "brief"}:
        found = sentence.children(cue, "dative", "dobj")
        return found[0] if found and found[0].pos in {"NOUN", "PROPN", "PRON"} else None
    found = frames.prepositional(sentence, cue, "to")
    return found[0] if found and found[0].pos in {"NOUN", "PROPN", "PRON"} else None


def _by_according(sentence: Sentence, article: Article) -> Iterator[Draft]:
    """"According to X, …" and "in the words of X"."""
    for token in sentence.tokens:
        if token.lower not in {"according", "accordance"} or token.lower == "accordance":
            continue
        nouns = frames.prepositional(sentence, token, "to")
        if not nouns:
            continue
        phrase = {t.i for t in sentence.subtree(token)}
        rest = [t for t in sentence.tokens if t.i not in phrase]
        top = sentence.head(token)
        clause = [t for t in rest if t.i == top.i or top in sentence.ancestors(t)] or rest
        spans = _trim(article, sentence, clause, token, nouns[0])
        if spans:
            yield Draft(sentence, token, nouns[0], spans, "according-to")


def _by_colon(sentence: Sentence, article: Article) -> Iterator[Draft]:
    """Headlines: "Cavusoglu: Turkiye ready to help" and "Troops will leave: Tokayev"."""
    if sentence.zone != "title":
        return
    colons = [t for t in sentence.tokens if t.text == ":"]
    if len(colons) != 1:
        return
    at = colons[0].i
    left, right = sentence.tokens[:at], sentence.tokens[at + 1 :]
    if 0 < len(left) <= 4 and len(right) >= 3 and all(t.pos in {"PROPN", "NOUN", "ADJ", "PUNCT"} for t in left):
        yield Draft(sentence, colons[0], left[-1], [(right[0].start, right[-1].end)], "headline-colon")
    elif 0 < len(right) <= 4 and len(left) >= 3 and all(t.pos in {"PROPN", "NOUN", "ADJ"} for t in right):
        yield Draft(sentence, colons[0], right[-1], [(left[0].start, left[-1].end)], "headline-colon")


def _by_marks(
    page: Page, quoted: list[Quoted], sentences: list[Sentence], drafts: list[Draft], covered: list[tuple[int, int]]
) -> Iterator[Draft]:
    """Quotation marks that no cue's clause has taken: cue beside them, or the paragraph's speaker goes on."""
    last: Draft | None = None
    open_speaker: Draft | None = None
    for number, stretch in enumerate(quoted):
        here = next((d for d in drafts if any(s <= stretch.start and stretch.end <= e + 3 for s, e in d.content)), None)
        if here is not None:
            last = here
            open_speaker = here if stretch.goes_on else None
            continue
        found = _beside(stretch, sentences, page.article)
        words = page.article.text[stretch.start : stretch.end].split()
        if found is None and open_speaker is not None and stretch.outer_start == stretch.paragraph[0]:
            found = replace_content(open_speaker, stretch, "goes-on")
        if found is None and len(words) > SHORT and last is not None and _same_paragraph(last, stretch):
            found = replace_content(last, stretch, "paragraph-speaker")
        if found is None and len(words) > SHORT and _own_sentence(stretch, page.article):
            found = _unsaid(stretch, sentences)
        if found is not None:
            same = next((d for d in drafts if d.cue is not None and d.cue is found.cue and _adjoins(d, stretch)), None)
            if same is not None:
                same.content = [*same.content, (stretch.start, stretch.end)]
                last = same
                continue
            found.content = [(stretch.start, stretch.end)]
            yield found
            last = found
            open_speaker = found if stretch.goes_on else (open_speaker if number + 1 < len(quoted) and stretch.goes_on else None)


def _adjoins(draft: Draft, stretch: Quoted) -> bool:
    """Whether the quoted words go on where the draft's own content ends ("readiness "to mobilise …"")."""
    return 0 <= stretch.outer_start - draft.content[-1][1] <= 2


def replace_content(draft: Draft, stretch: Quoted, rule: str) -> Draft:
    return Draft(draft.sentence, draft.cue, draft.speaker, [(stretch.start, stretch.end)], rule)


def _same_paragraph(draft: Draft, stretch: Quoted) -> bool:
    return stretch.paragraph[0] <= draft.sentence.start < stretch.paragraph[1] and draft.speaker is not None


def _own_sentence(stretch: Quoted, article: Article) -> bool:
    """Quoted words that make a sentence of their own, not a phrase inside one."""
    first = article.text[stretch.start]
    return first.isupper() and article.text[stretch.end - 1] in ".,!?…"


def _unsaid(stretch: Quoted, sentences: list[Sentence]) -> Draft | None:
    for sentence in sentences:
        if sentence.start < stretch.end and stretch.start < sentence.end:
            return Draft(sentence, None, None, [(stretch.start, stretch.end)], "marks-only")
    return None


def _beside(stretch: Quoted, sentences: list[Sentence], article: Article) -> Draft | None:
    """The nearest cue verb outside the marks in the sentences that the stretch touches or that follow it at once."""
    table = cues()
    best: tuple[int, Draft] | None = None
    for sentence in sentences:
        if sentence.end < stretch.outer_start - 80 or sentence.start > stretch.outer_end + 3:
            continue
        if not (stretch.paragraph[0] <= sentence.start < stretch.paragraph[1]):
            continue
        for token in sentence.tokens:
            cue = table.get(("VERB", token.lemma))
            if cue is None or not frames.is_verb(token) or "direct" not in cue.frames or stretch.start <= token.start < stretch.end:
                continue
            gap = token.start - stretch.outer_end if token.start >= stretch.outer_end else stretch.outer_start - token.end
            if gap > 90 or _other_marks_between(stretch, token, article):
                continue
            speaker = _speaker_outside(sentence, token, stretch)
            if speaker is not None and (best is None or gap < best[0]):
                best = (gap, Draft(sentence, token, speaker, [], "marks-and-cue"))
    return best[1] if best else None


def _other_marks_between(stretch: Quoted, token: Token, article: Article) -> bool:
    between = article.text[stretch.outer_end : token.start] if token.start > stretch.outer_end else article.text[token.end : stretch.outer_start]
    return any(mark in between for mark in '"“”.!?\n') and ". " in between + " " if token.start < stretch.outer_start else any(mark in between for mark in '"“”\n')


def _speaker_outside(sentence: Sentence, cue: Token, stretch: Quoted) -> Token | None:
    subject = _speaker(sentence, cue)
    if subject is not None and not stretch.start <= subject.start < stretch.end:
        return subject
    near = [
        t for t in sentence.tokens
        if abs(t.i - cue.i) <= NEAR and t.pos in {"PROPN", "PRON", "NOUN"} and not stretch.start <= t.start < stretch.end
        and t.dep in {"nsubj", "nsubjpass", "dobj", "ROOT", "attr", "npadvmod", "appos"}
    ]  # fmt: skip
    return min(near, key=lambda t: abs(t.i - cue.i), default=None)


def _distinct(drafts: list[Draft]) -> list[Draft]:
    """One quote for one stretch: a second cue on the very same words adds nothing."""
    kept: dict[tuple[tuple[int, int], ...], Draft] = {}
    for draft in drafts:
        kept.setdefault(tuple(draft.content), draft)
    return list(kept.values())


def _quote(article: Article, draft: Draft, cast: Cast, quoted: list[Quoted], sentences: tuple[Sentence, ...]) -> Quote:
    content = tuple(article.span(start, end) for start, end in draft.content)
    kind = _kind(article, draft, quoted)
    first, last = content[0].start, content[-1].end
    told = [s for s in sentences if s.start < last and first < s.end]
    if not any(s.index == draft.sentence.index for s in told):
        told.append(draft.sentence)
    speaker = _actor(article, draft, draft.speaker, cast) if draft.speaker is not None else None
    addressee = cast.at(draft.sentence, draft.addressee) if draft.addressee is not None else None
    cue = article.span(draft.cue.start, draft.cue.end) if draft.cue is not None else None
    return Quote(
        id=item_id(article, "quote", first, last),
        evidence=tuple(article.span(s.start, s.end) for s in told),
        basis=Basis("quotes", draft.rule, VERSION, SCORES[kind] - (0.2 if speaker is None else 0.0)),
        kind=kind,
        speaker=speaker,
        cue=cue,
        content=content,
        addressee=addressee if addressee is not None and speaker is not None and addressee.name != speaker.name else None,
    )


def _kind(article: Article, draft: Draft, quoted: list[Quoted]) -> str:
    """Direct when the marks hold all content, mixed when they hold a part, indirect without marks."""
    inside = total = 0
    for start, end in draft.content:
        total += len(article.text[start:end].split())
        for q in quoted:
            a, b = max(start, q.start), min(end, q.end)
            if a < b:
                inside += len(article.text[a:b].split())
    if not inside:
        return "indirect"
    return "direct" if inside >= total - 1 and inside >= 0.85 * total else "mixed"


def _actor(article: Article, draft: Draft, token: Token, cast: Cast) -> Actor | None:
    """The mention that speaks; a speaker that is no known kind of actor stands by its own words, unresolved."""
    sentence = draft.sentence
    actor = cast.at(sentence, token)
    if actor is not None:
        return actor
    filled = cast.fill(sentence, [token], "subject", True)
    if filled:
        return filled[0]
    left = [t for t in sentence.subtree(token) if t.i <= token.i and t.dep not in {"relcl", "acl", "punct"}]
    start = left[0].start if left and left[0].i >= token.i - 6 else token.start
    span: Span = article.span(start, token.end)
    return Actor(
        item_id(article, "speaker", span.start, span.end), (article.span(sentence.start, sentence.end),),
        Basis("quotes", "speaker-words", VERSION, 0.5), span.text, span, kind="person" if token.pos == "PRON" else "other",
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
