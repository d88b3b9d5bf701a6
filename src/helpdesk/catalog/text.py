"""What editors may write in a text, and the values that are filled in.

Texts are data, never code: no raw HTML, no attributes, links only to where a reader is safe.
"""

import re
from collections.abc import Iterator, Mapping

PLACEHOLDER = re.compile(r"\{(service\.[A-Za-z0-9_.-]*)\}")
TAG = re.compile(r"<(?=[A-Za-z/!?])")
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
FENCE = re.compile(r"^ {0,3}```", re.MULTILINE)
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
    fences = list(FENCE.finditer(text)) if "```" in text else []
    if len(fences) % 2:
        yield fences[-1].start(), "This code block is never closed. Add a line with ``` below it."
    visible = without_code(text)
    for match in TAG.finditer(visible) if "<" in visible else ():
        yield match.start(), "Found raw HTML; expected Markdown only. Write < as &lt;."
    for match in ATTRIBUTES.finditer(visible) if "{" in visible else ():
        yield match.start(), 'Found "{:" (attributes); expected Markdown only. Delete it.'
    for offset, target in links(text):
        if not SAFE_LINK.fullmatch(target):
            yield offset, _link_message(target)


def links(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the target of every link and picture of a Markdown text."""
    if "]" not in text:
        return
    visible = without_code(text)
    for pattern in (LINK, DEFINITION):
        for match in pattern.finditer(visible):
            yield match.start(1), match[1].strip("<>")


def without_code(text: str) -> str:
    """Return a Markdown text with spaces for its code, so that places stay the same."""
    return CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text) if "`" in text else text


def _link_message(target: str) -> str:
    expected = "https://…, mailto:…, tel:… or a page below docs/ such as contact.md"
    return f'Found a link to "{target[:60]}"; expected {expected}.'


def fill(text: str, values: Mapping[str, str]) -> tuple[str, list[tuple[int, str]]]:
    """Return the text with the service's values, and (offset, name) of the unknown ones."""
    if "{" not in text:
        return text, []
    unknown = [
        (match.start(), match[1]) for match in PLACEHOLDER.finditer(text) if match[1] not in values
    ]
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text), unknown
