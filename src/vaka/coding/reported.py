"""Indirect and mixed quotes: what verbs of saying, thinking, asking and judging bring as their content.

The mere naming of an act of speech ("they talked") is no quote, nor is what somebody did not say.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator

from vaka.coding import frames
from vaka.coding.attribution import (
    EDGES,
    FIRST_PERSON,
    MIND,
    Draft,
    Reading,
    addressee_of,
    is_negated,
    quoted_one,
    relative_of,
    speaker_of,
    trimmed,
)  # fmt: skip
from vaka.coding.quotation import Quoted
from vaka.knowledge.cues import PREPOSITIONS, Cue, cues, verb_cue
from vaka.syntax import Sentence, Token

TENSED = frozenset({"VBD", "VBZ", "VBP", "MD"})
QUESTIONS = frozenset({"whether", "if", "who", "what", "why", "how", "when", "where", "which", "whom", "whose"})
WITH_PERSON = frozenset({"demand", "belief", "intention"})
"""Kinds whose infinitive belongs together with who is to do it: "urged both sides to step back"."""
TOLD_OF_OTHERS = frozenset({"speech", "assertion", "writing", "demand"})
"""Kinds of cue that count inside quotation marks; "I think" there is part of the quotation."""
CHARGES = frozenset({"of", "for", "on", "over", "as"})
UNSAID = frozenset({"speech", "assertion", "writing", "demand", "judgement", "finding", "expression"})
SHORTEST_OBJECT = 2
"""Words that an object needs to tell any content: "denied the charge", but not "announced it"."""
CONDITIONS = frozenset({"if", "unless", "because", "until", "although", "though"})
SILENCES = frozenset(
    {"say", "comment", "answer", "discuss", "disclose", "reveal", "name", "specify", "elaborate", "speak"}
)
TELLS = frozenset({"speech", "assertion", "writing", "finding"})
TAIL = 14
"""Tokens of an attribution at the end of a sentence: ", the deputy head of the port authority said on Monday."."""
NEAR = 8
"""Tokens between a cue and quoted words behind it that the parser has hung elsewhere."""
REST = 4
"""Words beside the quoted ones that make a clause of their own ("said he would win: …")."""

Content = tuple[list[Token], str]


def reported(reading: Reading, quoted: list[Quoted], spoken: list[Draft]) -> Iterator[Draft]:
    """Verbs of saying with their content, in text order; stretches that `spoken` has taken are left to it."""
    for sentence in reading.sentences:
        for token in sentence.tokens:
            cue = verb_cue(token.lemma, token.lower) if frames.is_verb(token) else None
            if cue is None or token.dep in {"amod", "aux", "auxpass"}:
                continue
            draft = _by_verb(sentence, token, cue, quoted)
            if draft is not None and _keep_outside(draft, sentence, spoken):
                yield draft


def _by_verb(sentence: Sentence, token: Token, cue: Cue, quoted: list[Quoted]) -> Draft | None:
    around = next((q for q in quoted if q.holds(token.start)), None)
    if around is not None and cue.kind not in TOLD_OF_OTHERS:
        return None
    if cue.kind in UNSAID and cue.lemma != "deny" and is_negated(sentence, token):
        return None
    if _called_what(sentence, token) and cue.kind in {"belief", "intention", "perception"}:
        return None
    if _in_other_words(sentence, token):
        return None
    speaker = _said_by(sentence, token)
    if around is not None and (speaker is None or speaker.lower in FIRST_PERSON or not around.holds(speaker.start)):
        return None
    if speaker is None and not _impersonal(sentence, token, cue):
        return None
    for content, rule in _contents(sentence, token, cue, quoted):
        if around is not None:
            content = [t for t in content if around.holds(t.start)]
        spans = trimmed(_without(sentence, content, token, speaker))
        if spans:
            spans = _whole_marks(spans, [q for q in quoted if q is not around], token)
            addressee = addressee_of(sentence, token, cue)
            who = relative_of(sentence, token)
            return Draft(sentence, token, speaker, spans, rule, addressee, who, nested=around)
    return None


def _whole_marks(spans: list[tuple[int, int]], quoted: list[Quoted], cue: Token) -> list[tuple[int, int]]:
    """Quoted words are never cut in two: a span that ends or begins inside a pair of marks takes in all of it."""
    whole: list[tuple[int, int]] = []
    for start, end in spans:
        for q in quoted:
            if q.start < end < q.end and not q.holds(cue.start):
                end = q.end
            if q.start < start < q.end and not q.holds(cue.start):
                start = q.start
        if whole and start < whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def _without(sentence: Sentence, content: list[Token], cue: Token, speaker: Token | None) -> list[Token]:
    """The content without the cue and, where the speaker stands after the cue, without the speaker."""
    out = {cue.i}
    if speaker is not None and speaker.i > cue.i and speaker.dep in {"nsubj", "pobj"} and speaker.head in {cue.i}:
        out |= {t.i for t in sentence.subtree(speaker)}
    return [t for t in content if t.i not in out]


def _called_what(sentence: Sentence, token: Token) -> bool:
    """ "what he called an outrage", "what they want"."""
    return any(t.lower == "what" and t.i < token.i for t in sentence.children(token, "dobj", "attr"))


def _in_other_words(sentence: Sentence, token: Token) -> bool:
    """ "condemned what he called an outrage": the inner cue belongs to the content of the outer one."""
    above = sentence.head(token)
    return above.i != token.i and _called_what(sentence, token) and verb_cue(above.lemma, above.lower) is not None


def _said_by(sentence: Sentence, token: Token) -> Token | None:
    """The speaker; "quoted a diplomat as saying" makes the one quoted speak."""
    if (outer := second_act(sentence, token)) is not None:
        return speaker_of(sentence, outer)
    if (named := quoted_one(sentence, token)) is not None:
        return named
    above = sentence.head(token)
    if token.dep == "acl" and token.tag == "VBG":
        # "… left the meeting, vowing to return": after a comma it is the subject who speaks, not the noun beside it.
        verb = next((t for t in sentence.ancestors(token) if frames.is_verb(t)), None)
        apart = token.i > 0 and sentence.tokens[token.i - 1].text == ","
        return (speaker_of(sentence, verb) if apart and verb is not None else None) or above
    return speaker_of(sentence, token)


def _impersonal(sentence: Sentence, token: Token, cue: Cue) -> bool:
    """ "It was announced that …": somebody's words, though nobody is named."""
    subject = sentence.child(token, "nsubjpass", "expl")
    return cue.kind not in MIND and subject is not None and subject.lower == "it"


