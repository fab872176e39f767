"""Boards of progress: one row a country, one column an activity, in each cell its state."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingestion.readers.limits import ReadLimits
from ingestion.sheets.reports import RecordFile
from ingestion.sheets.rows import read_records
from kb.languages import Language
from kb.records.record import Record

BOARDS: dict[Language, tuple[Sequence[str], ...]] = {
    "en": (
        ("Country", "Workshop held", "Baseline set"),
        ("Kenya", "completed", "in progress"),
        ("Peru", "completed", "not started"),
    ),
    "fr": (
        ("Pays", "Atelier tenu", "Niveau fixé"),
        ("Kenya", "achevé", "en cours"),
        ("Pérou", "terminé", "non commencé"),
    ),
    "es": (
        ("País", "Taller celebrado", "Base fijada"),
        ("Kenya", "completado", "en curso"),
        ("Perú", "terminado", "no iniciado"),
    ),
    "ru": (
        ("Страна", "Семинар проведен", "Уровень определен"),
        ("Кения", "завершено", "в процессе"),
        ("Перу", "выполнено", "не начато"),
    ),
    "ar": (
        ("البلد", "عقد حلقة العمل", "تحديد خط البداية"),
        ("كينيا", "مكتمل", "جار"),
        ("بيرو", "منجز", "لم يبدأ"),
    ),
    "zh": (
        ("国家", "举办讲习班", "确定基准"),
        ("肯尼亚", "已完成", "进行中"),
        ("秘鲁", "完成", "尚未开始"),
    ),
}


def board(folder: Path, *rows: Sequence[str], name: str = "ldn-tsp-2 board.csv") -> RecordFile:
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return read_records(path, ReadLimits(), name=name)


def of_kind(found: RecordFile, kind: str) -> list[dict[str, object]]:
    return [one.statement.model_dump() for one in found.records if one.kind == kind]


@pytest.mark.parametrize("language", BOARDS)
def test_each_cell_is_a_state_of_a_country_and_each_activity_is_counted(
    language: Language, tmp_path: Path
) -> None:
    found = board(tmp_path, *BOARDS[language], name="LDN TSP 2.0.csv")
    assert found.errors == ()
    first, second = (f"name:{one}" for one in BOARDS[language][0][1:])
    states = {
        (one["party"], one["activity"]): one["role"] for one in of_kind(found, "participations")
    }
    assert states == {
        ("party:KEN", first): "completed",
        ("party:KEN", second): "participant",
        ("party:PER", first): "completed",
        ("party:PER", second): "planned",
    }
    counts = {
        (one["activity"], one["progress"]): (one["value"], one["of"], one["programme"])
        for one in of_kind(found, "milestones")
    }
    programme = "initiative:ldn-tsp-2"
    assert counts == {
        (first, "completed"): (2, 2, programme),
        (second, "in_progress"): (1, 2, programme),
        (second, "not_started"): (1, 2, programme),
    }


def test_each_bad_cell_is_an_error_and_its_activity_is_not_counted(tmp_path: Path) -> None:
    head, *rows = BOARDS["en"]
    found = board(tmp_path, head, *rows, ("Mali", "completed", "perhaps"))
    (error,) = found.errors
    assert (error.row, error.column) == (4, "Baseline set")
    assert "perhaps" in error.cause
    assert {one["activity"] for one in of_kind(found, "milestones")} == {"name:Workshop held"}
    assert len(of_kind(found, "participations")) == 5


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        (("Atlantis", "completed", "completed"), "Atlantis"),
        (("Kenya", "completed", "completed"), "row 2"),
        (("", "completed", "completed"), "empty"),
        (("=1+1", "completed", "completed"), "formula"),
    ],
)
def test_a_row_without_a_country_of_its_own_is_an_error(
    row: Sequence[str], cause: str, tmp_path: Path
) -> None:
    found = board(tmp_path, *BOARDS["en"], row)
    (error,) = found.errors
    assert (error.row, error.column) == (4, "Country")
    assert cause in error.cause
    assert len(of_kind(found, "participations")) == 4


def test_a_country_that_cannot_be_read_leaves_no_count(tmp_path: Path) -> None:
    found = board(tmp_path, *BOARDS["en"], ("Atlantis", "completed", "completed"))
    assert of_kind(found, "milestones") == []


def test_an_empty_cell_says_nothing(tmp_path: Path) -> None:
    found = board(tmp_path, *BOARDS["en"], ("Mali", "", "completed"))
    assert found.errors == ()
    assert len(of_kind(found, "participations")) == 5


def test_a_date_and_a_programme_of_the_row_are_kept(tmp_path: Path) -> None:
    found = board(
        tmp_path,
        ("Country", "Programme", "As of", "Workshop held", "Baseline set"),
        ("Kenya", "Great Green Wall", "March 2026", "completed", "completed"),
        ("Mali", "Great Green Wall", "soon", "completed", "completed"),
    )
    assert {one["programme"] for one in of_kind(found, "participations")} == {"initiative:ggw"}
    (error,) = found.errors
    assert (error.row, error.column) == (3, "As of")


def test_sources_name_the_row_and_its_words(tmp_path: Path) -> None:
    found = board(tmp_path, *BOARDS["en"])
    one: Record = next(record for record in found.records if record.kind == "participations")
    (source,) = one.sources
    assert source.paragraph == "row 2"
    assert source.text == "Kenya | Workshop held: completed"


def test_a_table_of_one_row_a_target_is_no_board(tmp_path: Path) -> None:
    found = board(
        tmp_path,
        ("Country", "Target", "Area (ha)", "Year"),
        ("Kenya", "Restore land", "5000", "2030"),
        name="tracker.csv",
    )
    assert found.kinds == ("targets",)
