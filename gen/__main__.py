"""`python -m gen` is the same as `freeindex`."""

from gen.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
