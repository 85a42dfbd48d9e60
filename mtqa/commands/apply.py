"""Write what was decided in a review into the article.

examples:
  mtqa apply decisions.json article.txt --diff       show what would change, write nothing
  mtqa apply decisions.json article.txt              write the accepted words; all of them, or nothing
  mtqa apply article.txt.review.sqlite article.txt   from what mtqa review --serve has kept
  mtqa apply ann.json ben.json article.txt           two editors; where they disagree it stops and says so
  mtqa apply ann.json ben.json article.txt --prefer ann.json

Rejected flags go into article.txt.mtqa.json beside the article, where mtqa lint looks them up: they do not come back.

exit codes: 0 all is written, or was before; 1 the article changed under a decision, and nothing is written, or with
--partial the rest is; 2 wrong usage, editors who disagree, or a file that cannot be read
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mtqa.document import Document
    from mtqa.review.apply import Plan
    from mtqa.review.records import Conflict, Decision, Decisions

_MOST_SHOWN = 100


class _Job(NamedTuple):
    """Hold an article and what was decided about it."""

    path: Path
    decisions: "tuple[Decision, ...]"


class _Work(NamedTuple):
    """Hold an article, what becomes of it, what was waved through before, and what of that was not decided on again."""

    path: Path
    document: "Document"
    plan: "Plan"
    known: "list[Decision]"
    others: "list[Decision]"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="decisions.json or .review.sqlite files, then the articles (default: those that the decisions name, "
        "if they lie in this folder)",
    )
    parser.add_argument("--diff", action="store_true", help="print a unified diff and write nothing")
    parser.add_argument("--partial", action="store_true", help="write what still fits, and list the rest")
    parser.add_argument(
        "--prefer", type=Path, metavar="FILE", help="the decisions file that wins where editors disagree"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    from mtqa.commands import CLEAN, FOUND
    from mtqa.commands.fix import _diff as unified
    from mtqa.write import write_atomic

    works = [_work(job) for job in _jobs(arguments.files, arguments.prefer)]
    left = sum(len(work.plan.left) for work in works)
    for work in works:
        _list_left(work)
    if arguments.diff:
        for work in works:
            sys.stdout.write(unified(work.document, work.plan.text))
    elif left and not arguments.partial:
        what = "1 decision does not fit" if left == 1 else f"{left} decisions do not fit"
        print(f"mtqa: {what}; nothing is written (--partial writes the others)", file=sys.stderr)
        return FOUND
    else:
        for writings in [_writings(work) for work in works]:
            for path, data in writings:
                write_atomic(path, data)
    for work in works:
        _tell(work, diff=arguments.diff)
    return FOUND if left else CLEAN


def _jobs(files: list[Path], prefer: Path | None) -> list[_Job]:
    """Sort out which files are decisions and which articles, and merge the decisions about each article.

    Raises MtqaError for files that do not go together and for editors who disagree.
    """
    from mtqa.errors import MtqaError
    from mtqa.review.decisions import is_decisions, load, merge_all

    given = [path for path in files if is_decisions(path)] or files[:1]
    articles = [path for path in files if path not in given]
    if prefer and prefer.resolve() not in [path.resolve() for path in given]:
        raise MtqaError("--prefer", f"{prefer} is not among the decisions; name one of {', '.join(map(str, given))}")
    loaded = [_addressed(path, load(path), articles) for path in given]
    best = next(
        (d for path, d in zip(given, loaded, strict=True) if prefer and path.resolve() == prefer.resolve()), None
    )
    merged = merge_all(loaded, best)
    if merged.conflicts:
        _complain(merged.conflicts)
        count = "1 place" if len(merged.conflicts) == 1 else f"{len(merged.conflicts)} places"
        raise MtqaError("", f"the editors disagree in {count}; nothing is written, say --prefer FILE")
    return [_Job(Path(article.path), article.decisions) for article in merged.decisions.articles]


def _complain(conflicts: "tuple[Conflict, ...]") -> None:
    for conflict in conflicts[:_MOST_SHOWN]:
        print(str(conflict), file=sys.stderr)
    if len(conflicts) > _MOST_SHOWN:
        print(f"... and {len(conflicts) - _MOST_SHOWN} more", file=sys.stderr)


def _addressed(path: Path, decisions: "Decisions", articles: list[Path]) -> "Decisions":
    """Return decisions with the path of the article each belongs to: one that was named, else one in this folder.

    What a file says of paths is not trusted: it may come from anybody. Raises MtqaError when an article cannot be told.
    """
    from mtqa.errors import MtqaError
    from mtqa.review.records import Reviewed

    if not articles:
        return decisions._replace(
            articles=tuple(a._replace(path=str(_inside(a.path, path))) for a in decisions.articles)
        )
    if len(articles) == 1 and len(decisions.articles) == 1:
        return decisions._replace(articles=(Reviewed(str(articles[0]), decisions.articles[0].decisions),))
    found = []
    for article in articles:
        same = [a for a in decisions.articles if Path(a.path) == article]
        same = same or [a for a in decisions.articles if Path(a.path).name == article.name]
        if len(same) > 1 or (same and any(same[0].path == str(other) for other in articles if other != article)):
            raise MtqaError(str(path), f"decides on several articles named {article.name}; name one article at a time")
        found += [Reviewed(str(article), a.decisions) for a in same]
    if not found:
        names = ", ".join(a.path for a in decisions.articles[:5]) or "none"
        raise MtqaError(str(path), f"decides on none of these articles, but on {names!r}; name that one")
    return decisions._replace(articles=tuple(found))


def _inside(name: str, where: Path) -> Path:
    """Return an article's path if it lies in this folder. Raises MtqaError when it does not."""
    from mtqa.errors import MtqaError
    from mtqa.review.records import short

    path = Path(name)
    here = Path.cwd().resolve()
    outside = path.is_absolute() or ".." in path.parts or "\\" in name
    try:
        outside = outside or not path.resolve().is_relative_to(here)
    except (OSError, RuntimeError):
        outside = True
    if outside:
        what = f"names the article {short(name)!r}, which is not in this folder; name it: mtqa apply {where} ARTICLE"
        raise MtqaError(str(where), what)
    return path


