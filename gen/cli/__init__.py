"""The command line: commands, and nothing but calls."""

from gen.cli.main import main

__all__ = ["main"]
