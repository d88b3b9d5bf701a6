"""The commands. Each parses what it is given, asks a lower floor, and prints.

A module holds commands of one kind; here they are put together.
"""

import os

import click

from helpdesk import __version__

from .catalogs import schema, translated
from .checking import check
from .comparing import diff
from .diagnosing import ask, codes, match_, next_, open_, simulate, walks
from .editing import cms
from .learning import learn
from .sites import compress, doctor, inspect, new, stage_

COMMANDS = (
    check,
    diff,
    schema,
    translated,
    next_,
    ask,
    open_,
    walks,
    match_,
    simulate,
    codes,
    new,
    inspect,
    doctor,
    compress,
    stage_,
    cms,
    learn,
)


COMPLETION = """\b
Completion, in the settings of your shell:
  bash  eval "$(_HELPDESK_COMPLETE=bash_source helpdesk)"
  zsh   eval "$(_HELPDESK_COMPLETE=zsh_source helpdesk)"
  fish  _HELPDESK_COMPLETE=fish_source helpdesk | source
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=COMPLETION)
@click.version_option(__version__, prog_name="helpdesk")
@click.pass_context
def main(context: click.Context) -> None:
    """Help centers that diagnose: one cause catalog, its articles and its wizard."""
    if os.environ.get("NO_COLOR"):
        context.color = False


for command in COMMANDS:
    main.add_command(command)