def _contents(sentence: Sentence, token: Token, cue: Cue, quoted: list[Quoted]) -> Iterator[Content]:
    """The stretches that may be the cue's content, best first."""
    if _quotes_another(sentence, token):
        return
    yield from _comments(sentence, token, cue)
    yield from _clauses(sentence, token, cue)
    yield from _infinitives(sentence, token, cue)
    if {"as", "named"} & cue.frames:
        yield from _named_as(sentence, token, "named" in cue.frames)
    if "charge" in cue.frames:
        yield from _charges(sentence, token)
    yield from _phrases(sentence, token, cue)
    if "object" in cue.frames:
        for noun in sentence.children(token, "dobj"):
            tree = sentence.subtree(noun)
            long = len(tree) >= SHORTEST_OBJECT or (cue.kind == "expression" and bool(_about(sentence, token, tree)))
            if long and noun.pos in {"NOUN", "PROPN", "PRON", "VERB"} and noun.ent not in {"DATE"}:
                more = _about(sentence, token, tree) if cue.kind == "expression" else []
                yield _with_tail(sentence, token, tree + more), "object"
        for clause in sentence.children(token, "ccomp") if cue.kind == "judgement" else ():
            if (tree := sentence.subtree(clause))[0].lower == "what":
                yield tree, "object"
    yield from _by_words(sentence, token, cue)
    if "direct" in cue.frames and not _reads(sentence, token):
        yield from _with_marks(sentence, token, [q for q in quoted if not q.holds(token.start)])


def _reads(sentence: Sentence, token: Token) -> bool:
    """Whether somebody reads a paper: he reads “Le Monde”, other than a banner that read “Bread and work”."""
    reader = sentence.child(token, "nsubj")
    return token.lemma == "read" and reader is not None and (reader.pos == "PRON" or reader.ent == "PERSON")


