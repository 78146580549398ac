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
SLASH = '<mo lspace="0" rspace="0">/</mo>'
_INVERSE = f"<mrow>{MINUS}<mn>1</mn></mrow></msup>"
DOT = "<mo>·</mo>"
ROUND = "∂"
_RAISED = ("</msup>", "</msubsup>")
_TAG = re.compile(r"<[^>]*>")


def symbol_mathml(name: str, letter: Callable[[str], str] = str) -> str:
    """A name: W, α, W₁, x with the subscript `hat`; `dW` is the differential of W.

    `letter` gives the form of each letter, as the bold ones.
    """
    head, *rest = [part for part in name.split("_") if part] or ["?"]
    letters = head.rstrip("0123456789")
    digits = head[len(letters) :]
    if letters.startswith("d") and len(letters) > 1 and (len(letters) == 2 or letters[1:] in GREEK):
        core = f"<mrow>{upright('d')}{_name(letters[1:], letter)}</mrow>"
    else:
        core = _name(letters or head, letter)
        digits = digits if letters else ""
    below = [f"<mn>{part}</mn>" if part.isdigit() else _name(part) for part in (digits, *rest) if part]
    return f"<msub>{core}{one('<mo>,</mo>'.join(below))}</msub>" if below else core


def _name(letters: str, letter: Callable[[str], str] = str) -> str:
    return f"<mi>{escape(''.join(map(letter, GREEK.get(letters, letters))))}</mi>"


def upright(letter: str) -> str:
    """A letter that is not slanted."""
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


