"""The flags that every linting command shares; nothing heavy is imported here, so that --help stays quick."""

import argparse
from pathlib import Path

from mtqa.config import FAIL_ON


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags that choose glossaries and rules, the same for every command that lints."""
    parser.add_argument(
        "--source",
        type=Path,
        metavar="ZH",
        help="the Chinese of the article; for several articles a folder with files of the same names",
    )
    parser.add_argument(
        "--glossary",
        "-g",
        action="append",
        type=Path,
        default=[],
        metavar="TSV",
        help="a further glossary; its terms win over the bundled ones with the same id",
    )
    parser.add_argument("--no-bundled", action="store_true", help="leave out the glossaries that come with mtqa")
    parser.add_argument(
        "--model", metavar="DIR", help='the classifier that judges what is found, or "none" (default: press-small)'
    )
    parser.add_argument(
        "--select", action="append", default=[], metavar="RULES", help="only these rules, separated by commas"
    )
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="RULES", help="not these rules or terms, separated by commas"
    )
    parser.add_argument(
        "--no-waved", action="store_true", help="show also what a review waved through (ARTICLE.mtqa.json)"
    )
    parser.add_argument("--fail-on", choices=FAIL_ON, help="mildest severity that gives exit code 1 (default: major)")
    parser.add_argument(
        "--config", type=Path, metavar="TOML", help="settings (default: the nearest mtqa.toml or pyproject.toml)"
    )
