"""Free Index: derivatives of matrix expressions, step by step, every step checked by numbers."""

from gen.derivation.derive import derive

__all__ = ["derive"]
