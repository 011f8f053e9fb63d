"""The trained reader of sentences: which words tell acts of which type, mode and status, who and where stand beside
them, and what is told as cause and effect.

A small network (MiniLM with heads, int8 ONNX, `make model` trains it) that only gives signals; what becomes of them is
decided in coding/. It reads a sentence at a time, of those that may tell an act, and knows nothing of the page.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

from vaka.errors import EngineError
from vaka.syntax import NONE, Labels, Signal
from vaka.syntax import Sentence as Parsed
from vaka.types import CODED_ZONES, Model, Page

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDER = Path(__file__).parents[1] / "models" / "events"
LONGEST = 192
"""Word pieces read of a sentence; what stands behind gets no signal."""
UNCALIBRATED = {"pattern": (0.0, 1.0), "network": (0.0, 1.0)}
"""Weights of a network that was not calibrated: the score is its probability."""


class Classifier:
    """The network with its tokenizer; one thread, since reports are coded side by side in processes."""

    def __init__(self, folder: Path = FOLDER) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        raw = orjson.loads((folder / "labels.json").read_bytes())
        self.labels = Labels(
            tuple(raw["types"]),
            tuple(raw["modes"]),
            tuple(raw["statuses"]),
            tuple(raw["tags"]),
            np.array(raw["role_bias"]),
            {kind: tuple(weights) for kind, weights in raw.get("scores", UNCALIBRATED).items()},
            np.array([name != NONE for name in raw["types"]]),
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "events.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def read(self, sentences: Sequence[Parsed], texts: Sequence[str]) -> list[Signal]:
        """A signal a sentence, in their order; `texts` are the sentences' own words."""
        coded = self._tokenizer.encode_batch(list(texts))
        found = []
        for sentence, one in zip(sentences, coded, strict=True):
            spans = tuple((sentence.start + start, sentence.start + end) for start, end in one.offsets)
            found.append(self._signal(spans, one.ids))
        return found

    def _signal(self, spans: tuple[tuple[int, int], ...], ids: Sequence[int]) -> Signal:
        """One sentence a run: the int8 network scales its numbers by all that it reads at once, so that beside other
        sentences it would say other things, and a report's page would depend on its neighbours."""
        pieces = np.array([ids], dtype=np.int64)
        outputs = self._session.run(None, {"pieces": pieces, "mask": np.ones_like(pieces)})
        types, modes, statuses, tags, asking, answering, whole = (output[0] for output in outputs)
        kinds, ways, states, marks = (_softmax(scores) for scores in (types, modes, statuses, tags))
        told = 1 / (1 + np.exp(-whole))
        return Signal(spans, kinds, ways, states, marks, asking, answering, told, self.labels)


def _softmax(logits: NDArray[Any]) -> NDArray[Any]:
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)  # type: ignore[no-any-return]


@functools.cache
def classifier() -> Classifier:
    """The committed network, loaded once a process.

    Raises EngineError when its files are missing.
    """
    if not (FOLDER / "events.onnx").exists():
        raise EngineError(f"{FOLDER}: the event network is missing; reinstall Vaka, or train it with `make model`")
    return Classifier()


@functools.cache
def model() -> Model:
    """The network's identity."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.iterdir()):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    version = orjson.loads((FOLDER / "labels.json").read_bytes())["version"]
    return Model("events", "en", "vaka-events-minilm", version, digest.hexdigest())


class SignalsStage:
    """Needs the parse; gives the network's signals to the sentences that may tell an act."""

    name = "signals"
    needs = frozenset({"sentences"})
    gives = frozenset({"signals"})

    def run(self, pages: Sequence[Page]) -> list[Page]:
        """Each sentence by itself, so that a page is the same whatever it is coded with."""
        asked = [
            (number, sentence)
            for number, page in enumerate(pages)
            for sentence in page.sentences
            if sentence.zone in CODED_ZONES and worth_asking(sentence)
        ]
        texts = [pages[number].article.text[sentence.start : sentence.end] for number, sentence in asked]
        found: list[dict[int, Signal]] = [{} for _ in pages]
        signals = classifier().read([sentence for _, sentence in asked], texts) if asked else []
        for (number, sentence), signal in zip(asked, signals, strict=True):
            found[number][sentence.index] = signal
        return [replace(page, signals=heard) for page, heard in zip(pages, found, strict=True)]


def worth_asking(sentence: Parsed) -> bool:
    """Whether a sentence may tell an act, so that the network is asked about it."""
    return len(sentence.tokens) >= 3
