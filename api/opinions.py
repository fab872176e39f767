"""What readers think of answers, taken at any door."""

from api.desk import Desk
from api.operations.feedback import Feedback, FeedbackFile, Place, new_id, today, without_reach
from api.operations.metrics import Metrics
from api.schemas.conversations import TurnBody
from api.schemas.feedback import FeedbackBody, FeedbackRequest
from kb.errors import NotFound


class Opinions:
    """Keeps verdicts as candidates for an evaluation set; who gives them is not kept."""

    def __init__(self, file: FeedbackFile, metrics: Metrics) -> None:
        self._file = file
        self._metrics = metrics

    def keep(self, desk: Desk, given: FeedbackRequest, owner: str | None) -> FeedbackBody:
        """Keep a verdict; a conversation has to be that of `owner`.

        Raises NotFound for no turn of hers, StoreBusy where there is no room, StoreDamaged.
        """
        turn = _turn(desk, given, owner) if given.conversation_id else None
        kept = _kept(given, turn)
        self._file.add(kept)
        self._metrics.feedback(kept.verdict)
        return FeedbackBody(id=kept.id, verdict=kept.verdict)


def _turn(desk: Desk, given: FeedbackRequest, owner: str | None) -> TurnBody:
    turns = desk.conversation(given.conversation_id or "", owner).items
    nth = given.turn or len(turns)
    if not 1 <= nth <= len(turns):
        raise NotFound(f"the conversation keeps {len(turns)} turns: there is no turn {nth}")
    return turns[nth - 1]


def _kept(given: FeedbackRequest, turn: TurnBody | None) -> Feedback:
    question = turn.answer.asked_as or turn.question if turn else given.question or ""
    answer = turn.answer if turn else None
    cited = () if answer is None else answer.citations
    said = {n for one in answer.statements for n in one.citations} if answer else set()
    places = dict.fromkeys(Place(one.document_id, one.paragraph) for one in cited if one.n in said)
    return Feedback(
        id=new_id(),
        verdict=given.verdict,
        question=without_reach(question),
        on=today(),
        language=answer.language if answer else None,
        comment=without_reach(given.comment) if given.comment else None,
        answer=answer.answer if answer else None,
        reason=answer.reason if answer else None,
        abstained=answer.abstained if answer else None,
        cited=tuple(places),
        expected=(
            Place(given.expected.document_id, given.expected.paragraph) if given.expected else None
        ),
        expected_words=tuple(given.expected_words),
    )