def _quotes_another(sentence: Sentence, token: Token) -> bool:
    """Whether the verb only passes on what another says: "cited two officials as saying …"."""
    near = [token, *sentence.children(token, "dobj")]
    tails = [t for word in near for t in sentence.children(word, "prep") if t.lower == "as"]
    return any(
        t.tag == "VBG" and verb_cue(t.lemma, t.lower) is not None
        for tail in tails
        for t in sentence.children(tail, "pcomp")
    )


def _by_words(sentence: Sentence, token: Token, cue: Cue) -> Iterator[Content]:
    """Where the parser has lost the clause, the words still tell: "said on Monday that …", "…, the miller said."."""
    speaker = sentence.child(token, "nsubj")
    if cue.kind not in TELLS or "that" not in cue.frames or speaker is None:
        return
    tokens = sentence.tokens
    for that in tokens[token.i + 1 : token.i + 1 + NEAR]:
        if that.pos == "PUNCT" or frames.is_verb(that) or (("NOUN", that.lemma) in cues() and that.dep == "dobj"):
            break
        if that.lower == "that" and that.tag in {"IN", "WDT"}:
            yield list(tokens[that.i :]), "that-words"
            return
    if cue.kind not in {"speech", "assertion"}:
        return
    first = min(speaker.i, token.i)
    comma = next((t for t in reversed(tokens[:first]) if t.text == ","), None)
    if comma is None or len(tokens) - comma.i > TAIL:
        return
    told = any(t.tag in TENSED for t in tokens[: comma.i])
    if told and not any(frames.is_verb(t) and t is not token for t in tokens[comma.i :]):
        yield list(tokens[: comma.i]), "tail-words"


def _with_marks(sentence: Sentence, token: Token, quoted: list[Quoted]) -> Iterator[Content]:
    """Any complement that holds quoted words tells them: "found “serious failures” in …", "spoke of “a chance”"."""
    for child in sentence.children(token, "dobj", "prep", "xcomp", "oprd", "attr", "acomp"):
        if child.dep == "prep" and child.lower not in PREPOSITIONS | {"as"}:
            continue
        tree = [t for t in sentence.subtree(child) if t.i != child.i or child.dep != "prep"]
        if (
            child.i > token.i
            and tree
            and any(q.outer_start < tree[-1].end and tree[0].start < q.outer_end for q in quoted)
        ):
            yield tree, "marked"


def is_finite(sentence: Sentence, clause: Token) -> bool:
    """Whether the clause tells by itself: it has tense, or is marked by "that"."""
    helpers = sentence.children(clause, "aux", "auxpass", "cop")
    return clause.tag in TENSED or any(t.tag in TENSED for t in helpers) or _mark(sentence, clause) == "that"


def _mark(sentence: Sentence, clause: Token) -> str:
    mark = sentence.child(clause, "mark")
    return mark.lower if mark is not None else ""


def _clauses(sentence: Sentence, token: Token, cue: Cue) -> Iterator[Content]:
    """Clauses with tense: "said (that) …", "asked whether …"; perception needs its "that"."""
    if not {"that", "direct"} & cue.frames:
        return
    for clause in sentence.children(token, "ccomp", "parataxis"):
        tree = sentence.subtree(clause)
        words = [t for t in tree if t.pos != "PUNCT"]
        if any(t.text == ";" for t in sentence.tokens[tree[-1].i + 1 : token.i]):
            continue  # critics say it will fail; the minister says it will not
        if not is_finite(sentence, clause) and not (clause.pos not in {"VERB", "AUX"} and cue.kind == "speech"):
            continue
        if "that" not in cue.frames and words[0].start > token.start and not _in_marks_only(sentence, tree):
            continue
        asks = words[0].lower in QUESTIONS
        if cue.kind in MIND | {"perception"} and (asks or clause.dep == "parataxis"):
            continue
        if cue.kind == "perception" and _mark(sentence, clause) != "that":
            continue
        yield _before(_widened(sentence, token, _own_part(sentence, token, clause, tree)), token), "clause"


