"""The sections of a catalog and their fields: the one description of the format.

What an editor may write is decided here and nowhere else; what stands beside each field is
what an editor is told while writing.
"""

from collections.abc import Mapping

from helpdesk.diagnosis.model import AGENT, USER

from .context import FACT
from .fields import (
    LIKELIHOOD,
    PRIOR,
    USUAL,
    Choice,
    Date,
    Flag,
    Id,
    Markdown,
    Number,
    Plain,
    Reference,
    Url,
)
from .outages import OUTAGE
from .records import Answers, Field, ListOf, MapOf, Record, Whom
from .service import SERVICE_SECTION

PARTY = Reference("parties")
SOURCES = Field(
    ListOf(Reference("sources")), "Where it was read: ids of the section sources.", default=()
)
SEED = Field(ListOf(Plain()), "Marks of the list this catalog grew from.", default=())

RENAMED = Field(ListOf(Id()), "Ids it had before: their addresses lead here.", default=())

TARGET = Record(
    {
        "cause": Field(Reference("causes", aside=True), "A cause that becomes the likeliest."),
        "fix": Field(Reference("fixes", aside=True), "A fix that is proposed."),
        "hand_off": Field(Reference("parties"), "A party that takes over."),
        "warning": Field(Reference("warnings", aside=True), "A warning that is given."),
    },
    least=1,
)

INTRODUCTION = Record(
    {
        "title": Field(Plain(), "The question readers come with.", required=True),
        "summary": Field(Markdown(), "What to expect here, in a few sentences.", required=True),
        "solved": Field(Plain(), "What somebody says whom it has helped.", default="It works now."),
        "unsolved": Field(
            Plain(), "What somebody says whom it has not helped.", default="Still the same."
        ),
        "hand_off_minutes": Field(
            Number(least=1), "Minutes it costs a reader to contact somebody.", default=45.0
        ),
        "waiting_weight": Field(
            Number(), "What a minute of waiting weighs against one of effort.", default=0.2
        ),
        "review_days": Field(
            Number(least=1), "After how many days a text is due to be reviewed.", default=365.0
        ),
    },
    "The problem readers arrive with.",
)

