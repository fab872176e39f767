"""`keys add`, `keys list`, `keys revoke`."""

from typing import Annotated

import typer

from kb.roles import Role

commands = typer.Typer(
    help="Keys for those who ask over HTTP: a server that others can reach wants one.",
    no_args_is_help=True,
)
_Json = Annotated[bool, typer.Option("--json", help="Print JSON")]


@commands.command()
def add(
    name: Annotated[str, typer.Argument(help="Whose it is, or what for")],
    role: Annotated[
        Role,
        typer.Option(
            help="reader asks and reads; editor also uploads and reviews; admin also removes "
            "documents and makes keys"
        ),
    ] = "reader",
    internal: Annotated[
        bool, typer.Option("--internal", help="Let it see internal documents too")
    ] = False,
    as_json: _Json = False,
) -> None:
    """Make a key.

    It is shown this once: only a hash of it is kept.
    """
    from api.cli.errors import checked
    from api.cli.opening import open_desk
    from api.cli.paper import standard_output
    from api.schemas.keys import KeyRequest

    request = checked(KeyRequest, name=name, role=role, internal=internal)
    with open_desk() as desk:
        made = desk.add_key(request)
    paper = standard_output()
    if as_json:
        paper.body(made)
        return
    paper.line(made.key, wrap=False)
    paper.line("Keep it now: it is not shown again. Send it as Authorization: Bearer …", "dim")


@commands.command("list")
def listed(as_json: _Json = False) -> None:
    """Show the keys by their prefixes."""
    from api.cli.opening import open_desk
    from api.cli.paper import standard_output

    with open_desk() as desk:
        found = desk.keys()
    paper = standard_output()
    if as_json:
        paper.body(found)
        return
    for key in found.items:
        sight = ", sees internal documents" if key.internal else ""
        until = "" if key.revoked_at is None else f", revoked {key.revoked_at:%Y-%m-%d}"
        line = f"{key.prefix}…  {key.name}: {key.role}{sight}, since {key.created_at:%Y-%m-%d}"
        paper.line(f"{line}{until}", "dim" if until else None, wrap=False)
    if not found.items:
        paper.line("There are no keys.")


@commands.command()
def revoke(
    name: Annotated[str, typer.Argument(help="Name, id or prefix of the key")],
) -> None:
    """Have a key open nothing from now on."""
    from api.cli.errors import checked_text
    from api.cli.opening import open_desk
    from api.cli.paper import standard_output

    with open_desk() as desk:
        key = desk.revoke_key(checked_text(name))
    standard_output().line(f"Revoked: {key.prefix}… ({key.name})")
