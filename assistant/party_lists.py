"""Whether Parties are asked for by name, and nothing that is said names one."""

from assistant.drafts import Draft
from assistant.question import Question, Vocabulary
from assistant.several import asks_several, wants_parties
from kb.regions import parties_of


def lacks_parties(question: Question, draft: Draft, vocabulary: Vocabulary) -> bool:
    """Whether the draft answers "in which countries" with no country and no region: then the
    documents do not say."""
    if draft.abstained or draft.reason is not None:
        return False
    if not asks_several(question) or not wants_parties(question):
        return False
    said = [s for s in draft.statements if s.citations]
    known = {m.concept_id for m in question.names}
    texts = [(s.text, draft.language) for s in said if s.claim is not None]
    texts += [(c.quote, c.language) for s in said if s.claim is None for c in s.citations]
    for text, language in texts:
        for one in vocabulary.concepts(text, language):
            if one not in known and (one.startswith("party:") or parties_of(one)):
                return False
    return bool(said)
