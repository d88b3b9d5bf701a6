"""Evidence from outside can be anything; the answer is a turn or a clear error, and soon."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import EvidenceError, next_turn, posterior, wire
from helpdesk.diagnosis.evidence import ENTRIES_AT_MOST

MEGABYTE = 1_000_000
PLAIN = {"question": "q-signal", "answer": "weak"}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
likely_keys = st.sampled_from(["question", "answer", "fix", "outcome", "extra"])
likely_values = st.sampled_from(["q-signal", "weak", "not-sure", "restart-phone", "failed"])
entries = st.dictionaries(likely_keys, likely_values | anything, max_size=4) | anything


@pytest.fixture
def opened(shipped: Catalog) -> Catalog:
    """The shipped catalog, open in the module as it is in a browser."""
    assert wire.open_problem(wire.problem_to_json(shipped.problem)) == "{}"
    return shipped


@pytest.mark.parametrize("ask", [wire.turn, wire.explain])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "nul",
        "{}",
        "7",
        '"yes"',
        "[" * 100_000,
        '[{"a":' * 50_000,
        "[" * 9 + "]" * 9,
        "[1e999]",
        "[-1e999]",
        "[" + "9" * 10_000 + "]",
        "[NaN]",
        "[Infinity]",
        "x" * MEGABYTE,
        '[{"question": "' + "x" * MEGABYTE + '"}]',
        json.dumps([PLAIN] * (ENTRIES_AT_MOST + 1)),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else value.__name__,
)
def test_what_is_no_evidence_is_refused(opened: Catalog, ask: Any, text: str) -> None:  # noqa: ANN401
    """The error is short and says what was expected; the next turn is as good as ever."""
    error = json.loads(ask(text, "user"))
    assert set(error) == {"error"}
    assert 0 < len(error["error"]["message"]) < 300
    assert "step" in json.loads(wire.turn("[]", "user"))
    assert opened.problem.catalog


@settings(max_examples=150, deadline=None, derandomize=True)
@given(evidence=st.lists(entries, max_size=5))
def test_entries_that_make_no_sense_are_left_out(shipped: Catalog, evidence: list[Any]) -> None:
    """Each is reported with a reason, and the rest is as if it had not been there."""
    turn = next_turn(shipped.problem, evidence)
    kept = [entry for entry in evidence if entry not in turn["ignored"]]
    assert len(turn["ignored"]) == len(turn["ignored_reasons"])
    assert all(0 < len(reason) < 400 for reason in turn["ignored_reasons"])
    assert posterior(shipped.problem, evidence) == posterior(shipped.problem, kept)
    json.loads(json.dumps(turn))


@pytest.mark.parametrize(
    "entry",
    [
        {"question": "q-none", "answer": "yes"},
        {"question": "q-signal", "answer": "blue"},
        {"question": "q-signal"},
        {"question": "q-signal", "answer": ["weak"]},
        {"question": ["q-signal"], "answer": "weak"},
        {"question": {"a": 1}, "answer": "weak"},
        {"question": "q-signal", "answer": 1e308},
        {"question": "q-signal", "answer": True},
        {"fix": "none", "outcome": "failed"},
        {"fix": "restart-phone", "outcome": "perhaps"},
        {"fix": 7, "outcome": "failed"},
        {"fix": "restart-phone", "question": "q-signal", "answer": "weak", "outcome": "failed"},
        {"answer": "weak"},
        {},
        [],
        "weak",
        None,
        17,
        {"question": "q-signal\u0000\ud800", "answer": "weak"},
    ],
    ids=str,
)
def test_a_single_bad_entry_is_reported(shipped: Catalog, entry: Any) -> None:  # noqa: ANN401
    """What cannot be used comes back in `ignored`, and what can be used still counts."""
    turn = next_turn(shipped.problem, [entry, PLAIN])
    assert turn["ignored"] == [entry]
    assert posterior(shipped.problem, [entry, PLAIN]) == posterior(shipped.problem, [PLAIN])


def test_repeated_entries_count_once(shipped: Catalog) -> None:
    """The same answer or outcome a hundred times is one, and ninety-nine are reported."""
    failed = {"fix": "restart-phone", "outcome": "failed"}
    turn = next_turn(shipped.problem, [PLAIN] * 100 + [failed] * 100)
    assert len(turn["ignored"]) == 198
    once = posterior(shipped.problem, [PLAIN, failed])
    assert posterior(shipped.problem, [PLAIN] * 100 + [failed] * 100) == once


@pytest.mark.parametrize("evidence", [{}, "[]", 7, None, {"question": "q-signal"}])
def test_evidence_in_python_must_be_a_list(shipped: Catalog, evidence: Any) -> None:  # noqa: ANN401
    """Anything else is an error of its own kind."""
    with pytest.raises(EvidenceError):
        next_turn(shipped.problem, evidence)


def test_an_unknown_audience_is_refused(opened: Catalog) -> None:
    """In Python and on the wire."""
    with pytest.raises(ValueError, match="robot"):
        next_turn(opened.problem, [], "robot")
    assert "error" in json.loads(wire.turn("[]", "robot"))


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 99}', '{"format": 1}', "7"])
def test_a_broken_catalog_is_refused(opened: Catalog, text: str) -> None:
    """An error is returned, and the catalog that was open stays open."""
    assert "error" in json.loads(wire.open_problem(text))
    assert json.loads(wire.turn("[]", "user"))["catalog"] == opened.problem.catalog