def _widened(sentence: Sentence, token: Token, tree: list[Token]) -> list[Token]:
    """The clause with what the parser has hung on the cue instead: "After the rains, roads closed, he said", "said it
    would leave if the rebels disarmed"."""
    first, last = tree[0].i, tree[-1].i
    speaker = sentence.child(token, "nsubj")
    inverted = speaker is not None and last < speaker.i and last < token.i and token.head == token.i
    if inverted and all(t.text not in EDGES - {","} and t.dep != "cc" for t in sentence.tokens[:first]):
        first = 0
    for other in sentence.children(token, "advcl"):
        rest = sentence.subtree(other)
        if rest[0].i == last + 1 and rest[0].lower in CONDITIONS and first > token.i:
            last = rest[-1].i
    for other in sentence.children(token, "ccomp"):
        rest = sentence.subtree(other)
        if last < rest[0].i <= last + 3 and _mark(sentence, other) == "that" and first > token.i:
            last = rest[-1].i  # said the dam had burst, that three villages were under water and that …
    inside = {t.i for t in tree}
    return [t for t in sentence.tokens if t.i in inside or first <= t.i < tree[0].i or tree[-1].i < t.i <= last]


def _own_part(sentence: Sentence, token: Token, clause: Token, tree: list[Token]) -> list[Token]:
    """The clause without a second act of the speaker that the parser has hung on it: "said the drill was routine and
    accused London of …"; a thing that only is does not accuse."""
    still = clause.lemma == "be" or frames.is_passive(sentence, clause)
    for other in sentence.children(clause, "conj") if still else ():
        cue = verb_cue(other.lemma, other.lower)
        if cue is None or other.tag != token.tag or sentence.children(other, "nsubj", "aux", "auxpass", "mark"):
            continue
        out = {t.i for t in sentence.subtree(other)} | {t.i for t in sentence.children(clause, "cc")}
        return [t for t in tree if t.i not in out]
    return tree


def second_act(sentence: Sentence, token: Token) -> Token | None:
    """The verb of saying whose subject a joined verb shares, when the clause between them only "is" something."""
    clause = sentence.head(token)
    above = sentence.head(clause)
    if token.dep != "conj" or clause.dep != "ccomp" or token.tag != above.tag or not verb_cue(above.lemma, above.lower):
        return None
    still = clause.lemma == "be" or frames.is_passive(sentence, clause)
    bare = not sentence.children(token, "nsubj", "aux", "auxpass", "mark")
    return above if still and bare else None


def _in_marks_only(sentence: Sentence, tree: list[Token]) -> bool:
    before = sentence.tokens[tree[0].i - 1].text if tree[0].i else ""
    return tree[0].text in {'"', "“", "``", "''", "‘"} or before in {'"', "“", "``", "''", "‘", ":"}


def _before(tree: list[Token], cue: Token) -> list[Token]:
    """A clause that surrounds its cue is told in two stretches; the cue's own words are taken out later."""
    return [t for t in tree if t.i != cue.i]


def _comments(sentence: Sentence, token: Token, cue: Cue) -> Iterator[Content]:
    """The cue's clause only comments on the sentence: "The troops, he said, will leave"."""
    if ("that" not in cue.frames and "direct" not in cue.frames) or cue.kind in {"perception", "intention"}:
        return
    if token.dep not in {"ccomp", "parataxis", "advcl"} or not frames.is_verb(sentence.head(token)):
        return
    if sentence.children(token, "mark", "ccomp", "dobj", "xcomp") or not sentence.children(token, "nsubj"):
        return
    own = {t.i for t in sentence.subtree(token)}
    first, last = min(own), max(own)
    set_off = first > 0 and sentence.tokens[first - 1].text in {",", "-", "–", "—", '"', "”", "''"}
    starts = first == 0 and last + 1 < len(sentence.tokens) and sentence.tokens[last + 1].text == ","
    if set_off or starts or sentence.tokens[first].text == ",":
        yield [t for t in sentence.tokens if t.i not in own], "comment"