def constant_mathml(name: str, dims: tuple[Dim, ...], letter: Callable[[str], str] = str) -> str:
    """The identity and other constant matrices; `letter` as for names."""
    if name == "pi":
        return "<mi>π</mi>"
    named = {"eye": "I", "comm": "K", "dup": "D", "elim": "L"}
    sign = {
        "ones": '<mn class="bold">1</mn>',
        "zeros": f"<mn>{letter('0')}</mn>",
        **{known: f"<mi>{letter(sign)}</mi>" for known, sign in named.items()},
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


def transposing(sign: str, *, inverse: bool = True) -> Callable[[str], str]:
    """How a transpose is written with `sign` as its exponent; whether X^-T stands for that of an inverse."""

    def transpose(base: str) -> str:
        if inverse and base.startswith("<msup>") and base.endswith(_INVERSE) and base.count("<msup>") == 1:
            return base.removesuffix(_INVERSE) + f"<mrow>{MINUS}{sign}</mrow></msup>"
        return _raised(base, sign)

    return transpose


def _norm(below: str) -> Callable[[str], str]:
    return lambda inside: f"<msub>{_fence('‖', inside, '‖')}{below}</msub>"


_SPECIAL: Mapping[str, Callable[[str], str]] = {
    "norm1": _norm("<mn>1</mn>"),
    "norm2": _norm("<mn>2</mn>"),
    "normF": _norm(upright("F")),
    "abs": lambda inside: _fence("|", inside, "|"),
    "sqrt": lambda inside: f"<msqrt>{inside}</msqrt>",
    "expm": lambda inside: f"<msup>{upright('e')}{one(inside)}</msup>",
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


def _partial_sign(letter: str) -> str:
    """The sign of a partial derivative; browsers know that ∂ needs no room."""
    return f"<mo>{letter}</mo>" if letter == ROUND else f'<mo lspace="0" rspace="0">{letter}</mo>'


def partial_by(letter: str) -> Callable[[str, str, bool], str]:
    """How a partial derivative is written with `letter` for ∂."""
    sign = _partial_sign(letter)

    def partial(body: str, by: str, short: bool) -> str:
        below = f"<mrow>{sign}{by}</mrow>"
        if short and not body.startswith("<mfrac"):
            return f"<mfrac><mrow>{sign}{body}</mrow>{below}</mfrac>"
        return f"<mfrac>{sign}{below}</mfrac>{brackets(body)}"

    return partial


def slanted_by(letter: str) -> Callable[[str, str], str]:
    """The same in one line, for sentences."""
    sign = f'<mo lspace="0" rspace="0">{letter}</mo>'
    return lambda of, by: f"{sign}{of}{SLASH}{sign}{by}"


def quotient_in_text(left: str, right: str, elementwise: bool) -> str:
    """A quotient in a line of text, where a fraction would be too small to read."""
    return f"{left}<mo>⊘</mo>{right}" if elementwise else left + SLASH + right


def partial_in_text(letter: str) -> Callable[[str, str, bool], str]:
    """How a partial derivative is written in a line of text."""
    sign = f'<mo lspace="0" rspace="0">{letter}</mo>'
    return lambda body, by, short: f"{sign}{body if short else brackets(body)}{SLASH}{sign}{by}"


def second_by(letter: str) -> Callable[[str, str, str], str]:
    """A second derivative, by two variables or by one and its transpose."""
    sign = _partial_sign(letter)

    def second(of: str, first: str, then: str) -> str:
        above = f"<mrow><msup>{sign}<mn>2</mn></msup>{of}</mrow>"
        return f"<mfrac>{above}<mrow>{sign}{first}{sign}{then}</mrow></mfrac>"

    return second


def second_in_text(letter: str) -> Callable[[str, str, str], str]:
    """The same in a line of text."""
    sign = f'<mo lspace="0" rspace="0">{letter}</mo>'

    def second(of: str, first: str, then: str) -> str:
        below = brackets(f"{sign}{first}{sign}{then}")
        return f"<msup>{sign}<mn>2</mn></msup>{of}{SLASH}{below}"

    return second


def _scientific(digit: int, power: int) -> str:
    raised = f"<mo form='prefix'>−</mo><mn>{-power}</mn>" if power < 0 else f"<mn>{power}</mn>"
    return f"<mn>{digit}</mn>{DOT}<msup><mn>10</mn>{one(raised)}</msup>"


def _summed(letters: tuple[str, ...], body: str, several: bool) -> str:
    return f"<munder><mo>∑</mo>{one(''.join(letters))}</munder>{brackets(body) if several else body}"


MATHML = Notation(
    number=_number,
    symbol=symbol_mathml,
    size=dim_mathml,
    constant=constant_mathml,
    brackets=brackets,
    times=TIMES,
    hadamard="<mo>⊙</mo>",
    plus='<mo form="infix">+</mo>',
    minus='<mo form="infix">−</mo>',
    quotient=_quotient,
    fraction_binds=ATOM,
    power=_power,
    transpose=transposing(TRANSPOSED),
    call=_call,
    call_binds=_call_binds,
    differential=lambda inside, simple: upright("d") + (inside if simple else brackets(inside)),
    differential_binds=POSTFIX,
    pair=lambda a, b: brackets(a + b),
    entry=_entry,
    delta=lambda a, b: f"<msub><mi>δ</mi><mrow>{a}{b}</mrow></msub>",
    order=lambda a, b: _fence("[", f"{a}<mo>≥</mo>{b}", "]"),
    partial=partial_by(ROUND),
    summed=_summed,
    entry_times=TIMES,
    mark=lambda text: f'<mrow class="changed">{text}</mrow>',
    negative=MINUS,
    letter=lambda name: f"<mn>{name}</mn>" if name.isdigit() else _name(name),
    equals='<mo form="infix">=</mo>',
    shape=shape_mathml,
    slanted=slanted_by(ROUND),
    second=second_by(ROUND),
    listed=lambda letters: brackets("<mo>,</mo>".join(letters)),
    operator=lambda name: f"<mi>{escape(name)}</mi>",
    sum_sign="<mo>∑</mo>",
    scientific=_scientific,
    dot=DOT,
)


def mathml(line: Line, marks: frozenset[Path] = frozenset()) -> str:
    """What stands inside `<math>`; a row of the class `changed` stands around every place in `marks`."""
    return write(line, MATHML, marks)
