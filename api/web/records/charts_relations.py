"""Charts of who and when: events in time, who supports whom, Parties on the map, demands."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from api.schemas import RecordBody
from api.web.records.cells import Reading
from api.web.records.charts_view import Chart, Mark, cut, head, scope, sources_of
from api.web.words import say, say_count
from kb.languages import Language
from kb.records.kinds import RecordKind
from kb.records.naming import sentence_case
from kb.records.times import date_in_words, period_in_words
from kb.records.words import word

_LEAST: Final = 2
_MOST_LINKS: Final = 28
_MOST_MAPS: Final = 4
PARTY_COLUMNS: Final[Mapping[RecordKind, tuple[str, str, str]]] = {
    "participations": ("party", "programme", "role"),
    "targets": ("party", "subject", "state"),
    "events": ("country", "", ""),
}
"""Of each kind that names Parties: the column of the Party, of what it is in, and how."""


def timeline_charts(records: Sequence[RecordBody], language: Language) -> Iterator[Chart]:
    """Events in the order of their dates."""
    dated = sorted(records, key=lambda one: (str(_get(one, "start")), one.id))
    if len(dated) < _LEAST:
        return
    marks = []
    for record in dated:
        one = Reading(record, language)
        start, end = one.said("start") or "", one.said("end")
        when = period_in_words(start, end, language) if end else date_in_words(start, language)
        marks.append(
            Mark(
                row=one.name("name"),
                series=one.names("place", "country"),
                when=sentence_case(when or ""),
                key=start[:4],
                sources=tuple(record.sources),
            )
        )
    first, last = marks[0].key, marks[-1].key
    span = first if first == last else f"{first}\N{EN DASH}{last}"
    heads = (_head(language, "event"), _head(language, "place"), "", _head(language, "when"))
    told = scope(dated, language, span, say_count(language, "charts.events", len(marks)))
    title = say(language, "charts.timeline")
    yield Chart("events", "timeline", title, told, heads, tuple(marks))


def flow_charts(records: Sequence[RecordBody], language: Language) -> Iterator[Chart]:
    """Who supports what: all of them where they are few, else those who stand in several."""
    pairs: dict[tuple[str, str], list[RecordBody]] = defaultdict(list)
    for record in records:
        pairs[str(_get(record, "partner")), str(_get(record, "initiative"))].append(record)
    if len(pairs) < _LEAST:
        return
    stands_in = Counter(partner for partner, _ in pairs)
    held_by = Counter(initiative for _, initiative in pairs)
    ordered = sorted(
        pairs,
        key=lambda pair: (
            stands_in[pair[0]] < _LEAST,  # who stands in several, before whoever stands in one
            -held_by[pair[1]],
            pair[1],
            -stands_in[pair[0]],
            pair[0],
        ),
    )
    marks = []
    for pair in ordered:
        some = pairs[pair]
        one = Reading(some[0], language)
        roles = dict.fromkeys(Reading(record, language).word("role") for record in some)
        marks.append(
            Mark(
                row=one.name("partner"),
                series=one.name("initiative"),
                size=1.0,
                text=", ".join(roles),
                key=" ".join(pair),
                sources=sources_of(some),
            )
        )
    left, note = cut(language, marks, _MOST_LINKS)
    if note:
        note = f"{note} {say(language, 'charts.flow_left')}"
    heads = (_head(language, "who"), _head(language, "supports"), _head(language, "role"), "")
    counted = say_count(language, "charts.links", len(marks))
    title = say(language, "charts.flow")
    told = scope(records, language, counted)
    notes = (note,) if note else ()
    yield Chart("partnerships", "flow", title, told, heads, tuple(marks), left, notes)


def map_charts(
    kind: RecordKind, records: Sequence[RecordBody], language: Language
) -> Iterator[Chart]:
    """The Parties that stand in each programme, on a map; the programmes with most of them."""
    party, programme, way = PARTY_COLUMNS[kind]
    groups: dict[str, list[RecordBody]] = defaultdict(list)
    for one in records:
        if _get(one, party):
            groups[str(_get(one, programme)) if programme else ""].append(one)
    largest = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    for about, some in largest[:_MOST_MAPS]:
        by_party: dict[tuple[str, str], list[RecordBody]] = defaultdict(list)
        for one in some:
            by_party[str(_get(one, party)), str(_get(one, way)) if way else ""].append(one)
        if len({code for code, _ in by_party}) < _LEAST:
            continue
        marks = [
            _on_map(code, way, several, party, language) for (code, _), several in by_party.items()
        ]
        marks.sort(key=lambda mark: (mark.series, mark.row))
        counted = say_count(language, "charts.parties", len({mark.key for mark in marks}))
        name = Reading(some[0], language).name(programme) if programme else ""
        title = name or say(language, "charts.map_events")
        heads = (_head(language, "party"), _head(language, "role") if way else "", "", "")
        yield Chart(
            f"map-{about.rpartition(':')[2] or kind}",
            "map",
            say(language, "charts.map", name=title),
            scope(some, language, counted),
            heads,
            tuple(marks),
        )


def demand_charts(records: Sequence[RecordBody], language: Language) -> Iterator[Chart]:
    """Who is asked for how much: the number of demands by addressee."""
    groups: dict[str, list[RecordBody]] = defaultdict(list)
    for one in records:
        groups[str(_get(one, "addressee"))].append(one)
    if len(groups) < _LEAST:
        return
    marks = [
        Mark(
            row=Reading(some[0], language).name("addressee"),
            size=float(len(some)),
            text=say_count(language, "charts.demands_of", len(some)),
            sources=sources_of(some),
        )
        for some in sorted(groups.values(), key=lambda some: (-len(some), some[0].id))
    ]
    left, note = cut(language, marks)
    heads = (_head(language, "who"), "", _head(language, "figure"), "")
    told = scope(records, language)
    title = say(language, "charts.demands")
    notes = (note,) if note else ()
    yield Chart("demands", "bars", title, told, heads, tuple(marks), left, notes)


def _on_map(
    code: str, way: str, records: Sequence[RecordBody], party: str, language: Language
) -> Mark:
    one = Reading(records[0], language)
    held = one.said(way) if way else None
    how = sentence_case(word(way, held, language)) if way and held else ""
    return Mark(
        row=one.name(party),
        series=how,
        key=code.removeprefix("party:"),
        sources=sources_of(records),
    )


def _head(language: Language, name: str) -> str:
    return head(language, name)


def _get(record: RecordBody, name: str) -> object:
    return (record.model_extra or {}).get(name)
