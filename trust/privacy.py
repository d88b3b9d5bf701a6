"""What leaves the device: nothing but requests for the site's own files."""

from collections import Counter
from collections.abc import Iterator, Mapping

from playwright.sync_api import Browser
from tests.browser.hands import Hands

from helpdesk.catalog import load
from trust.browsing import PATIENCE, browser
from trust.figure import Figure, none_of
from trust.host import ROOT, Host, hosted, pages, shipped

PEOPLE: tuple[Mapping[str, str], ...] = (
    {"q-signal": "weak", "q-other-texts": "no"},
    {"q-page-says": "limit", "q-attempts": "five-or-more", "q-wait": "hours"},
    {"q-channel": "email", "q-spam-folder": "found"},
    {"q-sudden-no-service": "yes"},
)
"""Answers that lead to quite different ends."""
SAMPLE = 2
PAGES_APART = 64


def figures(*, whole: bool) -> Iterator[Figure]:
    """Let people with different answers use the wizard, and look at all that was sent."""
    people = PEOPLE if whole else PEOPLE[:SAMPLE]
    foreign, cookies, referrers = [], [], []
    logs: list[Counter[str]] = []
    with hosted(shipped()) as host, browser() as chromium:
        for person in people:
            # What a page asks for does not depend on answers, so one reader looks at all of them.
            step = 1 if whole and not logs else PAGES_APART
            contacts, kept, log = _visit(chromium, host, person, step, whole=whole)
            foreign += [url for url in contacts if not url.startswith((host.url, "data:"))]
            cookies += kept
            logs.append(log)
            referrers += [f for _, sent in host.seen if "#" in (f := sent.get("Referer", ""))]
    yield none_of("requests to other hosts", foreign, sum(map(Counter.total, logs)))
    yield none_of("cookies", cookies, len(people))
    yield none_of("answers in a referrer", referrers, sum(map(Counter.total, logs)))
    # What is asked for, not how often: a browser asks again for what it has dropped from its cache.
    different = [path for log in logs[1:] for path in sorted(log.keys() ^ logs[0].keys())]
    yield none_of("differences in the request log between sets of answers", different, len(logs))


def _visit(
    chromium: Browser, host: Host, person: Mapping[str, str], step: int, *, whole: bool
) -> tuple[list[str], list[str], Counter[str]]:
    """Return what a reader's browser asked for, its cookies, and the host's log of the wizard."""
    host.seen.clear()
    contacts: list[str] = []
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE)
    context.on("request", lambda request: contacts.append(request.url))
    page = context.new_page()
    page.goto(host.url)
    hands = Hands(page, load(ROOT / "docs" / "catalog"))
    hands.is_ready()
    hands.walk(person, ends=["hand-off", "warn"] if whole else ["try", "warn"])
    page.wait_for_load_state("networkidle")
    log = Counter(path for path, _ in host.seen)
    for address in pages(host.site)[::step]:
        runs_nothing = "/plain/" in address
        page.goto(f"{host.url}{address}", wait_until="load" if runs_nothing else "networkidle")
    cookies = [f"{each.get('name')}" for each in context.cookies()]
    context.close()
    return contacts, cookies, log
