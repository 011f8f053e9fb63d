"""The command line: reads arguments, calls the rooms below and writes; what is heavy is imported inside commands.

Exit status: 0 all is well; 1 some inputs could not be coded, a citation fails, or another program holds the record;
2 the call is wrong.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from vaka.cli import asking, checking, keeping, knowing, lexicon, reading, reviewing
from vaka.cli.output import say, silence_stdout
from vaka.errors import LockedError, VakaError

BROKEN_PIPE = 141
"""What a shell shows for a program that wrote to a closed pipe (128 and SIGPIPE)."""


class Commands(TyperGroup):
    """The group of all commands, which turns this project's errors into a line on stderr and an exit status."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            silence_stdout()
            raise typer.Exit(BROKEN_PIPE) from None
        except LockedError as error:
            say(f"vaka: {error}")
            raise typer.Exit(1) from None
        except VakaError as error:
            say(f"vaka: {error}")
            raise typer.Exit(2) from None
        except OSError as error:
            say(f"vaka: {error.filename or 'the system'}: {error.strerror or error}")
            raise typer.Exit(2) from None


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"vaka {version('vaka')}")
        raise typer.Exit


app = typer.Typer(
    cls=Commands,
    name="vaka",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def vaka(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Reads news reports and keeps a cited record of a crisis: who did what to whom, when and where; who said it; what
    was promised and whether it was kept; what led to what."""


for room in (reading, asking, reviewing, checking, keeping, knowing, lexicon):
    room.register(app)


def main() -> None:
    """The program `vaka`."""
    app()
