"""Where the pages of a catalog stand, without making them."""

from helpdesk.catalog.model import Catalog
from helpdesk.diagnosis.model import AGENT

from .codes import INDEX, codes_of


def uris(catalog: Catalog) -> list[str]:
    """Return the uri of every page that `pages` makes, in every language."""
    return [
        language.prefix + uri
        for language in (catalog, *catalog.translations.values())
        for uri in _uris(language)
    ]


def _uris(catalog: Catalog) -> list[str]:
    agents = any(question.audience == AGENT for question in catalog.questions.values())
    return [
        "index.md",
        "wizard/index.md",
        *(["wizard/agent.md"] if agents else []),
        "offline.md",
        "causes/index.md",
        *(f"causes/{cause}.md" for cause in catalog.causes),
        *(f"parties/{party}.md" for party in catalog.parties),
        *(["faq.md"] if catalog.faq else []),
        *([INDEX] if catalog.codes else []),
        *(provider.page for provider in codes_of(catalog).providers),
    ]
