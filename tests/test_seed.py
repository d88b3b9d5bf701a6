"""Nothing of the list that this catalog grew from is dropped: S1 to S23."""

from helpdesk.catalog import Catalog

CAUSES = {
    "S1": "b-forbidden-words",
    "S2": "b-signature-format",
    "S3": "b-signature-not-filed",
    "S4": "b-rate-limit",
    "S6": "b-rate-limit",
    "S7": "b-rate-limit",
    "S8": "u-code-late-expired",
    "S9": "o-packet-loss",
    "S10": "o-packet-loss",
    "S11": "o-number-barred",
    "S12": "u-weak-signal",
    "S13": "u-weak-signal",
    "S14": "u-line-suspended",
    "S15": "u-phone-off",
    "S16": "u-line-suspended",
    "S17": "u-intercept-app",
    "S18": "u-own-blocklist",
    "S19": "p-indirect-route",
    "S20": "p-indirect-route",
    "S21": "p-no-backup",
    "S22": "p-unstable-api",
    "S23": "p-overload",
}


def test_every_item_stands_at_its_cause(shipped: Catalog) -> None:
    """Each claim is marked at the cause that carries it; S5 is the reason for the limit."""
    for item, cause in CAUSES.items():
        assert item in shipped.causes[cause].seed, item
    answers = {item for entry in shipped.faq.values() for item in entry.seed}
    assert "S5" in answers
    marked = {item for cause in shipped.causes.values() for item in cause.seed} | answers
    assert marked >= {f"S{number}" for number in range(1, 24)}


def test_four_parties(shipped: Catalog) -> None:
    """The four parties are the reader, the operator, the sender and the platform."""
    assert set(shipped.parties) == {"recipient", "operator", "sender", "provider"}


def test_the_limits_are_the_services_own(shipped: Catalog) -> None:
    """3 an hour, 5 a day and 3 to 5 minutes are settings, and texts print them from there."""
    values = shipped.service.values
    assert values["service.limits.per_hour"] == "3"
    assert values["service.limits.per_day"] == "5"
    assert values["service.limits.valid_minutes"] == "3–5"


def test_operators_have_a_small_share(shipped: Catalog) -> None:
    """All causes at the operator together are a small part of what is expected beforehand."""
    weights = {cause.id: cause.prior.value for cause in shipped.causes.values()}
    operators = sum(
        w for cause, w in weights.items() if shipped.causes[cause].happens == "operator"
    )
    assert operators < 0.12 * sum(weights.values())


def test_a_barred_number_is_mended_by_calling_the_operator(shipped: Catalog) -> None:
    """It happens at the reader's line, only the operator can mend it, and calling does."""
    cause = shipped.causes["o-number-barred"]
    assert cause.happens == "recipient"
    assert cause.mended_by == ("operator",)
    assert "ask-operator-to-lift-the-bar" in cause.fixes


def test_at_least_twelve_questions_tell_the_causes_apart(shipped: Catalog) -> None:
    """A dozen questions and more have answers that speak for some cause."""
    used = {question for cause in shipped.causes.values() for question in cause.signs}
    assert len(used) >= 12
