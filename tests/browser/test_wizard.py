"""The wizard as its readers use it: real Chromium, real Pyodide, the policy of a careful host."""

import pytest
from playwright.sync_api import Page, expect

from helpdesk.articles import wording
from helpdesk.catalog import Catalog
from helpdesk.diagnosis import NOT_SURE

from .hands import Entry, Hands, fragment
from .site import PRESET, Server

LAMP_OUT: list[Entry] = [{"question": "q-lamp", "answer": "no"}]
PLUG: list[Entry] = [*LAMP_OUT, {"question": "q-tries", "answer": "never"}]
WORDS = wording.load("en")


def test_a_walk_to_the_end_that_is_hoped_for(hands: Hands) -> None:
    """Answers lead to a fix; when it worked, the wizard says so and what helped."""
    evidence = hands.walk({"q-lamp": "no"}, ends=["try"])
    fix = hands.turn(evidence)["step"]["fix"]
    hands.choice("solved").click()
    hands.shows([*evidence, {"fix": fix, "outcome": "solved"}])
    expect(hands.live).to_contain_text(hands.catalog.fixes[fix].title)


@pytest.mark.parametrize("lamp", ["yes", "no", "not-sure"])
def test_a_walk_to_a_person(hands: Hands, lamp: str) -> None:
    """Where nothing helps, a person takes over, and gets a summary of what was said and tried."""
    evidence = hands.walk({"q-lamp": lamp}, ends=["hand-off"])
    summary = hands.live.locator("textarea").input_value()
    told = [entry for entry in evidence if entry.get("answer") != "not-sure"]
    for entry in told:
        asked = hands.catalog.questions.get(entry.get("question", ""))
        name = asked.ask if asked else hands.catalog.fixes[entry["fix"]].title
        assert name in summary
    assert hands.turn(evidence)["catalog"] in summary
    assert summary.count("\n- ") == len(told) + len(hands.turn(evidence)["likely"]) + 1


def test_contact_links_lead_somewhere(hands: Hands, server: Server) -> None:
    """Addresses in texts start at the root of the site, wherever the wizard stands."""
    hands.walk({}, ends=["hand-off"])
    link = hands.live.get_by_role("link", name="shop", exact=True)
    assert link.evaluate("a => a.href") == f"{server.url}contact/"


def test_the_summary_can_be_copied(hands: Hands) -> None:
    """One button puts the summary on the clipboard."""
    hands.walk({}, ends=["hand-off"])
    hands.action("copy").click()
    expect(hands.root.locator(".helpdesk-status")).to_have_text(WORDS["wizard.copied"])
    copied = hands.page.evaluate("navigator.clipboard.readText()")
    assert copied == hands.live.locator("textarea").input_value()


@pytest.mark.parametrize("outcome", ["solved", "failed", "deferred", "tried", "removed"])
def test_what_came_of_a_fix(hands: Hands, outcome: str) -> None:
    """Each thing that can come of a fix has a button that says so to the engine."""
    evidence = hands.walk({"q-lamp": "no"}, ends=["try"])
    fix = hands.turn(evidence)["step"]["fix"]
    hands.choice(outcome).click()
    hands.shows([*evidence, {"fix": fix, "outcome": outcome}])


def test_the_focus_follows_the_step(hands: Hands) -> None:
    """After an answer the new heading has the focus, and the page's title names it."""
    hands.choice("no").click()
    hands.shows(LAMP_OUT)
    expect(hands.heading).to_be_focused()
    assert hands.title(LAMP_OUT) in hands.page.title()


def test_back_takes_the_last_answer_away_and_marks_it(hands: Hands) -> None:
    """Back shows the question before, with what was answered."""
    hands.choice("no").click()
    hands.shows(LAMP_OUT)
    hands.action("back").click()
    hands.shows([])
    expect(hands.choice("no")).to_contain_text(WORDS["wizard.earlier"])
    expect(hands.choice("yes")).not_to_contain_text(WORDS["wizard.earlier"])


def test_the_browsers_back_and_forward(hands: Hands) -> None:
    """Each step is a page of the browser's history."""
    evidence = hands.walk({"q-lamp": "no"}, ends=["hand-off"])
    for length in reversed(range(len(evidence))):
        hands.page.go_back()
        hands.shows(evidence[:length])
    for length in range(1, len(evidence) + 1):
        hands.page.go_forward()
        hands.shows(evidence[:length])


