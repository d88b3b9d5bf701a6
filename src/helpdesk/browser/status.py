"""What is out of order, as a file beside the site that may be replaced without a build."""

import json

from helpdesk.articles.markup import plain
from helpdesk.catalog import Catalog

FILE = "status.json"
FORMAT = 1


def status_json(catalog: Catalog) -> bytes:
    """Return the outages, with title and text in each language; whether they go on is not said."""
    languages = (catalog, *catalog.translations.values())
    outages = [
        {
            "id": outage.id,
            "begins": outage.begins,
            "ends": outage.ends,
            "causes": {cause: raised.value for cause, raised in outage.causes.items()},
            "title": {each.language: each.outages[outage.id].title for each in languages},
            "text": {each.language: plain(each.outages[outage.id].text) for each in languages},
        }
        for outage in catalog.outages.values()
    ]
    return json.dumps({"format": FORMAT, "outages": outages}, ensure_ascii=False, indent=1).encode()
