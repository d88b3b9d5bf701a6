"""Each page says itself what it may load and run."""

import base64
import hashlib
from pathlib import Path

import pytest

from helpdesk.browser.listing import files_below
from helpdesk.hosting.policy import Protection

HEAD = '<!doctype html><html><head><meta charset="utf-8">'


def source(script: str) -> str:
    """Return how a policy allows a script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of two pages with scripts of their own."""
    (tmp_path / "one.html").write_text(f"{HEAD}<script>one()</script>", encoding="utf-8")
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "index.html").write_text(
        f'{HEAD}<script>\ntwo(">")\n</script><script type="application/json">{{}}</script>'
        '<script type="application/ld+json">{}</script><script src="three.js"></script>',
        encoding="utf-8",
    )
    return tmp_path


def test_a_page_allows_its_own_scripts_only(site: Path) -> None:
    """The scripts that stand in a page are allowed there; data and files need no mention."""
    Protection().finish(site, files_below(site))
    one, two = (site / name for name in ("one.html", "two/index.html"))
    assert f"script-src 'self' {source('one()')};" in one.read_text(encoding="utf-8")
    two_source = source('\ntwo(">")\n')
    assert f"script-src 'self' {two_source};" in two.read_text(encoding="utf-8")


def test_the_policy_comes_before_all_it_is_about(site: Path) -> None:
    """Nothing stands before it that could load something, and the encoding stays first."""
    Protection().finish(site, files_below(site))
    text = (site / "one.html").read_text(encoding="utf-8")
    assert text.startswith(f'{HEAD}<meta http-equiv="Content-Security-Policy" content="default')


def test_the_host_may_send_one_policy_for_all_pages(site: Path) -> None:
    """It allows the scripts of every page, and framing by nobody."""
    policy = Protection().finish(site, files_below(site))
    assert source("one()") in policy
    assert source('\ntwo(">")\n') in policy
    assert policy.endswith("frame-ancestors 'none'")


def test_a_site_may_name_further_sources(site: Path) -> None:
    """What the owner of a site allows besides stands with its directive."""
    policy = Protection({"connect-src": "https://answers.example.com"}).finish(
        site, files_below(site)
    )
    assert "connect-src 'self' https://answers.example.com;" in policy
