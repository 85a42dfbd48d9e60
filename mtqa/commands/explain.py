"""Say what a rule looks for, what a term means and how it is rendered, or how sure mtqa is of a sentence.

examples:
  mtqa explain doubled               a rule
  mtqa explain wool-party            a term by its id
  mtqa explain 羊毛党                 by its Chinese
  mtqa explain "wool party"          by a literal rendering
  mtqa explain "wool party" "A wool party emptied the pool."     how sure mtqa is here, and from what
  mtqa explain --list                all rules
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mtqa.glossary import Glossary
    from mtqa.term import Context, Example, Term


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "name", nargs="?", metavar="RULE|TERM", help="a rule, a term id, Chinese words or a literal rendering"
    )
    parser.add_argument("sentence", nargs="?", metavar="SENTENCE", help="judge the term where it stands in this")
    parser.add_argument("--model", metavar="DIR", help='the classifier to judge with, or "none"')
    parser.add_argument("--list", action="store_true", help="list the rules")
    parser.add_argument(
        "--glossary", "-g", action="append", type=Path, default=[], metavar="TSV", help="a further glossary"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command. Raises MtqaError when nothing has the name."""
    from mtqa import checks
    from mtqa.errors import MtqaError
    from mtqa.glossary import bundled_paths, load_glossary

    if arguments.list:
        for rule in checks.rules():
            print(f"{rule:<14}{(checks.load(rule).__doc__ or '').partition(chr(10))[0]}")
        return 0
    if not arguments.name:
        raise MtqaError("mtqa explain", "name a rule or a term, or say --list")
    if arguments.name in checks.rules():
        _explain_rule(arguments.name)
        return 0
    paths = [*bundled_paths(), *arguments.glossary]
    glossary = load_glossary(paths)
    terms = _find(glossary, arguments.name)
    if arguments.sentence:
        from mtqa.commands._judge import judge
        from mtqa.settings import classifier_for

        judged = list(judge(arguments.sentence, glossary, {term.id for term in terms}, classifier_for(arguments.model)))
        print("\n\n".join(judged) or "no literal of the term stands in the sentence, or its context excuses it")
        return 0
    examples = _examples(paths, {term.id for term in terms})
    print("\n\n".join(_describe(term, [e for e in examples if e.term == term.id]) for term in terms))
    return 0


def _find(glossary: "Glossary", name: str) -> list["Term"]:
    from difflib import get_close_matches

    from mtqa.errors import MtqaError

    if name in glossary.terms:
        return [glossary.terms[name]]
    lower = name.lower()
    found = [t for t in glossary.terms.values() if name in t.zh or lower in [form.text.lower() for form in t.literal]]
    if not found:
        near = get_close_matches(lower.replace(" ", "-"), glossary.terms, 3)
        hint = f"did you mean {', '.join(near)}?" if near else "see mtqa explain --list for the rules"
        raise MtqaError("mtqa explain", f"no rule, term, Chinese or literal is called {name!r}; {hint}")
    return found


def _examples(paths: list[Path], ids: set[str]) -> list["Example"]:
    from mtqa.glossary import load_examples

    return [example for path in paths for example in load_examples(path) if example.term in ids]


def _explain_rule(rule: str) -> None:
    from mtqa import checks

    check = checks.load(rule)
    print(f"{rule} ({check.SEVERITY})\n\n{(check.__doc__ or '').strip()}\n")
    for label, sentences in (("flagged", check.FAIL), ("left alone", check.PASS)):
        print(f"{label}:")
        for sample in sentences:
            for text in (sample,) if isinstance(sample, str) else sample:
                print("  " + text.replace("\n", "\n  "))
    options = check.Options()
    if options._fields:
        print(f"\noptions ([tool.mtqa.rules.{rule}]):")
        for key in options._fields:
            print(f"  {key} = {getattr(options, key)!r}")
    sys.stdout.flush()


def _describe(term: "Term", examples: list["Example"]) -> str:
    doubts = ("", " (on evidence)", " (on evidence only)")
    lines = [
        f"{term.id} ({term.severity}, {term.category}, {term.glossary})",
        f"Chinese:  {', '.join(term.zh)}",
        f"literal:  {', '.join(form.text + doubts[form.doubt] for form in term.literal)}",
        f"write:    {', '.join(f'{r.text} [{r.word_class}]' for r in term.idiomatic)}",
    ]
    for label, contexts in (("unless:", term.unless), ("when:", term.when)):
        if contexts:
            lines.append(f"{label:<10}{', '.join(_context(context) for context in contexts)}")
    lines += [f"{label:<10}{text}" for label, text in (("note:", term.note), ("source:", term.source)) if text]
    lines += [f"{example.label}:     {_marked(example)}"[:2000] for example in examples]
    return "\n".join(lines)


def _context(context: "Context") -> str:
    if context.anywhere:
        return " ".join(context.anywhere)
    return " ".join([*context.before, "~", *context.after])


def _marked(example: "Example") -> str:
    text = example.text
    for span in reversed(example.spans):
        text = f"{text[: span.start]}«{text[span.start : span.end]}»{text[span.end :]}"
    return text
