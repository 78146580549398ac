"""`make bench`: this project beside others on the 38 cases, and how its cost grows; a process each."""

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
  tensorgrad  the derivative resolved and simplified, likewise; measured where that package is installed
           `-` is an exception. Whether the answers of others are right is not looked at here.
`right` says that every line and result of ours agrees with numbers. No column writes TeX.
"""


def run(module: str) -> Any:
    """The JSON that a part prints."""
    done = subprocess.run([sys.executable, "-m", module], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def order_of_growth(times: list[float]) -> float:
    """p where the cost goes like k^p between k = 6 and k = 12."""
    return log(times[11] / times[5]) / log(2)


def peers() -> dict[str, dict[str, float | None]]:
    """Milliseconds a case, by program; None is an exception, and no row a program that is not there."""
    modules = {"SymPy": "bench.sympy_peer", "tensorgrad": "bench.tensorgrad_peer"}
    return {name: {row["id"]: row.get("time") for row in run(module)} for name, module in modules.items()}


def peer_cells(time: float | None, plain: float) -> str:
    """A peer's time, and how often ours goes into it."""
    return f"{'-':>12}{'-':>7}" if time is None else f"{time:12.2f}{time / plain:7.1f}"


def show_cases(ours: dict[str, Any], others: dict[str, dict[str, float | None]]) -> None:
    """A row a case."""
    others = {name: times for name, times in others.items() if times}
    heads = "".join(f"{name:>12}{'ratio':>7}" for name in others)
    print(f"{'case':44} right  plain  checked  again{heads}")
    for case in cases():
        row = ours[case["id"]]
        right = "yes" if row["right"] else "NO"
        cells = "".join(peer_cells(times.get(case["id"]), row["plain"]) for times in others.values())
        print(
            f"{case['title'][:44]:44} {right:>5} {row['plain']:6.2f} {row['checked']:8.2f} "
            f"{row['again']:6.2f}{cells}"
        )


def show_medians(ours: dict[str, Any], others: dict[str, dict[str, float | None]]) -> None:
    """The medians of every program, and of the ratios."""
    for what in ("plain", "checked", "again"):
        times = [row[what] for row in ours.values()]
        print(f"{what:11} median {median(times):7.2f}   largest {max(times):7.2f}")
    plain = median(row["plain"] for row in ours.values())
    for name, found in others.items():
        both = [(t, ours[k]["plain"]) for k, t in found.items() if t is not None]
        if not both:
            print(f"{name:11} is not installed")
            continue
        times = [t for t, _ in both]
        print(
            f"{name:11} median {median(times):7.2f}   largest {max(times):7.2f}   "
            f"({len(both)} of {len(ours)} cases)"
        )
        print(f"{name}'s median over ours: {median(times) / plain:.1f}")
        print(f"case by case, the median of the ratios: {median(t / own for t, own in both):.1f}")
    print(f"right: {sum(row['right'] for row in ours.values())} of {len(ours)}")


def show_growth(curves: dict[str, list[dict[str, float]]]) -> None:
    """Time and memory by the size of the expression."""
    for name, what in (("product", "A1*X*A2*X*...*Ak*X"), ("composition", "sum(sin(A*sin(A*...x))), k deep")):
        times = [p["time"] for p in curves[name]]
        print(f"\n{what}: time grows like k^{order_of_growth(times):.1f} from k = 6 to 12")
        print("  k  " + "".join(f"{k:7}" for k in range(1, 13)))
        print("  ms " + "".join(f"{t:7.2f}" for t in times))
        print("  MB " + "".join(f"{p['memory']:7.2f}" for p in curves[name]))


def main() -> None:
    """Run all parts and print the tables."""
    ours = {row["id"]: row for row in run("bench.ours")}
    others = peers()
    curves = run("bench.growth")
    print(WORDS)
    show_cases(ours, others)
    show_medians(ours, others)
    show_growth(curves)
    print(flush=True)
    subprocess.run([sys.executable, "-m", "bench.sheets"], check=True)
    print(flush=True)
    subprocess.run([sys.executable, "-m", "bench.notes"], check=True)
    subprocess.run([sys.executable, "-m", "bench.class_build"], check=True)


if __name__ == "__main__":
    main()
