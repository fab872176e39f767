"""Small documents in six languages, made for the tests of the knowledge base."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kb.documents import (
    Amendment,
    Figure,
    Footnote,
    Heading,
    Masthead,
    Paragraph,
    ParsedDocument,
    Subparagraph,
    Table,
)
from kb.knowledge_base import KnowledgeBase, open_knowledge_base
from kb.languages import LANGUAGES, Language
from kb.settings import Settings
from kb.terms import load_terms, terms_version
from kb.views import Added, Origin, PassageRow

SYMBOL = "ICCD/COP(16)/98"

# One paragraph about wells, one about seeds, one about radio; the same in each language.
TEXTS: Mapping[Language, tuple[str, str, str]] = {
    "en": (
        "Norway granted 40 million dollars to drill deep wells for pastoralists.",
        "Farmers exchange drought-tolerant seeds at twelve village markets.",
        "Community radio stations broadcast warnings of sand and dust storms.",
    ),
    "fr": (
        "La Norvège a accordé 40 millions de dollars pour forer des puits profonds.",
        "Les agriculteurs échangent des semences résistantes à la sécheresse sur douze marchés.",
        "Les radios communautaires diffusent des alertes aux tempêtes de sable et de poussière.",
    ),
    "es": (
        "Noruega concedió 40 millones de dólares para perforar pozos profundos.",
        "Los agricultores intercambian semillas resistentes a la sequía en doce mercados.",
        "Las radios comunitarias difunden avisos de tormentas de arena y polvo.",
    ),
    "ru": (
        "Норвегия выделила 40 миллионов долларов на бурение глубоких колодцев.",
        "Фермеры обмениваются засухоустойчивыми семенами на двенадцати рынках.",
        "Общинные радиостанции передают предупреждения о песчаных и пыльных бурях.",
    ),
    "ar": (
        "منحت النرويج 40 مليون دولار لحفر آبار عميقة للرعاة.",
        "يتبادل المزارعون البذور المقاومة للجفاف في اثني عشر سوقا.",
        "تبث الإذاعات المجتمعية تحذيرات من العواصف الرملية والترابية.",
    ),
    "zh": (
        "挪威提供了4 000万美元用于为牧民钻探深井。",
        "农民在十二个村集市上交换抗旱种子。",
        "社区广播电台播发沙尘暴预警。",
    ),
}


def document(
    language: Language = "en",
    *,
    texts: Iterable[str] | None = None,
    symbols: tuple[str, ...] = (SYMBOL,),
    **masthead: Any,
) -> ParsedDocument:
    """Numbered paragraphs 1, 2, … in one language."""
    paragraphs = tuple(
        Paragraph(str(number), "paragraph", text, ("I. Background",))
        for number, text in enumerate(texts or TEXTS[language], start=1)
    )
    return ParsedDocument(
        Masthead(language=language, symbols=symbols, **masthead),
        headings=(Heading(1, "I.", "Background", 0),),
        paragraphs=paragraphs,
    )


def rich_document(
    language: Language = "en", symbols: tuple[str, ...] = (SYMBOL,)
) -> ParsedDocument:
    """One of everything that an edition can hold."""
    text = "Parties agreed: (a) to drill wells; (b) to keep seeds: (i) dry; (ii) cool."
    subs = tuple(
        Subparagraph(label, text.index(first), end)
        for label, first, end in (
            ("2(a)", "(a)", text.index(" (b)")),
            ("2(b)", "(b)", len(text)),
            ("2(b)(i)", "(i)", text.index(" (ii)")),
            ("2(b)(ii)", "(ii)", len(text)),
        )
    )
    return ParsedDocument(
        Masthead(
            language=language,
            symbols=symbols,
            session="COP(16)",
            agenda_item="7",
            title="Wells and seeds",
            body="Conference of the Parties",
            issuer="Note by the secretariat",
        ),
        headings=(Heading(1, "I.", "Background", 0), Heading(2, "A.", "Wells", 2)),
        paragraphs=(
            Paragraph("summary", "summary", "What this note is about."),
            Paragraph("1", "paragraph", "Wells run dry.", ("I. Background",)),
            Paragraph("2", "paragraph", text, ("I. Background", "A. Wells"), subs),
        ),
        footnotes=(
            Footnote("fn 1", "See the survey of 2021.", "2(b)(i)", text.index("dry") + 3),
            Footnote("fn 2", "A footnote without a mark."),
        ),
        tables=(
            Table(
                "table 1",
                "Wells by region",
                ("Region", "Wells", "Depth"),
                (("North", "12", "80 m"), ("South", "7", "120 m")),
                ("I. Background",),
                "Source: survey.",
            ),
        ),
        figures=(Figure("figure 1", "A deep well", "Cross-section", ("I. Background",)),),
        amendments=(Amendment("reading", "table 1", "(7 20)", "7 (20%)"),),
    )


def origin(content: object, source: str = "note.pdf", **facts: Any) -> Origin:
    """As the pipeline would make it; `content` stands for the file's bytes."""
    digest = hashlib.sha256(repr(content).encode()).hexdigest()
    return Origin(source=source, sha256=digest, **facts)


def add(kb: KnowledgeBase, parsed: ParsedDocument, source: str = "note.pdf", **facts: Any) -> Added:
    """Ingests a document whose file is what it says."""
    return kb.add(parsed, origin(parsed, source, **facts))


def rows(
    texts: Mapping[str, str], document_id: str = "wells", language: Language = "en"
) -> list[PassageRow]:
    """Lines of a passages file."""
    return [PassageRow(document_id, label, language, text) for label, text in texts.items()]


def opened(home: Path, model: str = "landbrief-hash-256", **options: Any) -> KnowledgeBase:
    """The knowledge base of a home; waits for no other process, and loads no model file unless
    `model` names one."""
    settings = Settings(home=home, lock_wait_seconds=0, embedder=model)
    return open_knowledge_base(settings, **options)


def found(kb: KnowledgeBase, query: str, **options: Any) -> list[tuple[str, str]]:
    """Document and label of each hit."""
    return [(h.passage.document_id, h.passage.label) for h in kb.search(query, **options)]


@contextmanager
def in_six_languages(
    home: Path,
    texts: Mapping[Language, Sequence[str]],
    symbol: str,
    records: Sequence[Any] = (),
) -> Iterator[KnowledgeBase]:
    """A knowledge base that holds one document, `texts` in each language, and records of it."""
    terms = load_terms()
    with opened(
        home, write=True, concepts=terms.concepts, concepts_version=terms_version()
    ) as held:
        for language in LANGUAGES:
            add(held, document(language, texts=texts[language], symbols=(symbol,)))
        if records:
            held.records.add_file("own.json", "1", list(records))
        yield held
