"""Everybody can use it: by ear, by keyboard, on a narrow screen, in the dark, in own colors."""

from collections.abc import Sequence
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .hands import Entry, Hands
from .site import Server

LAMP_OUT: list[Entry] = [{"question": "q-lamp", "answer": "no"}]
PLUG: list[Entry] = [*LAMP_OUT, {"question": "q-tries", "answer": "never"}]
STEPS = ("ask", "try", "hand-off", "warn", "solved")
SMALLEST_TARGET = 44


def violations(page: Page, axe: str) -> list[str]:
    """Return what axe finds on a page."""
    page.evaluate(axe)
    found: Sequence[dict[str, Any]] = page.evaluate("axe.run().then(run => run.violations)")
    return [f"{entry['id']}: {node['html'][:120]}" for entry in found for node in entry["nodes"]]


def reach(hands: Hands, step: str) -> None:
    """Go to a step of a kind, by a link."""
    evidence = hands.lead(
        {"plug-in": "solved"} if step == "solved" else {}, ends=[step, "solved", "hand-off"]
    )
    if step == "ask":
        evidence = LAMP_OUT
    if step == "warn":
        evidence = [{"question": "q-smell", "answer": "yes"}]
    assert hands.turn(evidence)["step"]["kind"] == step
    hands.open(evidence)
    hands.shows(evidence)


@pytest.mark.parametrize("step", STEPS)
def test_axe_finds_nothing(hands: Hands, axe: str, step: str) -> None:
    """No violation in any kind of step, in light, dark and the reader's own colors."""
    reach(hands, step)
    for summary in hands.live.locator(".helpdesk-more summary").all():
        summary.click()
    for look in ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}):
        hands.page.emulate_media(**look)  # type: ignore[arg-type]
        assert violations(hands.page, axe) == []
    hands.page.emulate_media(forced_colors="none")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_without_python(
    page: Page, server: Server, axe: str, scheme: str
) -> None:
    """The HTML alone, with an answer open and a failure told, has no violation either."""
    server.faults[".wasm"] = "missing"
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{server.url}alone/")
    page.locator(".helpdesk-static .helpdesk-answer").first.click()
    expect(page.locator(".helpdesk-error")).to_be_visible()
    assert violations(page, axe) == []


@pytest.mark.parametrize("step", STEPS)
def test_a_narrow_screen_is_wide_enough(hands: Hands, step: str) -> None:
    """At 320 pixels nothing is cut off, and everything to tap is large enough for a thumb."""
    reach(hands, step)
    size = hands.page.viewport_size
    hands.page.set_viewport_size({"width": 320, "height": 640})
    targets = hands.root.locator("button:visible, summary:visible")
    heights = targets.evaluate_all("all => all.map(each => each.getBoundingClientRect().height)")
    assert hands.page.evaluate("document.documentElement.scrollWidth") == 320
    assert min(heights) >= SMALLEST_TARGET
    if size:
        hands.page.set_viewport_size(size)


def test_the_next_step_is_in_sight(hands: Hands) -> None:
    """On a small screen, an answer at the foot of a long step leads to the head of the next."""
    size = hands.page.viewport_size
    hands.page.set_viewport_size({"width": 320, "height": 400})
    reach(hands, "try")
    hands.choice("removed").scroll_into_view_if_needed()
    hands.choice("removed").click()
    expect(hands.heading).not_to_contain_text(hands.title(PLUG))
    expect(hands.heading).to_be_in_viewport(ratio=1)
    if size:
        hands.page.set_viewport_size(size)


def test_a_question_has_a_name_and_its_answers(hands: Hands) -> None:
    """Those who listen hear a form named by its question, with one button for each answer."""
    hands.open(LAMP_OUT)
    hands.shows(LAMP_OUT)
    question = hands.catalog.questions["q-tries"]
    form = hands.page.get_by_role("form", name=question.ask)
    for answer in question.answers.values():
        expect(form.get_by_role("button", name=answer.label)).to_be_visible()


def test_a_change_says_of_what(hands: Hands) -> None:
    """Each Change button names the question it belongs to."""
    hands.open(LAMP_OUT)
    hands.shows(LAMP_OUT)
    hands.unfold_answers()
    expect(hands.action("change")).to_have_accessible_name(
        f"Change {hands.catalog.questions['q-lamp'].ask}"
    )


def test_motion_only_for_those_who_like_it(hands: Hands) -> None:
    """Who asks for less motion gets none."""
    hands.open(PLUG)
    hands.shows(PLUG)
    assert hands.page.evaluate("document.getAnimations().length") == 0


def test_right_to_left(hands: Hands) -> None:
    """In a language written from the right, everything is mirrored and nothing cut off."""
    hands.open(PLUG)
    hands.shows(PLUG)
    back = hands.action("back").first
    before = back.bounding_box()
    hands.root.evaluate("each => each.setAttribute('dir', 'rtl')")
    after = back.bounding_box()
    overflow = hands.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    hands.root.evaluate("each => each.setAttribute('dir', 'ltr')")
    assert before
    assert after
    assert after["x"] > before["x"] + 100
    assert not overflow
