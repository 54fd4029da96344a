"""The language of templates: Jinja with variables, conditions, loops and filters, and nothing else.

A template is given no object of the program, calls nothing but `range`, and reads no file. Whatever it prints is
escaped for what it writes, Markdown, HTML or plain text, and there is no way round that: what captures what was
printed, such as macros, is not in the language. How long it takes and how much memory, whoever calls must bound.
"""

import re
import traceback
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from html import escape
from types import MappingProxyType
from typing import Any

import msgspec
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range

from facilitator.documents.escape import block, inline, link
from facilitator.documents.page.html import line_html
from facilitator.documents.page.read import read_line
from facilitator.documents.templates.harmless import harm_in_html, harm_in_markdown
from facilitator.model.text import clean, one_line, paragraphs

LONGEST = 20_000_000
"""The longest document that a template may make, in characters."""

FILTERS = (
    "abs", "batch", "capitalize", "count", "default", "dictsort", "first", "float", "groupby", "indent", "int",
    "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace",
    "reverse", "round", "select", "selectattr", "slice", "sort", "string", "sum", "title", "trim", "truncate", "unique",
    "upper", "urlencode", "wordcount", "wordwrap",
)  # fmt: skip
"""The filters of Jinja that are in the language; `paragraphs` and `link` are ours."""

_NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.With, nodes.Assign, nodes.Name,
    nodes.Const, nodes.Tuple, nodes.List, nodes.Dict, nodes.Pair, nodes.Keyword, nodes.CondExpr, nodes.Filter,
    nodes.Test, nodes.Call, nodes.Getitem, nodes.Getattr, nodes.Slice, nodes.Concat, nodes.Compare, nodes.Operand,
    nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Add, nodes.Sub, nodes.Mod, nodes.And, nodes.Or, nodes.Not, nodes.Neg,
    nodes.Pos,
)  # fmt: skip
_SAID = {
    nodes.Macro: "macros", nodes.CallBlock: "macros", nodes.FilterBlock: "filter blocks", nodes.Block: "blocks",
    nodes.AssignBlock: "blocks of set", nodes.Include: "other files", nodes.Import: "other files",
    nodes.FromImport: "other files", nodes.Extends: "other files", nodes.Pow: "powers",
    nodes.Scope: "autoescape blocks", nodes.NSRef: "namespaces",
}  # fmt: skip
_OF_LOOPS = {
    "index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "previtem", "nextitem", "cycle",
}  # fmt: skip
_FILE = "<template>"
_FAILED = (TemplateError, ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
_LONGEST_REASON = 300
_NO_VARIABLE = re.compile(r"there is no variable '(.*)'")


class Wrong(msgspec.Struct, frozen=True):
    """What is wrong with a template: the line, counted from 1, or 0 when it is none in particular, and the reason."""

    line: int
    reason: str


class Target(msgspec.Struct, frozen=True):
    """What a template writes: how text is escaped there, paragraphs and links are written, and what would do harm."""

    text: Callable[[str], str]
    paragraphs: Callable[[str], str]
    link: Callable[[str], str]
    harm: Callable[[str], str]


class _Ready(str):
    """Text that is written for its target already. Whatever is made from it is plain text again."""

    __slots__ = ()


def _html_paragraphs(text: str) -> str:
    parts = [part for part in paragraphs(text).split("\n\n") if part.strip()]
    return "\n".join(f"<p>{escape(part).replace(chr(10), '<br />')}</p>" for part in parts)


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "markdown": Target(inline, block, link, harm_in_markdown),
        "html": Target(
            lambda text: escape(clean(text)),
            _html_paragraphs,
            lambda url: line_html(read_line(link(url))),
            harm_in_html,
        ),
        "text": Target(clean, paragraphs, one_line, lambda _text: ""),
    }
)
"""What templates can write, by name."""


