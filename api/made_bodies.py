"""Bodies of the last answers: an answer is given and kept, and its body made once."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

from api.schemas import AnswerBody
from assistant.answer import Answer

_HELD: Final = 64  # answers that may wait to be kept


class MadeBodies:
    """Makes the body of an answer with `make`, and gives the same one again for the same object.

    Safe to share between threads.
    """

    def __init__(self, make: Callable[[Answer], AnswerBody]) -> None:
        self._make = make
        self._held: OrderedDict[int, tuple[Answer, AnswerBody]] = OrderedDict()
        self._lock = Lock()

    def of(self, answer: Answer) -> AnswerBody:
        """The body of `answer`."""
        with self._lock:
            held = self._held.get(id(answer))
        # The answer is held as well, so that no other one can have its id meanwhile.
        if held is not None:
            return held[1]
        body = self._make(answer)
        with self._lock:
            self._held[id(answer)] = (answer, body)
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
        return body
