"""The network: MiniLM with heads for triggers (type, mode, status), for what stands beside each trigger, for causes.

One pass a sentence. Every word piece gets a type (or none), a mode, a status and a tag of cause, effect or signal; a
pair of pieces gets three numbers, whether the second stands for the actor, the recipient or the place of the act that
the first one tells; the sentence as a whole gets a number for each type, and for any act at all.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import AutoModel

ROLES = ("actor", "recipient", "place")
CAUSAL = ("O", "cause", "cause+", "effect", "effect+", "signal", "signal+")
"""Tags of cause and effect; those with a plus go on."""
PAIR = 64
"""Width of the space in which a trigger and a party meet: wider ones did not score better."""


class EventNetwork(nn.Module):
    """Word pieces in; logits of shape (batch, pieces, labels), for roles two factors whose product scores pairs, and
    for the whole sentence logits of shape (batch, types), the first of any act."""

    def __init__(self, weights: str, types: int, modes: int, statuses: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(weights, add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.type_head = nn.Linear(width, types)
        self.mode_head = nn.Linear(width, modes)
        self.status_head = nn.Linear(width, statuses)
        self.whole_head = nn.Linear(width, types)
        self.cause_head = nn.Linear(width, len(CAUSAL))
        self.asking = nn.Linear(width, PAIR * len(ROLES))
        self.answering = nn.Linear(width, PAIR * len(ROLES))
        self.role_bias = nn.Parameter(torch.full((len(ROLES),), -3.0))

    def forward(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        hidden = self.dropout(self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state)
        shape = (*hidden.shape[:2], len(ROLES), PAIR)
        asking = self.asking(hidden).reshape(shape) / PAIR**0.5
        answering = self.answering(hidden).reshape(shape)
        tags = self.cause_head(hidden)
        shown = mask.unsqueeze(-1).to(hidden.dtype)
        whole = self.whole_head((hidden * shown).sum(1) / shown.sum(1))
        heads = self.type_head(hidden), self.mode_head(hidden), self.status_head(hidden)
        return *heads, tags, asking, answering, whole


def role_scores(asking: Tensor, answering: Tensor, bias: Tensor) -> Tensor:
    """Logits (batch, trigger piece, party piece, role)."""
    return torch.einsum("btrd,bprd->btpr", asking, answering) + bias
