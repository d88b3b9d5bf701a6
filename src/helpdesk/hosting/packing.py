"""Packs files for hosts that serve them as they lie: `.gz` and `.br` beside each."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import brotli

PACKED = frozenset(
    {
        *(".css", ".csv", ".html", ".js", ".json", ".map", ".mjs", ".svg", ".txt", ".wasm"),
        *(".webmanifest", ".xml"),
    }
)
"""Suffixes of what gets smaller; pictures and archives do not."""
BYTES_AT_LEAST = 1000
"""Below this nothing is won: it fits into one packet."""


def pack(site: Path) -> Iterator[tuple[Path, int, int]]:
    """Pack the files of a site; yield each with its size and that of its `.br`.

    The same file gives the same bytes. What was packed before and is out of date is replaced.
    """
    for path in sorted(site.rglob("*")):
        if path.suffix in PACKED and path.is_file():
            content = path.read_bytes()
            if len(content) >= BYTES_AT_LEAST:
                small = brotli.compress(content, quality=11)
                path.with_name(f"{path.name}.br").write_bytes(small)
                packed = gzip.compress(content, 9, mtime=0)
                path.with_name(f"{path.name}.gz").write_bytes(packed)
                yield path, len(content), len(small)
