"""Notices what a page was made with that no digest can tell of: it is not kept then."""

import logging
from collections.abc import Callable, Iterator
from typing import Any, Self

from mkdocs.structure import pages

UNSEEN = ("pages", "build_date_utc")
"""What templates may look at, and pages that do are made anew: all other pages, and the clock."""


class Watched:
    """Stands for a value, and notices when it is looked at."""

    def __init__(self, value: Any) -> None:  # noqa: ANN401 - any value
        """Take the value."""
        self._value = value
        self.seen = False

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any value
        self.seen = True
        return getattr(self._value, name)

    def __str__(self) -> str:
        self.seen = True
        return str(self._value)

    def __bool__(self) -> bool:
        self.seen = True
        return bool(self._value)

    def __iter__(self) -> Iterator[Any]:
        self.seen = True
        return iter(self._value)

    def __len__(self) -> int:
        self.seen = True
        return len(self._value)

    def __getitem__(self, key: Any) -> Any:  # noqa: ANN401 - any value
        self.seen = True
        return self._value[key]

    def __contains__(self, item: object) -> bool:
        self.seen = True
        return item in self._value

    def __eq__(self, other: object) -> bool:
        self.seen = True
        return bool(self._value == other)

    def __hash__(self) -> int:
        self.seen = True
        return hash(self._value)


def filled(render: Callable[..., str], context: dict[str, Any]) -> tuple[str, bool]:
    """Return what a template makes, and whether that lasts: it did not look at other pages."""
    watched = {name: Watched(context[name]) for name in UNSEEN}
    output = render({**context, **watched})
    return output, not any(each.seen for each in watched.values())


class Silence(logging.Handler):
    """Notices whether MkDocs says anything about a page: then it has to say it again."""

    def __init__(self) -> None:
        super().__init__()
        self.broken = False

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - its name upstream
        """Notice a word."""
        self.broken = True

    def __enter__(self) -> Self:
        pages.log.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        pages.log.removeHandler(self)
