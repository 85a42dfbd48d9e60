"""The command line; each module of this package is one command, found by its file name.

A command module holds a docstring (its help), `add_arguments(parser)` and `run(arguments) -> exit code`. It imports
what its body needs inside `run`, so that `mtqa --help` stays quick.
"""

import argparse
import gc
import os
import sys
from collections.abc import Sequence

from mtqa import __version__, plugins
from mtqa.errors import MtqaError

CLEAN, FOUND, TROUBLE = 0, 1, 2
"""Exit codes: nothing at or above --fail-on; something; wrong usage or unreadable input."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    # A lint makes many records and hardly a cycle: looking for cycles only takes time.
    gc.disable()
    parser = _parser()
    arguments = parser.parse_args(argv)
    if not hasattr(arguments, "run"):
        parser.print_help()
        return CLEAN
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except MtqaError as error:
        print(f"mtqa: {error}", file=sys.stderr)
        return TROUBLE
    except BrokenPipeError:
        # The reader (head, less) has gone: no news to it, and no trace back either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return TROUBLE
    except OSError as error:
        # Files are read and written with a word of their own; what has no name is stdout.
        if error.filename is not None:
            raise
        print(f"mtqa: stdout: cannot be written: {(error.strerror or str(error)).lower()}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return TROUBLE
    except KeyboardInterrupt:
        print("mtqa: interrupted", file=sys.stderr)
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mtqa",
        description="Find and mend the literal mistranslations in machine-translated Chinese press prose.",
        epilog="examples:\n"
        "  mtqa lint article.txt                 mark what was rendered word by word\n"
        "  mtqa fix article.txt --diff           show the safe rewrites\n"
        "  mtqa explain wool-party               what a term means and how it is rendered\n"
        "  mtqa glossary check mine.tsv          is my glossary sound?",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"mtqa {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    package = sys.modules[__name__]
    for name in plugins.names(package):
        module = plugins.load(package, name)
        summary, _, rest = (module.__doc__ or "").partition("\n")
        command = commands.add_parser(
            name,
            help=summary[:1].lower() + summary[1:].rstrip("."),
            description=summary,
            epilog=rest.strip("\n") or None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser
