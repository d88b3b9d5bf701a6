"""Chromium, Firefox and WebKit, driven alike: open an address, run a script, use another tab.

Playwright drives neither a Firefox nor a WebKit that it has not built itself, and some of what it
asks of Chromium has no limit of time. So all three are driven by the commands of W3C WebDriver:
Firefox by its own port for them (Marionette), the others by their drivers.
"""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol, Self

SECONDS = 180
"""Until what should have come has not, on a machine with much else to do."""
ANSWER = 60
"""Seconds that a script may take. One that its page has taken along never answers, and is asked
again while there is time."""
LOOK = 0.05
"""Seconds between looks."""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_DRIVER = ("chromedriver",)
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
FIREFOX = ("firefox-esr", "firefox")
WEBKIT = ("WebKitWebDriver",)
MINI_BROWSER = "webkit2gtk-4.*/MiniBrowser"
CAPABILITIES = {"pageLoadStrategy": "none", "timeouts": {"script": ANSWER * 1000}}
WRAPPED = """const done = arguments[arguments.length - 1];
(async () => {%s})().then((value) => done({value}), (error) => done({error: String(error)}));"""
OPENED = "return document.readyState !== 'loading' && !globalThis.left;"


class ScriptError(Exception):
    """A script failed, or the page it ran in went away."""


