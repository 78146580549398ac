"""`python -m gen` is the same as `freeindex`."""

from gen.start import main

if __name__ == "__main__":
    raise SystemExit(main())
