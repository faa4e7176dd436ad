"""``python -m govcrawl.cli``: the command line where the script is not on the path."""

from govcrawl.cli import main

if __name__ == "__main__":  # workers of a local cluster load it under another name
    main(prog_name="govcrawl")
