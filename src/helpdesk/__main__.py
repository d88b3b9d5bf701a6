"""`python -m helpdesk` is the same as `helpdesk`."""

from helpdesk.cli import main

main(prog_name="helpdesk")