SECTIONS: Mapping[str, Record] = {
    "parties": Record(
        {
            "title": Field(Plain(), "The party, as a heading.", required=True),
            "short": Field(Plain(), "The party in the middle of a sentence.", required=True),
            "summary": Field(Markdown(), "What it does, in a few sentences.", required=True),
            "advice": Field(Markdown(), "What it can do in general.", default=""),
            "contact": Field(
                Markdown(),
                "How to reach it. Leave it out where nobody is to be reached.",
                default="",
            ),
            "renamed": RENAMED,
            "staff": Field(Flag(), "Whether support staff act for it.", default=False),
        },
        "Somebody who can help. The reader is `recipient`.",
    ),
    "questions": Record(
        {
            "ask": Field(Plain(), "The question, to be answered by a choice.", required=True),
            "help": Field(Markdown(), "How to find out, for who does not know.", default=""),
            "minutes": Field(Number(), "Minutes it takes to answer.", default=0.5),
            "audience": Field(
                Choice((USER, AGENT)), "Who is asked: readers, or support staff only.", default=USER
            ),
            "unsure": Field(LIKELIHOOD, "How often people cannot tell."),
            "answers": Field(
                Answers(
                    MapOf(
                        Id(),
                        Record(
                            {
                                "label": Field(Plain(), "The answer to choose.", required=True),
                                "usual": Field(USUAL, "How likely people in general say this."),
                            }
                        ),
                    )
                ),
                "Ids, each with its label; not-sure is added by itself. Or codes: very likely.",
                required=True,
            ),
        },
        "Something the wizard may ask.",
    ),
    "fixes": Record(
        {
            "title": Field(Plain(), "What to do, as an imperative.", required=True),
            "steps": Field(Markdown(), "How to do it.", required=True),
            "worked": Field(Markdown(), "What one sees when it worked.", required=True),
            "minutes": Field(Number(), "Minutes of effort.", required=True),
            "waiting": Field(Number(), "Minutes of waiting after that.", default=0.0),
            "by": Field(PARTY, "Who does it: the id of a party.", default="recipient"),
            "needs": Field(Id(), "A channel the service must offer.", default=""),
            "group": Field(
                Reference("limits"),
                "The limit that says how often such a thing is advised.",
                default="",
            ),
        },
        "Something a person can do that may end the problem.",
    ),
    "causes": Record(
        {
            "title": Field(Plain(), "What is wrong, in a few words.", required=True),
            "summary": Field(
                Markdown(), "One sentence: what is wrong. A second: what to do.", required=True
            ),
            "tell": Field(Markdown(), "How to tell that it is this one.", default=""),
            "explain": Field(Markdown(), "Why it happens, for who wants to know.", default=""),
            "happens": Field(PARTY, "Where it happens: the id of a party.", required=True),
            "mended_by": Field(ListOf(PARTY), "Who can mend it, the nearest first.", required=True),
            "prior": Field(PRIOR, "How common it is beside the other causes.", required=True),
            "signs": Field(
                MapOf(Reference("questions"), MapOf(Id(), LIKELIHOOD)),
                "For a question, how likely somebody with this cause gives which answer. "
                "Say only what differs from usual.",
                default={},
            ),
            "fixes": Field(
                MapOf(Reference("fixes"), LIKELIHOOD), "How surely each fix ends it.", default={}
            ),
            "sources": SOURCES,
            "seed": SEED,
            "reviewed": Field(Date(), "The day somebody last checked all of this.", default=""),
            "renamed": RENAMED,
        },
        "One explanation of the problem: one article.",
    ),
    "warnings": Record(
        {
            "title": Field(Plain(), "What may be going on.", required=True),
            "text": Field(Markdown(), "What to do at once.", required=True),
            "when": Field(
                MapOf(Reference("questions"), ListOf(Id())),
                "Answers that, all together, end the wizard with this warning.",
                required=True,
            ),
        },
        "Something so urgent that no more is asked.",
    ),
    "limits": Record(
        {
            "at_most": Field(Number(whole=True), "So often, and no oftener.", required=True),
            "counts": Field(
                MapOf(Reference("questions"), MapOf(Id(), Number(whole=True))),
                "Answers that tell how often it has been done already.",
                default={},
            ),
        },
        "How often fixes of one group may be advised.",
    ),
    "faq": Record(
        {
            "ask": Field(Plain(), "The question as people ask it.", required=True),
            "answer": Field(Markdown(), "The answer.", required=True),
            "seed": SEED,
        },
        "A question about the subject itself, answered on the page of such questions.",
    ),
    "readers": Record(
        {
            "title": Field(Plain(), "In what readers differ, such as their phone.", required=True),
            "choices": Field(
                MapOf(
                    Id(),
                    Record(
                        {
                            "label": Field(Plain(), "The choice.", required=True),
                            "agent": Field(
                                Plain(), "Words in the name its browser gives itself.", default=""
                            ),
                        }
                    ),
                ),
                "Ids, each with its label.",
                required=True,
            ),
        },
        "A way in which readers differ, to give some of them more exact words.",
    ),
    "instructions": Record(
        {
            "for": Field(Whom(), "For whom: a reader and its choices.", required=True),
            "fixes": Field(
                ListOf(Reference("fixes", aside=True)), "Fixes beside which it stands.", default=()
            ),
            "causes": Field(
                ListOf(Reference("causes", aside=True)),
                "Causes beside which it stands.",
                default=(),
            ),
            "text": Field(Markdown(), "The more exact words.", required=True),
            "checked": Field(Date(), "The day somebody last saw that it is so.", required=True),
            "sources": SOURCES,
        },
        "More exact words for some readers, beside a fix or a cause.",
    ),
    "cases": Record(
        {
            "about": Field(Plain(), "Who this is and what they see.", required=True),
            "audience": Field(
                Choice((USER, AGENT)), "Who answers: a reader, or support staff.", default=USER
            ),
            "answers": Field(
                MapOf(Reference("questions", aside=True), Plain()),
                "What they say if they are asked; of all else they are not sure.",
                default={},
            ),
            "tried": Field(
                ListOf(Reference("fixes", aside=True)),
                "Fixes they did in vain before they came.",
                default=(),
            ),
            "reaches": Field(TARGET, "What the wizard must get to.", required=True),
            "within": Field(
                Number(least=1, whole=True), "In at most so many steps.", required=True
            ),
        },
        "A person the wizard must help: `helpdesk check` goes through each of them.",
    ),
    "context": FACT,
    "outages": OUTAGE,
    "sources": Record(
        {
            "title": Field(Plain(), "What it is and of when.", required=True),
            "url": Field(Url(), "Where it can be read.", default=""),
        },
        "Where a fact was read.",
    ),
}

INTRODUCTION_SECTION = "problem"
ALL_SECTIONS = (INTRODUCTION_SECTION, SERVICE_SECTION, *SECTIONS)
