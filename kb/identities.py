"""Which stored document a parsed file belongs to: the registry's rules, answered from SQL."""

from sqlmodel import Session, col, select

from kb.documents import ParsedDocument
from kb.languages import Language
from kb.registry import Held, Identity, identify
from kb.tables import Document, DocumentSymbol, Edition
from kb.views import Origin


def identity_of(session: Session, parsed: ParsedDocument, origin: Origin) -> Identity:
    """The document of `parsed`; that of the very same file, where that one is a current text."""
    return _known_file(session, parsed, origin) or identify(
        parsed.masthead,
        source=origin.source,
        taken=_Taken(session),
        override=origin.document_id,
        symbol=origin.symbol,
    )


class _Taken:
    """Answers `kb.registry` from the tables."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def held(self, document_id: str, language: Language) -> Held | None:
        """The newest original of that id in that language."""
        edition = self._session.exec(
            select(Edition)
            .where(
                Edition.document_id == document_id,
                Edition.language == language,
                Edition.kind == "original",
            )
            .order_by(col(Edition.version).desc())
        ).first()
        if edition is None:
            return None
        return Held(edition.title, edition.masthead.get("issuer"), edition.source)

    def by_symbol(self, symbol: str) -> str | None:
        """The id of the document that carries `symbol`."""
        return self._session.exec(
            select(DocumentSymbol.document_id).where(DocumentSymbol.symbol == symbol)
        ).first()


def _known_file(session: Session, parsed: ParsedDocument, origin: Origin) -> Identity | None:
    """The identity under which this very file, unchanged, already is the current text."""
    if origin.document_id or origin.symbol:
        return None
    edition = session.exec(
        select(Edition).where(
            Edition.file_hash == origin.sha256,
            Edition.parser == origin.parser,
            Edition.kind == origin.kind,
            Edition.language == parsed.masthead.language,
            Edition.status == "current",
        )
    ).first()
    if edition is None:
        return None
    document = session.get_one(Document, edition.document_id)
    return Identity(document.id, document.symbol)
