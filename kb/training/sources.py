"""The training files, each read into one of the tasks of the recipe."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kb.errors import SettingsError
from kb.languages import LANGUAGES, Language

Segment = Mapping[Language, str]
"""One meaning in two languages or more."""

_SEGMENT_FILES: Final[Mapping[str, str]] = {
    "parallel_domain": "domain",
    "parallel_cbd_reporting": "domain",
    "more_udhr_six": "domain",
    "more_ui_cbd_www": "domain",
    "more_ui_hot_tasking_manager": "domain",
    "more_ui_gbif_portal": "domain",
    "terms_unbis": "terms",
    "terms_countries": "terms",
    "more_ui_osm_id_presets": "terms",
    "more_ui_inaturalist": "terms",
    "more_ui_wikipedia_android": "terms",
    "parallel_general_en_fr": "general",
    "more_tatoeba_en-es": "general",
    "more_tatoeba_en-zh": "general",
    "more_tatoeba_en-ru": "general",
    "more_tatoeba_en-ar": "general",
    "more_pawsx_en_fr_es_zh": "general",
    "more_dict_wiktionary_en-ru": "dictionary",
    "more_dict_wiktionary_en-zh": "dictionary",
    "more_dict_wiktionary_en-fr": "dictionary",
    "more_dict_wiktionary_en-es": "dictionary",
    "more_dict_wiktionary_en-ar": "dictionary",
    "more_dict_omw_synsets": "dictionary",
}
_QUESTION_FILES: Final[Mapping[str, Language]] = {
    "more_qa_mlqa_es_ar_zh_en": "en",
    "more_qa_tydiqa_en_ru_ar": "en",
    "more_qa_piaf_fr": "fr",
    "more_qa_climate_fever_en": "en",
    "more_qa_covidqa_en": "en",
    "more_qa_pubmedqa_en": "en",
    "qa_zh_cmrc": "zh",
    "qa_ar_arcd": "ar",
}
_CHINESE_DICTIONARY: Final = "dictionary_en_zh"
_INDICATORS: Final = "en_indicator_passages"
_GEMET: Final = "gemet_definitions_en"
_GLOSSARY: Final = "glossary_definitions"


@dataclass(frozen=True)
class Question:
    """A question, and the passage that answers it."""

    text: str
    language: Language
    passage: str
    passage_language: Language
    source: str


@dataclass(frozen=True)
class Sourced:
    """A segment, where it comes from, and the task that it trains."""

    segment: Segment
    source: str
    task: str


@dataclass(frozen=True)
class Material:
    """All that was read, and how many rows each file gave."""

    segments: list[Sourced]
    questions: list[Question]
    rows: dict[str, int]


def read_material(folder: Path) -> Material:
    """Reads every training file. Raises SettingsError naming the first that is missing."""
    segments: list[Sourced] = []
    questions: list[Question] = []
    rows: dict[str, int] = {}
    for name, task in _SEGMENT_FILES.items():
        before = len(segments)
        for row in _rows(folder, name):
            source = str(row.get("source") or row.get("src") or name)
            segment = _segment(row)
            if len(segment) > 1:
                segments.append(Sourced(segment, source, task))
            if len(row.get("gloss") or "") > 3:
                for language in LANGUAGES:
                    if language != "en" and row.get(language):
                        sense: Segment = {"en": row["gloss"], language: row[language]}
                        segments.append(Sourced(sense, source, "senses"))
        rows[name] = len(segments) - before
    before = len(segments)
    segments.extend(_chinese_dictionary(folder))
    rows[_CHINESE_DICTIONARY] = len(segments) - before
    for name, language in _QUESTION_FILES.items():
        found = list(_questions(folder, name, language))
        questions.extend(found)
        rows[name] = len(found)
    for name, read in ((_INDICATORS, _indicators), (_GEMET, _gemet), (_GLOSSARY, _glossary)):
        defined, terms = read(folder)
        questions.extend(defined)
        segments.extend(terms)
        rows[name] = len(defined)
    return Material(segments, questions, rows)


def _segment(row: Mapping[str, Any]) -> dict[Language, str]:
    return {
        language: text.strip()
        for language in LANGUAGES
        if isinstance(text := row.get(language), str) and text.strip()
    }


def _chinese_dictionary(folder: Path) -> Iterator[Sourced]:
    for line in _text(folder, f"{_CHINESE_DICTIONARY}.tsv").splitlines():
        english, _, chinese = line.split("\t")
        yield Sourced({"en": english, "zh": chinese}, _CHINESE_DICTIONARY, "dictionary")


def _questions(folder: Path, name: str, language: Language) -> Iterator[Question]:
    for row in _rows(folder, name):
        if row.get("label") == "REFUTES":
            continue
        passage_language: Language = row.get("lang") or language
        asked: Language = row.get("question_lang") or passage_language
        yield Question(
            row["question"].strip(" -"),
            asked,
            row["passage"],
            passage_language,
            row.get("src", name),
        )


def _indicators(folder: Path) -> tuple[list[Question], list[Sourced]]:
    rows = _rows(folder, _INDICATORS)
    return [Question(row["query"], "en", row["passage"], "en", _INDICATORS) for row in rows], []


def _gemet(folder: Path) -> tuple[list[Question], list[Sourced]]:
    questions: list[Question] = []
    terms: list[Sourced] = []
    for row in _rows(folder, _GEMET):
        segment: dict[Language, str] = {"en": row["term"]}
        if row.get("fr"):
            segment["fr"] = row["fr"]
            terms.append(Sourced(segment, _GEMET, "terms"))
        for language, term in segment.items():
            questions.append(Question(term, language, row["definition_en"], "en", _GEMET))
    return questions, terms


def _glossary(folder: Path) -> tuple[list[Question], list[Sourced]]:
    questions: list[Question] = []
    segments: list[Sourced] = []
    for row in _rows(folder, _GLOSSARY):
        terms, definitions = _segment(row["term"]), _segment(row["definition"])
        segments.append(Sourced(terms, _GLOSSARY, "terms"))
        segments.append(Sourced(definitions, _GLOSSARY, "domain"))
        for language, term in terms.items():
            for other, definition in definitions.items():
                questions.append(Question(term, language, definition, other, _GLOSSARY))
    return questions, segments


def _rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    for line in _text(folder, f"{name}.jsonl").splitlines():
        if line.strip():
            yield json.loads(line)


def _text(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SettingsError(f"training data: {folder / name} is not there") from None
