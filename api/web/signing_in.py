"""The two forms: a key opens a session, and it ends. The key itself is kept nowhere."""

from uuid import uuid4

from nicegui import app
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse

from api.web.admission import Admission, TooManyKeys, WrongKey
from api.web.doors import within
from api.web.reception import WRONG
from api.web.visitor import KEY, LANGUAGE, THEME

_SEE_OTHER = 303
_SESSION = "id"


class SigningIn:
    """Handlers of the forms."""

    def __init__(self, admission: Admission) -> None:
        self._admission = admission

    async def sign_in(self, request: Request) -> RedirectResponse:
        """Show a key; a wrong one leads back to the form, which says so."""
        form = await request.form(max_files=0, max_fields=8)
        target = within(str(form.get("next", "/")))
        try:
            key_id = await self._key(str(form.get("key", "")), request)
            await _begin_anew(request, key_id)
        except TooManyKeys as error:
            app.storage.user[WRONG] = error.seconds
        except WrongKey:
            app.storage.user[WRONG] = 0
        return RedirectResponse(target, _SEE_OTHER)

    async def _key(self, shown: str, request: Request) -> str:
        address = request.client.host if request.client else ""
        self._admission.check_wrong(address)
        key_id = await run_in_threadpool(self._admission.key_in, shown)
        if key_id is None:
            raise self._admission.wrong(address)
        return key_id

    async def sign_out(self, request: Request) -> RedirectResponse:
        """End the session."""
        await _begin_anew(request, None)
        return RedirectResponse("/", _SEE_OTHER)


async def _begin_anew(request: Request, key_id: str | None) -> None:
    """A session with a new name: whoever knew the name of the old one knows nothing of it."""
    before = app.storage.user
    kept = {name: before[name] for name in (LANGUAGE, THEME) if name in before}
    before.clear()
    name = request.session[_SESSION] = str(uuid4())
    await app.storage._create_user_storage(name)
    stored = app.storage._users[name]
    stored.update(kept | ({KEY: key_id} if key_id else {}))
