"""What the terminal can do."""

import os
import shutil
from typing import TextIO

from mtqa.report import Style


def style_for(stream: TextIO) -> Style:
    """Return the style for a stream: colours on a terminal, unless NO_COLOR (no-color.org) or TERM=dumb forbids.

    FORCE_COLOR asks for colours in a pipe as well; NO_COLOR beats it.
    """
    forced = bool(os.environ.get("FORCE_COLOR"))
    refused = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    colour = (forced or stream.isatty()) and not refused
    return Style(colour=colour, width=shutil.get_terminal_size((100, 24)).columns)
