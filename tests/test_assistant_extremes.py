"""The rows of a table with the most and the least, and states that a question only implies."""

import pytest
from assistant_fakes import FakeKnowledge, passage, small_vocabulary
from record_samples import FIRST, record

from assistant.assistant import Assistant
from assistant.evidence import Source, top_label
from assistant.question_reader import read_question
from assistant.record_extremes import activities
from assistant.record_index import RecordIndex
from assistant.record_sets import together
from assistant.record_states import states_of
from assistant.table_answers import TableReader, extremes
from assistant.tables import Row, Table, read_row
from kb.records.record import Record
from kb.terms import load_terms

TERMS = load_terms()
COST = "Cost (in euros)"
CELLS = (("North", 310), ("South", 402), ("West", 175), ("East", 388))
ROW = "table 1, row 3"


def _row(number: int, name: str, cost: int) -> Row:
    text = f"{name} | Sites: {number * 7} | {COST}: {cost}"
    row = read_row(Source(passage(text, f"table 1, row {number}", kind="table_row")))
    assert row is not None
    return row


ROWS = tuple(_row(n, *cells) for n, cells in enumerate(CELLS, 1))
TABLE = Table("ICCD/COP(99)/1", "table 1", "Cost of sites, by centre", (), ROWS)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which centre had the highest cost?", ["South"]),
        ("Which centre had the lowest cost?", ["West"]),
        ("Which centre had the lowest and which the highest cost?", ["West", "South"]),
        ("Quel centre a eu le coût le plus élevé ?", ["South"]),
        ("Quel centre a eu le coût le plus faible ?", ["West"]),
        ("¿Qué centro tuvo el mayor costo?", ["South"]),
        ("¿Qué centro tuvo el menor costo?", ["West"]),
        ("У какого центра самая высокая стоимость?", ["South"]),
        ("У какого центра наименьшая стоимость?", ["West"]),
        ("أي مركز كانت تكلفته الأعلى؟", ["South"]),
        ("أي مركز كانت تكلفته الأدنى؟", ["West"]),
        ("哪个中心的费用最高？", ["South"]),
        ("哪个中心的费用最低？", ["West"]),
        ("Which centre had a cost?", []),
    ],
)
def test_the_row_with_the_most_or_the_least_is_the_one_asked_for(
    question: str, names: list[str]
) -> None:
    found = extremes(read_question(question, TERMS), ROWS, COST)
    assert [row.name for row in found] == names


def test_a_total_is_no_greatest_row() -> None:
    total = _row(5, "Total", 1_275)
    table = Table(TABLE.document_id, "table 1", TABLE.caption, (), (*ROWS, total))
    question = read_question("Which centre of the sites had the highest cost in euros?", TERMS)
    answer = TableReader(question, TERMS).answer(table)
    assert answer is not None
    assert [row.name for row in answer.rows] == ["South"]


def test_a_figure_that_many_rows_have_tells_none_of_them() -> None:
    same = tuple(_row(n, name, 5) for n, (name, _) in enumerate(CELLS, 1))
    assert extremes(read_question("Which centre had the highest cost?", TERMS), same, COST) == ()


@pytest.mark.parametrize(
    "question",
    [
        "How many countries have finished or at least begun the inception workshop?",
        "Dans combien de pays l'atelier de lancement est-il fini ou en cours ?",
        "¿Cuántos países han completado el taller de inicio o lo están haciendo?",
        "Сколько стран закончили вводный семинар или еще в процессе?",
        "كم بلدا أنجز حلقة العمل الاستهلالية أو لا تزال جارية فيه؟",
        "有多少个国家已完成启动研讨会或者还在进行中？",
    ],
)
def test_done_or_under_way_are_two_states(question: str) -> None:
    assert states_of(read_question(question, TERMS)) == {"completed", "in_progress"}


def _milestone(progress: str, value: int) -> Record:
    return record(
        "milestones",
        f"workshop-{progress}".replace("_", "-"),
        programme="initiative:ldn-tsp-2",
        activity="term:inception-workshop",
        progress=progress,
        value=value,
        unit="term:country",
        source=(FIRST, ROW),
    )


def _activities(*values: tuple[str, int]) -> RecordIndex:
    return RecordIndex(
        [
            record(
                "milestones",
                f"step-{n}",
                programme="initiative:ldn-tsp-2",
                activity=activity,
                progress="not_started",
                value=value,
                unit="term:country",
                source=(FIRST, f"table 1, row {n}"),
            )
            for n, (activity, value) in enumerate(values, 1)
        ],
        TERMS,
    )


