"""What the page about privacy, which a site writes by hand, has to say where reports are on."""

import re

from helpdesk.catalog import Catalog

from . import wording

PAGE = "privacy.md"
TITLE = re.compile(r"^# .*\n", re.MULTILINE)


def with_reports(markdown: str, uri: str, catalog: Catalog) -> str:
    """Return the Markdown of a page; that about privacy says first what is reported."""
    if not catalog.service.outcomes or uri != catalog.prefix + PAGE:
        return markdown
    words = wording.of(catalog)
    told = [words[f"outcomes.{key}"] for key in ("privacy", "about", "articles")]
    title = TITLE.search(markdown)
    at = title.end() if title else 0
    return "\n\n".join([markdown[:at].rstrip("\n"), *told, markdown[at:].lstrip("\n")])
