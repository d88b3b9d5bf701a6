"""Keeps what was made, by what it was made from: a small database in the site's cache folder.

A key is a digest of everything that the value depends on, so a value is right whenever its key
is found. Each value is checked when it is read. Where the database cannot be used (no rights,
damaged, in use elsewhere), nothing is kept on disk and nothing else happens.
"""

import base64
import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket

MEMORY = ":memory:"
SECONDS_TO_WAIT = 1.0
JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
AS_IT_IS = "="
"""What a text begins with that is kept without quotes: whole pages are quicker to keep so."""
TABLE = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, check_ TEXT, value TEXT)"


def digest(*parts: str) -> str:
    """Return a digest of some texts; no two lists of texts share one."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        whole.update(b"%d\0" % len(data))
        whole.update(data)
    return whole.hexdigest()


class Kept:
    """Values as JSON by key. Those not asked for since `begin` are dropped by `end`."""

    def __init__(self, path: Path | None, code: str = "") -> None:
        """Open or make the database at a path; without one, keep in memory.

        `code` is a digest of what makes the values, which is part of every key.
        """
        self.code = code
        self._used: set[int] = set()
        """What was asked for: the hash of each key, as a key itself takes four times the room."""
        self._database = _open(path)

    def begin(self) -> None:
        """Start a build."""
        self._used.clear()
        with contextlib.suppress(sqlite3.Error):
            if not self._database.in_transaction:
                self._database.execute("BEGIN IMMEDIATE")

    def get(self, key: str) -> Any:  # noqa: ANN401 - any JSON
        """Return what was put under the key, or None."""
        with contextlib.suppress(sqlite3.Error, ValueError):
            found = self._database.execute("SELECT check_, value FROM kept WHERE key = ?", [key])
            for check, value in found:
                if check == digest(key, value):
                    self._used.add(hash(key))
                    return value[1:] if value.startswith(AS_IT_IS) else json.loads(value)
        return None

    def put(self, key: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        """Keep a value; where that fails, it is made again next time."""
        text = AS_IT_IS + value if isinstance(value, str) else JSON.encode(value)
        with contextlib.suppress(sqlite3.Error, ValueError):
            row = (key, digest(key, text), text)
            self._database.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", row)
            self._used.add(hash(key))

    def once(self, key: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - any JSON
        """Return what was put under the key, or else what is made now, and keep that."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found

    def end(self) -> None:
        """Finish a build: drop what it did not use, and write the rest to disk."""
        with contextlib.suppress(sqlite3.Error):
            keys = self._database.execute("SELECT key FROM kept")
            gone = [(key,) for (key,) in keys if hash(key) not in self._used]
            self._database.executemany("DELETE FROM kept WHERE key = ?", gone)
            self._database.commit()

    def close(self) -> None:
        """Leave the database."""
        with contextlib.suppress(sqlite3.Error):
            self._database.close()


class CompiledTemplates(jinja2.BytecodeCache):
    """Templates as Python; `made_from` is a digest of what they depend on besides their text."""

    def __init__(self, kept: Kept, made_from: str = "") -> None:
        """Take where they are kept."""
        self._kept = kept
        self._made_from = made_from

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what was compiled from the same text."""
        if found := self._kept.get(self._key(bucket)):
            bucket.bytecode_from_string(base64.b64decode(found))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept.put(self._key(bucket), base64.b64encode(bucket.bytecode_to_string()).decode())

    def _key(self, bucket: Bucket) -> str:
        parts = ("template", self._kept.code, self._made_from, bucket.key, bucket.checksum)
        return digest(*parts)


def _open(path: Path | None) -> sqlite3.Connection:
    for place in _places(path):
        with contextlib.suppress(sqlite3.Error):
            database = sqlite3.connect(
                place, timeout=SECONDS_TO_WAIT, isolation_level=None, check_same_thread=False
            )
            # Speed before safety: a damaged value is seen when it is read, and made again.
            for setting in ("page_size = 32768", "synchronous = OFF", "journal_mode = OFF"):
                database.execute(f"PRAGMA {setting}")
            database.execute(TABLE)
            database.execute("BEGIN IMMEDIATE")
            return database
    raise AssertionError  # memory can always be used


def _places(path: Path | None) -> Iterator[str]:
    """Yield where to keep: as wished, the same anew if it is damaged, in memory."""
    if path:
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            yield str(path)
            if not _in_use(path):
                path.unlink(missing_ok=True)
                yield str(path)
    yield MEMORY


def _in_use(path: Path) -> bool:
    """Tell whether another build has the database now."""
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=0)) as database:
            database.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorname == "SQLITE_BUSY"
    except sqlite3.Error:
        return False
    return False