def _work(job: _Job) -> _Work:
    from mtqa.read import read
    from mtqa.review.apply import plan
    from mtqa.review.waved import load_waved
    from mtqa.segment import segment

    document = segment(read(job.path))
    known = load_waved(job.path)
    mine = {decision.key for decision in job.decisions}
    others = [decision for decision in known if decision.key not in mine]
    return _Work(job.path, document, plan(document, [*job.decisions, *others]), known, others)


def _writings(work: _Work) -> list[tuple[Path, bytes]]:
    """Return the files to write and what goes into them. Raises MtqaError when the article's format cannot hold it."""
    from mtqa.read import read_bytes, rewritten
    from mtqa.review.apply import rekeyed
    from mtqa.review.waved import dump_waved, waved_path
    from mtqa.segment import segment

    after, found = work.document, []
    if work.plan.edits:
        data = rewritten(work.document, work.plan.edits)
        found.append((work.path, data))
        after = segment(read_bytes(data, str(work.path)))
    placed = {decision.key for decision, _ in work.plan.rejected}
    waved = {d.key: d for d in rekeyed(after, sorted(work.plan.rejected, key=lambda pair: pair[1]))}
    waved.update((d.key, d) for d in work.others if d.key not in placed)
    text = dump_waved(waved.values())
    if text != dump_waved(work.known):
        found.append((waved_path(work.path), text.encode()))
    return found


def _list_left(work: _Work) -> None:
    for one in work.plan.left[:_MOST_SHOWN]:
        print(f"{work.path}: {one}", file=sys.stderr)
    if len(work.plan.left) > _MOST_SHOWN:
        print(f"{work.path}: ... and {len(work.plan.left) - _MOST_SHOWN} more", file=sys.stderr)


def _tell(work: _Work, *, diff: bool) -> None:
    from mtqa.review.waved import waved_path

    made = work.plan
    said = [f"{len(made.done)} {'would be written' if diff else 'written'}"] if made.done else []
    if made.already:
        said.append(f"{len(made.already)} already applied (the words are gone, the new ones stand there)")
    if made.rejected:
        verb = "would be waved" if diff else "waved"
        flags = {(decision.rule, decision.term, span) for decision, span in made.rejected}
        said.append(f"{len(flags)} {verb} through in {waved_path(work.path).name}")
    if made.left:
        said.append(f"{len(made.left)} left")
    print(f"{work.path}: {', '.join(said) or 'nothing to write'}", file=sys.stderr)
