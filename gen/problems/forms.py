"""Every form of a problem, in one tuple."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gen.problems.choice_form import CHOICE
from gen.problems.fade_form import FADE
from gen.problems.find_error_form import FIND_ERROR
from gen.problems.form import Form
from gen.problems.open_form import OPEN
from gen.problems.order_form import ORDER

FORMS_OF: tuple[Form, ...] = (OPEN, CHOICE, FADE, FIND_ERROR, ORDER)

FORM_NAMED: Mapping[str, Form] = MappingProxyType({form.name: form for form in FORMS_OF})
