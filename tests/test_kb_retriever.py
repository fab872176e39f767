"""The search in other people's LangChain chains."""

from pathlib import Path

from kb_fixtures import add, document, opened
from langchain_core.runnables import RunnableLambda

from kb.retriever import ParagraphRetriever


def test_a_chain_gets_paragraphs_with_what_a_citation_needs(tmp_path: Path) -> None:
    with opened(tmp_path) as kb:
        add(kb, document())
        retriever = ParagraphRetriever(kb=kb, k=3)
        chain = retriever | RunnableLambda(lambda found: found)
        hits = kb.search("drought", k=3)
        found = chain.invoke("drought")
        assert [d.metadata["paragraph"] for d in found] == [h.passage.label for h in hits]
        assert [d.page_content for d in found] == [h.passage.text for h in hits]
        first = found[0].metadata
        assert first["rank"] == 1
        assert first["document_id"] in first["citation"] or first["symbol"] in first["citation"]
