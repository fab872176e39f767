"""The training loop: StaticEmbedding with the ranking and Matryoshka losses of
sentence-transformers, and an Adagrad that touches only the rows that a batch uses."""

from collections.abc import Callable, Iterable
from itertools import islice

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import (
    MatryoshkaLoss,
    MultipleNegativesRankingLoss,
)
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from kb.training.batches import Batch
from kb.training.pieces import Ids, PieceRuns
from kb.training.recipe import Recipe

Table = NDArray[np.float32]
_EPSILON = 1e-8


def train(
    table: Table,
    tokenizer: Tokenizer,
    runs: PieceRuns,
    batches: Iterable[Batch],
    taught: Table,
    recipe: Recipe,
    report: Callable[[int, Table], None],
) -> Table:
    """The vectors after `recipe.steps` batches, shape (pieces, dimensions).

    In a batch of the task "teacher" the positives are rows of `taught`. `report` is called now and
    then with the step and the table.
    """
    module = StaticEmbedding(tokenizer, embedding_weights=np.zeros((1, recipe.dimensions), "f4"))
    model = SentenceTransformer(modules=[module], device="cpu")
    # One direction: each pair of languages is drawn both ways.
    ranking = MultipleNegativesRankingLoss(model, scale=recipe.scale)
    losses = [
        (sizes, MatryoshkaLoss(model, ranking, list(sizes), _weights(sizes, recipe)))
        for sizes in _turns(recipe)
    ]
    vectors = torch.from_numpy(table.copy())
    squares = torch.full_like(vectors, recipe.first_square)
    targets = torch.from_numpy(taught)
    labels = torch.zeros(0)
    for step, batch in enumerate(islice(batches, recipe.steps)):
        sizes, nested = losses[step % len(losses)]
        by_teacher = batch.task == "teacher"
        columns = [batch.anchors] if by_teacher else [batch.anchors, batch.positives]
        used, features = _features(runs, columns, recipe.longest)
        rows = vectors[used]
        module.embedding.weight = torch.nn.Parameter(rows)
        if by_teacher:
            embedded = model(features[0])["sentence_embedding"]
            target = targets[torch.from_numpy(batch.positives)]
            loss = torch.zeros(())
            for size, weight in zip(sizes, _weights(sizes, recipe), strict=True):
                both = [embedded[:, :size], target[:, :size]]
                loss = loss + weight * ranking.compute_loss_from_embeddings(both, labels)
        else:
            loss = nested(features, labels)
        loss.backward()  # type: ignore[no-untyped-call]
        gradient = module.embedding.weight.grad
        square = squares[used].addcmul_(gradient, gradient)
        squares[used] = square
        rate = recipe.rate * _fraction(step, recipe)
        vectors[used] = rows.addcdiv_(gradient, square.sqrt_().add_(_EPSILON), value=-rate)
        if step % 1000 == 999:
            report(step + 1, vectors.numpy())
    trained: Table = vectors.numpy()
    return trained


def _turns(recipe: Recipe) -> list[tuple[int, ...]]:
    """Which sizes are trained in turn: all of them at every step would cost twice the time."""
    whole, *smaller = recipe.nested
    return [turn for size in smaller for turn in ((whole,), (whole, size))] or [(whole,)]


def _weights(sizes: tuple[int, ...], recipe: Recipe) -> list[float]:
    return [recipe.nested_weights[recipe.nested.index(size)] for size in sizes]


def _features(
    runs: PieceRuns, columns: list[Ids], longest: int
) -> tuple[torch.Tensor, list[dict[str, torch.Tensor]]]:
    """The rows that a batch uses, and each column's pieces as places among them."""
    cuts = [runs.cut(column, longest) for column in columns]
    used, places = np.unique(np.concatenate([ids for ids, _ in cuts]), return_inverse=True)
    features = []
    start = 0
    for ids, offsets in cuts:
        features.append(
            {
                "input_ids": torch.from_numpy(places[start : start + len(ids)]),
                "offsets": torch.from_numpy(offsets),
            }
        )
        start += len(ids)
    return torch.from_numpy(used), features


def _fraction(step: int, recipe: Recipe) -> float:
    """Of the full rate: a short rise, then straight down to a tenth."""
    warm = min(1.0, (step + 1) / 100)
    return warm * (1.0 - 0.9 * step / recipe.steps)
