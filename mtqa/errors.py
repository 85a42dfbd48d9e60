"""What can go wrong, said so that the reader knows what to do."""

from mtqa.printable import safe


class MtqaError(Exception):
    """Report a mistake of usage or an input that cannot be read; the command line exits with 2.

    `where` is a path, `path:line` or a flag; `what` says what was found, what is allowed, what to do. As text it is
    one line that a terminal obeys in nothing, whatever a file is called.
    """

    def __init__(self, where: str, what: str) -> None:
        super().__init__(safe(f"{where}: {what}" if where else what))
        self.where = where
        self.what = what
