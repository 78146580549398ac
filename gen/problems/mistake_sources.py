"""Where mistakes have been counted: 145 public questions on matrix derivatives with askers' own answers."""

from __future__ import annotations

LAYOUT = "transpose and layout: 17 of 145 questions"
ELEMENTWISE = "elementwise product or diag confused with the matrix product: 14 of 145 questions"
BOOKKEEPING = "product and chain rule bookkeeping: 8 of 145 questions"
DIAGONALS = "the diagonal lost: among 14 of 145 questions"
SCALAR_RULES = "scalar rules on matrices: 7 of 145 questions"
TRACES = "trace pulled through, or kept: 11 of 145 questions"
CHAINS = "chain rule run as a product of matrices: 28 of 145 questions"
SYMMETRIC = "symmetric variable: 10 of 145 questions"
HESSIANS = "Hessians: 9 of 145 questions"
READING = "the definitions of free and dummy indices; not counted among the questions"
ENTRIES = "entrywise partials not assembled: 6 of 145 questions"
