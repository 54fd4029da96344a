"""How much may come out of a source, and why so much."""

MEGABYTE = 1 << 20

LARGEST_WHOLE = 256 * MEGABYTE
"""The largest member that is read at once. A day of a busy channel has 1 MB, the largest dump of an alert system seen
20 MB; what is larger is read piece by piece, or refused where a kind needs it whole."""

LARGEST_STREAM = 8192 * MEGABYTE
"""The most that comes out of one member piece by piece: a day of logs of a busy service, in its plain form."""

LARGEST_TOTAL = 32_768 * MEGABYTE
"""The most that an archive may hold unpacked: ten years of a large workspace."""

LARGEST_UNPACKED = 2048 * MEGABYTE
"""The most that a compressed tar archive may take on the disk while it is read."""

RATIO = 200
"""How many times larger than its packed form a member may be. JSON and logs shrink 5 to 40 times, the most repetitive
ones 100 times; deflate itself ends at 1,032, which only a bomb comes near to."""

FREE = 16 * MEGABYTE
"""Below this size no ratio is asked: a small file of equal lines may shrink as it likes."""

MOST_MEMBERS = 500_000
"""The most members of an archive or folder: a thousand channels for more than a year, in about 300 MB of memory."""

LARGEST_DIRECTORY = 128 * MEGABYTE
"""The largest table of contents of a zip archive, which is read at once: room for twice that many members."""

DEEPEST = 24
"""How many folders deep a member may lie."""

PIECE = MEGABYTE
"""How much is read at a time."""


def expands_too_much(size: int, packed: int) -> bool:
    """Return whether so many bytes out of so many packed ones are a bomb."""
    return size > FREE and size > RATIO * max(packed, 1)
