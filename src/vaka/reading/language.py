"""Tells English from other languages by script and a vote of small words; refuses nothing under 40 letters.

The vote is about whole reports. It names the language only to say clearly what cannot be read yet.
"""

from __future__ import annotations

import re
from collections import Counter

SHORTEST = 40
"""Letters below which a text is always read (contract)."""
SAMPLE = 20_000
"""Characters looked at: more change no vote."""

STOP_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in a is that for it was on with as at by from be have has had he she they we his her "
        "their its "
        "this are were been will would not but said an who which after over more than or about into up out could there "
        "before during against between under when where what no new two",
        "fr": "le la les des du de un une et est dans pour que qui sur par au aux avec ce cette il elle ne pas son sa "
        "ses été "
        "plus après être sont ont mais ou leur nous selon contre l d qu",
        "de": "der die das den dem des ein eine einen einem und ist nicht mit von zu auf für im sich auch nach bei "
        "aus dass "
        "werden wird wurde sind hat haben als wie oder am zum zur über einer",
        "es": "el la los las de del un una y en que es por con para se su sus al lo como más pero no fue ha han este "
        "esta "
        "entre sobre según también tras desde hasta",
        "pt": "o a os as de do da dos das um uma e em que é por com para se seu sua ao no na nos nas mais mas não foi "
        "como "
        "entre sobre segundo também após até pelo pela",
        "it": "il lo la i gli le di del della dei delle un una e è in che per con si su al alla nel nella non sono da "
        "dal "
        "dalla ha hanno come più anche dopo ma",
        "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als door naar bij uit over maar "
        "heeft "
        "hebben wordt werd worden zich tegen",
        "sv": "och att det som en ett är av för på med den till inte har om de var från vid efter sig men kan ska "
        "skulle",
        "da": "og at det som en et er af for på med den til ikke har om de var fra ved efter sig men kan skal vil",
        "tr": "ve bir bu da de için ile olarak olan çok daha gibi kadar sonra ancak ise göre en o ne dedi etti oldu",
        "id": "yang dan di ke dari untuk dengan pada ini itu tidak adalah akan telah oleh dalam sebagai juga karena "
        "mereka",
        "pl": "i w na z do się nie że jest to o od po za przez jak dla ale oraz są był była było tym jego która który",
        "cs": "a v na se je že z do o s po za by jsou byl byla bylo jako ale pro podle který která také",
        "ro": "și în de la cu pe care nu este un o a din pentru că mai au fost sunt după sau prin",
        "hu": "a az és hogy nem is egy meg ez volt van de mint csak már el szerint azt után",
        "fi": "ja on ei se että oli ovat myös mutta kun joka hän ole sekä tai mukaan kuin",
        "vi": "và của là có trong cho được các với không những một người đã này khi từ đến",
        "sw": "na ya wa kwa ni katika za la kuwa hiyo hii alisema lakini pia watu huo",
        "az": "və bir bu üçün ilə da də olan olaraq daha kimi sonra edib ki onun",
        "so": "oo ka ku iyo ay ah uu in la waa soo waxaa ee",
    }.items()
}  # fmt: skip

SCRIPTS = (
    ("ja", "\u3040-\u30ff"), ("zh", "\u4e00-\u9fff"), ("ko", "\uac00-\ud7af"), ("ru", "\u0400-\u052f"),
    ("ar", "\u0600-\u06ff\u0750-\u077f"), ("he", "\u0590-\u05ff"), ("el", "\u0370-\u03ff"), ("hi", "\u0900-\u097f"),
    ("bn", "\u0980-\u09ff"), ("ta", "\u0b80-\u0bff"), ("th", "\u0e00-\u0e7f"), ("my", "\u1000-\u109f"),
    ("ka", "\u10a0-\u10ff"), ("hy", "\u0530-\u058f"), ("am", "\u1200-\u137f"), ("km", "\u1780-\u17ff"),
)  # fmt: skip
_SCRIPT_LETTERS = tuple((language, re.compile(f"[{letters}]")) for language, letters in SCRIPTS)
_WORD = re.compile(r"[^\W\d_]+")


def detect(text: str) -> str | None:
    """A BCP 47 code, or None when the words do not decide."""
    sample = text[:SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return None
    for language, script in _SCRIPT_LETTERS:
        # Japanese mixes kana with Chinese characters, so a tenth of kana already decides.
        if len(script.findall(sample)) > letters * (0.1 if language == "ja" else 0.5):
            return _by_letters(language, sample)
    return _by_vote(sample)


def _by_letters(language: str, sample: str) -> str:
    if language == "ru" and re.search("[іїєґ]", sample):
        return "uk"
    if language == "ru" and re.search("[әғқңөұүһ]", sample):
        return "kk"
    if language == "ar" and re.search("[پچژگ]", sample):
        return "fa"
    return language


def _by_vote(sample: str) -> str | None:
    words = Counter(_WORD.findall(sample.lower()))
    votes = {language: sum(words[word] for word in stops) for language, stops in STOP_WORDS.items()}
    best = max(votes, key=lambda language: votes[language])
    english = votes["en"]
    # Another language must win clearly: names and quotes bring "de", "la" and "in" into English reports too.
    if best != "en" and votes[best] >= 3 and votes[best] > 1.5 * english and votes[best] >= 0.06 * words.total():
        return best
    return "en" if english >= 0.05 * words.total() and english else None


def refused(text: str, stated: str | None) -> str | None:
    """The language for which the report cannot be read, or None when it is read as English."""
    if sum(map(str.isalpha, text[:SAMPLE])) < SHORTEST:
        return None
    language = stated or detect(text)
    return language if language and language.lower().split("-")[0].split("_")[0] not in {"en", "eng"} else None
