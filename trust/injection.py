"""Scripts smuggled in: through the catalog, pages, titles, the search, an address.

What is refused does no harm; what is accepted is built into a site without its policy, opened,
searched, and clicked.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import yaml
from playwright.sync_api import Dialog, Page
from tests.site_tools import mkdocs

from helpdesk.catalog import CatalogErrors, load
from helpdesk.starter import write
from trust.browsing import PATIENCE, browser
from trust.figure import Figure, none_of
from trust.host import Host, hosted, pages

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'-alert(1)-'",
    "</title><script>alert(1)</script>",
    "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
    "`<img src=x onerror=alert(1)>`",
    "`</script><script>alert(1)</script>`",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert%281%29)",
    "[x](java&#115;cript:alert(1))",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](x){: onerror=alert(1) }",
    '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
    "<details open ontoggle=alert(1)>x</details>",
    "<base href=//127.0.0.1:1/>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<a href='jav\tascript:alert(1)'>x</a>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "{{ ''.__class__ }}{% raw %}<script>alert(1)</script>",
    "]]><script>alert(1)</script>",
)
SAMPLE = (*PAYLOADS[::8], PAYLOADS[3])
PLACES = ("a page's text, title and heading, and the search for it", "an address")
REFUSED = re.compile(r"docs/(\w+)\.md:\d+:\d+: ")
KEYS = "title|summary|ask|help|steps|worked|tell|explain|text|label"
FIELD = re.compile(rf"^(\s+(?:{KEYS}):) (?!\|).*$")
CLICKS = "a[href*=':']:visible:not([href^='http']):not([href^='mailto']):not([href^='tel'])"


def figures(*, whole: bool) -> Iterator[Figure]:
    """Try each payload in each place."""
    payloads = PAYLOADS if whole else SAMPLE
    with TemporaryDirectory() as folder:
        home = Path(folder) / "site"
        write(home)
        harmless = list(_accepted(home, payloads))
        _into_catalog(home, harmless)
        pages_with = _into_pages(home, payloads)
        ran: list[str] = []
        with hosted(_without_policy(home / "site"), headers=False) as host, browser() as chromium:
            page = chromium.new_context().new_page()
            page.set_default_timeout(PATIENCE)
            page.on("dialog", partial(_note, ran))
            _open_all(page, host, pages_with, whole=whole)
            _search(page, host.url, pages_with)
            for payload in payloads:
                page.goto("about:blank")
                page.goto(f"{host.url}wizard/#q-x={quote(payload)}&{payload}")
    tried = len(harmless) + len(payloads) * len(PLACES)
    yield none_of("scripts that ran, without any policy", ran, tried)


def _note(ran: list[str], dialog: Dialog) -> None:
    ran.append(f"{dialog.message}: {dialog.page.url if dialog.page else ''}")
    dialog.dismiss()


def _accepted(clean: Path, payloads: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield each line of the catalog and what may stand there, each tried alone."""
    path = clean / "docs" / "catalog" / "causes.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    fields = [number for number, line in enumerate(lines) if FIELD.match(line)]
    for place, number in enumerate(fields):
        for payload in payloads[place % 3 :: 3]:
            path.write_text("\n".join(_with(lines, number, payload)), encoding="utf-8")
            try:
                load(path.parent)
            except CatalogErrors:
                continue
            yield number, payload
    path.write_text("\n".join(lines), encoding="utf-8")


def _with(lines: Sequence[str], number: int, payload: str) -> list[str]:
    text = yaml.safe_dump(payload, width=10_000, default_style='"').strip()
    changed = FIELD.sub(lambda match: f"{match[1]} {text}", lines[number])
    return [*lines[:number], changed, *lines[number + 1 :]]


def _into_catalog(home: Path, harmless: Sequence[tuple[int, str]]) -> None:
    """Write all that the catalog takes into it; of a line, the last."""
    path = home / "docs" / "catalog" / "causes.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, payload in harmless:
        lines = _with(lines, number, payload)
    path.write_text("\n".join(lines), encoding="utf-8")


def _into_pages(home: Path, payloads: Sequence[str]) -> list[str]:
    """Build a site with a page for each payload; return the names of those not refused."""
    left = {f"zebra{number}": payload for number, payload in enumerate(payloads)}
    for name, payload in left.items():
        title = yaml.safe_dump(payload, width=10_000, default_style='"').strip()
        text = f"---\ntitle: {title}\n---\n\n# x {payload}\n\n{name} {payload}\n\n{payload}\n"
        (home / "docs" / f"{name}.md").write_text(text, encoding="utf-8")
    while (result := mkdocs("build", cwd=home)).returncode:
        refused = {*REFUSED.findall(result.stderr)} & left.keys()
        if not refused or "Traceback" in result.stderr:
            raise SystemExit(result.stderr)
        for name in refused:
            (home / "docs" / f"{name}.md").unlink()
            del left[name]
    return [*left]


def _without_policy(site: Path) -> Path:
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
        path.write_text(bare, encoding="utf-8")
    return site


def _open_all(page: Page, host: Host, pages_with: Sequence[str], *, whole: bool) -> None:
    """Open the pages, and follow what can be clicked where a payload stands."""
    own = [f"{name}/" for name in pages_with]
    for address in pages(host.site) if whole else [*own, "causes/"]:
        page.goto(f"{host.url}{address}")
        for link in page.locator(f"article {CLICKS}").all()[: 8 if address in own else 0]:
            link.click(no_wait_after=True, timeout=1_000, force=True)
            page.goto(f"{host.url}{address}")


def _search(page: Page, root: str, pages_with: Sequence[str]) -> None:
    """Search for each page; what is found is shown with its title and its text."""
    page.goto(root)
    box = page.locator(".md-search__input").first
    for name in pages_with:
        box.fill("")
        box.press_sequentially(name)
        page.locator(f".md-search-result__link[href*='{name}/']").first.wait_for()
