"""What is counted, as expressions that every engine runs: grouped there, only sums come back."""

from typing import Any

import ibis

DIGITS = r"^([0-9]{1,12})([.]0+)?$"
"""A count; a number of more digits is a mistake."""

DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}"
WHAT_IS_NEEDED = {"provider": "no provider", "code": "no code", "cause": "no cause"}


def checked(table: Any, since: str) -> Any:  # noqa: ANN401 - Ibis
    """Return the rows since a day, with `number`, and the first `fault` of each."""
    digits = table["count"].re_extract(DIGITS, 1).fill_null("")
    digits = (table["count"] == "").ifelse("1", digits)
    faults = [
        (table[name] == "", text) for name, text in WHAT_IS_NEEDED.items() if name in table.columns
    ]
    faults += [
        (digits == "", "a count that is no number"),
        ((table.day != "") & ~table.day.re_search(DAY), "a day that is not YYYY-MM-DD"),
    ]
    fault = ibis.cases((table.fault != "", table.fault), *faults, else_="")
    table = table.mutate(number=(digits == "").ifelse("0", digits).cast("int64"), fault=fault)
    late = (table.day == "") | (table.day >= since) | (table.fault != "")
    return table.filter(late) if since else table


def deliveries(table: Any) -> Any:  # noqa: ANN401 - Ibis
    """Return how much each code of each provider was reported, the most first."""
    return _grouped(table, ["provider", "code"])


def causes(table: Any) -> Any:  # noqa: ANN401 - Ibis
    """Return how often each cause proved right, the most first."""
    return _grouped(table, ["cause"])


def _grouped(table: Any, names: list[str]) -> Any:  # noqa: ANN401 - Ibis
    """Return sums by source, fault and names; of rows at fault one example is enough."""
    good = table.fault == ""
    fields = [table[name] for name in (*names, "count", "day")]
    example = (table.text == "").ifelse(ibis.literal(",").join(fields), table.text)
    kept = {name: good.ifelse(table[name], "") for name in names}
    return (
        table.select("source", "fault", "number", "day", example=good.ifelse("", example), **kept)
        .group_by("source", "fault", *names)
        .aggregate(
            number=lambda t: t.number.sum(),
            rows=lambda t: t.count(),
            first=lambda t: t.day.min(),
            last=lambda t: t.day.max(),
            example=lambda t: t.example.min(),
        )
        .order_by(ibis.desc("number"))
    )


def answers(table: Any) -> Any:  # noqa: ANN401 - Ibis
    """Return how often each `QUESTION=ANSWER` was said by those with each cause."""
    pairs = table.filter(table.fault == "").select(
        "cause", "number", pair=table.answers.split("&").unnest()
    )
    return (
        pairs.group_by("cause", "pair")
        .aggregate(number=lambda t: t.number.sum())
        .order_by(ibis.desc("number"))
    )
