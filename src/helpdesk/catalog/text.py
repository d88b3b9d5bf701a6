"""What editors may write in a text, and the values that are filled in.

Texts are data, never code: no raw HTML, no attributes, links only to where a reader is safe.
"""

import re
from collections.abc import Iterator, Mapping

PLACEHOLDER = re.compile(r"\{(service\.[A-Za-z0-9_.-]*)\}")
TAG = re.compile(r"<(?=[A-Za-z/!?])")
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
ATTRIBUTES = re.compile(r"\{:")
LINK = re.compile(r"\]\(\s*(<[^>]*>|[^\s)]*)")
DEFINITION = re.compile(r"^ {0,3}\[[^\]]+\]:\s*(\S*)", re.MULTILINE)
SAFE_LINK = re.compile(
    r"https://[^\s<>]+|mailto:[^\s<>]+|tel:[0-9+-]+|(?!/)(?!.*\.\.)[\w./-]+\.md(#[\w-]+)?|#[\w-]+"
)

Faults = Iterator[tuple[int, str]]
"""Offset in the text and message of each fault."""


def plain_faults(text: str) -> Faults:
    """Yield what a plain text must not hold."""
    if "\n" in text.strip():
        yield 0, "Found several lines; expected one line of text."
    if match := re.search(r"[<>]", text):
        yield match.start(), f'Found "{match[0]}" in a plain text. Say it in words.'


def markdown_faults(text: str) -> Faults:
    """Yield what a Markdown text must not hold; code spans are left alone."""
    visible = CODE.sub(lambda match: " " * len(match[0]), text)
    for match in TAG.finditer(visible):
        yield match.start(), "Found raw HTML; expected Markdown only. Write < as &lt;."
    for match in ATTRIBUTES.finditer(visible):
        yield match.start(), 'Found "{:" (attributes); expected Markdown only. Delete it.'
    for pattern in (LINK, DEFINITION):
        for match in pattern.finditer(visible):
            if not SAFE_LINK.fullmatch(match[1].strip("<>")):
                yield match.start(1), _link_message(match[1])


def _link_message(target: str) -> str:
    expected = "https://…, mailto:…, tel:… or a page below docs/ such as contact.md"
    return f'Found a link to "{target[:60]}"; expected {expected}.'


def fill(text: str, values: Mapping[str, str]) -> tuple[str, list[tuple[int, str]]]:
    """Return the text with the service's values, and (offset, name) of the unknown ones."""
    unknown = [
        (match.start(), match[1]) for match in PLACEHOLDER.finditer(text) if match[1] not in values
    ]
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text), unknown