def test_start_again_forgets_everything(hands: Hands) -> None:
    """Start again leads to the first question, and nothing is marked there."""
    hands.walk({}, ends=["try"])
    hands.action("restart").click()
    hands.shows([])
    expect(hands.live.locator(".helpdesk-tag")).to_have_count(0)


def test_an_answer_can_be_changed_in_its_place(hands: Hands) -> None:
    """Change shows the question again; the new answer takes the place of the old one."""
    hands.open([*PLUG, {"fix": "plug-in", "outcome": "failed"}])
    hands.shows([*PLUG, {"fix": "plug-in", "outcome": "failed"}])
    hands.unfold_answers()
    hands.action("change").nth(1).click()
    expect(hands.heading).to_have_text(hands.catalog.questions["q-tries"].ask)
    expect(hands.heading).to_be_focused()
    expect(hands.choice("never")).to_contain_text(WORDS["wizard.earlier"])
    hands.choice("often").click()
    hands.shows(
        [
            *LAMP_OUT,
            {"question": "q-tries", "answer": "often"},
            {"fix": "plug-in", "outcome": "failed"},
        ]
    )


def test_a_change_can_be_called_off(hands: Hands) -> None:
    """Back in the middle of a change leads to where it was begun, with nothing changed."""
    hands.open(PLUG)
    hands.shows(PLUG)
    hands.unfold_answers()
    hands.action("change").first.click()
    hands.action("cancel").click()
    hands.shows(PLUG)


def test_a_warning_has_a_way_back(hands: Hands) -> None:
    """Who was warned by mistake takes back the answer that did it, and keeps the others."""
    evidence: list[Entry] = [*LAMP_OUT, {"question": "q-smell", "answer": "yes"}, PLUG[1]]
    hands.open(evidence)
    hands.shows(evidence)
    hands.action("retract").click()
    hands.shows(PLUG)


def test_a_step_explains_itself(hands: Hands) -> None:
    """Why a step comes, and what is likely so far, name causes and lead to their articles."""
    hands.open(LAMP_OUT)
    hands.shows(LAMP_OUT)
    turn = hands.turn(LAMP_OUT)
    why, so_far = hands.live.locator(".helpdesk-details").all()[:2]
    titles = hands.catalog.causes
    named = why.locator("a").evaluate_all("links => links.map(link => link.textContent)")
    assert named == [titles[cause].title for cause in turn["why"]["causes"]]
    likely = so_far.locator("a").evaluate_all("links => links.map(link => link.pathname)")
    named = [*turn["likely"], "something-else"]
    ranked = [entry["cause"] for entry in turn["causes"] if entry["cause"] in named]
    assert likely == [f"/causes/{cause}/" for cause in ranked]


def test_other_scripts_are_told(hands: Hands) -> None:
    """Each step is an event of the element, and so is each end, with the turn."""
    hands.page.evaluate(
        """() => {
          globalThis.told = [];
          for (const name of ["step", "solved", "hand-off"]) {
            document.addEventListener(`helpdesk:${name}`, (event) => {
              told.push([name, event.detail.step.kind]);
            });
          }
        }"""
    )
    hands.walk({"plug-in": "solved"}, ends=["solved"])
    told = hands.page.evaluate("told")
    assert told[-2:] == [["step", "solved"], ["solved", "solved"]]
    assert all(name == "step" for name, _ in told[:-2])


def test_answers_are_told_to_nobody(hands: Hands, server: Server) -> None:
    """Once Python runs and the script of the hand-off is there, no answer makes a request."""
    hands.walk({"q-lamp": "no"}, ends=["hand-off"])
    expect(hands.live.locator(".helpdesk-hand-over button").first).to_be_visible()
    server.seen.clear()
    for answer in ("no", "yes"):
        hands.begin()
        hands.walk({"q-lamp": answer}, ends=["hand-off"])
    assert server.seen == []


