"""The keys of one home: made, listed and revoked, each change noted."""

from api.gate import Gate
from api.schemas.keys import KeyBody, KeyList, KeyRequest, NewKeyBody
from api.security.audit import Audit
from api.security.secret_keys import make_key, shown_prefix
from kb.keys import ApiKey, KeyStore


class DeskKeys:
    """Works on `keys` until `gate` is closed."""

    def __init__(self, keys: KeyStore, gate: Gate, audit: Audit) -> None:
        self._keys = keys
        self._gate = gate
        self._audit = audit

    def all(self) -> KeyList:
        """Every key, revoked ones too."""
        return KeyList(items=[_body(key) for key in self._keys.all()])

    def add(self, request: KeyRequest) -> NewKeyBody:
        """A new key. Raises LandBriefError where the name is in use."""
        made = make_key()
        with self._gate.entered():
            key = self._keys.add(
                made.id,
                request.name,
                request.role,
                internal=request.internal,
                hashed=made.hashed,
            )
            self._note("key.add", key)
        return NewKeyBody(**_body(key).model_dump(), key=made.text)

    def revoke(self, name: str) -> KeyBody:
        """The key with that id, prefix or name, revoked. Raises NotFound."""
        with self._gate.entered():
            key = self._keys.revoke(name.removeprefix(shown_prefix("")))
            self._note("key.revoke", key)
        return _body(key)

    def _note(self, action: str, key: ApiKey) -> None:
        sight = "internal" if key.internal else "public"
        self._audit.note(action, key=key.id, name=key.name, role=key.role, sees=sight)


def _body(key: ApiKey) -> KeyBody:
    return KeyBody(
        id=key.id,
        name=key.name,
        role=key.role,
        internal=key.internal,
        prefix=shown_prefix(key.id),
        created_at=key.created_at,
        revoked_at=key.revoked_at,
    )
