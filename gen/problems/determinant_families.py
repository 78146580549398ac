"""Families on determinants and their logarithms."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, operand, scale
from gen.problems.parts import filled
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _linear(pick: Pick, cast: Cast) -> Derive:
    """A determinant of something linear in the variable."""
    n, m = cast.dims(2)
    x = cast.new("matrix", n, n, domain="spd")
    inside = filled(
        pick(
            "{A}*{X}",
            "{X}*{A}",
            "{A} + {X}",
            "{A} + {c}*{d}' + {X}",
            "{X} + {c}*{c}'",
            "{c}*{d}' + {X}",
            "{X} + {A}*{B}",
            "{X} + {C}'*{C}",
            "{X} + {a}*eye({n})",
            "{A}*{X} + {B}",
            "{X}*{A} + {B}",
            "{A}*{X} + {c}*{d}'",
            "({X} + {A})*{B}",
            "{A}*({B} + {X})",
            "2*{X} + {A}",
            "{A}*{B}*{X}",
        ),
        X=x,
        n=n,
        A=lambda: operand(pick, cast, "constant", n, n, domain="spd")[0],
        B=lambda: operand(pick, cast, "constant", n, n, domain="spd")[0],
        C=lambda: cast.new("constant", m, n),
        a=lambda: cast.new("scalar", domain="positive"),
        c=lambda: cast.new("fixed", n),
        d=lambda: cast.new("fixed", n),
    )
    return Derive(f"{scale(pick, cast)}{pick('det', 'logdet')}({inside})", x, cast.symbols)


def _gram(pick: Pick, cast: Cast) -> Derive:
    """A determinant of X'AX, of XAX', or of one of them with a positive definite matrix added."""
    n, m = cast.dims(2)
    x = cast.new("matrix", m, n)
    inner = pick("plain", "weighted")
    added = pick("", "matrix", "identity")
    tall = not added or pick(True, False)  # X'X is invertible only where X is tall
    size, other = (n, m) if tall else (m, n)
    middle = cast.new("constant", other, other, domain="spd") + "*" if inner == "weighted" else ""
    form = f"{x}'*{middle}{x}" if tall else f"{x}*{middle}{x}'"
    if added == "matrix":
        form = pick("{0} + {1}", "{1} + {0}").format(form, cast.new("constant", size, size, domain="spd"))
    if added == "identity":
        weight = filled(pick("{a}*", "2*", ""), a=lambda: cast.new("scalar", domain="positive"))
        form = pick("{0} + {1}", "{1} + {0}").format(form, f"{weight}eye({size})")
    return Derive(f"{scale(pick, cast)}{pick('det', 'logdet')}({form})", x, cast.symbols)


def _with_a_term(pick: Pick, cast: Cast) -> Derive:
    """A log determinant and a term linear in the variable or in its inverse."""
    n = cast.dim()
    x = cast.new("matrix", n, n, domain="spd")
    other = pick(x, f"inv({x})")
    term = filled(
        pick("tr({A}*{Y})", "tr({Y}*{A})", "{a}'*{Y}*{b}", "{a}'*{Y}*{a}", "tr({A}*{Y}*{B})"),
        Y=other,
        A=lambda: constants(pick, cast, n, n),
        B=lambda: constants(pick, cast, n, n),
        a=lambda: cast.new("fixed", n),
        b=lambda: cast.new("fixed", n),
    )
    log = filled(pick("", "2*", "3*", "{c}*"), c=lambda: cast.new("scalar")) + f"logdet({x})"
    form = pick("{0} - {1}", "{0} + {1}", "{1} - {0}", "{1} + {0}", "-{1} - {0}")
    return Derive(form.format(log, term), x, cast.symbols)


DETERMINANT_FAMILIES: tuple[Family, ...] = (
    Family(
        "determinant-linear",
        "Determinant of a linear expression",
        "determinant",
        "apply Jacobi's formula and place the inverse and its transpose",
        _linear,
    ),
    Family(
        "determinant-gram",
        "Determinant of a Gram matrix",
        "determinant",
        "differentiate a determinant in which the variable stands twice",
        _gram,
    ),
    Family(
        "log-determinant-and-term",
        "Log determinant with a linear term",
        "determinant",
        "differentiate a log determinant beside a trace, as in likelihoods",
        _with_a_term,
    ),
)