@pytest.mark.parametrize(
    ("tail", "kept"),
    [
        ("&q-crust=purple", LAMP_OUT),
        ("&q-no-such=yes&plug-in=exploded", LAMP_OUT),
        ("&q-crust=%E0%A4%A", LAMP_OUT),
        ("&q-crust=%00", LAMP_OUT),
        ("&__proto__=yes&constructor=yes&toString=yes", LAMP_OUT),
        ("&q-lamp=no", LAMP_OUT),
        ("&q-crust=none=thin&=&q-crust=", LAMP_OUT),
        ("&q-crust=" + "[" * 20_000, LAMP_OUT),
        ("&" + "x=y&" * 20_000, LAMP_OUT),
        ("&q-tries=never&<img src=x>=1", PLUG),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_what_makes_no_sense_is_left_out_of_a_link(
    hands: Hands, tail: str, kept: list[Entry]
) -> None:
    """A link may come from anywhere: good answers stay, and a sentence tells of the others."""
    hands.open(fragment(LAMP_OUT) + tail)
    expect(hands.live.locator(".helpdesk-note")).to_be_visible()
    hands.shows(kept)


def test_a_double_click_answers_once(hands: Hands) -> None:
    """The second click of a double click does not answer the next question."""
    hands.choice("no").dblclick()
    hands.shows(LAMP_OUT)


def test_a_heading_of_the_page_is_no_answer(hands: Hands) -> None:
    """Links to places on the page leave the wizard where it is."""
    hands.open(PLUG)
    hands.shows(PLUG)
    hands.page.get_by_role("link", name="To this heading").click()
    hands.page.go_back()
    hands.shows(PLUG)


def test_keys_are_enough(hands: Hands) -> None:
    """The wizard is walked to its end with Tab and Enter; nothing holds the focus."""
    evidence: list[Entry] = []
    for value in ("no", "never", "no", "solved"):
        for _ in range(20):
            hands.page.keyboard.press("Tab")
            if hands.page.evaluate("document.activeElement.value") == value:
                break
        hands.page.keyboard.press("Enter")
        step = hands.turn(evidence)["step"]
        key = "question" if "question" in step else "fix"
        other = "answer" if "question" in step else "outcome"
        evidence.append({key: step[key], other: value})
        hands.shows(evidence)
    assert hands.turn(evidence)["step"]["kind"] == "solved"


def test_a_reload_goes_on_where_it_was(page: Page, server: Server, kettle: Catalog) -> None:
    """The address is all the memory there is, and the page's load does not take the focus."""
    hands = Hands(page, kettle)
    page.goto(server.url + fragment(PLUG))
    hands.shows(PLUG)
    hands.choice("no").click()
    evidence: list[Entry] = [*PLUG, {"question": "q-smell", "answer": "no"}]
    hands.shows(evidence)
    page.reload()
    hands.shows(evidence)
    assert page.evaluate("document.activeElement === document.body")


def test_staff_are_asked_and_offered_more(page: Page, server: Server, kettle: Catalog) -> None:
    """The attribute `audience` decides for whom the wizard thinks; codes are typed."""
    hands = Hands(page, kettle, "agent")
    evidence = hands.lead({}, ends=["hand-off"])
    codes = next(at for at, entry in enumerate(evidence) if entry.get("question") == "qa-display")
    page.goto(f"{server.url}staff/{fragment(evidence[:codes])}")
    hands.shows(evidence[:codes])
    expect(hands.live.locator("option")).to_have_count(len(kettle.codes))
    page.keyboard.press("Tab")
    hands.live.locator("input").fill(kettle.codes[1].answer)
    page.keyboard.press("Enter")
    hands.shows([*evidence[:codes], {"question": "qa-display", "answer": kettle.codes[1].answer}])


def test_a_page_that_begins_with_answers(page: Page, server: Server, kettle: Catalog) -> None:
    """What the page says counts as answered until the reader says otherwise."""
    hands = Hands(page, kettle)
    known = [{"question": question, "answer": answer} for question, answer in PRESET]
    page.goto(f"{server.url}preset/")
    expect(hands.root.locator(".helpdesk-step h2").first).to_contain_text(hands.title(known))
    hands.is_ready()
    expect(hands.heading).to_contain_text(hands.title(known))
    assert hands.fragment() == ""
    answered = [*known, {"question": hands.turn(known)["step"]["question"], "answer": NOT_SURE}]
    hands.choice(NOT_SURE).click()
    hands.shows(answered)
    page.go_back()
    expect(hands.heading).to_contain_text(hands.title(known))
