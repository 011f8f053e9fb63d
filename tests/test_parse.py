"""The seam to the NLP library: the pinned model, the same annotation without blis, true offsets."""

from __future__ import annotations

import pytest

from vaka.errors import EngineError
from vaka.language import parse
from vaka.types import Article, Page, Zone

TEXT = (
    "Sudan's army shelled a market in Omdurman on Friday, killing at least 30 people, medics said. "
    "The paramilitary force denied that it had used civilians as shields.\n\n"
    "The  envoy will travel to Port Sudan next week if a truce holds."
)


def parsed(text: str) -> Page:
    article = Article("t", text, zones=(Zone("body", 0, len(text)),))
    return parse.ParseStage().run([Page(article)])[0]


def test_tokens_stand_where_they_say() -> None:
    page = parsed(TEXT)
    assert len(page.sentences) == 3
    for sentence in page.sentences:
        for token in sentence.tokens:
            assert TEXT[token.start : token.end] == token.text
            assert not token.text.isspace()
            assert 0 <= token.head < len(sentence.tokens)


def test_annotation_is_the_same_without_blis() -> None:
    import spacy

    fast = parse.load()
    plain = spacy.load(parse.PACKAGE)
    for text in TEXT.split("\n\n"):
        one, other = fast(text), plain(text)
        assert [(t.tag_, t.dep_, t.head.i, t.ent_type_, t.lemma_) for t in one] == [
            (t.tag_, t.dep_, t.head.i, t.ent_type_, t.lemma_) for t in other
        ]


def test_promo_and_credit_are_not_parsed() -> None:
    article = Article("t", "Read more: war\nTroops left.", zones=(Zone("promo", 0, 14), Zone("body", 15, 27)))
    page = parse.ParseStage().run([Page(article)])[0]
    assert [sentence.zone for sentence in page.sentences] == ["body"]


def test_another_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    parse.check_model.cache_clear()
    monkeypatch.setattr(parse, "MODEL_SHA256", "0" * 64)
    with pytest.raises(EngineError, match="reinstall"):
        parse.check_model()
    parse.check_model.cache_clear()


def test_long_lines_are_cut_and_lose_nothing() -> None:
    line = "Troops left the town. " * 3000
    page = parsed(line)
    assert sum(len(s.tokens) for s in page.sentences) >= 3000 * 5
    assert all(line[s.start : s.end] for s in page.sentences)


def test_what_is_no_sentence_is_left_with_an_issue() -> None:
    page = parsed("( " * 2000 + "\n\nPolice arrested ten men.")
    assert [len(sentence.tokens) <= parse.LONGEST_SENTENCE for sentence in page.sentences] == [True] * len(
        page.sentences
    )
    assert any("without the end of a sentence" in issue.message for issue in page.issues)
    assert page.sentences[-1].tokens[0].text == "Police"
