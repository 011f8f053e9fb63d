"""Names that no gazetteer knows and that the words around them tell to be places: "the village of Nwonko", "in Ngabe,
a hamlet …", "Hayyan Gas Fields".

Gives runs of tokens; whether the words name somebody or something else is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaka.knowledge.place_words import BEHIND, CAPITAL, OPENING, SETTLED, SMALL, words
from vaka.syntax import Sentence, Token

REST = words("in inside near outside around")
"""Prepositions of place that also lead to other things: what stands above them decides."""
FAITH = words(
    "confidence interest trust faith belief believe believes believed hope invest invested investment stake shares "
    "role part result resulted lead specialise succeed member fluent dressed interested involved engage engaged"
)
"""What "in" behind does not lead to a place."""
WORKS = words("Operation Article Act Chapter Section Resolution Decree Part Phase Group Annex Law Bill Case Exercise")
BODIES = words(
    "Act Law Cup League War Treaty Pact Summit Games Party Army Council Assembly Ministry Court Conference Congress "
    "Parliament Senate Committee Commission Front Movement Championship Championships Final Open Prix Accord"
)
"""First and last words of names of other things that one is "in"."""
STORMED = words("enter storm shell invade overrun bombard besiege raze recapture retake encircle occupy liberate")
"""What is done to places and not to people."""
SHAKEN = words("hit strike shake rock devastate flatten ravage reach batter lash")
QUAKES = words(
    "earthquake quake tremor aftershock cyclone hurricane typhoon storm tsunami flood blast explosion bomb rocket"
)
"""What these do, they do to places too."""
INNER = words("- ’ ' al el as ash an ad de da do la le del dos bin")
"""What may stand inside a name."""
PERSON = "PERSON"
UNSURE = frozenset({"", PERSON, "GPE", "LOC", "FAC"})
OTHER = frozenset({"DATE", "TIME", "LAW", "LANGUAGE", "MONEY", "PERCENT", "ORDINAL", "EVENT", "WORK_OF_ART"})
"""What the model takes a name for that is no place."""


def told(sentence: Sentence, taken: set[int]) -> Iterator[tuple[int, int]]:
    """First and last token of each such name, left to right; what follows one as its like ("Shaffa and Shindiffu
    villages", "the towns of Rastan, Talbiseh and Ghanto") comes too."""
    tokens = sentence.tokens
    last = -1
    joined = -2
    for i in range(len(tokens)):
        if i <= last or i in taken or not _begins(tokens, i):
            continue
        end = _run_end(tokens, i, taken)
        if end is None:
            continue
        if joined == i or _is_told(sentence, i, end):
            yield i, end
            last = end
            joined = _next_of_kind(tokens, i, end)
        elif _shares_noun(tokens, end, taken):
            yield i, end
            last, joined = end, end + 2


def _begins(tokens: tuple[Token, ...], i: int) -> bool:
    token = tokens[i]
    if i and token.text[:1].isupper() and tokens[i - 1].text[:1].isupper() and tokens[i - 1].pos == "PROPN":
        return False
    if i and tokens[i - 1].text == "-":
        return False
    article = token.lower in {"al", "el", "as", "ash"} and i + 2 < len(tokens) and tokens[i + 1].text == "-"
    return article or (token.text[:1].isupper() and token.pos == "PROPN")


def _run_end(tokens: tuple[Token, ...], i: int, taken: set[int]) -> int | None:
    """The last token of the run of capitals from `i`, articles and hyphens between them."""
    end = i
    k = i + 1
    while k < len(tokens) and k not in taken:
        if tokens[k].text[:1].isupper() and tokens[k].pos in {"PROPN", "NOUN", "ADJ"}:
            end = k
        elif tokens[k].lower not in INNER:
            break
        k += 1
    if end - i > 5 or not tokens[end].text[:1].isupper():
        return None
    return end if tokens[end].text[-1].isalnum() else None


def _is_told(sentence: Sentence, first: int, last: int) -> bool:
    tokens = sentence.tokens
    before = tokens[first - 1] if first else None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    labels = {token.ent for token in tokens[first : last + 1]}
    if labels & OTHER or ("NORP" in labels and (after is None or after.lower not in SMALL)):
        return False
    if before is not None and before.lower == "of" and first > 1 and tokens[first - 2].lower in SETTLED:
        return True
    if after is not None and after.text.islower() and after.lower in SETTLED | BEHIND:
        return True
    if last > first and (tokens[first].text in OPENING or (tokens[last].text in CAPITAL and PERSON not in labels)):
        return True
    if _is_described(tokens, last):
        return True
    if is_aim(sentence, last):
        return not labels - UNSURE and not tokens[last].text.isupper()
    return before is not None and before.lower in REST and _is_at_rest(sentence, before, first, last, labels)


def is_aim(sentence: Sentence, last: int) -> bool:
    """Whether something is done to the name that is done to places and not to people."""
    name = sentence.tokens[last]
    if name.dep != "dobj":
        return False
    verb = sentence.head(name)
    subject = sentence.child(verb, "nsubj")
    shaken = verb.lemma in SHAKEN and subject is not None and subject.lemma in QUAKES
    return verb.lemma in STORMED or shaken


def _is_described(tokens: tuple[Token, ...], last: int) -> bool:
    """ "Ngabe, a village in …": what it is said to be is a settlement."""
    if last + 3 >= len(tokens) or tokens[last + 1].text not in {",", "("} or tokens[last + 2].lower not in {"a", "an"}:
        return False
    k = last + 3
    while k + 1 < len(tokens) and tokens[k].pos in {"ADJ", "PROPN", "NOUN"} and tokens[k].lower not in SETTLED:
        k += 1
    return tokens[k].lower in SETTLED


def _is_at_rest(sentence: Sentence, prep: Token, first: int, last: int, labels: set[str]) -> bool:
    """ "in Zabdeen", "near al-Rai": a lone name that the model takes for nothing, or for a man whom nothing else shows
    to be one, under a word that things happen by."""
    tokens = sentence.tokens
    above = sentence.head(prep)
    if above.i > prep.i or {above.lemma, above.lower, tokens[prep.i - 1].lower} & FAITH:
        return False
    if tokens[first].text in WORKS or tokens[last].text in BODIES:
        return False
    if labels - UNSURE:
        return False
    name = tokens[last]
    if name.dep != "pobj" or sentence.head(name).i != prep.i or (name.text.isupper() and len(name.text) < 6):
        return False
    hyphened = any(token.text == "-" for token in tokens[first:last])
    if PERSON in labels and not (hyphened or first == last):
        return False
    return above.pos == "VERB" or (above.pos == "NOUN" and above.text.islower())


def _next_of_kind(tokens: tuple[Token, ...], first: int, last: int) -> int:
    """Where the next name of a row begins: behind a comma or "and"; -2 where none does."""
    k = last + 1
    if first < 2 or tokens[first - 1].lower not in {"of", ",", "and"}:
        return -2
    while k < len(tokens) and (tokens[k].text == "," or tokens[k].lower == "and"):
        k += 1
    return k if last + 1 < k < len(tokens) and k - last <= 3 else -2


def _shares_noun(tokens: tuple[Token, ...], last: int, taken: set[int]) -> bool:
    """ "Shaffa and Shindiffu villages": the noun behind the last of them says what all are."""
    if last + 2 >= len(tokens) or tokens[last + 1].lower != "and" or not _begins(tokens, last + 2):
        return False
    end = _run_end(tokens, last + 2, taken)
    noun = tokens[end + 1] if end is not None and end + 1 < len(tokens) else None
    return noun is not None and noun.tag == "NNS" and noun.lower in SETTLED | BEHIND
