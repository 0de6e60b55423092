"""Styles of WeasyPrint 70.0 worked out once for all elements of a kind: those that the same rules match, under parents
of one kind. The same values sooner.

WeasyPrint shares such styles itself, but not among elements with an id, which it makes a part of the style, nor of
pseudo-elements and pages. Knows styles and selectors; knows nothing of editions.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

from weasyprint import css
from weasyprint.css import ComputedStyle, StyleFor
from weasyprint.layout import page

_init = StyleFor.__init__
_set_page_type_computed_styles = page.set_page_type_computed_styles


def install() -> None:
    StyleFor.__init__ = style_by_kinds
    page.set_page_type_computed_styles = set_page_type_computed_styles


def uninstall() -> None:
    StyleFor.__init__ = _init
    page.set_page_type_computed_styles = _set_page_type_computed_styles


class Twin(ComputedStyle):  # type: ignore[misc]
    """The style of an element that has its id to itself and all else in common with its kind."""

    def __init__(self, kind: Any, anchor: str | None) -> None:
        self.__dict__ |= {**vars(kind), "kind": kind}
        self.__dict__.pop("anonymous_style", None)
        self["anchor"] = anchor

    def __missing__(self, key: str) -> Any:
        value = self[key] = self.kind[key]
        return value

    @property
    def anonymous_style(self) -> Any:
        return self.kind.anonymous_style


def kind_of(style: Any) -> Any:
    """The style that another is a twin of, or itself."""
    return style.kind if type(style) is Twin else style


class _Kind:
    """What elements of a kind share: the styles of the element (None) and of its pseudo-elements."""

    def __init__(self) -> None:
        self.styles: dict[str | None, Any] = {}


def style_by_kinds(
    self: Any, html: Any, sheets: Sequence[Any], presentational_hints: bool, font_config: Any, target_collector: Any
) -> None:
    """As the constructor of WeasyPrint's StyleFor."""
    self._cascaded_styles, self._computed_styles = {}, {}
    self.initial_page_sizes = {"box": None, "area": None}
    self._sheets, self.font_config = sheets, font_config
    anchors, hints = _own(html, presentational_hints)
    kinds: dict[tuple[Any, ...], _Kind] = {}
    kind_by_element: dict[Any, _Kind] = {}
    for wrapper in html.wrapper_element.iter_subtree():
        element = wrapper.etree_element
        parent = wrapper.parent.etree_element if wrapper.parent else None
        matched = [(sheet, rule) for sheet in sheets for rule in sheet[0].matcher.match(wrapper)]
        key = (id(kind_by_element.get(parent)), id(hints.get(element)), *(id(rule[-1]) for _, rule in matched))
        kind = kinds.get(key)
        if kind is None:
            kind = kinds[key] = _new_kind(self, element, parent, html, matched, hints.get(element, ()))
        kind_by_element[element] = kind
        _give(self, element, kind, anchors.get(element), target_collector)
    self._cascaded_styles.clear()


def _own(html: Any, presentational_hints: bool) -> tuple[dict[Any, str], dict[Any, list[Any]]]:
    """The ids of elements, and all else that elements say of their own style."""
    anchors: dict[Any, str] = {}
    hints: dict[Any, list[Any]] = {}
    for specificity, element, declarations, base_url in css.find_style_attributes(
        html.etree_element, presentational_hints, html.base_url
    ):
        for name, value, importance in css.preprocess_declarations(base_url, declarations):
            if name == "anchor":
                anchors[element] = value
            else:
                hints.setdefault(element, []).append((specificity, name, value, importance))
    return anchors, hints


def _new_kind(
    style_for: Any, element: Any, parent: Any, html: Any, matched: Sequence[Any], hints: Sequence[Any]
) -> _Kind:
    """The styles of the first element of a kind, by WeasyPrint's cascade."""
    cascaded: dict[str | None, dict[str, Any]] = {None: {}}
    for specificity, name, value, importance in hints:
        _take(cascaded[None], name, value, (css.declaration_precedence("author", importance), inf, specificity))
    for (sheet, origin, sheet_specificity), (specificity, _, pseudo, (declarations, layer)) in matched:
        order = inf if layer is None else sheet.layers.index(layer)
        rules = cascaded.setdefault(pseudo, {})
        for name, value, importance in declarations:
            precedence = css.declaration_precedence(origin, importance)
            _take(rules, name, value, (precedence, order, sheet_specificity or specificity))
    kind = _Kind()
    for pseudo, rules in cascaded.items():
        style_for._cascaded_styles[element, pseudo] = rules
        above = element if pseudo else parent
        style_for.set_computed_styles(element, above, html.etree_element, pseudo, html.base_url)
        kind.styles[pseudo] = style_for._computed_styles[element, pseudo]
    return kind


def _take(rules: dict[str, Any], name: str, value: Any, weight: tuple[Any, ...]) -> None:
    before = rules.get(name)
    if before is None or before[1] <= weight:
        rules[name] = value, weight


def _give(style_for: Any, element: Any, kind: _Kind, anchor: str | None, target_collector: Any) -> None:
    """An element gets the styles of its kind; a twin of each that may be changed for this element alone."""
    for pseudo, style in kind.styles.items():
        own = anchor if pseudo is None else None
        style_for._computed_styles[element, pseudo] = Twin(style, own) if own or pseudo else style
    if anchor and target_collector:
        target_collector.collect_anchor(anchor)


# --- pages

# Of each set of rules for a page, the styles of the page (None) and of its margins.
_pages: dict[tuple[Any, ...], dict[str | None, Any]] = {}


def forget() -> None:
    """To be called before each document, for rules are told apart by where they lie."""
    _pages.clear()


def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
    """As WeasyPrint's own; pages to which the same rules apply have the same styles, and so do their margins."""
    style_for.add_page_declarations(page_type)
    declared = {part: rules for (which, part), rules in style_for.get_cascaded_styles().items() if which == page_type}
    key = tuple((part, name, id(value)) for part, rules in declared.items() for name, (value, _) in rules.items())
    computed = style_for.get_computed_styles()
    if key in _pages:
        computed.update({(page_type, part): style for part, style in _pages[key].items()})
    else:
        _set_page_type_computed_styles(page_type, html, style_for)
        _pages[key] = {part: computed[page_type, part] for part in {None, *declared}}
