"""The whole run: read, hold out, cut into pieces, ask the teacher, train, measure, write."""

import gzip
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kb.meanings import MEANINGS_FILE, write_meanings
from kb.static_model import TOKENIZER_FILE, StaticEmbedder
from kb.training.batches import TextNumbers, endless_batches, pairs_of
from kb.training.card import card
from kb.training.figures import (
    Embed,
    mean_across,
    mean_within,
    question_figures,
    read_six,
    sentence_figures,
)
from kb.training.held_out import HeldOut, hold_out
from kb.training.loop import train
from kb.training.meanings import learn_meanings
from kb.training.pieces import cut_into_pieces
from kb.training.recipe import Recipe
from kb.training.shipping import ship
from kb.training.sources import Material, read_material
from kb.training.teacher import chosen_texts, encode, teacher_pairs
from kb.training.tokenizer import tokenizer_texts, train_tokenizer

Table = NDArray[np.float32]
Say = Callable[[str], None]
_DEVELOPMENT = ("ntrex_six", "flores_six")


def make_model(data: Path, out: Path, recipe: Recipe, say: Say) -> None:
    """Trains by `recipe` from the files in `data`, and writes model, figures and card to `out`.

    Raises SettingsError when a file is missing.
    """
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    random.seed(recipe.seed)
    read = read_material(data)
    material, held = hold_out(read)
    say(f"read {len(material.segments)} segments, {len(material.questions)} questions")
    tokenizer = train_tokenizer(tokenizer_texts(material), recipe.pieces, recipe.threads)
    say(f"tokenizer of {tokenizer.get_vocab_size()} pieces")
    numbers = TextNumbers()
    pairs = pairs_of(material, numbers)
    taught = np.zeros((0, recipe.dimensions), np.float32)
    if recipe.taught > 0:
        texts = chosen_texts(material, recipe.taught)
        taught = encode(texts, recipe.dimensions)
        pairs["teacher"] = teacher_pairs(material, texts, numbers)
        say(f"teacher's vectors of {len(texts)} texts")
    runs = cut_into_pieces(tokenizer, numbers.texts())
    say(f"{len(runs.pieces)} pieces in {len(numbers.texts())} texts")
    randomness = np.random.default_rng(recipe.seed)
    size = (tokenizer.get_vocab_size(), recipe.dimensions)
    table = (recipe.first_size * randomness.standard_normal(size)).astype(np.float32)

    def report(step: int, table: Table) -> None:
        found = question_figures(held, _embed(table, tokenizer))
        say(f"step {step}: nDCG@10 across languages {mean_across(found):.3f}")

    batches = endless_batches(pairs, recipe, randomness)
    table = train(table, tokenizer, runs, batches, taught, recipe, report)
    ship(table, tokenizer, _config(recipe, read), out)
    write_meanings(out / MEANINGS_FILE, learn_meanings(material.segments, tokenizer, say))
    embed = StaticEmbedder(out).embed_passages
    figures = _figures(held, embed, recipe.nested[1:], data.parent / "devtest")
    (out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    config = json.loads((out / "config.json").read_text(encoding="utf-8"))
    (out / "MODEL_CARD.md").write_text(card(config, figures), encoding="utf-8")
    say(f"written to {out}: nDCG@10 across languages {figures['questions']['across']:.3f}")


def make_meanings(data: Path, out: Path, say: Say) -> None:
    """Learns anew, from the files in `data`, what the pieces of the model in `out` mean.

    Raises SettingsError when a file is missing.
    """
    material, _ = hold_out(read_material(data))
    packed = (out / TOKENIZER_FILE).read_bytes()
    tokenizer = Tokenizer.from_str(gzip.decompress(packed).decode())
    write_meanings(out / MEANINGS_FILE, learn_meanings(material.segments, tokenizer, say))


def _config(recipe: Recipe, read: Material) -> dict[str, Any]:
    return {
        "dimensions": recipe.dimensions,
        "nested": list(recipe.nested),
        "seed": recipe.seed,
        "steps": recipe.steps,
        "taught": recipe.taught,
        "rows": read.rows,
    }


def _figures(
    held: HeldOut, embed: Embed, sizes: Sequence[int], development: Path
) -> dict[str, Any]:
    questions = question_figures(held, embed)
    figures: dict[str, Any] = {
        "sentences": sentence_figures(held.sentences, embed),
        "questions": {
            "across": mean_across(questions),
            "within": mean_within(questions),
            **questions,
        },
    }
    figures["nested"] = {
        str(size): mean_across(question_figures(held, _first_axes(embed, size))) for size in sizes
    }
    for name in _DEVELOPMENT:
        path = development / f"{name}.jsonl"
        if path.is_file():
            figures[name] = sentence_figures(read_six(path), embed)
    return _rounded(figures)


def _first_axes(embed: Embed, size: int) -> Embed:
    def cut(texts: Sequence[str]) -> Table:
        rows = embed(texts)[:, :size]
        unit: Table = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    return cut


def _rounded(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {key: round(value, 4) for key, value in some.items()}
        for name, some in figures.items()
    }


def _embed(table: Table, tokenizer: Tokenizer) -> Embed:
    weights = torch.from_numpy(table)

    def embed(texts: Sequence[str]) -> Table:
        runs = cut_into_pieces(tokenizer, texts)
        pieces, offsets = runs.cut(np.arange(len(texts)), len(runs.pieces))
        means = torch.nn.functional.embedding_bag(
            torch.from_numpy(pieces), weights, torch.from_numpy(offsets), mode="mean"
        ).numpy()
        norms = np.linalg.norm(means, axis=1, keepdims=True)
        unit: Table = means / np.maximum(norms, 1e-9)
        return unit

    return embed
