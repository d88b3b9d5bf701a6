"""What can befall a reader in the middle of the wizard."""

from collections.abc import Callable

from playwright.sync_api import Page
from tests.browser.hands import Hands
from tests.browser.site import Server

ANSWER = "button[value='not-sure'], button[value='failed']"

Fault = Callable[[Hands, Server], None]


def _reload(hands: Hands, _: Server) -> None:
    hands.page.reload()


def _there_and_back(hands: Hands, server: Server) -> None:
    hands.page.goto(f"{server.url}bare/")
    hands.page.go_back()


def _back_and_forward(hands: Hands, _: Server) -> None:
    hands.page.go_back()
    hands.page.go_forward()


def _twice_forward(hands: Hands, _: Server) -> None:
    for _each in range(2):
        hands.page.go_back()
        hands.page.go_forward()


def _answered_and_taken_back(hands: Hands, _: Server) -> None:
    """Answer, and come back; where there is nothing to answer, come back all the same."""
    if not hands.live.locator(ANSWER).count():
        hands.page.reload()
        return
    hands.live.locator(ANSWER).first.dblclick()
    hands.page.go_back()


def _without_network(hands: Hands, _: Server) -> None:
    context = hands.page.context
    context.set_offline(offline=True)
    if hands.live.locator(ANSWER).count():
        hands.live.locator(ANSWER).first.click()
        hands.page.go_back()
    context.set_offline(offline=False)


def _reload_without_engine(hands: Hands, server: Server) -> None:
    for file in ("pyodide.asm.wasm", "diagnosis-worker.mjs"):
        server.faults[file] = "missing"
    hands.page.reload()


def _reload_without_strategy_or_wasm(hands: Hands, server: Server) -> None:
    server.faults["strategies.user.json"] = "missing"
    hands.page.reload()


def _storage_cleared(hands: Hands, _: Server) -> None:
    hands.page.evaluate("sessionStorage.clear(), localStorage.clear()")
    hands.page.context.clear_cookies()
    hands.page.reload()


def _clock(hands: Hands, _: Server) -> None:
    hands.page.evaluate("() => { const now = Date.now; Date.now = () => now() - 4e12; }")


def _translated(hands: Hands, _: Server) -> None:
    """Do to the page what a browser's translation does: wrap every text."""
    hands.page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const texts = [];
          while (walker.nextNode()) texts.push(walker.currentNode);
          for (const text of texts) {
            const font = document.createElement("font");
            text.replaceWith(font);
            font.append(text);
          }
        }"""
    )
    hands.page.reload()


def _torn(hands: Hands, _: Server) -> None:
    """Do what an extension does: take the wizard out of the page and put it back."""
    hands.page.evaluate(
        """() => {
          const wizard = document.querySelector("helpdesk-wizard");
          const place = wizard.nextSibling;
          wizard.remove();
          place.before(wizard);
        }"""
    )


def _second_tab(hands: Hands, server: Server) -> None:
    page: Page = hands.page.context.new_page()
    page.goto(f"{server.url}#q-lamp=yes")
    Hands(page, hands.catalog).shows([{"question": "q-lamp", "answer": "yes"}])
    page.close()


def _hostile_messages(hands: Hands, _: Server) -> None:
    hands.page.evaluate(
        """() => {
          const cycle = {};
          cycle.self = cycle;
          const long = {type: "helpdesk", evidence: "x".repeat(1e6)};
          const bare = {__proto__: null, evidence: []};
          for (const data of ["<img src=x onerror=alert(1)>", cycle, bare, long, null, 7]) {
            postMessage(data, "*");
          }
        }"""
    )


def _tail(tail: str) -> Fault:
    def add(hands: Hands, _: Server) -> None:
        hands.page.evaluate("tail => { location.hash += tail }", tail)

    return add


THROWS = """for (const name of ["sessionStorage", "localStorage"]) {
  Object.defineProperty(window, name, {get() { throw new DOMException("no", "SecurityError"); }});
}"""
FULL = (
    """Storage.prototype.setItem = () => { throw new DOMException("", "QuotaExceededError"); };"""
)
NO_WORKER = "globalThis.Worker = class { constructor() { throw new Error('no'); } };"
NO_WASM = "delete globalThis.WebAssembly;"

FAULTS: dict[str, tuple[str, Fault]] = {
    "reload": ("", _reload),
    "another page and back": ("", _there_and_back),
    "back and forward": ("", _back_and_forward),
    "back and forward twice": ("", _twice_forward),
    "a double click taken back": ("", _answered_and_taken_back),
    "an answer without network, taken back": ("", _without_network),
    "reload without the engine": ("", _reload_without_engine),
    "reload without the strategy": ("", _reload_without_strategy_or_wasm),
    "reload, storage cleared": ("", _storage_cleared),
    "reload, storage throws": (THROWS, _reload),
    "reload, storage full": (FULL, _reload),
    "reload, no worker": (NO_WORKER, _reload),
    "the clock steps back": ("", _clock),
    "translated, then reloaded": ("", _translated),
    "taken out and put back": ("", _torn),
    "a second tab": ("", _second_tab),
    "hostile messages": ("", _hostile_messages),
    "an unknown question in the link": ("", _tail("&q-no-such=yes")),
    "an unknown fix in the link": ("", _tail("&no-such=failed")),
    "a stray percent sign in the link": ("", _tail("&q-crust=%E0%A4%A")),
    "a null in the link": ("", _tail("&q-crust=%00")),
    "prototype keys in the link": ("", _tail("&__proto__=yes&constructor=yes")),
    "nesting in the link": ("", _tail("&q-crust=" + "[" * 20_000)),
    "a megabyte in the link": ("", _tail("&" + "x=y&" * 250_000)),
    "markup in the link": ("", _tail("&<img src=x>=1")),
}
LAME = ("reload without the engine", "reload, no worker")
"""After these there is no Python; beyond the steps that are known without it, nobody can go on."""
