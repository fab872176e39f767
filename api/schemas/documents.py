"""Documents, their editions and their paragraphs."""

from pydantic import Field

from api.schemas.base import Body
from kb.documents import AmendmentKind, EditionKind, PassageKind, Visibility
from kb.languages import Language
from kb.passages import EditionStatus


class EditionBody(Body):
    """One stored text of a document."""

    language: Language
    """Its language."""
    edition: EditionKind
    """`original`, or `digest`: LandBrief's own summary."""
    version: int = Field(ge=1)
    """From 1; a changed file makes a new one."""
    status: EditionStatus
    """`current`, `superseded` by a later version, or `withdrawn`."""
    title: str | None
    """Title in this language."""
    source: str
    """Name of the file that it came from."""
    paragraphs: int = Field(ge=0)
    """Number of numbered paragraphs."""


class DocumentItem(Body):
    """A document in a list."""

    document_id: str = Field(examples=["ICCD/COP(16)/4"])
    """Identity of the document."""
    symbol: str | None
    """UN document symbol, null when not known."""
    session: str | None
    """Session, null when not known."""
    agenda_item: str | None = Field(default=None, examples=["2(a)"])
    """Item of its agenda, null when not known."""
    superseded_by: str | None = None
    """Id of the revision that replaces the document, if one is held."""
    corrects: str | None = None
    """Symbol of the document that this corrigendum belongs to."""
    title: str | None
    """Title, in the language asked for where it is known."""
    visibility: Visibility
    """Who may see it."""
    editions: list[EditionBody]
    """Its texts."""
    url: str
    """Path of the document in this interface."""


class DocumentList(Body):
    """A page of documents."""

    items: list[DocumentItem]
    """The documents, by id."""
    next_cursor: str | None
    """Send as `cursor` for the next page; null at the end."""


class HeadingBody(Body):
    """A heading of the outline."""

    level: int = Field(ge=1)
    """1 is outermost."""
    number: str | None
    """As printed, `II.`."""
    text: str
    """The heading's words."""
    before: int = Field(ge=0)
    """Index in `paragraphs` of the first paragraph under it."""


class SubparagraphBody(Body):
    """A sub-paragraph: a span of the text of its paragraph, its own sub-paragraphs included."""

    label: str = Field(examples=["8(b)"])
    """Its label."""
    start: int = Field(ge=0)
    """Where it begins in that text, in code points."""
    end: int = Field(ge=0)
    """Where it ends."""
    run_in: bool
    """Whether it stands inside a sentence, with no line of its own."""


class OutlineParagraph(Body):
    """A paragraph of a document."""

    paragraph: str = Field(examples=["8"])
    """Its label."""
    kind: PassageKind = "paragraph"
    """Whether the label is an official number, and of what."""
    text: str
    """Its text, sub-paragraphs included."""
    heading_path: list[str]
    """Headings above it, outermost first."""
    footnotes: list[str] = Field(examples=[["fn 16"]])
    """Labels of the footnotes whose marks it carries."""
    subparagraphs: list[str] = Field(examples=[["8(a)", "8(b)", "8(b)(i)"]])
    """Labels of its sub-paragraphs to every depth, in order."""
    spans: list[SubparagraphBody] = Field(default_factory=list)
    """Where each of them stands."""


class FootnoteBody(Body):
    """A footnote."""

    label: str = Field(examples=["fn 16"])
    """Its label."""
    text: str
    """Its text."""
    anchor: str | None = Field(examples=["107(c)"])
    """Label of the deepest paragraph that carries its mark, null when the mark was not found."""
    offset: int | None = None
    """Where the mark stood in the text of the whole paragraph, in code points."""


class TableBody(Body):
    """A table with its cells."""

    label: str = Field(examples=["table 1"])
    """Its label; a row is `table 1, row 3`."""
    caption: str
    """Its caption."""
    columns: list[str]
    """Column headings."""
    rows: list[list[str]]
    """Cells, as many in each row as there are columns."""
    heading_path: list[str] = Field(default_factory=list)
    """Headings above it, outermost first."""
    note: str = ""
    """Source and notes printed under it."""


class FigureBody(Body):
    """A figure of which only the words are kept."""

    label: str = Field(examples=["figure 1"])
    """Its label."""
    caption: str
    """Its caption."""
    heading_path: list[str] = Field(default_factory=list)
    """Headings above it, outermost first."""
    legend: str = ""
    """What is printed in it."""


class AmendmentBody(Body):
    """Where the text kept differs from the source, or what is odd in the source."""

    kind: AmendmentKind
    """What was done or noticed."""
    paragraph: str
    """Label of the paragraph concerned."""
    printed: str
    """As the source has it."""
    amended: str
    """As it is read."""


class DocumentBody(Body):
    """One edition of a document: its outline and its texts."""

    document_id: str = Field(examples=["ICCD/COP(16)/4"])
    """Identity of the document."""
    symbol: str | None
    """UN document symbol, null when not known."""
    session: str | None
    """Session, null when not known."""
    agenda_item: str | None = Field(default=None, examples=["2(a)"])
    """Item of its agenda, null when not known."""
    visibility: Visibility = "public"
    """Who may see it."""
    corrects: str | None = None
    """Symbol of the document that this corrigendum belongs to."""
    title: str | None
    """Title in the language of this edition."""
    language: Language
    """Language of this edition."""
    edition: EditionKind
    """`original`, or `digest`: LandBrief's own summary."""
    version: int = Field(ge=1)
    """Version of this edition."""
    status: EditionStatus
    """Whether it is current."""
    superseded_by: str | None
    """Id of the revision that replaces the document, if one is held."""
    corrected_by: list[str]
    """Ids of the corrigenda held."""
    editions: list[EditionBody]
    """Every text of the document."""
    headings: list[HeadingBody]
    """The outline."""
    paragraphs: list[OutlineParagraph]
    """The running text."""
    footnotes: list[FootnoteBody]
    """Its footnotes."""
    tables: list[TableBody]
    """Its tables."""
    figures: list[FigureBody]
    """Its figures."""
    amendments: list[AmendmentBody]
    """What differs from the printed source."""


class ParagraphBody(Body):
    """One paragraph, sub-paragraph, table, table row, footnote or figure of one edition."""

    document_id: str = Field(examples=["ICCD/COP(16)/4"])
    """Identity of the document."""
    symbol: str | None
    """UN document symbol, null when not known."""
    session: str | None
    """Session, null when not known."""
    paragraph: str = Field(examples=["39(a)"])
    """Its label."""
    language: Language
    """Language of this edition."""
    edition: EditionKind
    """`original`, or `digest`: LandBrief's own summary."""
    version: int = Field(ge=1)
    """Version of this edition."""
    status: EditionStatus
    """Whether it is current."""
    text: str
    """Its text, sub-paragraphs included."""
    start: int = Field(ge=0)
    """Where the text begins in that of the whole paragraph: 0 unless it is a sub-paragraph."""
    heading_path: list[str]
    """Headings above it, outermost first."""
    footnotes: list[str] = Field(examples=[["fn 16"]])
    """Labels of the footnotes whose marks it carries."""
    footnote_texts: list[FootnoteBody]
    """Those footnotes."""
    subparagraphs: list[str]
    """Labels of its sub-paragraphs to every depth, in order."""
    superseded_by: str | None
    """Id of the revision that replaces the document, if one is held."""
    corrected_by: list[str]
    """Corrigenda that amend it."""
    label: str = Field(examples=["ICCD/COP(16)/4, para. 39 (a)"])
    """Its citation in the UN form of this edition's language."""
    url: str
    """Its path in this interface."""
