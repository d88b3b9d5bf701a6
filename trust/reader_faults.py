"""What befalls a reader in the middle of the wizard, at every step: no answer may be lost.

Each fault is tried at many places of many walks in a real Chromium. Afterwards the page has to
show the step that the engine gives for the answers, or the one that follows where nothing more
is asked because Python has not come yet, with exactly these answers in the address.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext
from playwright.sync_api import Error as PlaywrightError
from tests.browser.hands import Entry, Hands, fragment, heading, title
from tests.browser.site import Server, kettle_site, served
from tests.walks import known, walks

from helpdesk.browser.runtime_files import built
from helpdesk.browser.strategy_files import SUBJECTS, kept_strategy
from helpdesk.catalog import Catalog, load
from helpdesk.diagnosis import USER, next_turn
from helpdesk.diagnosis.wire import problem_to_json
from trust import browsing
from trust.befalling import FAULTS, LAME, Fault
from trust.figure import Figure, none_of

KETTLE = Path(__file__).parent.parent / "tests/browser/catalog"
PLACES = 60
"""Lists of answers that each fault is tried after."""
SAMPLE = 1
LONGEST = 6
"""Steps of a walk."""
APART = 19
"""Of so many walks, one is taken."""
PATIENCE = 60_000
"""Milliseconds after which the right step will not show any more, however busy the machine is."""

SETTLED = """([address, headings, lame]) => {
  const live = document.querySelector(".helpdesk-live");
  const shown = live && !live.hidden && !live.inert;
  const said = live?.querySelector("h2")?.textContent ?? "";
  const right = shown && headings.some((heading) => said.includes(heading));
  const ways = lame ? [...document.querySelectorAll(".is-error .helpdesk-error a")] : [];
  return location.hash === address && (right || ways.some((way) => way.checkVisibility()));
}"""
"""An answer makes the wizard inert until its step is there; what comes earlier is not the end.

Where there is no Python, it may say so instead and lead to the plain pages.
"""

QUICK = ("reload", "a double click taken back", "taken out and put back", "nesting in the link")
"""Enough for a sample."""

Place = tuple[list[Entry], str, list[str]]
"""Answers; and the address and the headings that are right for them."""


def figures(*, whole: bool) -> Iterator[Figure]:
    """Let each fault happen after each list of answers."""
    runtime = built()
    if not runtime:
        raise SystemExit("The runtime is built by `make site`.")
    kettle = load(KETTLE)
    faults = FAULTS if whole else {name: FAULTS[name] for name in QUICK}
    places = list(_places(kettle, PLACES if whole else SAMPLE))
    tried, lost = 0, []
    with (
        TemporaryDirectory() as folder,
        browsing.browser() as browser,
        served(kettle_site(kettle, runtime, Path(folder))) as server,
    ):
        opened: dict[str, Hands] = {}
        for name, (script, fault) in faults.items():
            if script not in opened:
                opened[script] = _opened(browser.new_context(), server, kettle, script)
            for place in places:
                tried += 1
                if trouble := _after(opened[script], server, (*place, name in LAME), fault):
                    lost.append(f"{name} after {place[1]}: {trouble}")
    yield Figure(
        "faults in the middle of the wizard",
        ">= 1,000" if whole else ">= 1",
        f"{tried:,}",
        tried >= (1000 if whole else 1),
    )
    yield none_of("of these, faults after which an answer was lost", lost, tried)


def _places(catalog: Catalog, count: int) -> Iterator[Place]:
    """Yield lists of answers of every length, far apart, so of different walks."""
    every: Iterator[list[Entry]] = (list(e) for e in walks(catalog.problem, LONGEST))
    going_on = (e for e in every if e and next_turn(catalog.problem, e)["step"]["kind"] != "solved")
    foreseen = kept_strategy(problem_to_json(catalog.problem), USER)
    for evidence in islice(going_on, 0, APART * count, APART):
        headings = [title(catalog, evidence)]
        pairs = tuple((key, value) for key, value in (entry.values() for entry in evidence))
        if step := known(foreseen, pairs):
            headings.append(heading(catalog, {"kind": step[0], SUBJECTS[step[0]]: step[1]}))
        yield evidence, fragment(evidence), headings


def _opened(context: BrowserContext, server: Server, catalog: Catalog, script: str) -> Hands:
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    if script:
        page.add_init_script(script)
    page.goto(server.url)
    return Hands(page, catalog)


def _after(hands: Hands, server: Server, place: tuple[*Place, bool], fault: Fault) -> str:
    """Return what is wrong after a fault; nothing where all answers are still there."""
    evidence, *settled = place
    try:
        hands.open(evidence)
        hands.page.wait_for_function(SETTLED, arg=settled)
        fault(hands, server)
        server.heal()
        hands.page.wait_for_function(SETTLED, arg=settled)
    except PlaywrightError as error:
        return str(error).split("\n", 1)[0]
    return ""