def _infinitives(sentence: Sentence, token: Token, cue: Cue) -> Iterator[Content]:
    """ "promised to halve the price", "asked residents to boil their water", "denied taking bribes"."""
    to, ing = "to" in cue.frames, "ing" in cue.frames
    for clause in sentence.children(token, "xcomp", "ccomp", "advcl"):
        is_to = clause.tag == "VB" and any(t.lower == "to" for t in sentence.children(clause, "aux"))
        if clause.dep == "advcl" and not (is_to and cue.kind == "demand"):
            continue
        if not ((to and is_to) or (ing and clause.tag == "VBG")):
            continue
        if cue.lemma in {"decline", "refuse"} and clause.lemma in SILENCES:
            continue  # "declined to say when": silence is no quote
        tree = _and_more(sentence, token, clause)
        people = [t for t in sentence.children(token, "dobj", "dative") if t.i < clause.i]
        if people and cue.kind in WITH_PERSON:
            tree = [t for t in sentence.tokens if sentence.subtree(people[0])[0].i <= t.i <= tree[-1].i]
        elif not people:
            called = _called_on(sentence, token, cue)
            tree = [t for t in sentence.tokens if called[0].i <= t.i <= tree[-1].i] if called else tree
        yield tree, "infinitive"


def _and_more(sentence: Sentence, token: Token, clause: Token) -> list[Token]:
    """An infinitive with its siblings: "to enact reform, fix the courts and build roads"."""
    last = sentence.subtree(clause)[-1].i
    for other in sentence.children(token, "advcl", "conj", "dep"):
        rest = sentence.subtree(other)
        if (
            other.tag in {"VB", "VBP"}
            and last < rest[0].i <= last + 2
            and not sentence.children(other, "nsubj", "aux", "mark")
        ):
            last = rest[-1].i
    return list(sentence.tokens[sentence.subtree(clause)[0].i : last + 1])


def _called_on(sentence: Sentence, token: Token, cue: Cue) -> list[Token]:
    if cue.lemma not in {"call", "appeal", "plead"}:
        return []
    found = [t for name in ("on", "upon", "to", "with") for t in frames.prepositional(sentence, token, name)]
    return sentence.subtree(found[0]) if found else []


def _named_as(sentence: Sentence, token: Token, bare: bool) -> Iterator[Content]:
    """ "called the ruling an insult" (`bare`), "described it as dead"."""
    for clause in sentence.children(token, "ccomp", "xcomp") if bare else ():
        subject = sentence.child(clause, "nsubj")
        if subject is not None and subject.i > token.i and not is_finite(sentence, clause):
            yield sentence.subtree(clause), "named-as"
    objects = sentence.children(token, "dobj") or frames.prepositional(sentence, token, "to")
    if frames.is_passive(sentence, token) or _called_what(sentence, token):
        objects = []
    tails = sentence.children(token, "oprd", "xcomp") if bare else []
    tails += [t for t in sentence.children(token, "prep", "advcl") if t.lower == "as"]
    for noun in objects:
        tails += [t for t in sentence.children(noun, "prep") if t.lower == "as"]
    for tail in tails:
        end = sentence.subtree(tail)[-1].i
        if objects:
            begin = sentence.subtree(objects[0])[0].i
            yield [t for t in sentence.tokens if min(begin, tail.i) <= t.i <= end], "named-as"
        elif token.i < tail.i:
            yield [t for t in sentence.subtree(tail) if t.i != tail.i or tail.lower != "as"], "named-as"


def _charges(sentence: Sentence, token: Token) -> Iterator[Content]:
    """ "accused India of building bunkers", "blamed the drought on the dam"."""
    for noun in sentence.children(token, "dobj"):
        if frames.is_passive(sentence, token):
            continue
        begin = sentence.subtree(noun)[0].i
        tails = [t for t in sentence.children(token, "prep") if t.lower in CHARGES and t.i > noun.i]
        inner = [t for t in sentence.children(noun, "prep") if t.lower in CHARGES]
        for tail in tails or inner:
            end = sentence.subtree(tail)[-1].i
            yield [t for t in sentence.tokens if begin <= t.i <= end], "charge"


