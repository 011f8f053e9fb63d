"""Direct quotes: links what stands between quotation marks with the words that say whose it is.

Scare quotes, titles of works and names between marks are left alone; marks inside a clause belong to reported.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vaka.coding import frames
from vaka.coding.attribution import Draft, Reading, addressee_of, quoted_one, relative_of, speaker_of
from vaka.coding.quotation import Quoted, inside_of
from vaka.knowledge.cues import Cue, cues, verb_cue
from vaka.syntax import Sentence, Token

SHORT = 3
"""Quoted stretches of up to this many words without a cue of their own are scare quotes, names or titles."""
REACH = 30
"""Tokens from a closing mark to its cue: "…," said is one, a long apposition between may take more than twenty."""
LONG = 3
"""Letters from which on a word of a title has a capital."""
ENDS = ",.!?…—–-"
STOPS = frozenset({".", "!", "?", ";"})
LOWLY = ("relcl", "acl", "amod", "advcl", "xcomp", "csubj")
MISREAD = frozenset(
    {"say", "says", "said", "told", "tells", "added", "adds", "asked", "asks", "wrote", "writes", "tweeted", "quipped"}
)
"""Forms that are cues whatever the tagger makes of them beside a quotation mark."""


@dataclass(slots=True)
class Speech:
    """The stretches of a page as they are given to speakers, in text order."""

    reading: Reading
    quoted: Sequence[Quoted]
    drafts: list[Draft] = field(default_factory=list)
    last: Draft | None = None

    def link(self, number: int) -> None:
        """Gives one stretch to its cue, to the quote before it, or to nobody."""
        stretch = self.quoted[number]
        if self._runs_on(number):
            return
        if not self._stands_alone(stretch):
            return
        draft = self._after(number) or self._ahead(number)
        if draft is None and self._continues(number):
            return
        draft = draft or self._carried(number)
        if draft is not None:
            self._take(draft, stretch)

    def _take(self, draft: Draft, stretch: Quoted) -> None:
        before = self.last
        if before is not None and before.cue is not None and before.cue is draft.cue and not draft.content:
            draft = before
        else:
            self.drafts.append(draft)
        draft.content.append((stretch.start, stretch.end))
        draft.stretches.append(stretch)
        self.last = draft

    def _runs_on(self, number: int) -> bool:
        """A paragraph that opens with a mark after one that was left open is the same quotation."""
        stretch, before = self.quoted[number], self.quoted[number - 1] if number else None
        if before is None or not before.goes_on or stretch.outer_start != stretch.paragraph[0] or self.last is None:
            return False
        if before not in self.last.stretches or self.reading.text[before.paragraph[1] : stretch.outer_start].strip():
            return False
        self._take_more(stretch)
        return True

    def _take_more(self, stretch: Quoted) -> None:
        assert self.last is not None
        self.last.content.append((stretch.start, stretch.end))
        self.last.stretches.append(stretch)

    def _stands_alone(self, stretch: Quoted) -> bool:
        """Whether the stretch is speech by itself and no part of a clause around it."""
        text = self.reading.text
        before = text[stretch.paragraph[0] : stretch.outer_start].rstrip()
        after = text[stretch.outer_end : stretch.paragraph[1]].lstrip()
        if before.endswith(",") and after.startswith(",") and _is_title(text[stretch.start : stretch.end]):
            named = self.reading.between(stretch.paragraph[0], stretch.outer_start)[-2:-1]
            if named and named[0][1].pos == "NOUN":
                return False  # the film, "Night Train", tells …
        opens = (
            not before or before[-1] in ",:.!?;…—–-”\"»'’)" or self._cue_word(stretch.paragraph[0], stretch.outer_start)
        )
        ends = text[stretch.end - 1] in ENDS or not after or after[0] in ",.;!?" or self._cue_near(stretch)
        return (opens and ends) or self._shouted(stretch)

    def _shouted(self, stretch: Quoted) -> bool:
        """A capitalised stretch right after a cue of speech or writing: chanted “Down with the regime” outside …"""
        here = self.reading.between(stretch.paragraph[0], stretch.outer_start)
        cue = _cue_of(here[-1][1]) if here else None
        return cue is not None and cue.kind in {"speech", "writing"} and self.reading.text[stretch.start].isupper()

    def _cue_word(self, start: int, end: int) -> bool:
        """Whether the last word before the mark is a cue itself ("saying “…”")."""
        here = self.reading.between(start, end)
        return bool(here) and _cue_of(here[-1][1]) is not None

    def _cue_near(self, stretch: Quoted) -> bool:
        return any(_cue_of(t) is not None for _, t in self.reading.between(stretch.outer_end, stretch.paragraph[1])[:3])

    def _after(self, number: int) -> Draft | None:
        """The cue that follows: "…," said the minister; "…," the minister, who …, said."""
        stretch = self.quoted[number]
        text = self.reading.text
        tail = text[stretch.outer_end : stretch.paragraph[1]].lstrip()
        if (text[stretch.end - 1] == "." and not tail[:1].islower()) or not tail:
            return None
        limit = self.quoted[number + 1].outer_start if number + 1 < len(self.quoted) else stretch.paragraph[1]
        row = _until_stop(self.reading.between(stretch.outer_end, min(limit, stretch.paragraph[1])))
        if row and (row[0][1].pos == "CCONJ" or (text[stretch.end - 1] in "!?" and _begins_anew(row[0][1]))):
            return None
        found = [(s, t) for s, t in row[:REACH] if _cue_of(t) is not None]
        found.sort(key=lambda pair: (pair[1].dep in LOWLY and not _inverted(pair[1], row), pair[1].start))
        for sentence, token in found:
            draft = self._draft(sentence, token, stretch, "cue-after")
            if draft is not None and (token.start - stretch.outer_end < 6 or draft.speaker is not None):
                return draft
        return None

    def _ahead(self, number: int) -> Draft | None:
        """The cue in front: The minister said: "…"."""
        stretch = self.quoted[number]
        before = self.reading.text[stretch.paragraph[0] : stretch.outer_start].rstrip()
        if not before or (before[-1] not in ",:" and not self._cue_word(stretch.paragraph[0], stretch.outer_start)):
            return None
        floor = self.quoted[number - 1].outer_end if number else 0
        row = _since_stop(self.reading.between(max(floor, stretch.paragraph[0]), stretch.outer_start))
        found = [(s, t) for s, t in row[-REACH:] if _cue_of(t) is not None]
        found.sort(key=lambda pair: (pair[1].dep in LOWLY and not _close(pair[1], stretch), -pair[1].start))
        for sentence, token in found:
            draft = self._draft(sentence, token, stretch, "cue-before")
            if draft is None or draft.speaker is None:
                continue
            reads = token.lemma == "read" and (draft.speaker.pos == "PRON" or draft.speaker.ent == "PERSON")
            if not (reads and _is_title(self.reading.text[stretch.start : stretch.end])):
                return draft
        return self._colon(row) if before[-1] == ":" else None

    def _colon(self, row: list[tuple[Sentence, Token]]) -> Draft | None:
        """Words before a colon without a verb of saying: The answer was short: "No."."""
        for sentence, token in reversed(row):
            noun = cues().get(("NOUN", token.lemma)) if token.pos == "NOUN" else None
            owner = sentence.child(token, "poss") if noun is not None else None
            if owner is not None:
                return Draft(sentence, token, owner, [], "colon", marked=True)
        for sentence, token in row:
            if frames.is_verb(token) and sentence.child(token, "nsubj") is not None:
                return Draft(sentence, None, speaker_of(sentence, token), [], "colon", marked=True)
        if not any(frames.is_verb(token) for _, token in row):
            for sentence, token in row:  # The minister, meanwhile: "…"
                if token.pos in {"PROPN", "NOUN"} and token.dep not in {"compound", "poss", "pobj", "nmod"}:
                    return Draft(sentence, None, token, [], "colon", marked=True)
        return None

    def _draft(self, sentence: Sentence, token: Token, stretch: Quoted, rule: str) -> Draft | None:
        cue = _cue_of(token)
        speaker = quoted_one(sentence, token) or speaker_of(sentence, token)
        if speaker is None or stretch.outer_start <= speaker.start < stretch.outer_end:
            speaker = self._neighbour(sentence, token, stretch)
        if cue is None or (speaker is None and rule == "cue-before"):
            return None
        return Draft(
            sentence,
            token,
            speaker,
            [],
            rule,
            addressee_of(sentence, token, cue),
            relative_of(sentence, token),
            marked=True,
        )

    def _neighbour(self, sentence: Sentence, cue: Token, stretch: Quoted) -> Token | None:
        """The noun beside a cue whose subject the parser has lost among the quoted words."""
        after = [t for _, t in _until_stop(self.reading.between(cue.end, stretch.paragraph[1]))][:8]
        before = [t for _, t in _since_stop(self.reading.between(stretch.paragraph[0], cue.start))][-8:]
        outside = [
            t for t in before if not stretch.outer_start <= t.start < stretch.outer_end and t.start >= stretch.outer_end
        ]
        for token in [*(after if not outside else []), *reversed(outside)]:
            if token.pos in {"PROPN", "PRON", "NOUN", "NUM"} and token.dep not in {
                "nummod",
                "compound",
                "poss",
                "npadvmod",
                "amod",
                "pobj",
            }:
                in_sentence = token.i < len(sentence.tokens) and sentence.tokens[token.i] is token
                return token if in_sentence else None
        return None

    def _continues(self, number: int) -> bool:
        """ "…," said X. "…": what follows the bare attribution goes on with the same quotation."""
        if self.last is None or not self.last.stretches:
            return False
        stretch, before = self.quoted[number], self.last.stretches[-1]
        if stretch.paragraph != before.paragraph or before.outer_end > stretch.outer_start:
            return False
        row = self.reading.between(before.outer_end, stretch.outer_start)
        stops = [k for k, (_, t) in enumerate(row) if t.text in STOPS and t.pos == "PUNCT"]
        bridge = self.last.cue is not None and any(t is self.last.cue for _, t in row)
        if all(t.pos in {"PUNCT", "CCONJ", "SPACE"} for _, t in row) or (
            bridge and (not stops or stops[0] == len(row) - 1)
        ):
            self._take_more(stretch)
            return True
        return False

    def _carried(self, number: int) -> Draft | None:
        """A quotation without words of its own that say whose it is: the speaker before it, told as such."""
        stretch = self.quoted[number]
        if not self._is_sentence(stretch):
            return None
        sentence = self.reading.sentence_at(stretch.start)
        if sentence is None:
            return None
        draft = Draft(sentence, None, None, [], "speaker-before", marked=True)
        draft.after = self.last
        return draft

    def _is_sentence(self, stretch: Quoted) -> bool:
        """Quoted words that make a sentence of their own, not a phrase inside one."""
        text = self.reading.text
        words = text[stretch.start : stretch.end].split()
        return text[stretch.start].isupper() and text[stretch.end - 1] in ",.!?…" and len(words) > SHORT


def spoken(reading: Reading, quoted: list[Quoted]) -> list[Draft]:
    """The direct quotes of a page in text order."""
    speech = Speech(reading, quoted)
    for number in range(len(quoted)):
        speech.link(number)
    return speech.drafts


def retold(reading: Reading, quoted: list[Quoted]) -> list[Draft]:
    """The quotes inside quotations, each with its own cue: "The captain told us, 'Burn the papers'"."""
    found: list[Draft] = []
    for outer in quoted:
        for draft in spoken(reading, inside_of(reading.text, outer)):
            if draft.cue is not None and draft.speaker is not None and outer.holds(draft.speaker.start):
                draft.nested = outer
                found.append(draft)
    return found


def _is_title(words: str) -> bool:
    """Whether quoted words are written as titles are: every long word with a capital, no mark at the end."""
    long = [word for word in words.split() if len(word) > LONG]
    return bool(long) and words[-1] not in ENDS and all(word[0].isupper() for word in long)


def _cue_of(token: Token) -> Cue | None:
    """The cue that the token is, when it can bring words between marks."""
    if (not frames.is_verb(token) and token.lower not in MISREAD) or token.dep in {"amod", "aux"}:
        return None
    cue = verb_cue({"said": "say", "told": "tell", "wrote": "write"}.get(token.lower, token.lemma), token.lower)
    return cue if cue is not None and "direct" in cue.frames else None


def _until_stop(row: list[tuple[Sentence, Token]]) -> list[tuple[Sentence, Token]]:
    for k, (_, token) in enumerate(row):
        if token.text in STOPS and token.pos == "PUNCT":
            return row[:k]
    return row


def _since_stop(row: list[tuple[Sentence, Token]]) -> list[tuple[Sentence, Token]]:
    for k in range(len(row) - 1, -1, -1):
        if row[k][1].text in STOPS and row[k][1].pos == "PUNCT":
            return row[k + 1 :]
    return row


def _begins_anew(token: Token) -> bool:
    """Whether a new sentence begins after a quotation that ends with a question mark or an exclamation mark."""
    return token.text[:1].isupper() and token.pos != "PROPN"


def _inverted(token: Token, row: list[tuple[Sentence, Token]]) -> bool:
    return bool(row) and row[0][1] is token


def _close(token: Token, stretch: Quoted) -> bool:
    return stretch.outer_start - token.end <= 2
