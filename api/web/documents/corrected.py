"""Which paragraphs of a document its corrigenda amend."""

from collections.abc import Mapping, Sequence

from api.desk import Desk, EditionChoice
from api.schemas import DocumentBody


def corrected(desk: Desk, body: DocumentBody) -> Mapping[str, Sequence[str]]:
    """Paragraphs of corrigenda by the label of the paragraph that they amend.

    A document without corrigenda costs nothing.
    """
    if not body.corrected_by:
        return {}
    choice = EditionChoice(body.language, body.edition, body.version)
    found = {
        one.paragraph: desk.paragraph(body.document_id, one.paragraph, choice).corrected_by
        for one in body.paragraphs
    }
    return {label: by for label, by in found.items() if by}
