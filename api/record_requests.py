"""From what a reader asks of the records, in her words, to a query of ids."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final, get_args

from pydantic import ValidationError

from api.schemas import RecordRequest
from kb.documents import Visibility
from kb.errors import InvalidQuery
from kb.records.columns import columns_of
from kb.records.kinds import RECORD_KINDS, RecordKind
from kb.records.query import RecordQuery, Standing
from kb.records.resolving import kinds_for, load_resolver
from kb.records.room import Records
from kb.records.values import UNITS, PartnerRole, PartyRole

WHERE: Final = "where."  # before a column whose name is taken: where.party is the column alone
_PARTY: Final = ("party",)
_ORGANIZATION: Final = ("organization", "convention", "term", "phrase", "initiative")
_PROGRAMME: Final = ("initiative", "organization", "convention", "term", "phrase")
_ANY: Final = ("party", "organization", "initiative", "convention", "term", "phrase")
_ROLES: Final = tuple(dict.fromkeys((*get_args(PartnerRole), *get_args(PartyRole))))


def known_kind(kind: str) -> RecordKind:
    """Raises InvalidQuery naming the kinds that there are."""
    for known in RECORD_KINDS:
        if kind == known or f"{kind}s" == known:
            return known
    raise InvalidQuery(f'there are no records of the kind "{kind}"; {", ".join(RECORD_KINDS)}')


def request_of(kind: str, given: Iterable[tuple[str, str]]) -> RecordRequest:
    """The request that named values make, as they stand in a URL; a column's name is one too.

    Raises InvalidQuery naming what may be asked.
    """
    known = known_kind(kind)
    fields = {name: field for name, field in RecordRequest.model_fields.items() if name != "kind"}
    values: dict[str, list[str]] = {}
    where: dict[str, list[str]] = {}
    for name, value in given:
        if name.startswith(WHERE):
            where.setdefault(name.removeprefix(WHERE), []).append(value)
        elif name in fields and name != "where":
            values.setdefault(name, []).append(value)
        elif name in columns_of(known) or name == "year":
            where.setdefault(name, []).append(value)
        else:
            columns = [one for one in columns_of(known) if one not in fields]
            allowed = ", ".join([*(one for one in fields if one != "where"), *columns])
            raise InvalidQuery(
                f'{known} cannot be asked by "{name}"; these can be given: {allowed}'
            )
    single = {
        name: some if fields[name].annotation in _LISTS else some[-1]
        for name, some in values.items()
    }
    return checked_request(kind=known, where=where, **single)


def checked_request(**values: object) -> RecordRequest:
    """The request of these values. Raises InvalidQuery naming the part that is wrong."""
    try:
        return RecordRequest.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidQuery(f"{where}: {first['msg']}") from error


_LISTS: Final = tuple(
    field.annotation
    for field in RecordRequest.model_fields.values()
    if str(field.annotation).startswith("list")
)


def query_of(
    request: RecordRequest,
    records: Records,
    visibility: frozenset[Visibility],
    document_named: Callable[[str], str | None],
) -> RecordQuery:
    """The query that `request` means. `document_named` gives a document's id, None if unknown.

    Raises InvalidQuery for names, documents and roles that are not known, with what is near.
    """
    kind = request.kind
    columns = columns_of(kind)

    def named(values: Sequence[str], kinds: Sequence[str]) -> tuple[str, ...]:
        return tuple(one for value in values for one in _ids(records, kind, value, kinds))

    where = {
        name: (
            named(values, kinds_for(name))
            if name in columns and columns[name].type in ("name", "names")
            else _units(records, kind, values)
            if name in columns and columns[name].type == "unit"
            else tuple(values)
        )
        for name, values in request.where.items()
    }
    groups = (
        named(request.party, _PARTY),
        named(request.organization, _ORGANIZATION),
        named(request.initiative, _PROGRAMME),
        named(request.named, _ANY),
    )
    roles = tuple(request.in_role)
    unknown = [role for role in roles if role not in _ROLES]
    if unknown:
        raise InvalidQuery(f'there is no role "{unknown[0]}"; there are {", ".join(_ROLES)}')
    return RecordQuery(
        kind=kind,
        ids=tuple(request.id),
        where=where,
        named=tuple(group for group in groups if group),
        least=_number("minimum", request.minimum),
        most=_number("maximum", request.maximum),
        since=request.since,
        until=request.until,
        documents=tuple(
            one for name in request.document for one in _documents(records, name, document_named)
        ),
        standing=tuple(Standing(named([one], _PROGRAMME), roles) for one in request.also_in),
        not_standing=tuple(Standing(named([one], _PROGRAMME), roles) for one in request.not_in),
        status=tuple(request.status),
        judged=request.judged,
        visibility=visibility,
        order=request.order,
        limit=request.limit,
        cursor=request.cursor,
    )


def _ids(records: Records, kind: RecordKind, text: str, kinds: Sequence[str]) -> tuple[str, ...]:
    resolver = load_resolver()
    found = resolver.find(text, kinds)
    if found:
        return found
    # Names that only a file of the user's own knows.
    own = text if text.startswith("name:") else f"name:{' '.join(text.split())}"
    if kinds[0] != "party" or len(kinds) > 1:
        if records.holds_name(kind, own):
            return (own,)
        if ":" in text and records.holds_name(kind, text):
            return (text,)
    near = resolver.near(text, kinds)
    hint = f"; near it: {', '.join(near)}" if near else ""
    raise InvalidQuery(f'nothing is known by the name "{text}" ({" or ".join(kinds)}){hint}')


def _units(records: Records, kind: RecordKind, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        one
        for value in values
        for one in ([value] if value in UNITS else _ids(records, kind, value, kinds_for("unit")))
    )


def _documents(
    records: Records, name: str, document_named: Callable[[str], str | None]
) -> tuple[str, ...]:
    document = document_named(name)
    if document is not None:
        return (document,)
    found = records.documents_of(name)
    return found or (name,)  # a file of the user's own goes by its name


def _number(name: str, text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        raise InvalidQuery(f'{name}: "{text}" is no number') from None
