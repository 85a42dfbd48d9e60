"""Run the command line as `python -m mtqa`."""

import sys

from mtqa.commands import main

if __name__ == "__main__":
    sys.exit(main())
