"""A search and what it finds."""

from pydantic import Field

from api.schemas.base import MAX_HITS, MAX_QUESTION, Body, Text
from kb.documents import EditionKind
from kb.languages import Language
from kb.passages import Via


class SearchRequest(Body):
    """What to search for."""

    q: Text = Field(min_length=1, max_length=MAX_QUESTION, examples=["drought partnership"])
    """Words or a question, in any of the six languages."""
    k: int = Field(default=10, ge=1, le=MAX_HITS)
    """The most hits to give."""
    language: Language | None = None
    """Language to show hits in, where they are held in it."""
    document: Text | None = Field(default=None, max_length=300)
    """Id or symbol of the only document to search."""
    edition: EditionKind | None = None
    """`original` leaves digests out; `digest` leaves originals out."""


class HitBody(Body):
    """One paragraph found."""

    rank: int = Field(ge=1)
    """Place in the list, from 1."""
    score: float
    """Higher is better; comparable within one answer only."""
    document_id: str = Field(examples=["ICCD/COP(16)/4"])
    """Identity of the document."""
    symbol: str | None
    """UN document symbol, null when not known."""
    session: str | None
    """Session of the document, null when not known."""
    paragraph: str = Field(examples=["39(a)"])
    """Label of the paragraph."""
    language: Language
    """Language of the edition shown."""
    edition: EditionKind
    """Kind of the edition shown."""
    text: str
    """Text of the paragraph in that edition."""
    heading_path: list[str]
    """Headings above it, outermost first."""
    via: list[Via]
    """Every way in which the paragraph was found."""
    candidate: bool = False
    """Whether it was found by candidate records alone, which nobody has reviewed."""


class SearchBody(Body):
    """What a search found, best first; one hit per paragraph."""

    hits: list[HitBody]
    """At most `k` hits."""
