"""Scripts smuggled in: through the catalog, pages, titles, the search, an address.

What is refused does no harm; what is accepted is built into a site without its policy, opened,
searched, and clicked.
"""

import re
import shutil
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
from trust.host import hosted, pages

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
SAMPLE = (*PAYLOADS[::8], PAYLOADS[8])
KEYS = "title|summary|ask|help|steps|worked|tell|explain|text|label"
FIELD = re.compile(rf"^(\s+(?:{KEYS}):) (?!\|).*$")
CLICKS = "a[href*=':']:visible:not([href^='http']):not([href^='mailto']):not([href^='tel'])"


def figures(*, whole: bool) -> Iterator[Figure]:
    """Try each payload in each place."""
    payloads = PAYLOADS if whole else SAMPLE
    with TemporaryDirectory() as folder:
        clean = Path(folder) / "clean"
        write(clean)
        harmless = list(_accepted(clean, payloads))
        sites = {"the catalog": _catalog_site(clean, harmless)}
        for number, payload in enumerate(payloads):
            if site := _site(clean, number, payload):
                sites[payload] = site
        ran: list[str] = []
        with browser() as chromium:
            for name, site in sites.items():
                page = chromium.new_context().new_page()
                page.set_default_timeout(PATIENCE)
                page.on("dialog", partial(_note, ran, name))
                with hosted(_without_policy(site), headers=False) as host:
                    _open_all(page, host.url, site, whole=whole)
                    _search(page, host.url)
                    for payload in payloads:
                        page.goto("about:blank")
                        page.goto(f"{host.url}wizard/#q-x={quote(payload)}&{payload}")
                page.context.close()
    tried = len(harmless) + len(payloads) * (len(sites) + 1)
    yield none_of("scripts that ran, without any policy", ran, tried)


def _note(ran: list[str], name: str, dialog: Dialog) -> None:
    ran.append(f"{name}: {dialog.page.url if dialog.page else ''}")
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


def _catalog_site(clean: Path, harmless: Sequence[tuple[int, str]]) -> Path:
    """Build a site with all that the catalog takes; of a line, the last."""
    home = clean.with_name("catalog")
    shutil.copytree(clean, home)
    path = home / "docs" / "catalog" / "causes.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, payload in harmless:
        lines = _with(lines, number, payload)
    path.write_text("\n".join(lines), encoding="utf-8")
    result = mkdocs("build", cwd=home)
    if result.returncode:
        raise SystemExit(result.stderr)
    return home / "site"


def _site(clean: Path, number: int, payload: str) -> Path | None:
    """Build a site with a payload in a page, its title and its prose; None where it is refused."""
    home = clean.with_name(f"page-{number}")
    shutil.copytree(clean, home)
    title = yaml.safe_dump(payload, width=10_000, default_style='"').strip()
    text = f"---\ntitle: {title}\n---\n\n# x {payload}\n\nzebra {payload}\n\n{payload}\n"
    (home / "docs" / "zebra.md").write_text(text, encoding="utf-8")
    result = mkdocs("build", cwd=home)
    if result.returncode == 0:
        return home / "site"
    if "zebra.md:" not in result.stderr or "Traceback" in result.stderr:
        raise SystemExit(result.stderr)
    return None


def _without_policy(site: Path) -> Path:
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
        path.write_text(bare, encoding="utf-8")
    return site


def _open_all(page: Page, root: str, site: Path, *, whole: bool) -> None:
    """Open the pages, and follow what can be clicked where the payload stands."""
    for address in pages(site) if whole else ["zebra/", "causes/"]:
        page.goto(f"{root}{address}")
        for link in page.locator(f"article {CLICKS}").all()[: 8 if address == "zebra/" else 0]:
            link.click(no_wait_after=True, timeout=1_000, force=True)
            page.goto(f"{root}{address}")


def _search(page: Page, root: str) -> None:
    page.goto(root)
    page.locator(".md-search__input").first.click()
    page.locator(".md-search__input").press_sequentially("zebra")
    page.locator(".md-search-result__meta").first.wait_for()
