"""The entry point: from arguments to an exit code, with every fault in plain words."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from typer.exceptions import TyperException

from allocator.cli import exits
from allocator.cli.application import command
from allocator.cli.language import chosen, from_environment
from allocator.county.frozen import DataError, Problem
from allocator.words import say, tell

if TYPE_CHECKING:
    from allocator.modelling import Language

_MOST = 200
"""Problems printed before the rest is only counted."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A character the terminal cannot show is no reason to stop.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    lang = from_environment()
    try:
        lang, arguments = chosen(sys.argv[1:] if argv is None else argv)
        made = command(lang)
        _check_command(arguments, made.commands)
        code = made.main(
            arguments or ["--help"], prog_name="allocator", standalone_mode=False, obj=lang
        )
        sys.stdout.flush()
        return int(code or 0)
    except DataError as error:
        _complain(error.problems, lang)
    except TyperException as error:
        _complain((_misuse(error),), lang)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain at its end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.CLEAN
    except OSError as error:
        _complain((_file_fault(error),), lang)
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    return exits.BAD_INPUT


def _complain(problems: Sequence[Problem], lang: Language) -> None:
    for problem in problems[:_MOST]:
        print(tell(problem, lang), file=sys.stderr)
    if len(problems) > _MOST:
        rest = len(problems) - _MOST
        print(say("and {number} more", lang, number=rest), file=sys.stderr)


def _check_command(arguments: Sequence[str], known: Iterable[str]) -> None:
    first = next((a for a in arguments if not a.startswith("-")), None)
    if first is not None and first not in known:
        text = "command {given} is unknown: choose one of {known}"
        raise DataError((Problem("", text, {"given": first, "known": ", ".join(known)}),))


def _misuse(error: TyperException) -> Problem:
    """A command line that cannot be read, in our words: Typer speaks English only."""
    parameter = getattr(error, "param", None)
    name = getattr(error, "option_name", None) or next(iter(getattr(parameter, "opts", ())), "")
    details = {"name": name, "message": error.format_message().replace("\n", " ")}
    kind = type(error).__name__
    if kind == "NoSuchOption":
        return Problem("", "option {name} is unknown: --help lists the options", details)
    if kind == "MissingParameter":
        return Problem("", "{name} is missing: --help shows how to give it", details)
    if kind == "BadParameter":
        return Problem("", "the value given for {name} does not fit: correct it", details)
    return Problem("", "the command cannot be read ({message}): --help explains it", details)


def _file_fault(error: OSError) -> Problem:
    text = "the file cannot be read or written ({reason}): check folder, name and rights"
    return Problem(str(error.filename or ""), text, {"reason": error.strerror or str(error)})
