"""The page in which an editor decides about findings, and the names by which decisions find their marks again."""
