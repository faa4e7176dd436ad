"""``python -m govcrawl.cli``: the command line where the script is not on the path."""

from govcrawl.cli import main

main(prog_name="govcrawl")
