"""`mcp`."""

from typing import Annotated

import typer

commands = typer.Typer()


@commands.command()
def mcp(
    internal: Annotated[
        bool,
        typer.Option(
            "--internal", help="Show internal documents too: what is read may leave this machine"
        ),
    ] = False,
) -> None:
    """Serve MCP over standard input and output.

    For an assistant that starts it itself; `landbrief serve` has the same at /mcp.
    """
    from contextlib import closing

    import anyio

    from api.cli.opening import open_desk
    from api.mcp_server.lending import LentDesk
    from api.mcp_server.server import mcp_server

    with closing(LentDesk(lambda: open_desk(shipped=True, public=not internal))) as lent:
        anyio.run(mcp_server(lent).run_stdio_async)