def render_template(source: str, target: str, values: Mapping[str, Any]) -> str | Wrong:
    """Return what a template makes of values, one of TARGETS, ending in one newline; or what is wrong with it."""
    environment = _Environment(TARGETS[target])
    try:
        refused = _refused(environment.parse(source))
        if refused is not None:
            return refused
        made = clean(environment.from_string(source).render(values))
    except TemplateSyntaxError as error:
        return Wrong(error.lineno, _told(error))
    except SecurityError as error:
        return Wrong(_line(error), "templates call nothing here but range() and loop.cycle()")
    except UndefinedError as error:
        return Wrong(_line(error), f"{_told(error)}{_nearest(str(error), values)}")
    except (RecursionError, SyntaxError):  # Python bounds how deep what is made of a template may be nested
        return Wrong(0, "its blocks or its brackets are nested too deeply")
    except _FAILED as error:
        return Wrong(_line(error), _told(error))
    if len(made) > LONGEST:
        return Wrong(0, f"it makes a document of more than {LONGEST:,} characters")
    if harm := TARGETS[target].harm(made):
        return Wrong(0, f"{harm} would be in the document; templates make nothing that runs")
    return made.strip("\n") + "\n"


def _refused(tree: nodes.Template) -> Wrong | None:
    """Return the first thing in a template that is not in the language."""
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.For) and node.recursive:
            return Wrong(node.lineno or 0, "there are no recursive loops in templates here")
        if not isinstance(node, _NODES):
            said = _SAID.get(type(node), type(node).__name__)
            return Wrong(node.lineno or 0, f"there are no {said} in templates here")
    return None


def _nearest(message: str, values: Mapping[str, Any]) -> str:
    """Return advice about a variable that is not there: the nearest one, or where to find them."""
    named = _NO_VARIABLE.fullmatch(message)
    if named is None:
        return ""
    near = get_close_matches(named[1], values, 1)
    return f"; did you mean {near[0]!r}?" if near else "; facilitator templates --variables lists them"


def _told(error: Exception) -> str:
    """Return what an error says, in bounds: names in a template may be as long as it is."""
    said = str(error) or "this is not possible here"
    return said if len(said) <= _LONGEST_REASON else f"{said[:_LONGEST_REASON]}…"


def _line(error: BaseException) -> int:
    """Return the line of the template in which an error came up."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == _FILE]
    return (lines[-1] or 0) if lines else 0


class _Unknown(StrictUndefined):
    """A name that is not there: an error wherever it is used, which names the nearest one."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        return f"there is no variable {self._undefined_name!r}"


class _Environment(ImmutableSandboxedEnvironment):
    """The language: what can be looked up and called, and how what is printed is escaped."""

    def __init__(self, target: Target) -> None:
        super().__init__(
            undefined=_Unknown, finalize=self._printed, autoescape=False, trim_blocks=True, lstrip_blocks=True
        )
        self._target = target
        self.globals = {"range": safe_range}
        self.filters = {name: each for name, each in self.filters.items() if name in FILTERS}
        self.filters["paragraphs"] = lambda text: _Ready(target.paragraphs(str(text)))
        self.filters["link"] = lambda url: _Ready(target.link(str(url)))

    def _printed(self, value: Any) -> str:
        if isinstance(value, _Ready):
            return value
        if value is None or isinstance(value, Undefined):
            return "" if value is None else str(value)  # a name that is not there raises; a missing "else" is nothing
        if isinstance(value, str | int | float):
            return self._target.text(str(value))
        raise TypeError("this is a list or holds several values; print them one by one, or with join(', ')")

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Look up a key of a mapping, or a place in a list or a text; nothing else has any."""
        if isinstance(obj, dict | list | tuple | str) and not (isinstance(obj, str) and isinstance(argument, str)):
            try:
                return obj[argument]
            except (LookupError, TypeError):
                return self._unknown(obj, argument)
        return self._unknown(obj, argument)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look up a key of a mapping, or what is known about a loop; no attribute of anything else."""
        if isinstance(obj, LoopContext):
            return getattr(obj, attribute) if attribute in _OF_LOOPS else self._unknown(obj, attribute)
        return self.getitem(obj, attribute)

    def is_safe_callable(self, obj: Any) -> bool:
        """Allow `range` and `loop.cycle`."""
        return obj is safe_range or getattr(obj, "__func__", None) is LoopContext.cycle

    def _unknown(self, obj: Any, name: object) -> Any:
        if isinstance(obj, StrictUndefined):
            return obj
        known = [each for each in obj if isinstance(each, str)] if isinstance(obj, dict) else []
        near = get_close_matches(str(name), known, 1)
        advice = f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(known)}" if known else ""
        return self.undefined(f"there is no {name!r} here{advice}")