class Transport(Protocol):
    """How WebDriver's commands reach a browser."""

    def send(self, command: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Send a command and return its result; raises ScriptError."""


class Engine(Protocol):
    """A browser with one profile."""

    name: str

    def go(self, url: str) -> None:
        """Begin to open an address in the present tab."""

    def run(self, script: str) -> Any:  # noqa: ANN401 - JSON
        """Return what the body of an async function returns; raises ScriptError."""

    def tab(self) -> str:
        """Return the present tab."""

    def new_tab(self) -> str:
        """Open a tab, go there and return it."""

    def close_tab(self, back_to: str) -> None:
        """Close the present tab."""

    def switch(self, tab: str) -> None:
        """Go to another tab."""


SEEN = """
    const files = performance.getEntriesByType("resource");
    return [location.href, document.visibilityState, document.readyState,
        (document.querySelector("helpdesk-wizard") ?? document.body).outerHTML.slice(0, 4000),
        ...files.map(({name, duration}) => `${name} ${Math.round(duration)} ms`)].join("\\n");
"""


def wait(engine: Engine, condition: str, seconds: float = SECONDS) -> Any:  # noqa: ANN401 - JSON
    """Return the first true value of a script's body."""
    end = time.monotonic() + seconds
    found = None
    while time.monotonic() < end:
        with suppress(ScriptError):
            if found := engine.run(condition):
                return found
        time.sleep(LOOK)
    raise AssertionError(f"{engine.name}: never true: {condition}\n{_seen(engine)}")


def _seen(engine: Engine) -> Any:  # noqa: ANN401 - JSON
    """Return what the page is at, to tell why something has not come."""
    try:
        return engine.run(SEEN)
    except ScriptError as error:
        return str(error)


def visit(engine: Engine, url: str) -> None:
    """Open an address and wait until its HTML is there."""
    with suppress(ScriptError):
        engine.run("globalThis.left = true;")
    engine.go(url)
    wait(engine, OPENED)


class Driven:
    """A browser that takes WebDriver's commands."""

    def __init__(self, name: str, transport: Transport) -> None:
        """Take over a session."""
        self.name = name
        self._send = transport.send

    def go(self, url: str) -> None:
        """Begin to open an address."""
        with suppress(ScriptError):
            self._send("Navigate", {"url": url})

    def run(self, script: str) -> Any:  # noqa: ANN401 - JSON
        """Run a script."""
        answer = self._send("ExecuteAsyncScript", {"script": WRAPPED % script, "args": []})
        if answer is None:  # Firefox's, of a page that was left meanwhile
            raise ScriptError("the page has gone")
        if "error" in answer:
            raise ScriptError(answer["error"])
        return answer.get("value")

    def tab(self) -> str:
        """Return the tab."""
        return str(self._send("GetWindowHandle", {}))

    def new_tab(self) -> str:
        """Open a tab."""
        self.switch(self._send("NewWindow", {"type": "tab"})["handle"])
        return self.tab()

    def close_tab(self, back_to: str) -> None:
        """Close the tab."""
        self._send("CloseWindow", {})
        self.switch(back_to)

    def switch(self, tab: str) -> None:
        """Go to a tab."""
        self._send("SwitchToWindow", {"handle": tab})


class Marionette:
    """Firefox's port: each message is its length, a colon, and JSON."""

    def __init__(self, port: int) -> None:
        """Connect; Firefox speaks first."""
        self._line = socket.create_connection(("127.0.0.1", port), timeout=2 * SECONDS)
        self._file = self._line.makefile("rb")
        self._receive()
        self._count = 0
        self.send("NewSession", {"capabilities": {"alwaysMatch": CAPABILITIES}})

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up, on which Firefox ends the session."""
        self._file.close()
        self._line.close()

    def send(self, command: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Send a command."""
        self._count += 1
        message = json.dumps([0, self._count, f"WebDriver:{command}", body]).encode()
        self._line.sendall(b"%d:%s" % (len(message), message))
        _type, _number, error, result = self._receive()
        if error:
            raise ScriptError(error["message"])
        return result["value"] if isinstance(result, dict) and [*result] == ["value"] else result

    def _receive(self) -> Any:  # noqa: ANN401 - JSON
        length = b""
        while (digit := self._file.read(1)) != b":":
            if not digit:
                raise ScriptError("Firefox has gone")
            length += digit
        return json.loads(self._file.read(int(length)))


class WebDriver:
    """The W3C's protocol over HTTP."""

    def __init__(self, url: str, options: dict[str, Any]) -> None:
        """Begin a session."""
        self._url = url
        asked = {"capabilities": {"alwaysMatch": CAPABILITIES | options}}
        self._url += f"/{self._request('POST', '', asked)['sessionId']}"

    def send(self, command: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Send a command."""
        method, path = {
            "Navigate": ("POST", "/url"),
            "ExecuteAsyncScript": ("POST", "/execute/async"),
            "NewWindow": ("POST", "/window/new"),
            "GetWindowHandle": ("GET", "/window"),
            "SwitchToWindow": ("POST", "/window"),
            "CloseWindow": ("DELETE", "/window"),
            "DeleteSession": ("DELETE", ""),
        }[command]
        return self._request(method, path, body)

    def _request(self, method: str, path: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        data = json.dumps(body).encode() if method == "POST" else None
        request = urllib.request.Request(self._url + path, data, method=method)  # noqa: S310 - ours
        try:
            with urllib.request.urlopen(request, timeout=2 * SECONDS) as answer:  # noqa: S310 - ours
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise ScriptError(error.read().decode()) from None


def installed() -> list[str]:
    """Return the engines that are there. `make test` installs them; not every system has all."""
    programs = {"chromium": CHROMIUM_DRIVER, "firefox": FIREFOX, "webkit": WEBKIT}
    return [name for name, each in programs.items() if any(map(shutil.which, each))]


def started(name: str) -> AbstractContextManager[Engine]:
    """Run one of the engines that are installed, with an empty profile."""
    return {"chromium": chromium, "firefox": firefox, "webkit": webkit}[name]()


@contextmanager
def chromium() -> Iterator[Engine]:
    """Give Chromium with an empty profile."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        args = ["--headless=new", "--force-prefers-reduced-motion", f"--user-data-dir={profile}"]
        own = {"binary": program(*CHROMIUM), "args": [*args, *FLAGS]}
        with _driven(program(*CHROMIUM_DRIVER), {"goog:chromeOptions": own}) as transport:
            yield Driven("chromium", transport)


@contextmanager
def firefox() -> Iterator[Engine]:
    """Give Firefox with an empty profile."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        Path(profile, "user.js").write_text('user_pref("marionette.port", 0);\n')
        command = [program(*FIREFOX), "--headless", "--marionette", "--no-remote"]
        with _running([*command, "--profile", profile]):
            port = Path(profile, "MarionetteActivePort")
            with Marionette(int(_soon(lambda: port.exists() and port.read_text()))) as transport:
                yield Driven("firefox", transport)


@contextmanager
def webkit() -> Iterator[Engine]:
    """Give WebKitGTK's browser with an empty profile, on a screen of its own."""
    with ExitStack() as stack:
        reading, writing = os.pipe()
        screen = [program("Xvfb"), "-displayfd", str(writing), "-screen", "0", "1280x1024x24"]
        stack.enter_context(_running(screen, pass_fds=(writing,)))
        os.close(writing)
        with os.fdopen(reading) as said:
            display = f":{said.readline().strip()}"
        profile = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        environment = {
            **{f"XDG_{kind}_HOME": profile for kind in ("CACHE", "CONFIG", "DATA")},
            "HOME": profile,
            "DISPLAY": display,
            "GDK_BACKEND": "x11",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # which needs what containers lack
        }
        own = {"binary": str(_mini_browser()), "args": ["--automation"]}
        options = {"webkitgtk:browserOptions": own}
        with _driven(program(*WEBKIT), options, **environment) as transport:
            yield Driven("webkit", transport)


@contextmanager
def _driven(driver: str, options: dict[str, Any], **environment: str) -> Iterator[WebDriver]:
    """Start a browser by its driver; end its session."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with _running([driver, f"--port={port}"], env=os.environ | environment):
        _soon(lambda: _listens(port))
        transport = WebDriver(f"http://127.0.0.1:{port}/session", options)
        yield transport
        transport.send("DeleteSession", {})


def program(*names: str) -> str:
    """Return the first of these programs that is there."""
    path = next(filter(None, map(shutil.which, names)), None)
    assert path, f"{' or '.join(names)} is installed by `make test`"
    return path


def _mini_browser() -> Path:
    libraries = (Path("/usr/lib"), Path("/usr/libexec"), *Path("/usr/lib").glob("*-linux-gnu*"))
    found = [path for folder in libraries for path in folder.glob(MINI_BROWSER)]
    assert found, "MiniBrowser comes with WebKitWebDriver"
    return found[0]


@contextmanager
def _running(command: list[str], **options: Any) -> Iterator[None]:
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=silent, stderr=silent, **options) as process:
        try:
            yield
        finally:
            process.terminate()


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def _soon(look: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is looked for
    end = time.monotonic() + SECONDS
    while not (found := look()):
        assert time.monotonic() < end, "a browser did not start"
        time.sleep(LOOK)
    return found
