"""A desk over loopback HTTP: for commands while a server owns the stores."""

import json
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import ValidationError

from api import problems
from api.desk import EditionChoice, OnProgress, StreamEvent
from api.paths import as_given, shown
from api.record_requests import WHERE
from api.schemas import (
    AnswerBody,
    AskRequest,
    Body,
    BriefBody,
    BriefRequest,
    ChangeList,
    ConversationBody,
    ConversationItem,
    ConversationList,
    CountBody,
    DocumentBody,
    DocumentList,
    EvidenceBody,
    FileReportBody,
    FindingList,
    FindingsRequest,
    IngestChoices,
    IngestEvent,
    InitBody,
    JudgedBody,
    JudgeRequest,
    ParagraphBody,
    Problem,
    RecordList,
    RecordRequest,
    ReindexBody,
    RemovedBody,
    RemoveRequest,
    SearchBody,
    SearchRequest,
    TotalList,
    TurnRequest,
    VerifyBody,
)
from api.schemas.keys import KeyBody, KeyList, KeyName, KeyRequest, NewKeyBody
from api.security.callers import PUBLIC_VIEW, VIEW
from kb.errors import LandBriefError, StoreBusy
from kb.languages import Language

_CONNECT_SECONDS: Final = 5.0
_B = TypeVar("_B", bound=Body)


