"""Pairs things one to one, as many as can be: terms with renderings, terms with findings."""

from collections.abc import Mapping, Sequence


def assign(edges: Sequence[Sequence[int]], start: Mapping[int, int] | None = None) -> dict[int, int]:
    """Return a largest one-to-one pairing: for each number that gets one, one of the things that `edges` allows it.

    What `start` pairs stays paired, though perhaps with another thing. Augmenting paths (Kuhn, 1955), searched
    breadth first; what one failed search has been through is never looked at again, so the work grows with the edges.

    >>> assign([[0, 1], [0], [0]])
    {0: 1, 1: 0}
    """
    of_left = dict(start or {})
    of_right = {right: left for left, right in of_left.items()}
    dead: set[int] = set()
    for left in range(len(edges)):
        if left in of_left:
            continue
        came: dict[int, int] = {}
        end = _free(edges, left, of_right, dead, came)
        if end is None:
            dead.update(came)
            continue
        while end is not None:
            here, before = came[end], of_left.get(came[end])
            of_left[here], of_right[end] = end, here
            end = None if here == left else before
    return dict(sorted(of_left.items()))


def _free(
    edges: Sequence[Sequence[int]], left: int, of_right: Mapping[int, int], dead: set[int], came: dict[int, int]
) -> int | None:
    """Return the first free thing on a path from `left`, or None; `came` says from where each was reached."""
    queue = [left]
    for here in queue:
        for right in edges[here]:
            if right in came or right in dead:
                continue
            came[right] = here
            if right not in of_right:
                return right
            queue.append(of_right[right])
    return None
