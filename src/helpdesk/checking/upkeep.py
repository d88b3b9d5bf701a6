"""What has to be looked after: translations, and texts that somebody last checked long ago."""

from collections.abc import Iterator
from datetime import date, timedelta

from helpdesk.catalog.model import Catalog, Position

from .findings import WARNING, Finding

CLOCK_IS_WRONG = 5
"""From so many days in the future on, it is rather the clock that is wrong."""


def translations(catalog: Catalog) -> Iterator[Finding]:
    """Yield what each language lacks."""
    for language, translation in catalog.translations.items():
        for gap in translation.gaps:
            advice = {
                "missing": "Add it.",
                "incomplete": "Add the texts it lacks.",
                "outdated": f"Look at it again, then run: helpdesk translated {language}",
                "unused": "Delete it.",
            }
            message = f"{gap.section} {gap.id} is {gap.reason} in {language}. {advice[gap.reason]}"
            yield Finding(gap.position, WARNING, f"translation-{gap.reason}", message)


def reviews(catalog: Catalog, today: date) -> Iterator[Finding]:
    """Yield the texts whose review is past its date, or in the future."""
    looked = [
        (name, date.fromisoformat(day), place) for name, day, place in _looked_at(catalog) if day
    ]
    tomorrow = today + timedelta(days=1)  # it is that already somewhere
    early = [entry for entry in looked if entry[1] > tomorrow]
    if len(early) > CLOCK_IS_WRONG:
        message = (
            f"{len(early)} texts were last looked at on days that are still to come. "
            f"Is today {today}? Set the clock of this machine, or correct the days."
        )
        yield Finding(early[0][2], WARNING, "review-in-the-future", message)
    else:
        for name, day, place in early:
            message = f'"{name}" was last looked at on {day}, which is to come. Correct the day.'
            yield Finding(place, WARNING, "review-in-the-future", message)
    days = int(catalog.introduction.review_days)
    for name, day, place in looked:
        if (today - day).days > days:
            message = (
                f'"{name}" was last looked at on {day}, more than {days} days ago. '
                "See if it is still so, then write the day of today."
            )
            yield Finding(place, WARNING, "review-due", message)


def _looked_at(catalog: Catalog) -> Iterator[tuple[str, str, Position]]:
    """Yield the id, the day and the place of what somebody checks from time to time."""
    for cause in catalog.causes.values():
        yield cause.id, cause.reviewed, cause.position
    for entry in catalog.instructions.values():
        yield entry.id, entry.checked, entry.position
