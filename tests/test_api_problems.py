import pytest

from api import problems
from kb import errors
from kb.errors import LandBriefError

EVERY_ERROR = [
    error
    for error in vars(errors).values()
    if isinstance(error, type) and issubclass(error, LandBriefError)
]


@pytest.mark.parametrize("error", EVERY_ERROR)
def test_every_error_has_its_row_and_comes_back_as_itself(error: type[LandBriefError]) -> None:
    assert error in problems.ERRORS
    body = problems.problem_of(error("what happened"))
    back = problems.error_of(body)
    assert (type(back), str(back)) == (error, "what happened")
    assert 400 <= body.status <= 599


def test_an_error_without_a_row_gets_that_of_its_ancestor() -> None:
    class Narrower(errors.Withdrawn):
        pass

    assert problems.problem_of(Narrower("x")).status == 410


def test_no_two_errors_share_a_slug() -> None:
    slugs = [kind.slug for kind in problems.ERRORS.values()]
    assert len(set(slugs)) == len(slugs)


def test_a_problem_of_another_program_is_still_an_error() -> None:
    body = problems.problem(problems.kind_of_status(418), "a teapot")
    assert type(problems.error_of(body)) is LandBriefError
