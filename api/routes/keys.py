"""`/v1/keys`: who may come in."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Request

from api.desk import Desk
from api.readers import Readers, sees_internal
from api.schemas import Text
from api.schemas.keys import KeyBody, KeyList, KeyRequest, NewKeyBody

_Name = Annotated[Text, Path(max_length=200, description="Id, prefix or name of a key")]


def routes(readers: Readers) -> APIRouter:
    """The router; it serves admins."""
    router = APIRouter(tags=["keys"])

    @router.get("/v1/keys")
    def keys(desk: Annotated[Desk, Depends(readers.admin)]) -> KeyList:
        """List the API keys, revoked ones too; their secrets are known to nobody."""
        return desk.keys()

    @router.post("/v1/keys", status_code=201)
    def add(
        desk: Annotated[Desk, Depends(readers.admin)], request: KeyRequest, connection: Request
    ) -> NewKeyBody:
        """Make an API key. The answer holds its secret, which is told this once.

        A key that may not see internal documents makes none that may.
        """
        if request.internal and not sees_internal(connection):
            raise HTTPException(
                403, "the key may not see internal documents, nor make one that may"
            )
        return desk.add_key(request)

    @router.delete("/v1/keys/{name}")
    def revoke(desk: Annotated[Desk, Depends(readers.admin)], name: _Name) -> KeyBody:
        """Revoke an API key: it opens nothing from now on."""
        return desk.revoke_key(name)

    return router
