"""Presentation MathML of expressions, from the elements of MathML Core alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import groupby
from xml.sax.saxutils import escape

from gen.language.abstract import split_order
from gen.language.dimension import Dim
from gen.language.function import Function
from gen.language.notation import ATOM, POSTFIX, TERM, Line, Notation, Path
from gen.language.terminal import GREEK
from gen.language.writer import write

TIMES = '<mo lspace="0.08em" rspace="0.08em">\u2062</mo>'  # not printed; a thin space, as in TeX
JUXTAPOSED = "<mo>\u2062</mo>"
APPLY = "<mo>\u2061</mo>"
MINUS = '<mo form="prefix">−</mo>'
TRANSPOSED = '<mi mathvariant="normal">T</mi>'
_INVERSE = f"<mrow>{MINUS}<mn>1</mn></mrow></msup>"
_PARTIAL = "<mo>∂</mo>"
_RAISED = ("</msup>", "</msubsup>")
_TAG = re.compile(r"<[^>]*>")


def symbol_mathml(name: str) -> str:
    """A name: W, α, W₁, x with the subscript `hat`; `dW` is the differential of W."""
    head, *rest = [part for part in name.split("_") if part] or ["?"]
    letters = head.rstrip("0123456789")
    digits = head[len(letters) :]
    if letters.startswith("d") and len(letters) > 1 and (len(letters) == 2 or letters[1:] in GREEK):
        core = f"<mrow>{_upright('d')}{_name(letters[1:])}</mrow>"
    else:
        core = _name(letters or head)
        digits = digits if letters else ""
    below = [f"<mn>{part}</mn>" if part.isdigit() else _name(part) for part in (digits, *rest) if part]
    return f"<msub>{core}{one('<mo>,</mo>'.join(below))}</msub>" if below else core


def _name(letters: str) -> str:
    return f"<mi>{escape(GREEK.get(letters, letters))}</mi>"


def _upright(letter: str) -> str:
    return f'<mi mathvariant="normal">{letter}</mi>'


def one(text: str) -> str:
    """`text` as one element, as what has a fixed number of parts asks for."""
    return text if len(elements(text)) == 1 else f"<mrow>{text}</mrow>"


def elements(text: str) -> tuple[str, ...]:
    """The elements that stand side by side in `text`."""
    out: list[str] = []
    depth = start = 0
    for tag in _TAG.finditer(text):
        depth += -1 if tag[0][1] == "/" else 1
        if depth == 0:
            out.append(text[start : tag.end()])
            start = tag.end()
    return tuple(out)


def dim_mathml(dim: Dim) -> str:
    """3, n, mn, 2n."""
    parts = [_size(name, len(list(run))) for name, run in groupby(dim.names)]
    if dim.factor != 1 or not parts:
        parts.insert(0, f"<mn>{dim.factor}</mn>")
    return JUXTAPOSED.join(parts)


def _size(name: str, count: int) -> str:
    plain = symbol_mathml(name) if name.isidentifier() else f"<mtext>{escape(name)}</mtext>"
    return plain if count == 1 else f"<msup>{plain}<mn>{count}</mn></msup>"


def shape_mathml(dims: tuple[Dim, ...]) -> str:
    """m × p × m × n; a scalar has no dimensions and is called one."""
    return "<mo>×</mo>".join(dim_mathml(d) for d in dims) if dims else "<mtext>scalar</mtext>"


def _number(value: Fraction | int) -> str:
    sign = MINUS if value < 0 else ""
    up, down = abs(value.numerator), value.denominator
    if down == 1:
        return f"<mrow>{sign}<mn>{up}</mn></mrow>" if sign else f"<mn>{up}</mn>"
    fraction = f'<mfrac displaystyle="false"><mn>{up}</mn><mn>{down}</mn></mfrac>'
    return f"<mrow>{sign}{fraction}</mrow>" if sign else fraction


def _constant(name: str, dims: tuple[Dim, ...]) -> str:
    if name == "pi":
        return "<mi>π</mi>"
    sign = {
        "eye": "<mi>I</mi>",
        "ones": '<mn class="bold">1</mn>',
        "zeros": "<mn>0</mn>",
        "comm": "<mi>K</mi>",
        "dup": "<mi>D</mi>",
        "elim": "<mi>L</mi>",
    }.get(name, f"<mi>{escape(name)}</mi>")
    between = "<mo>,</mo>" if name == "comm" else "<mo>×</mo>"
    return f"<msub>{sign}{one(between.join(dim_mathml(d) for d in dims))}</msub>"


def brackets(text: str) -> str:
    """`text` between round brackets, which grow with fractions and sums."""
    return _fence("(", text, ")")


def _fence(left: str, text: str, right: str) -> str:
    # Browsers keep the room of the largest bracket beside one that may grow.
    grows = "" if any(tall in text for tall in ("<mfrac", "<munder")) else ' stretchy="false"'
    return f'<mrow><mo form="prefix"{grows}>{left}</mo>{text}<mo form="postfix"{grows}>{right}</mo></mrow>'


def _quotient(left: str, right: str, elementwise: bool) -> str:
    return f"{left}<mo>⊘</mo>{right}" if elementwise else f"<mfrac>{one(left)}{one(right)}</mfrac>"


def _raised(base: str, exponent: str) -> str:
    """An index stays below the exponent; what is raised already gets brackets."""
    if len(elements(base)) == 1 and base.startswith("<msub>"):
        inside = base.removeprefix("<msub>").removesuffix("</msub>")
        return f"<msubsup>{inside}{one(exponent)}</msubsup>"
    return f"<msup>{brackets(base) if _is_raised(base) else one(base)}{one(exponent)}</msup>"


def _is_raised(base: str) -> bool:
    return base.removeprefix("<mrow>").startswith(("<msup>", "<msubsup>")) and base.endswith(_RAISED)


def _power(base: str, exponent: str, elementwise: bool) -> str:
    return _raised(base, f"<mo>⊙</mo>{exponent}" if elementwise else exponent)


def _transpose(base: str) -> str:
    if base.startswith("<msup>") and base.endswith(_INVERSE) and base.count("<msup>") == 1:
        return base.removesuffix(_INVERSE) + f"<mrow>{MINUS}{TRANSPOSED}</mrow></msup>"
    return _raised(base, TRANSPOSED)


def _norm(below: str) -> Callable[[str], str]:
    return lambda inside: f"<msub>{_fence('‖', inside, '‖')}{below}</msub>"


_SPECIAL: Mapping[str, Callable[[str], str]] = {
    "norm1": _norm("<mn>1</mn>"),
    "norm2": _norm("<mn>2</mn>"),
    "normF": _norm(_upright("F")),
    "abs": lambda inside: _fence("|", inside, "|"),
    "sqrt": lambda inside: f"<msqrt>{inside}</msqrt>",
    "expm": lambda inside: f"<msup>{_upright('e')}{one(inside)}</msup>",
    "sigmoid": lambda inside: _applied("<mi>σ</mi>", inside),
    "logdet": lambda inside: _applied("<mi>log det</mi>", inside),
    "softmaxrows": lambda inside: _applied("<msub><mi>softmax</mi><mi>rows</mi></msub>", inside),
}


def _applied(name: str, inside: str) -> str:
    return f"<mrow>{name}{APPLY}{brackets(inside)}</mrow>"


def _call(function: Function, inside: tuple[str, ...], bracketed: tuple[str, ...]) -> str:
    name = function.name
    if name == "kron":
        return "<mo>⊗</mo>".join(bracketed)
    if name == "inv":
        return _raised(bracketed[0], f"{MINUS}<mn>1</mn>")
    if name == "arccos" and inside == (_number(-1),):
        return "<mi>π</mi>"
    if name in _SPECIAL:
        return _SPECIAL[name](inside[0])
    base, order = split_order(name)
    primes = f"<mo>{'′' * order}</mo>" if order < 4 else brackets(f"<mn>{order}</mn>")
    sign = f"<msup>{_name(base)}{primes}</msup>" if order else _name(name)
    return _applied(sign, "<mo>,</mo>".join(inside))


def _call_binds(function: Function) -> int:
    return {"kron": TERM, "inv": POSTFIX}.get(function.name, ATOM)


def _entry(base: str, places: tuple[str, ...]) -> str:
    if base.startswith("<msub"):
        base = brackets(base)
    return f"<msub>{one(base)}{one(''.join(places))}</msub>" if places else base


def _partial(body: str, by: str, short: bool) -> str:
    below = f"<mrow>{_PARTIAL}{by}</mrow>"
    if short and not body.startswith("<mfrac"):
        return f"<mfrac><mrow>{_PARTIAL}{body}</mrow>{below}</mfrac>"
    return f"<mfrac>{_PARTIAL}{below}</mfrac>{brackets(body)}"


def _summed(letters: tuple[str, ...], body: str, several: bool) -> str:
    return f"<munder><mo>∑</mo>{one(''.join(letters))}</munder>{brackets(body) if several else body}"


MATHML = Notation(
    number=_number,
    symbol=symbol_mathml,
    size=dim_mathml,
    constant=_constant,
    brackets=brackets,
    times=TIMES,
    hadamard="<mo>⊙</mo>",
    plus='<mo form="infix">+</mo>',
    minus='<mo form="infix">−</mo>',
    quotient=_quotient,
    fraction_binds=ATOM,
    power=_power,
    transpose=_transpose,
    call=_call,
    call_binds=_call_binds,
    differential=lambda inside, simple: _upright("d") + (inside if simple else brackets(inside)),
    differential_binds=POSTFIX,
    pair=lambda a, b: brackets(a + b),
    entry=_entry,
    delta=lambda a, b: f"<msub><mi>δ</mi><mrow>{a}{b}</mrow></msub>",
    order=lambda a, b: _fence("[", f"{a}<mo>≥</mo>{b}", "]"),
    partial=_partial,
    summed=_summed,
    entry_times=TIMES,
    mark=lambda text: f'<mrow class="changed">{text}</mrow>',
    negative=MINUS,
    letter=lambda name: f"<mn>{name}</mn>" if name.isdigit() else _name(name),
)


def mathml(line: Line, marks: frozenset[Path] = frozenset()) -> str:
    """What stands inside `<math>`; a row of the class `changed` stands around every place in `marks`."""
    return write(line, MATHML, marks)
