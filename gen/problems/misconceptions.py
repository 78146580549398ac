"""The mistakes that students make with matrix derivatives: one visible tuple, the most telling ones first.

Where two mistakes lead to one wrong answer, the first of them is the one that is named. The counts
in `source` are of 145 public questions on matrix derivatives, in which askers showed their answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gen.problems import misconceptions_of_entries as entries
from gen.problems import misconceptions_of_forms as forms
from gen.problems import misconceptions_of_rules as rules
from gen.problems.misconception import Misconception

CHAIN = frozenset(("elementwise_chain_rule", "power_rule", "chain_rule"))
INDEX_FORMS = frozenset(("product_index", "trace_index", "sum_index", "norm_index", "hadamard_index"))
DELTAS = frozenset(("delta_substitution",))

LAYOUT = "transpose and layout: 17 of 145 questions"
ELEMENTWISE = "elementwise product or diag confused with the matrix product: 14 of 145 questions"
BOOKKEEPING = "product and chain rule bookkeeping: 8 of 145 questions"
SCALAR_RULES = "scalar rules on matrices: 7 of 145 questions"
TRACES = "trace pulled through, or kept: 11 of 145 questions"
CHAINS = "chain rule run as a product of matrices: 28 of 145 questions"
SYMMETRIC = "symmetric variable: 10 of 145 questions"
HESSIANS = "Hessians: 9 of 145 questions"
ENTRIES = "entrywise partials not assembled: 6 of 145 questions"

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        "symmetric-as-free",
        "A symmetric variable treated as free",
        "The variable is symmetric, so its entries do not move alone: "
        "$S_{qr}$ and $S_{rq}$ change together. Put "
        r"$\partial S_{ij}/\partial S_{qr} = \delta_{iq}\delta_{jr} + \delta_{ir}\delta_{jq} "
        r"- \delta_{iq}\delta_{jr}\delta_{ij}$ where you wrote $\delta_{iq}\delta_{jr}$.",
        SYMMETRIC,
        DELTAS,
        in_rule=rules.structure_forgotten("symmetric"),
    ),
    Misconception(
        "skew-as-free",
        "A skew-symmetric variable treated as free",
        "The variable is skew-symmetric, so its entries do not move alone: when $Z_{qr}$ grows, $Z_{rq}$ "
        "falls by as much. Put "
        r"$\partial Z_{ij}/\partial Z_{qr} = \delta_{iq}\delta_{jr} - \delta_{ir}\delta_{jq}$ where you "
        r"wrote $\delta_{iq}\delta_{jr}$.",
        SYMMETRIC,
        DELTAS,
        in_rule=rules.structure_forgotten("skew"),
    ),
    Misconception(
        "diagonal-as-free",
        "A diagonal variable treated as free",
        "The entries off the diagonal are always 0: they do not move, and the derivative has zeros there. "
        r"Put $\partial D_{ij}/\partial D_{qr} = \delta_{iq}\delta_{jr}\delta_{ij}$ where you wrote "
        r"$\delta_{iq}\delta_{jr}$.",
        "the diagonal lost: among 14 of 145 questions",
        DELTAS,
        in_rule=rules.structure_forgotten("diagonal"),
    ),
    Misconception(
        "triangular-as-free",
        "A triangular variable treated as free",
        "The entries above the diagonal are always 0: they do not move, and the derivative has zeros there. "
        r"$\partial L_{ij}/\partial L_{qr}$ is $\delta_{iq}\delta_{jr}$ only for $q \ge r$.",
        "the structure lost, as for symmetric variables: 10 of 145 questions",
        DELTAS,
        in_rule=rules.structure_forgotten("lower"),
    ),
    Misconception(
        "diagonal-counted-twice",
        "Symmetric variable: the diagonal counted twice",
        "Off the diagonal a symmetric matrix shows each entry twice, on the diagonal once. The sum "
        r"$\delta_{iq}\delta_{jr} + \delta_{ir}\delta_{jq}$ counts diagonal entries twice: take away "
        r"$\delta_{iq}\delta_{jr}\delta_{ij}$.",
        SYMMETRIC,
        DELTAS,
        in_rule=rules.diagonal_counted_twice,
    ),
    Misconception(
        "inverse-like-reciprocal",
        "The inverse differentiated like 1/x",
        r"$-X^{-2}\,\mathrm dX$ is the rule for numbers. Matrices do not commute: differentiate "
        r"$X X^{-1} = I$ and you get $\mathrm d(X^{-1}) = -X^{-1}\,\mathrm dX\,X^{-1}$, one inverse on "
        r"either side.",
        SCALAR_RULES,
        frozenset(("chain_rule",)),
        in_rule=rules.inverse_like_reciprocal,
    ),
    Misconception(
        "inverse-sign-lost",
        "The minus of the inverse lost",
        r"The derivative of an inverse has a minus: $\mathrm d(X^{-1}) = -X^{-1}\,\mathrm dX\,X^{-1}$, "
        r"just as "
        r"the slope of $1/x$ is $-1/x^2$.",
        "sign lost: 4 of 145 questions",
        frozenset(("chain_rule",)),
        in_rule=rules.inverse_without_sign,
    ),
    Misconception(
        "power-as-if-commuting",
        "A matrix power differentiated like a power of numbers",
        r"$\mathrm d(X^2) = \mathrm dX\,X + X\,\mathrm dX$, which is $2X\,\mathrm dX$ only if $X$ and "
        r"$\mathrm dX$ commute. Differentiate each factor where it stands and leave the others in their "
        r"places.",
        SCALAR_RULES,
        frozenset(("product_rule",)),
        in_rule=rules.as_if_factors_commuted,
    ),
    Misconception(
        "symmetry-assumed",
        "Symmetry of a constant matrix assumed",
        r"$A$ was not said to be symmetric, so $A$ and $A^\top$ stay different: the gradient of $x^\top A "
        r"x$ is "
        r"$(A + A^\top)x$, and it is $2Ax$ only for a symmetric $A$.",
        "symmetry of A assumed: 2 of 145 questions",
        in_form=forms.symmetry_assumed,
    ),
    Misconception(
        "softmax-as-elementwise",
        "Softmax differentiated as if it were elementwise",
        r"Every entry of the softmax depends on every entry of its argument, through the sum below: "
        r"$\partial s_i/\partial u_q = s_i\delta_{iq} - s_i s_q$. You kept the first term only.",
        ELEMENTWISE,
        frozenset(("chain_rule",)),
        in_rule=rules.softmax_as_elementwise,
    ),
    Misconception(
        "determinant-as-logdet",
        "The determinant differentiated like its logarithm",
        r"$\mathrm d\log\det X = \operatorname{tr}(X^{-1}\mathrm dX)$, but for the determinant itself "
        r"$\det X$ stays in front: $\mathrm d\det X = \det X\,\operatorname{tr}(X^{-1}\mathrm dX)$.",
        SCALAR_RULES,
        frozenset(("chain_rule",)),
        in_rule=rules.determinant_as_logdet,
    ),
    Misconception(
        "norm-as-square",
        "A norm differentiated like its square",
        r"$\|u\|^2$ has the derivative $2u^\top\mathrm du$, but $\|u\|$ is its square root, so it has "
        r"$u^\top\mathrm du/\|u\|$. Look whether there is a square.",
        "norm and squared norm: 3 of 145 questions",
        frozenset(("chain_rule",)),
        in_rule=rules.norm_as_square,
    ),
    Misconception(
        "norm-left-standing",
        "The norm left standing beside the derivative of its square",
        r"$\|u\|^2$ is the sum of the squares of all entries; its derivative is $2u^\top\mathrm du$. No "
        r"norm is left.",
        "norm left standing: 3 of 145 questions",
        frozenset(("norm_index",)),
        in_rule=rules.norm_left_standing,
    ),
    Misconception(
        "quotient-sign-lost",
        "Quotient rule with a plus",
        r"$\mathrm d(a/b) = \mathrm da/b - a\,\mathrm db/b^2$: what comes from the denominator is taken "
        r"away.",
        SCALAR_RULES,
        frozenset(("quotient_rule",)),
        in_rule=rules.quotient_sign_lost,
    ),
    Misconception(
        "product-rule-term-lost",
        "Product rule with one term lost",
        "The variable stands in several factors. Each is differentiated in turn while the others wait, and "
        "the "
        r"results are added: $\partial(ab) = \partial a\,b + a\,\partial b$. You differentiated only the "
        r"first.",
        BOOKKEEPING,
        frozenset(("product_rule",)),
        in_rule=rules.term_lost,
    ),
    Misconception(
        "last-occurrence-missed",
        "One occurrence of the variable not differentiated",
        "Count how often the variable stands in the product: each time gives a term of the product rule. "
        "The last "
        "one is missing.",
        BOOKKEEPING,
        frozenset(("product_rule",)),
        in_rule=rules.last_occurrence_missed,
    ),
    Misconception(
        "chain-outer-lost",
        "Chain rule: the outer factor lost",
        r"$\partial f(u) = f'(u)\,\partial u$: the slope of the outer function, taken at $u$, stays as a "
        r"factor.",
        BOOKKEEPING,
        CHAIN,
        in_rule=rules.outer_lost,
    ),
    Misconception(
        "chain-inner-lost",
        "Chain rule: the inner derivative lost",
        r"$\partial f(u) = f'(u)\,\partial u$: what stands inside is differentiated too. You stopped after "
        r"the "
        "outer function.",
        BOOKKEEPING,
        CHAIN,
        in_rule=rules.inner_lost,
    ),
    Misconception(
        "factor-two-lost",
        "The exponent does not come down",
        r"$\partial u^a = a\,u^{a-1}\,\partial u$: the exponent becomes a factor. For a square that is the "
        r"2.",
        BOOKKEEPING,
        frozenset(("power_rule",)),
        in_rule=rules.exponent_kept_above,
    ),
    Misconception(
        "forgotten-transpose",
        "A transpose forgotten",
        r"In $\sum_j A_{ji}B_{jk}$ the summed index is the first of both, so $A$ is read backwards: it is "
        r"an entry of "
        r"$A^\top B$. Neighbours of a product share the last index of one and the first of the next.",
        LAYOUT,
        in_form=forms.forgotten_transpose,
        in_entries=entries.read_backwards,
    ),
    Misconception(
        "transpose-too-many",
        "A transpose too many",
        r"In $\sum_j A_{ij}B_{jk}$ the summed index is the last of $A$ and the first of $B$: it is an entry "
        r"of $AB$, and nothing is transposed. A transpose comes only from a factor whose indices are read "
        r"backwards.",
        LAYOUT,
        in_form=forms.transpose_too_many,
    ),
    Misconception(
        "delta-wrong-index",
        "δ with the wrong index",
        r"Row goes with row and column with column: $\partial X_{ij}/\partial X_{qr} = "
        r"\delta_{iq}\delta_{jr}$. With "
        r"$\delta_{ir}\delta_{jq}$ you differentiate by $X_{rq}$, and the answer comes out transposed.",
        LAYOUT,
        DELTAS,
        in_rule=rules.delta_with_wrong_index,
    ),
    Misconception(
        "dummy-index-reused",
        "A dummy index used for two sums",
        r"Every sum needs a letter of its own: $(\sum_j a_j)(\sum_j b_j)$ is $\sum_{jl} a_j b_l$, not "
        r"$\sum_j a_j b_j$. A letter that stands more than twice in a product is the sign of it.",
        ENTRIES,
        INDEX_FORMS,
        in_rule=rules.dummy_reused,
    ),
    Misconception(
        "every-entry-changes",
        "The derivative of the variable by its entry taken as 1",
        r"$\partial X_{ij}/\partial X_{qr}$ is 1 only if the two entries are the same one, else 0: it is "
        r"$\delta_{iq}\delta_{jr}$. With 1 everywhere all entries are summed that should have been picked "
        r"out.",
        CHAINS,
        DELTAS,
        in_rule=rules.every_entry_changes,
    ),
    Misconception(
        "contraction-wrong-place",
        "δ replaces the index at the wrong place",
        r"$\sum_j \delta_{jr} A_{ij} = A_{ir}$: the letter goes to the place where $j$ stood. You put it "
        r"at the "
        "other one, so the entry is read backwards.",
        ENTRIES,
        frozenset(("contraction",)),
        in_rule=rules.wrong_place_replaced,
    ),
    Misconception(
        "identity-lost",
        "δ of two free indices left out",
        r"The derivative of a matrix by a matrix has four indices: $\partial(WX)_{ik}/\partial W_{qr} = "
        r"\delta_{iq}X_{rk}$. The $\delta_{iq}$ says that row $i$ of the product changes with row $q$ of "
        r"$W$ only. "
        r"Without it you have written $X^\top$ for $X^\top \otimes I$.",
        CHAINS,
        frozenset(("contraction",)),
        in_rule=rules.free_delta_lost,
    ),
    Misconception(
        "delta-erased",
        "δ erased, its sum kept",
        r"$\sum_j \delta_{jr} A_j = A_r$: the delta picks one term, the sum goes away with it. You took it "
        r"for 1 and "
        r"went on summing.",
        ENTRIES,
        frozenset(("contraction",)),
        in_rule=rules.delta_erased,
    ),
    Misconception(
        "last-delta-erased",
        "A second δ erased, its sum kept",
        "Every delta with a dummy index takes its sum away. You used the first one and took the last one "
        "for 1; its "
        "index is still summed over.",
        ENTRIES,
        frozenset(("contraction",)),
        in_rule=rules.last_delta_erased,
    ),
    Misconception(
        "sum-kept",
        "δ used, its sum kept",
        r"$\sum_j \delta_{jr} A_j = A_r$, one term. The sum is used up together with the delta: there are "
        r"not $n$ "
        "equal terms left to add.",
        ENTRIES,
        frozenset(("contraction",)),
        in_rule=rules.sum_kept,
        plain=True,
    ),
    Misconception(
        "delta-trace-is-one",
        r"Σ δ_ii taken as 1",
        r"$\sum_i \delta_{ii}$ adds a 1 for every value of $i$, so it is $n$, the trace of the identity, "
        r"and not 1.",
        ENTRIES,
        frozenset(("contraction", "equal_indices")),
        in_rule=rules.delta_trace_is_one,
    ),
    Misconception(
        "trace-not-cycled",
        "Derivative of a trace not cycled",
        r"Before you read off the gradient, $\mathrm dX$ must stand at the end: "
        r"$\operatorname{tr}(A\,\mathrm dX\,B) = \operatorname{tr}(BA\,\mathrm dX)$, so the gradient is "
        r"$(BA)^\top = A^\top B^\top$. What stood before $\mathrm dX$ goes behind what stood after it.",
        TRACES,
        frozenset(("trace_index",)),
        in_form=forms.not_cycled,
    ),
    Misconception(
        "trace-kept",
        "A trace kept in the answer",
        "A gradient by a matrix has an entry for each entry of the matrix. A trace is a single number: it is "
        r"there to find the gradient, as $\mathrm df = \operatorname{tr}(G^\top\mathrm dX)$, and $G$ is "
        r"the answer.",
        TRACES,
        frozenset(("trace_index",)),
        in_form=forms.trace_kept,
    ),
    Misconception(
        "kron-swapped",
        "The factors of ⊗ swapped",
        r"$\operatorname{vec}(AXB) = (B^\top \otimes A)\operatorname{vec}(X)$: what stands to the right of "
        r"$X$ comes "
        r"first, transposed. $A \otimes B^\top$ has the same shape and other entries.",
        "vec taken too early: among 28 of 145 questions",
        in_form=forms.kron_swapped,
    ),
    Misconception(
        "kron-identity-lost",
        "The identity of ⊗ left out",
        r"A derivative by a matrix has an entry for each pair of entries: for $\|AX - B\|^2$ the Hessian is "
        r"$2\,I \otimes A^\top A$, with a block $A^\top A$ for each column of $X$, not $A^\top A$ alone.",
        HESSIANS,
        in_form=forms.kron_identity_lost,
    ),
    Misconception(
        "cross-term-lost",
        "Cross term of a Hessian on one side only",
        r"A Hessian is symmetric. If a term $A$ comes from differentiating one factor first, $A^\top$ "
        r"comes from "
        r"the other: the Hessian of $x^\top A x$ is $A + A^\top$.",
        HESSIANS,
        in_form=forms.cross_term_lost,
    ),
    Misconception(
        "inner-for-outer",
        "An inner product for an outer product",
        r"$x^\top x$ is a number, $x x^\top$ a matrix. Write the entries: $x_q x_r$ has two free indices, "
        r"so it is "
        r"entry $q,r$ of $x x^\top$.",
        "inner product where an outer product is needed: 4 of 145 questions",
        in_form=forms.inner_for_outer,
    ),
    Misconception(
        "mask-not-squared",
        "An elementwise factor not squared",
        r"The factor multiplies once in the function and once more by the chain rule: $M \circ M$, which "
        r"is $M$ "
        "only if all its entries are 0 or 1.",
        ELEMENTWISE,
        in_form=forms.square_of_mask_lost,
    ),
    Misconception(
        "elementwise-for-product",
        "A matrix product taken as elementwise",
        r"Look at the indices: $A_{ij}B_{jk}$ summed over $j$ is an entry of $AB$. Only $A_{ij}B_{ij}$, "
        r"with both "
        r"indices equal and nothing summed, is an entry of $A \circ B$.",
        ELEMENTWISE,
        in_form=forms.product_as_elementwise,
    ),
    Misconception(
        "product-for-elementwise",
        "An elementwise product taken as a matrix product",
        r"Look at the indices: $A_{ij}B_{ij}$ with nothing summed is an entry of $A \circ B$. A matrix "
        r"product $AB$ "
        r"sums over an inner index.",
        ELEMENTWISE,
        in_form=forms.elementwise_as_product,
    ),
    Misconception(
        "ones-for-identity",
        "Ones where a diagonal belongs",
        r"$\delta_{iq}$ is an entry of the identity, and $v_i\delta_{iq}$ one of $\operatorname{diag}(v)$: "
        r"everything "
        "off the diagonal is zero. You wrote a matrix whose entries are not.",
        ELEMENTWISE,
        in_form=forms.ones_for_identity,
    ),
    Misconception(
        "transposed-answer",
        "The whole answer transposed",
        r"The gradient has the shape of the variable: entry $q,r$ is $\partial f/\partial X_{qr}$. Yours "
        r"has it at "
        r"$r,q$. Where $X$ is square only the indices show it.",
        LAYOUT,
        in_form=forms.transposed_answer,
        in_entries=entries.wrong_delta,
    ),
    Misconception(
        "factors-commuted",
        "Factors commuted",
        "Matrix products keep their order. In index notation the factors may change places, since entries "
        "are "
        "numbers; their order in the matrix product is that in which neighbours share an index.",
        SCALAR_RULES,
        in_form=forms.factors_commuted,
    ),
    Misconception(
        "layouts-mixed",
        "Numerator and denominator layout mixed",
        "One term of the sum is written in one layout and the rest in the other. Choose one: here the "
        "gradient has the shape of "
        r"the variable, and a Jacobian has a row for each entry of the function.",
        LAYOUT,
        in_form=forms.layouts_mixed,
    ),
    Misconception(
        "scalar-factor-lost",
        "A scalar factor lost",
        "A number that multiplies the function multiplies its derivative, and so does the slope of an outer "
        "function of a scalar. Go through the scalar factors of the lines before and see which one is "
        "missing.",
        BOOKKEEPING,
        in_form=forms.scalar_factor_lost,
        in_entries=entries.scalar_lost,
    ),
    Misconception(
        "constant-lost",
        "A constant factor lost",
        "A constant factor stays in front of the derivative. Follow the number from line to line.",
        BOOKKEEPING,
        in_form=forms.number_lost,
        plain=True,
        in_entries=entries.number_lost,
    ),
    Misconception(
        "sign-lost",
        "A sign lost",
        "A sign is the wrong way round. Follow the minus from line to line: $Y - WX$ and $WX - Y$ differ "
        "by it.",
        "sign lost on the residual: 4 of 145 questions",
        in_form=forms.sign_lost,
        plain=True,
        in_entries=entries.sign_lost,
    ),
    Misconception(
        "counted-twice",
        "A factor 2 too many",
        "The 2 belongs to squares, and to a variable that stands in two equal places. Count how often the "
        "variable "
        "stands in the function: each place gives one term.",
        BOOKKEEPING,
        in_form=forms.counted_twice,
        plain=True,
        in_entries=entries.counted_twice,
    ),
)

MISCONCEPTION_NAMED: Mapping[str, Misconception] = MappingProxyType({m.name: m for m in MISCONCEPTIONS})