class RemoteDesk:
    """Sends every call to the server at `url`, whose owner's note gave `token`.

    A `public` one is shown no more than everybody may see. Raises what the server raised, and
    StoreBusy when it cannot be reached.
    """

    def __init__(self, url: str, token: str, *, public: bool = False) -> None:
        # A proxy named in the environment would carry the token out of this machine.
        self._client = httpx.Client(
            base_url=url,
            headers={
                **({"Authorization": f"Bearer {token}"} if token else {}),
                **({VIEW: PUBLIC_VIEW} if public else {}),
            },
            timeout=httpx.Timeout(None, connect=_CONNECT_SECONDS),
            trust_env=False,
        )
        self._url = url

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    # The server tells by the token whose a request is: `owner` is for desks in this process.

    def ask(self, request: AskRequest, owner: str | None = None) -> AnswerBody:  # noqa: ARG002
        """Answer a question; the server tells by the token whose it is."""
        return self._post("/v1/ask", request, AnswerBody)

    def stream(
        self,
        request: AskRequest,
        is_cancelled: Callable[[], bool],
        owner: str | None = None,  # noqa: ARG002
    ) -> Generator[StreamEvent]:
        """Answer a question; the server's answer is told when it is whole."""
        answer = self.ask(request.model_copy(update={"stream": False}))
        if not is_cancelled():
            yield EvidenceBody(citations=answer.citations)
            yield from answer.statements
            yield answer

    def conversations(
        self,
        owner: str | None,  # noqa: ARG002
        *,
        limit: int = 50,
        cursor: str | None = None,
    ) -> ConversationList:
        """A page of the owner's conversations."""
        query = {"limit": limit, "cursor": cursor}
        return self._get("/v1/conversations", query, ConversationList)

    def conversation(
        self,
        conversation_id: str,
        owner: str | None,  # noqa: ARG002
    ) -> ConversationBody:
        """A conversation with its turns."""
        return self._get(f"/v1/conversations/{_quoted(conversation_id)}", {}, ConversationBody)

    def rename_conversation(
        self,
        conversation_id: str,
        owner: str | None,  # noqa: ARG002
        title: str,
    ) -> ConversationItem:
        """Give a conversation another title."""
        path = f"/v1/conversations/{_quoted(conversation_id)}"
        with self._reached():
            response = self._client.patch(path, json={"title": title})
        return _read(response, ConversationItem)

    def delete_conversation(
        self,
        conversation_id: str,
        owner: str | None,  # noqa: ARG002
    ) -> None:
        """Delete a conversation with its turns."""
        with self._reached():
            response = self._client.delete(f"/v1/conversations/{_quoted(conversation_id)}")
        if response.status_code != 204:
            raise _error(response)

    def brief(self, request: BriefRequest) -> BriefBody:
        """Write a briefing note; a file of it is made here."""
        return self._post("/v1/briefs", request.model_copy(update={"format": "json"}), BriefBody)

    def keep_turn(self, request: TurnRequest) -> None:
        """Keep a turn that this process has answered."""
        with self._reached():
            response = self._client.post("/internal/turns", json=request.model_dump(mode="json"))
        if response.status_code != 204:
            raise _error(response)

    def search(self, request: SearchRequest) -> SearchBody:
        """Find paragraphs."""
        return self._get("/v1/search", request.model_dump(exclude_none=True), SearchBody)

    def documents(
        self, *, language: Language | None = None, limit: int = 50, cursor: str | None = None
    ) -> DocumentList:
        """A page of the documents held, by id."""
        query = {"language": language, "limit": limit, "cursor": cursor}
        return self._get("/v1/documents", query, DocumentList)

    def document(self, document: str, choice: EditionChoice) -> DocumentBody:
        """One edition of a document."""
        return self._get(f"/v1/documents/{_quoted(document)}", _query(choice), DocumentBody)

    def paragraph(self, document: str, label: str, choice: EditionChoice) -> ParagraphBody:
        """One paragraph of one edition."""
        path = f"/v1/documents/{_quoted(document)}/paragraphs/{_quoted(label)}"
        return self._get(path, _query(choice), ParagraphBody)

    def records(self, request: RecordRequest) -> RecordList:
        """A page of records."""
        return self._get(f"/v1/records/{request.kind}", _asked(request), RecordList)

    def record_count(self, request: RecordRequest, by: Sequence[str]) -> CountBody:
        """How many records there are, in all and by up to two columns."""
        query = {**_asked(request), "group_by": list(by)}
        return self._get(f"/v1/records/{request.kind}/count", query, CountBody)

    def record_totals(self, request: RecordRequest, by: Sequence[str]) -> TotalList:
        """What may be summed, summed."""
        query = {**_asked(request), "group_by": list(by)}
        return self._get(f"/v1/records/{request.kind}/totals", query, TotalList)

    def record_changes(self, request: RecordRequest, first: str, second: str) -> ChangeList:
        """What two sessions or documents say of the same things."""
        query = {**_asked(request), "compare": [first, second]}
        return self._get(f"/v1/records/{request.kind}/changes", query, ChangeList)

    def ingest(
        self,
        paths: Sequence[Path],
        choices: IngestChoices,
        on_progress: OnProgress | None = None,
    ) -> Generator[FileReportBody]:
        """Ingest files and folders that lie on this machine."""
        absolute = {shown(path.absolute()): path for path in paths}
        body = {
            "paths": [str(path.absolute()) for path in paths],
            "choices": choices.model_dump(),
        }
        # Escaped to ASCII: a file name that is no Unicode still gets across.
        request = self._client.build_request(
            "POST",
            "/internal/ingest",
            content=json.dumps(body).encode("ascii"),
            headers={"Content-Type": "application/json"},
        )
        with self._reached():
            response = self._client.send(request, stream=True)
            try:
                if response.status_code != 200:
                    response.read()
                    raise _error(response)
                for line in _lines(response.iter_bytes()):
                    event = IngestEvent.model_validate_json(line)
                    if event.problem is not None:
                        raise problems.error_of(event.problem)
                    if event.progress is not None and on_progress is not None:
                        on_progress(event.progress)
                    if event.file is not None:
                        given = as_given(event.file.path, absolute)
                        yield event.file.model_copy(update={"path": given})
            finally:
                response.close()

    def remove(self, document: str, version: int | None) -> RemovedBody:
        """Withdraw a document, or one version of it."""
        request = RemoveRequest(document=document, version=version)
        return self._post("/internal/remove", request, RemovedBody)

    def judge(self, request: JudgeRequest) -> JudgedBody:
        """Accept or reject candidate records and findings."""
        return self._post("/internal/judge", request, JudgedBody)

    def findings(self, request: FindingsRequest) -> FindingList:
        """Compare all figures anew, and show where they do not agree."""
        return self._post("/internal/findings", request, FindingList)

    def keys(self) -> KeyList:
        """The keys, revoked ones too."""
        return self._get("/internal/keys", {}, KeyList)

    def add_key(self, request: KeyRequest) -> NewKeyBody:
        """Make a key."""
        return self._post("/internal/keys", request, NewKeyBody)

    def revoke_key(self, name: str) -> KeyBody:
        """Have a key open nothing any more."""
        return self._post("/internal/keys/revoke", KeyName(name=name), KeyBody)

    def init(self) -> InitBody:
        """Load the shipped knowledge."""
        return self._post("/internal/init", None, InitBody)

    def verify(self) -> VerifyBody:
        """Where the stores disagree."""
        return self._post("/internal/verify", None, VerifyBody)

    def reindex(self) -> ReindexBody:
        """Rebuild the derived stores."""
        return self._post("/internal/reindex", None, ReindexBody)

    def _get(self, path: str, query: dict[str, Any], model: type[_B]) -> _B:
        wanted = {name: value for name, value in query.items() if value is not None}
        with self._reached():
            return _read(self._client.get(path, params=wanted), model)

    def _post(self, path: str, body: Body | None, model: type[_B]) -> _B:
        content = body.model_dump_json() if body is not None else None
        with self._reached():
            response = self._client.post(
                path, content=content, headers={"Content-Type": "application/json"}
            )
            return _read(response, model)

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except httpx.ConnectError as error:
            raise StoreBusy(
                f"the server at {self._url} owns the stores and does not answer: "
                "wait until it has started or stopped, and try again"
            ) from error
        except httpx.HTTPError as error:
            raise LandBriefError(
                f"the server at {self._url} broke off ({type(error).__name__}): its log says why"
            ) from error


def _query(choice: EditionChoice) -> dict[str, Any]:
    return {
        "language": choice.language,
        "edition": choice.edition,
        "version": choice.version,
    }


def _asked(request: RecordRequest) -> dict[str, Any]:
    given = request.model_dump(exclude_defaults=True, exclude={"kind", "where"})
    return {**given, **{f"{WHERE}{name}": values for name, values in request.where.items()}}


def _quoted(part: str) -> str:
    return quote(part, safe="")


def _read(response: httpx.Response, model: type[_B]) -> _B:
    if not response.is_success:
        raise _error(response)
    return model.model_validate_json(response.content)


def _error(response: httpx.Response) -> LandBriefError:
    try:
        return problems.error_of(Problem.model_validate_json(response.content))
    except ValidationError:
        return LandBriefError(f"the server answered with HTTP status {response.status_code}")


def _lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Whole lines of NDJSON; the client's own also breaks at U+2028, which JSON may hold."""
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line for line in lines if line)
    if rest:
        yield rest
