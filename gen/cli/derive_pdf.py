"""`derive --format pdf`: the same document, typeset."""

from __future__ import annotations

from gen.build.documents import needs_of
from gen.build.engine import choose
from gen.build.typeset import typeset
from gen.cli.confined import tell_unconfined
from gen.cli.dated import wanted_epoch
from gen.cli.printed import Printed, notation
from gen.derivation.result import Derivation
from gen.document.format import format_named
from gen.document.render import render
from gen.project.assemble import single


def made(derivations: tuple[Derivation, ...], how: Printed) -> bytes:
    """The notes of one problem. Raises BuildError when they cannot be typeset, InputError for no date."""
    epoch = wanted_epoch()
    document, chosen = single(derivations, notation(how, derivations), how.language), format_named("notes")
    tell_unconfined()
    engine = choose(needs_of(chosen, document))
    tex = render(document, chosen, engine.plain_name)
    return typeset(tex, engine, name="derivation", epoch=epoch).pdf
