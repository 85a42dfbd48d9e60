"""Measure models and translations, with intervals, and say what changed.

examples:
  mtqa evaluate detection --model models/mine --data tests/heldout      how much is found, and how much of it is right
  mtqa evaluate compare before.json after.json                          what changed, and whether it is significant
  mtqa evaluate translation --source zh.txt --hypothesis a.en.txt       how literal a translation is, and how good

mtqa evaluate detection --help, compare --help and translation --help say more.

exit codes: 0 measured, 2 wrong usage or a file that cannot be read
"""

import argparse

_DETECTION = """Say how much of what is marked in the data a model and its rules find, and how much of it is right.

The data are any of these:
  a folder with mt.txt, marks.tsv (line, text, zh) and perhaps zh.txt, or a folder of such folders
  a glossary's examples, X.examples.tsv: words marked in a bad line are to be found, in a good one not
  JSON lines {"en": "...", "zh"?: "...", "spans": [{"start", "end", "term"?, "zh"?}]}, offsets in code points of "en"
Texts of --clean hold nothing to be found: whatever is flagged there is a false alarm.

A marked span is found when a flagged span shares a character with it, and a flagged span is right when it shares one
with a marked span. Flagged is what is minor or major; notes count with --notes. Around the bad marks of examples,
where nobody said what else is wrong, findings on other terms are left out of the counts ("unjudged").
"""
_DETECTION_EXAMPLES = """examples:
  mtqa evaluate detection --data tests/heldout
  mtqa evaluate detection --model models/mine --glossary mine.tsv --data mine.examples.tsv --clean clean/ -o page.html
  mtqa evaluate detection --model none --data gold.jsonl --no-source --select literal --save before.json

exit codes: 0 measured, 2 wrong usage or a file that cannot be read
"""
_COMPARE = """Say what changed from A to B on the same data, and whether that is more than chance.

A and B are files that mtqa evaluate detection --save wrote; or model folders (or none), which are then run on --data.
Differences have 95% intervals and p-values from a paired bootstrap over documents (Koehn, 2004), what happened to
single marked spans McNemar's exact test.
"""
_COMPARE_EXAMPLES = """examples:
  mtqa evaluate compare before.json after.json
  mtqa evaluate compare models/press-small models/mine --glossary mine.tsv --data tests/heldout --clean clean/

exit codes: 0 compared, 2 wrong usage, a file that cannot be read, or results on different data
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from mtqa.commands import _compare, _detection, _translation

    parts = parser.add_subparsers(title="what to measure", metavar="WHAT", required=True, dest="what")
    detection = _part(parts, "detection", "how well literal mistranslations are found", _DETECTION, _DETECTION_EXAMPLES)
    _detection.add_arguments(detection)
    compare = _part(parts, "compare", "what changed between two such results", _COMPARE, _COMPARE_EXAMPLES)
    _compare.add_arguments(compare)
    summary, _, rest = (_translation.__doc__ or "").partition("\n")
    translation = _part(parts, "translation", "how good and how literal translations are", summary, rest.strip("\n"))
    _translation.add_arguments(translation)


def _part(
    parts: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, summary: str, description: str, rest: str
) -> argparse.ArgumentParser:
    return parts.add_parser(
        name,
        help=summary,
        description=description,
        epilog=rest,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    if arguments.what == "translation":
        from mtqa.commands import _translation

        return _translation.run(arguments)
    from mtqa.commands import _compare, _detection

    return _detection.run(arguments) if arguments.what == "detection" else _compare.run(arguments)
