"""A small vocabulary and a knowledge base in memory, for the tests of the assistant."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kb.analysis import index_tokens, query_tokens
from kb.documents import EditionKind, Visibility
from kb.errors import NotFound
from kb.languages import Language
from kb.passages import EditionInfo, Hit, Passage
from kb.references import parse_label
from kb.terms import Concept, Kind, Terms
from kb.views import DocumentSummary

_ORDER: tuple[Language, ...] = ("en", "fr", "es", "ru", "ar", "zh")
_CONCEPTS: tuple[tuple[Kind, str, tuple[str, ...]], ...] = (
    ("party", "KEN", ("Kenya", "Kenya", "Kenya", "Кения", "كينيا", "肯尼亚")),
    ("party", "MAR", ("Morocco", "Maroc", "Marruecos", "Марокко", "المغرب", "摩洛哥")),
    ("party", "NOR", ("Norway", "Norvège", "Noruega", "Норвегия", "النرويج", "挪威")),
    ("party", "PER", ("Peru", "Pérou", "Perú", "Перу", "بيرو", "秘鲁")),
    ("party", "SAU", ("Saudi Arabia | Saudi", "Arabie saoudite | saoudien", "Arabia Saudita | saudí",
                      "Саудовская Аравия | саудовский", "المملكة العربية السعودية | السعودية", "沙特阿拉伯 | 沙特")),
    ("organization", "gef", ("Global Environment Facility | GEF", "Fonds pour l'environnement mondial | FEM",
                             "Fondo para el Medio Ambiente Mundial | FMAM", "Глобальный экологический фонд | ГЭФ",
                             "مرفق البيئة العالمية", "全球环境基金 | 环境基金")),
    ("organization", "isdb", ("Islamic Development Bank | IsDB", "Banque islamique de développement",
                              "Banco Islámico de Desarrollo", "Исламский банк развития",
                              "البنك الإسلامي للتنمية", "伊斯兰开发银行")),
    ("organization", "fao", ("Food and Agriculture Organization | FAO", "FAO", "FAO", "ФАО", "الفاو", "粮农组织")),
    ("initiative", "valley", ("Green Valley Partnership | GVP", "Partenariat pour les vallées vertes",
                              "Alianza de los Valles Verdes", "Партнерство «Зеленая долина»",
                              "شراكة الأودية الخضراء", "绿谷伙伴关系")),
    ("initiative", "wells", ("Deep Wells Initiative | DWI", "Initiative des puits profonds",
                             "Iniciativa Pozos Profundos", "Инициатива «Глубокие колодцы»",
                             "مبادرة الآبار العميقة", "深井倡议")),
    ("convention", "unccd", ("United Nations Convention to Combat Desertification | UNCCD",
                             "Convention des Nations Unies sur la lutte contre la désertification | CNULCD",
                             "Convención de las Naciones Unidas de Lucha contra la Desertificación | CLD",
                             "Конвенция Организации Объединенных Наций по борьбе с опустыниванием | КБОООН",
                             "اتفاقية الأمم المتحدة لمكافحة التصحر", "联合国防治荒漠化公约 | 荒漠化公约")),
    ("term", "drought", ("drought", "sécheresse", "sequía", "засуха", "الجفاف", "干旱 | 抗旱")),
    ("term", "grant", ("grant", "subvention | don", "donación | subvención", "грант | субсидия", "منحة", "赠款")),
    ("term", "land-degradation", ("land degradation", "dégradation des terres", "degradación de las tierras",
                                  "деградация земель", "تدهور الأراضي", "土地退化")),
)  # fmt: skip


def small_vocabulary() -> Terms:
    """Five Parties, three organizations, two initiatives, one treaty and three terms."""
    return Terms(
        Concept(
            f"{kind}:{key}",
            kind,
            {lang: tuple(names.split(" | ")) for lang, names in zip(_ORDER, written, strict=True)},
        )
        for kind, key, written in _CONCEPTS
    )


def passage(
    text: str,
    label: str = "1",
    *,
    document: str = "ICCD/COP(99)/1",
    language: Language = "en",
    edition: EditionKind = "original",
    session: str | None = "COP(99)",
    heading: tuple[str, ...] = (),
    **more: object,
) -> Passage:
    """A current, public top-level passage."""
    made = Passage(
        document_id=document,
        symbol=document if "/" in document else None,
        session=session,
        label=label,
        kind="paragraph",
        language=language,
        edition=edition,
        version=1,
        status="current",
        visibility="public",
        text=text,
        start=0,
        heading_path=heading,
    )
    return replace(made, **more)  # type: ignore[arg-type]


@dataclass
class FakeKnowledge:
    """Passages in memory, found by the words and names that they share with the query."""

    passages: tuple[Passage, ...]
    parts: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    vocabulary: Terms = field(default_factory=small_vocabulary)
    generation: int = 1
    searched: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._tokens = [self._index(p) for p in self.passages]

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
        edition: EditionKind | None = None,
        visibility: Iterable[Visibility] = ("public",),
    ) -> tuple[Hit, ...]:
        self.searched.append(query)
        wanted = query_tokens(query, language, self.vocabulary.concepts)
        df = Counter(t for tokens in self._tokens for t in set(tokens))
        scores: dict[tuple[str, str], tuple[float, Passage]] = {}
        for found, tokens in zip(self.passages, self._tokens, strict=True):
            if documents is not None and found.document_id not in documents:
                continue
            if edition not in (None, found.edition) or found.visibility not in visibility:
                continue
            length = math.sqrt(sum(tokens.values()) + 20)
            score = sum(
                w * math.log(1 + len(self.passages) / df[t]) * min(2, tokens[t])
                for t, w in wanted.items()
                if t in tokens
            )
            key = (found.document_id, found.label)
            shown = found.language == language
            best = scores.get(key)
            if score and (best is None or (shown, score / length) > (best[1].language == language, best[0])):
                scores[key] = (max(score / length, best[0] if best else 0.0), found)
        ranked = sorted(scores.values(), key=lambda pair: -pair[0])[:k]
        return tuple(Hit(p, s, n, ("lexical",)) for n, (s, p) in enumerate(ranked, start=1))

    def passage(
        self,
        document_id: str,
        label: str,
        *,
        language: Language | None = None,
        edition: EditionKind | None = None,
        version: int | None = None,
    ) -> Passage:
        top = parse_label(label).top
        held = [*self.passages, *(p for parts in self.parts.values() for p in parts)]
        found = [
            p
            for p in held
            if (p.document_id, p.label) == (document_id, label)
            and edition in (None, p.edition)
            and version in (None, p.version)
        ]
        if not found:
            raise NotFound(f"{document_id} has no passage {label} (top {top})")
        return min(found, key=lambda p: (p.language != language, p.edition != "original"))

    def editions(self, document_id: str) -> tuple[EditionInfo, ...]:
        held = dict.fromkeys(
            (p.language, p.edition, p.version, p.status)
            for p in self.passages
            if p.document_id == document_id
        )
        if not held:
            raise NotFound(f"no document {document_id}")
        return tuple(EditionInfo(la, e, v, s, None, "file", 1) for la, e, v, s in held)

    def documents(self) -> tuple[DocumentSummary, ...]:
        first = {p.document_id: p for p in reversed(self.passages)}
        return tuple(
            DocumentSummary(
                document_id=key,
                symbol=p.symbol,
                symbols=(p.symbol,) if p.symbol else (),
                session=p.session,
                agenda_item=None,
                issuer=None,
                title=None,
                visibility=p.visibility,
                status=p.status,
                superseded_by=p.superseded_by,
                corrects=None,
                corrected_by=(),
                editions=self.editions(key),
            )
            for key, p in sorted(first.items())
        )

    def _index(self, held: Passage) -> Counter[str]:
        tokens = Counter(index_tokens(held.text, held.language))
        tokens.update(self.vocabulary.concepts(held.text, held.language))
        return tokens