def _phrases(sentence: Sentence, token: Token, cue: Cue) -> Iterator[Content]:
    """What follows the cue's own preposition: "warned against any delay", "called for a ceasefire"."""
    for prep in sentence.children(token, "prep"):
        if prep.lower in cue.frames & PREPOSITIONS:
            tree = [t for t in sentence.subtree(prep) if t.i != prep.i]
            if len(tree) >= SHORTEST_OBJECT:
                yield _with_tail(sentence, token, tree), "phrase"


def _about(sentence: Sentence, token: Token, tree: list[Token]) -> list[Token]:
    """The phrase right behind an object that tells what it is about: "voiced alarm at the spread"."""
    for prep in sentence.children(token, "prep"):
        if prep.i == tree[-1].i + 1 and prep.lower in {"about", "at", "over", "for", "with", "on", "in", "of", "to"}:
            return sentence.subtree(prep)
    return []


def _with_tail(sentence: Sentence, token: Token, tree: list[Token]) -> list[Token]:
    """A phrase with the "to …" that the parser hung on the cue instead: "demanded a commission to count again"."""
    last = tree[-1].i
    for clause in sentence.children(token, "xcomp", "advcl"):
        rest = sentence.subtree(clause)
        between = sentence.tokens[last + 1 : rest[0].i]
        if rest[0].i > last and clause.tag == "VB" and all(t.pos == "PUNCT" and t.text != "," for t in between):
            return [t for t in sentence.tokens if tree[0].i <= t.i <= rest[-1].i]
    return tree


def left_over(reading: Reading, quoted: list[Quoted], drafts: list[Draft]) -> Iterator[Draft]:
    """Quoted words that no other rule has reached, right behind a cue: called that “beyond absurd”."""
    covered = [span for draft in drafts for span in draft.content]
    for q in quoted:
        if any(start < q.end and q.start < end for start, end in covered):
            continue
        here = reading.between(q.paragraph[0], q.outer_start)[-NEAR:]
        for sentence, token in reversed(here):
            cue = verb_cue(token.lemma, token.lower) if frames.is_verb(token) else None
            if cue is None or not {"direct", "named"} & cue.frames:
                if token.text in {".", "!", "?", ";"} or frames.is_verb(token):
                    break
                continue
            speaker = _said_by(sentence, token)
            rest = [t for s, t in here if t.start > token.start and s is sentence]
            silent = is_negated(sentence, token) or _reads(sentence, token)
            if speaker is not None and not silent and sentence.start < q.start < sentence.end:
                start = next((t.start for t in rest if t.text not in EDGES and t.lower != "that"), q.start)
                yield Draft(sentence, token, speaker, [(start, q.end)], "left-over", None, relative_of(sentence, token))
            break


def _keep_outside(draft: Draft, sentence: Sentence, spoken: list[Draft]) -> bool:
    """Takes out of the content what quotation marks have already given to a speaker; False when too little is left."""
    if draft.nested is not None:
        return not any(other.cue is draft.cue for other in spoken)
    if draft.rule == "comment" and any(other.cue is draft.cue for other in spoken):
        return False  # "This," he said, pointing at the ruins, "is …"
    taken = [
        q
        for other in spoken
        for q in other.stretches
        if q.outer_start < draft.reach[1] and draft.reach[0] < q.outer_end
    ]
    if not taken:
        return True
    tokens = [t for start, end in draft.content for t in sentence.within(start, end)]
    taken.sort(key=lambda q: q.outer_start)
    opens = [q.outer_start for q in taken]  # marks never overlap, so the last that opens before a word decides
    rest = [
        t for t in tokens
        if (at := bisect.bisect_right(opens, t.start) - 1) < 0 or t.start >= taken[at].outer_end
    ]  # fmt: skip
    draft.content = trimmed(rest)
    words = [t for t in rest if t.pos not in {"PUNCT", "SPACE"}]
    return len(words) >= REST and bool(draft.content) and not _is_bridge(sentence, words, spoken)


def _is_bridge(sentence: Sentence, words: list[Token], spoken: list[Draft]) -> bool:
    """Whether the words left over hold another quotation's own cue ("…," said the agronomist, "…")."""
    cues_there = {id(other.cue) for other in spoken if other.cue is not None and other.sentence is sentence}
    return any(id(t) in cues_there for t in words)
