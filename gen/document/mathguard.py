r"""Which TeX an author may type between dollars.

Only commands that set mathematics: a list of what is allowed, because a list of
what is forbidden is never complete. What does anything else (reads or writes
files, defines macros, changes category codes) is refused by name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gen.document.glyphs import MATHS
from gen.document.tex import Tex
from gen.errors import input_error, nearest

COMMANDS = frozenset(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi
    rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma
    Upsilon Phi Psi Omega frac dfrac tfrac sqrt binom sum prod int iint oint lim limsup liminf max min sup
    inf arg det exp log ln sin cos tan sec csc cot arcsin arccos arctan sinh cosh tanh coth gcd deg dim
    ker hom Pr operatorname partial nabla infty ell hbar Re Im aleph emptyset forall exists neg lnot in ni
    notin subset supset subseteq supseteq cup cap setminus le leq ge geq ne neq equiv approx sim simeq
    cong propto ll gg prec succ perp parallel mid models vdash to gets rightarrow leftarrow leftrightarrow
    Rightarrow Leftarrow Leftrightarrow longrightarrow longleftarrow Longrightarrow iff implies mapsto
    longmapsto uparrow downarrow hookrightarrow cdot times div pm mp ast star circ bullet oplus ominus
    otimes odot wedge vee land lor cdots ldots dots vdots ddots dotsc dotsb prime top bot angle langle
    rangle lfloor rfloor lceil rceil lvert rvert lVert rVert Vert vert backslash left right middle big Big
    bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr hat widehat tilde widetilde bar overline
    underline vec dot ddot acute grave check breve overbrace underbrace overrightarrow mathbf mathrm
    mathit mathsf mathtt mathcal mathnormal boldsymbol bm text textbf textit textrm mathop mathrel mathbin
    mathord limits nolimits displaystyle textstyle scriptstyle quad qquad phantom hphantom vphantom
    substack stackrel overset underset begin end colon not nonumber lbrace rbrace lbrack rbrack bigcup
    bigcap bigoplus bigotimes cfrac boxed bmod pmod mod
    """.split()
)
ENVIRONMENTS = frozenset(
    "matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix cases aligned gathered split array".split()
)
DEEPEST = 100  # braces within braces
_SYMBOLS = frozenset(",;:! {}|\\>")
_TOKEN = re.compile(r"\\([A-Za-z]+)|\\(.)|\^\^|.", re.DOTALL)
# Signs that are allowed by themselves, and commands; what pairs in another way than braces is not among them.
_USUAL = re.compile(r"(?:[A-Za-z0-9 +\-=,.:;'()\[\]/|<>*!_{}]|\^(?!\^)|\\[A-Za-z]+|\\[,;:! ])*")
_UNPAIRED = COMMANDS.difference(("left", "right", "begin", "end"))
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_BRACE = re.compile(r"[{}]")
_ENVIRONMENT = re.compile(r"\{([A-Za-z*]*)\}")


@lru_cache(maxsize=4096)  # letters and shapes stand in many formulas
def guarded(source: str) -> Tex:
    r"""`source`, typed by an author, as TeX for math mode.

    Raises InputError naming the first command, sign or unbalanced brace that does
    not belong to mathematics; letters such as α become their commands.

    >>> guarded(r"\partial F/\partial α")
    '\\partial F/\\partial {\\alpha}'
    """
    if _is_usual(source):
        return Tex(source)
    out, braces, sides = [], 0, 0
    open_environments: list[str] = []
    for found in _TOKEN.finditer(source):
        token, name, sign = found[0], found[1], found[2]
        at = found.start()
        if name is not None:
            if name not in COMMANDS:
                raise _refused(source, token, at, nearest(name, COMMANDS))
            sides += (name == "left") - (name == "right")
            if name in {"begin", "end"}:
                _environment(source, name, found.end(), open_environments)
        elif (sign is not None and sign not in _SYMBOLS) or (
            sign is None and (token in {"^^", "%", "#", "$"} or not (token.isprintable() or token.isspace()))
        ):
            raise _refused(source, token, at)
        elif sign is None and not token.isascii():
            if token not in MATHS:
                raise _refused(source, token, at)
            token = f"{{{MATHS[token]}}}"
        elif sign is None and token == "&" and not open_environments:
            raise _refused(source, token, at)
        braces += (token == "{") - (token == "}")
        if braces < 0:
            break
        if braces > DEEPEST:
            raise input_error(
                "too_large",
                f"a formula may be nested {DEEPEST} deep at most",
                where="file",
                source=source,
                start=at,
                end=at + 1,
            )
        out.append(token)
    if braces or sides or open_environments:
        raise input_error(
            "syntax",
            "the formula has " + ("unbalanced braces" if braces else "a \\left or \\begin without its end"),
            where="file",
            source=source,
            start=0,
            end=len(source),
        )
    return Tex("".join(" " if token.isspace() else token for token in out))


def _is_usual(source: str) -> bool:
    """Is it plainly allowed, as nearly every formula is? Then it need not be read token by token."""
    if _USUAL.fullmatch(source) is None or not _UNPAIRED.issuperset(_COMMAND.findall(source)):
        return False
    depth = 0
    for brace in _BRACE.findall(source):
        depth += 1 if brace == "{" else -1
        if not 0 <= depth <= DEEPEST:
            return False
    return depth == 0


def _environment(source: str, name: str, at: int, opened: list[str]) -> None:
    found = _ENVIRONMENT.match(source, at)
    if found is None or found[1] not in ENVIRONMENTS:
        raise _refused(source, f"\\{name}" + (found[0] if found else ""), at - len(name) - 1)
    if name == "begin":
        opened.append(found[1])
    elif not opened or opened.pop() != found[1]:
        raise _refused(source, f"\\end{found[0]}", at - len(name) - 1)


def _refused(source: str, token: str, at: int, near: str | None = None) -> Exception:
    shown = token if token.isprintable() else f"U+{ord(token[-1]):04X}"
    return input_error(
        "syntax",
        f"{shown} is not allowed in a formula",
        where="file",
        source=source,
        start=at,
        end=at + len(token),
        hint=f"did you mean \\{near}?"
        if near
        else "only commands that set mathematics may stand between dollars",
    )
