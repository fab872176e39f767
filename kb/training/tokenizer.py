"""One Unigram tokenizer over the six languages."""

import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import Unigram

from kb.training.character_map import SPACE, character_map, compiled
from kb.training.sources import Material

UNKNOWN: Final = "<unk>"
_WORD_AFTER_HAN: Final = rf"(?<=[\p{{Han}}\p{{N}}])(?=[^{SPACE}\p{{Han}}\p{{N}}])"
# A word with the space before it, a run of Han, a number: all else has become a space.
_RUN: Final = rf"{SPACE}?[^{SPACE}\p{{Han}}\p{{N}}]+|\p{{Han}}+|\p{{N}}+"
_COVERAGE: Final = 0.9998  # of all characters; the rarest are left unknown
_LONGEST_RUN: Final = 60  # characters


def train_tokenizer(texts: Iterable[str], pieces: int, threads: int) -> Tokenizer:
    """A tokenizer of at most `pieces` pieces, the same for the same texts.

    The pieces are sentencepiece's: the trainer of tokenizers gives others each time.
    """
    normalizer = normalizers.Sequence(
        [
            normalizers.Precompiled(compiled(character_map())),
            normalizers.Prepend(SPACE),
            normalizers.Replace(Regex(_WORD_AFTER_HAN), SPACE),
        ]
    )
    splitter = pre_tokenizers.Split(Regex(_RUN), behavior="removed", invert=True)
    runs = _count_runs(texts, normalizer, splitter)
    learned = [(piece, score) for piece, score in _learn(runs, pieces, threads) if piece != UNKNOWN]
    tokenizer = Tokenizer(Unigram([(UNKNOWN, 0.0), *learned], unk_id=0))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = splitter
    return tokenizer


def tokenizer_texts(material: Material) -> list[str]:
    """The texts that pieces are learned from."""
    texts: dict[str, None] = {}
    for each in material.segments:
        if each.task != "senses":
            texts.update(dict.fromkeys(each.segment.values()))
    for question in material.questions:
        texts[question.passage] = None
        texts[question.text] = None
    return list(texts)


def _count_runs(texts: Iterable[str], normalizer: Any, splitter: Any) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text in texts:
        written = normalizer.normalize_str(text)
        counts.update(run for run, _ in splitter.pre_tokenize_str(written))
    return counts


def _learn(runs: Counter[str], pieces: int, threads: int) -> list[tuple[str, float]]:
    from sentencepiece import SentencePieceProcessor, SentencePieceTrainer

    with tempfile.TemporaryDirectory() as folder:
        counted = Path(folder) / "runs.tsv"
        with counted.open("w", encoding="utf-8") as lines:
            for run, count in sorted(runs.items()):
                if len(run) <= _LONGEST_RUN:
                    lines.write(f"{run.replace(SPACE, ' ')}\t{count}\n")
        SentencePieceTrainer.train(
            input=str(counted),
            input_format="tsv",
            model_prefix=str(Path(folder) / "pieces"),
            model_type="unigram",
            vocab_size=pieces,
            hard_vocab_limit=False,
            character_coverage=_COVERAGE,
            normalization_rule_name="identity",
            add_dummy_prefix=False,
            remove_extra_whitespaces=False,
            split_by_unicode_script=False,
            split_by_number=False,
            max_sentencepiece_length=16,
            num_threads=threads,
            unk_id=0,
            unk_piece=UNKNOWN,
            bos_id=-1,
            eos_id=-1,
            minloglevel=2,
        )
        model = SentencePieceProcessor(model_file=str(Path(folder) / "pieces.model"))
    return [(model.id_to_piece(place), model.get_score(place)) for place in range(len(model))]
