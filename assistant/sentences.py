"""Sentences and clauses, which ingestion reads too: see `kb.sentences`."""

from kb.sentences import Span, clauses, printed_part, sentences, word_count

__all__ = ["Span", "clauses", "printed_part", "sentences", "word_count"]
