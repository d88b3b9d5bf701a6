"""Where readers report what helped, if a site lets them. Off unless its catalog turns it on."""

import hashlib
import json

from helpdesk.catalog import Catalog
from helpdesk.catalog.service import SAME_ORIGIN

from .bundle import FOLDER as ASSETS
from .bundle import REPORTING, WEB, BundleFile, shortened

FOLDER = "report/"
KINDS = ("outcome", "hand-off", "helpful")
"""What a report says comes last in its path; the rest is its query."""
ANSWER = b"Reports are found in the access log only.\n"


def reports_to(catalog: Catalog) -> str:
    """Return the folder that reports go to, from the site's root; empty where there are none."""
    where = catalog.service.outcomes
    return FOLDER if where == SAME_ORIGIN else where and f"{where.rstrip('/')}/"


def report_files(catalog: Catalog) -> list[BundleFile]:
    """Return the script that reports first, and what the host answers; nothing where that is off.

    With an answer a report is no error in the host's log.
    """
    to = reports_to(catalog)
    if not to:
        return []
    own = catalog.service.outcomes == SAME_ORIGIN
    root = "../" * (ASSETS.count("/") + 2) if own else ""
    told = json.dumps({"to": root + to, "catalog": catalog.problem.catalog})
    content = f"const REPORTS={told};".encode() + shortened(WEB / REPORTING)
    digest = hashlib.sha256(content).hexdigest()[:16]
    module = BundleFile(f"{ASSETS}/{digest}/{REPORTING}", content)
    return [module, *(BundleFile(FOLDER + kind, ANSWER) for kind in KINDS if own)]


def sources(catalog: Catalog) -> dict[str, str]:
    """Return what a policy has to allow besides the site itself, by directive."""
    to = reports_to(catalog)
    return {"connect-src": to} if "://" in to else {}