@pytest.mark.parametrize(
    ("question", "steps"),
    [
        ("Which activity do most countries have not started?", ["step-2"]),
        ("Which activity have the fewest countries not started?", ["step-3"]),
        ("¿Qué actividades tienen más países sin empezar?", ["step-2"]),
        ("Which activities have countries not started?", []),
    ],
)
def test_the_activity_that_most_have_not_begun_is_told(question: str, steps: list[str]) -> None:
    index = _activities(
        ("term:inception-workshop", 6), ("term:monitoring", 15), ("term:assessment", 1)
    )
    found = activities(read_question(question, TERMS), index)
    ids = [one.id for claim in found.claims for one in claim.records] if found else []
    assert ids == steps


def test_two_activities_make_no_table() -> None:
    index = _activities(("term:inception-workshop", 6), ("term:monitoring", 15))
    question = read_question("Which activity do most countries have not started?", TERMS)
    assert activities(question, index) is None


def test_a_state_that_is_only_implied_needs_the_row_that_answers_best() -> None:
    index = RecordIndex([_milestone("completed", 16), _milestone("in_progress", 1)], TERMS)
    text = "How many countries held the inception workshop or have it in progress?"
    question = read_question(text, TERMS)
    matches = index.matches(text, "en")
    assert together(question, matches, index) is None
    found = together(question, matches, index, (FIRST, top_label(ROW)))
    assert found is not None
    assert [claim.operation for claim in found.claims] == ["sum"]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How many centres had a cost of more than 380 euros?", ["South", "East"]),
        ("Combien de centres ont eu un coût de plus de 380 euros ?", ["South", "East"]),
        ("¿Cuántos centros tuvieron un costo de más de 380 euros?", ["South", "East"]),
        ("У скольких центров стоимость более 380 евро?", ["South", "East"]),
        ("كم مركزا كانت تكلفته أكثر من 380 يورو؟", ["South", "East"]),
        ("有几个中心的费用超过380欧元？", ["South", "East"]),
        ("How many centres had a cost of at least 310 euros?", ["North", "South", "East"]),
        ("How many centres had a cost?", None),
        ("How many centres had a cost of more than 900 euros?", None),
    ],
)
def test_rows_are_counted_by_a_condition_on_their_figure(
    question: str, names: list[str] | None
) -> None:
    one_column = tuple(
        row
        for n, (name, cost) in enumerate(CELLS, 1)
        if (row := _priced(n, name, cost)) is not None
    )
    table = Table("ICCD/COP(99)/1", "table 1", "Cost of sites, by centre", (), one_column)
    met = TableReader(read_question(question, TERMS), TERMS).meeting(table)
    if names is None:
        assert met is None
    else:
        assert met is not None
        assert [row.name for row in met.rows] == names
        assert met.of == len(CELLS)


def _priced(number: int, name: str, cost: int) -> Row | None:
    text = f"{name} | {COST}: {cost}"
    return read_row(Source(passage(text, f"table 1, row {number}", kind="table_row")))


def test_a_row_without_a_figure_leaves_the_others_uncounted() -> None:
    bare = read_row(Source(passage(f"Lake | {COST}: none", "table 1, row 5", kind="table_row")))
    assert bare is not None
    table = Table("ICCD/COP(99)/1", "table 1", "Cost of sites, by centre", (), (*ROWS, bare))
    question = read_question("How many centres had a cost in euros of more than 380?", TERMS)
    assert TableReader(question, TERMS).meeting(table) is None


def test_rows_that_meet_the_condition_are_said_with_their_number() -> None:
    rows = [
        passage(f"{name} | {COST}: {cost}", f"table 1, row {n}", kind="table_row")
        for n, (name, cost) in enumerate(CELLS, 1)
    ]
    whole = passage(
        "Table 1\nCost of sites, by centre (in euros)\n" + "\n".join(r.text for r in rows),
        "table 1",
        kind="table",
    )
    asked = Assistant(FakeKnowledge((whole, *rows)), small_vocabulary())
    answer = asked.ask("How many centres of the table had a cost of sites above 380 euros?")
    assert answer.statements[0].text == "This holds for 2 of the 4 listed:"
    assert [s.text for s in answer.statements[1:3]] == [rows[1].text, rows[3].text]
    assert {c.paragraph for c in answer.citations} == {"table 1, row 2", "table 1, row 4"}
