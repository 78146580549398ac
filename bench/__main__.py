"""`make bench`: this project beside SymPy on the 38 cases, and how its cost grows; a process each."""

from __future__ import annotations

import json
import subprocess
import sys
from math import log
from statistics import median
from typing import Any

from bench.cases import cases

WORDS = """\
Milliseconds of processor time, the median of 5 runs after import; the programs run one after the other,
each in a process of its own. Every run starts with empty caches, but for the column `again`.
  plain    declarations read, expression parsed, every step derived and recorded, results; text of every line
  checked  the same, and every step and every result held against numbers at three points
  again    as `checked`, for a question answered before under other names of symbols: read, renamed, written
  SymPy    `diff` alone, its cache empty; the expression is built beforehand and the result is not written.
           `-` is an exception. Whether its answers are right is not looked at here.
`right` says that every line and result of ours agrees with numbers. No column writes TeX.
"""


def run(module: str) -> Any:
    """The JSON that a part prints."""
    done = subprocess.run([sys.executable, "-m", module], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def order_of_growth(times: list[float]) -> float:
    """p where the cost goes like k^p between k = 6 and k = 12."""
    return log(times[11] / times[5]) / log(2)


def main() -> None:
    """Run all parts and print the tables."""
    ours = {row["id"]: row for row in run("bench.ours")}
    theirs = {row["id"]: row.get("time") for row in run("bench.sympy_peer")}
    curves = run("bench.growth")
    print(WORDS)
    print(f"{'case':44} right  plain  checked  again    SymPy  SymPy/plain")
    for case in cases():
        row, other = ours[case["id"]], theirs[case["id"]]
        peer = "       -            -" if other is None else f"{other:8.2f}  {other / row['plain']:11.1f}"
        right = "yes" if row["right"] else "NO"
        print(
            f"{case['title'][:44]:44} {right:>5} {row['plain']:6.2f} {row['checked']:8.2f} "
            f"{row['again']:6.2f} {peer}"
        )
    both = [(t, ours[k]["plain"]) for k, t in theirs.items() if t is not None]
    for what in ("plain", "checked", "again"):
        times = [row[what] for row in ours.values()]
        print(f"{what:8} median {median(times):7.2f}   largest {max(times):7.2f}")
    sympy = [t for t, _ in both]
    print(f"{'SymPy':8} median {median(sympy):7.2f}   largest {max(sympy):7.2f}   ({len(both)} of 38 cases)")
    plain = median(row["plain"] for row in ours.values())
    print(f"SymPy's median over ours: {median(sympy) / plain:.1f}")
    print(f"case by case, the median of the ratios: {median(t / own for t, own in both):.1f}")
    print(f"right: {sum(row['right'] for row in ours.values())} of {len(ours)}")
    for name, what in (("product", "A1*X*A2*X*...*Ak*X"), ("composition", "sum(sin(A*sin(A*...x))), k deep")):
        times = [p["time"] for p in curves[name]]
        print(f"\n{what}: time grows like k^{order_of_growth(times):.1f} from k = 6 to 12")
        print("  k  " + "".join(f"{k:7}" for k in range(1, 13)))
        print("  ms " + "".join(f"{t:7.2f}" for t in times))
        print("  MB " + "".join(f"{p['memory']:7.2f}" for p in curves[name]))


if __name__ == "__main__":
    main()
