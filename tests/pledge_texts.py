"""Invented pledges put into words in six languages: what is so, and what is nearly so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from random import Random
from typing import Literal

from kb.languages import LANGUAGES, Language

Stage = Literal["pledged", "disbursed", "approved", "mobilised"]
Mood = Literal["done", "planned", "denied"]
Qualifier = Literal["", "more_than", "nearly", "up_to", "at_least"]
STAGES: tuple[Stage, ...] = ("pledged", "disbursed", "approved", "mobilised")
MOODS: tuple[Mood, ...] = ("done", "planned", "denied")
QUALIFIERS: tuple[Qualifier, ...] = ("", "more_than", "nearly", "up_to", "at_least")
CURRENCIES = ("USD", "EUR")


@dataclass(frozen=True, slots=True)
class Pledge:
    """Who did what with how many millions, when. `yearly`: so much a year."""

    actor: int  # of ACTORS
    millions: int
    currency: str
    year: int
    stage: Stage
    mood: Mood = "done"
    qualifier: Qualifier = ""
    yearly: bool = False


# Nominative, and as the agent of a passive.
ACTORS: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": tuple((n, n) for n in ("Kenya", "Norway", "Peru", "Germany", "Switzerland", "FAO")),
    "fr": (
        ("le Kenya", "le Kenya"),
        ("la Norvège", "la Norvège"),
        ("le Pérou", "le Pérou"),
        ("l’Allemagne", "l’Allemagne"),
        ("la Suisse", "la Suisse"),
        ("la FAO", "la FAO"),
    ),
    "es": (
        ("Kenya", "Kenya"),
        ("Noruega", "Noruega"),
        ("el Perú", "el Perú"),
        ("Alemania", "Alemania"),
        ("Suiza", "Suiza"),
        ("la FAO", "la FAO"),
    ),
    "ru": (
        ("Кения", "Кенией"),
        ("Норвегия", "Норвегией"),
        ("Республика Перу", "Республикой Перу"),
        ("Германия", "Германией"),
        ("Швейцария", "Швейцарией"),
        ("ФАО", "ФАО"),
    ),
    "ar": tuple(
        (n, n) for n in ("كينيا", "النرويج", "بيرو", "ألمانيا", "سويسرا", "منظمة الأغذية والزراعة")
    ),
    "zh": tuple((n, n) for n in ("肯尼亚", "挪威", "秘鲁", "德国", "瑞士", "粮农组织")),
}
# Of each stage: done, planned, denied, and the participle of the passive.
_VERBS: dict[Language, dict[Stage, tuple[str, str, str, str]]] = {
    "en": {
        "pledged": ("pledged", "plans to pledge", "has not pledged", "pledged"),
        "disbursed": ("disbursed", "plans to disburse", "has not disbursed", "disbursed"),
        "approved": ("approved", "plans to approve", "has not approved", "approved"),
        "mobilised": ("mobilized", "plans to mobilize", "has not mobilized", "mobilized"),
    },
    "fr": {
        "pledged": ("a promis", "prévoit de promettre", "n’a pas promis", "promis"),
        "disbursed": ("a versé", "prévoit de verser", "n’a pas versé", "versés"),
        "approved": ("a approuvé", "prévoit d’approuver", "n’a pas approuvé", "approuvés"),
        "mobilised": ("a mobilisé", "prévoit de mobiliser", "n’a pas mobilisé", "mobilisés"),
    },
    "es": {
        "pledged": ("prometió", "prevé prometer", "no prometió", "prometidos"),
        "disbursed": ("desembolsó", "prevé desembolsar", "no desembolsó", "desembolsados"),
        "approved": ("aprobó", "prevé aprobar", "no aprobó", "aprobados"),
        "mobilised": ("movilizó", "prevé movilizar", "no movilizó", "movilizados"),
    },
    "ru": {
        "pledged": ("обещала", "планирует обещать", "не обещала", "обещано"),
        "disbursed": ("выплатила", "планирует выплатить", "не выплатила", "выплачено"),
        "approved": ("утвердила", "планирует утвердить", "не утвердила", "утверждено"),
        "mobilised": ("мобилизовала", "планирует мобилизовать", "не мобилизовала", "мобилизовано"),
    },
    "ar": {
        "pledged": ("تعهدت {a} بتقديم", "تعتزم {a} التعهد بتقديم", "لم تتعهد {a} بتقديم", ""),
        "disbursed": ("صرفت {a}", "تعتزم {a} صرف", "لم تصرف {a}", ""),
        "approved": ("اعتمدت {a}", "تعتزم {a} اعتماد", "لم تعتمد {a}", ""),
        "mobilised": ("حشدت {a}", "تعتزم {a} حشد", "لم تحشد {a}", ""),
    },
    "zh": {
        "pledged": ("认捐", "计划认捐", "没有认捐", ""),
        "disbursed": ("支付", "计划支付", "没有支付", ""),
        "approved": ("核准", "计划核准", "没有核准", ""),
        "mobilised": ("动员", "计划动员", "没有动员", ""),
    },
}
_QUALIFIED: dict[Language, tuple[str, str, str, str, str]] = {
    "en": ("", "more than ", "nearly ", "up to ", "at least "),
    "fr": ("", "plus de ", "près de ", "jusqu’à ", "au moins "),
    "es": ("", "más de ", "casi ", "hasta ", "al menos "),
    "ru": ("", "более ", "почти ", "до ", "не менее "),
    "ar": ("", "أكثر من ", "ما يقرب من ", "ما يصل إلى ", "ما لا يقل عن "),
    "zh": ("", "超过", "近", "最多", "至少"),
}
_MONEY: dict[Language, dict[str, str]] = {
    "en": {"USD": "US${n} million", "EUR": "{n} million euros"},
    "fr": {"USD": "{n} millions de dollars", "EUR": "{n} millions d’euros"},
    "es": {"USD": "{n} millones de dólares", "EUR": "{n} millones de euros"},
    "ru": {"USD": "{n} млн долларов США", "EUR": "{n} млн евро"},
    "ar": {"USD": "{n} مليون دولار", "EUR": "{n} مليون يورو"},
    "zh": {"USD": "{n}00万美元", "EUR": "{n}00万欧元"},
}
_A_YEAR = {"en": " a year", "fr": " par an", "es": " al año", "ru": " в год", "ar": " سنويا"}
_JOINTS: dict[Language, tuple[str, ...]] = {
    "en": ("; ", ", and ", ", while "),
    "fr": ("; ", ", et ", ", tandis que "),
    "es": ("; ", ", y ", ", mientras que "),
    "ru": ("; ", ", а ", ", тогда как "),
    "ar": ("؛ ", "، و", "، بينما "),
    "zh": ("；", "，而"),
}
_STOP = {"zh": "。"}


def said(one: Pledge, language: Language, *, passive: bool = False) -> str:
    """The pledge as a clause without a full stop; `passive` turns the words round."""
    actor, agent = ACTORS[language][one.actor]
    verbs = _VERBS[language][one.stage]
    verb = verbs[MOODS.index(one.mood)]
    qualifier = _QUALIFIED[language][QUALIFIERS.index(one.qualifier)]
    sum_ = qualifier + _MONEY[language][one.currency].format(n=one.millions)
    sum_ += _A_YEAR.get(language, "") if one.yearly else ""
    passive = passive and one.mood == "done"
    match language:
        case "en" if passive:
            return f"in {one.year}, {sum_} was {verbs[3]} by {agent}"
        case "en":
            return f"{actor} {verb} {sum_} in {one.year}"
        case "fr" if passive:
            return f"en {one.year}, {sum_} ont été {verbs[3]} par {agent}"
        case "fr":
            return f"{actor} {verb} {sum_} en {one.year}"
        case "es" if passive:
            return f"en {one.year} fueron {verbs[3]} {sum_} por {agent}"
        case "es":
            return f"{actor} {verb} {sum_} en {one.year}"
        case "ru" if passive:
            return f"в {one.year} году {agent} было {verbs[3]} {sum_}"
        case "ru":
            return f"{actor} {verb} {sum_} в {one.year} году"
        case "ar" if passive:
            return f"في عام {one.year} {verb.format(a=actor)} {sum_}"
        case "ar":
            return f"{verb.format(a=actor)} {sum_} في عام {one.year}"
        case "zh":
            verb = f"每年{verb}" if one.yearly else verb
            return (
                f"{one.year}年{actor}{verb}{sum_}"
                if passive
                else (f"{actor}在{one.year}年{verb}{sum_}")
            )


def sentence(one: Pledge, language: Language, *, passive: bool = False) -> str:
    """The pledge as a sentence of its own."""
    clause = said(one, language, passive=passive)
    return clause[0].upper() + clause[1:] + _STOP.get(language, ".")


def paragraph(pledges: Sequence[Pledge], language: Language, random: Random) -> str:
    """All pledges, as sentences or as the clauses of one."""
    turned = [random.random() < 0.4 for _ in pledges]
    if random.random() < 0.4:
        space = "" if language == "zh" else " "
        return space.join(
            sentence(p, language, passive=t) for p, t in zip(pledges, turned, strict=True)
        )
    joint = random.choice(_JOINTS[language])
    text = joint.join(said(p, language, passive=t) for p, t in zip(pledges, turned, strict=True))
    return text[0].upper() + text[1:] + _STOP.get(language, ".")


def some_pledges(random: Random, count: int = 3) -> tuple[Pledge, ...]:
    """Pledges that differ in actor, amount and year.

    What is denied has no bound: "has not pledged more than 5" can be read in two ways.
    """
    actors = random.sample(range(6), count)
    # No amount is a tenth or a thousandth of another.
    amounts = random.sample([12, 17, 23, 34, 48, 56, 71, 89, 95], count)
    years = random.sample(range(2031, 2039), count)
    moods = random.choices(MOODS, (6, 2, 2), k=count)
    bounds = random.choices(QUALIFIERS, (4, 1, 1, 1, 1), k=count)
    return tuple(
        Pledge(
            actor,
            amount,
            random.choice(CURRENCIES),
            year,
            random.choice(STAGES),
            mood,
            "" if mood == "denied" else bound,
            random.random() < 0.2,
        )
        for actor, amount, year, mood, bound in zip(
            actors, amounts, years, moods, bounds, strict=True
        )
    )


def falsehoods(pledges: Sequence[Pledge]) -> Iterator[tuple[str, Pledge]]:
    """What the pledges do not say, each with the kind of the change."""
    for kind, one in _changes(pledges):
        if not (one.mood == "denied" and one.qualifier):
            yield kind, one


def _changes(pledges: Sequence[Pledge]) -> Iterator[tuple[str, Pledge]]:
    indices = range(len(pledges))
    for order in permutations(indices):
        for at, other in zip(indices, order, strict=True):
            if at != other:
                yield "name", replace(pledges[at], actor=pledges[other].actor)
                yield (
                    "amount",
                    replace(
                        pledges[at],
                        millions=pledges[other].millions,
                        currency=pledges[other].currency,
                        qualifier=pledges[other].qualifier,
                    ),
                )
                yield "year", replace(pledges[at], year=pledges[other].year)
    for one in pledges:
        yield "digit", replace(one, millions=one.millions + 1)
        yield "magnitude", replace(one, millions=one.millions * 10)
        yield "currency", replace(one, currency="EUR" if one.currency == "USD" else "USD")
        yield from (("stage", replace(one, stage=s)) for s in STAGES if s != one.stage)
        yield from (("mood", replace(one, mood=m)) for m in MOODS if m != one.mood)
        changed = (q for q in QUALIFIERS if q != one.qualifier)
        yield from (("qualifier", replace(one, qualifier=q)) for q in changed)
        yield "rate", replace(one, yearly=not one.yearly)


def other_language(language: Language, random: Random) -> Language:
    """One of the other five."""
    return random.choice([one for one in LANGUAGES if one != language])
