"""What of a page is its text: the main block is chosen, and navigation, banners, forms, licences are left out,
and told.

Knows plain trees, and how web pages are made; must not know TEI.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from ..problems import did_you_mean
from ..xml import Element
from .html_drops import Drop
from .html_gutenberg import boilerplate
from .html_names import (
    SILENT,
    WORKING,
    classes,
    count,
    counted,
    is_selector,
    matches,
    shown,
    text_of,
    types,
)
from .html_source import Page
from .html_style import declarations

_ROLES = {
    "navigation": "navigation",
    "banner": "the banner of the site",
    "contentinfo": "the foot of the site",
    "search": "a form",
    "complementary": "a side column",
    "dialog": "a dialogue",
    "alertdialog": "a dialogue",
    "menu": "navigation",
    "menubar": "navigation",
    "toolbar": "navigation",
    "toc": "a table of contents",
    "landmarks": "navigation",
    "page-list": "a list of pages",
    "pagelist": "a list of pages",
    "loi": "a list of pictures",
    "lot": "a list of tables",
}
_NAVS = {"toc": "a table of contents", "index": "an index", "page-list": "a list of pages"}
# Words of class names and ids on web pages, not in books.
_TOKENS = {
    "navigation": "nav navbar navigation navbox menu breadcrumb breadcrumbs pagination pager toc tabs skip skiplink "
    "skiplinks "
    "jumptonav jumplinks editsection catlinks linkback",
    "a notice about cookies": "cookie cookies consent gdpr cookiebanner",
    "a side column": "sidebar widget widgets",
    "the foot of the site": "footer masthead printfooter copyright-footer updat lastmod last-updated last-modified",
    "links to share or to follow": "share sharing sharedaddy social addtoany newsletter subscribe",
    "comments of readers": "comments respond commentlist disqus",
    "other texts of the site": "related recommended promo",
    "an advertisement": "advert advertisement ads adsbygoogle sponsored",
    "not for print": "noprint",
    "a dialogue": "popup modal overlay",
}
_BY_TOKEN = {token: what for what, listed in _TOKENS.items() for token in listed.split()}
_OURS = "made by Edition when it wrote this file"
_MANY = 4
_MENU_TAGS = ("ul", "ol", "div", "p", "table", "td", "section", "aside", "center", "header", "footer", "dl")
_SAYING = {"nav", "footer", *WORKING}
_HEADER_TAGS = ("header", "footer", "aside")


def body_of(page: Page) -> Element:
    found = page.root.find("body")
    return page.root if found is None else found


def choose(page: Page, selector: str, drop: Iterable[str], targets: Collection[Element]) -> list[Drop]:
    """What is left out of a web page. `targets` are notes, which stay wherever they are."""
    body = body_of(page)
    found = [*boilerplate(body), *wanted(page, drop), *_remarks(body)]
    roots = _selected(page, selector) if selector else []
    furniture = list(_furniture(body, _held(targets), not selector, {d.element for d in found if not d.part}))
    if not selector:
        left = {d.element for d in (*found, *furniture) if not d.part}
        roots = _main(body, left)
        if not roots:
            furniture += _menus(body, left, _held(targets))
    if roots:
        page.say(*_told_main(roots, bool(selector)))
        found += _outside(body, set(roots), "not in the main text")
    return outermost([*furniture, *found])


def of_document(page: Page, selector: str, drop: Iterable[str], targets: Collection[Element]) -> list[Drop]:
    """What is left out of a document of an e-book: lists of contents and pages, forms, what is hidden."""
    body = body_of(page)
    found = [*boilerplate(body), *wanted(page, drop), *_furniture(body, _held(targets), False, set())]
    if selector and (roots := _matching(body, selector)):
        found += _outside(body, set(roots), "not in the main text")
    return outermost(found)


def in_note(body: Element) -> list[Drop]:
    """What is left out of a note."""
    return outermost(list(_furniture(body, Counter(), False, set())))


def tell(page: Page, drops: Iterable[Drop]) -> None:
    """Say what each was, where, and how many words; of many alike at once."""
    kinds: dict[str, list[Drop]] = {}
    for drop in drops:
        if drop.words():
            kinds.setdefault(drop.what, []).append(drop)
    hint = "to steer this, give main: or drop: under read: in edition.yaml"
    for what, alike in kinds.items():
        for group in [alike] if len(alike) > _MANY or what == _OURS else [[drop] for drop in alike]:
            number = counted(sum(drop.words() for drop in group), "word")
            places = f" in {len(group)} places" if len(group) > 1 else ""
            text = f"left out: {what}, {number}{places}: {shown(group[0].text())}"
            page.say("html-dropped", group[0].element, text, hint)


def outermost(drops: list[Drop]) -> list[Drop]:
    """Drops without those that lie within others or are the same."""
    whole = {drop.element for drop in drops if not drop.part}
    seen: set[tuple[Element, str]] = set()
    found = []
    for drop in drops:
        within = any(above in whole for above in drop.element.iterancestors())
        if within or (drop.part == "text" and drop.element in whole) or (drop.element, drop.part) in seen:
            continue
        seen.add((drop.element, drop.part))
        found.append(drop)
    return found


def _held(targets: Collection[Element]) -> Counter[Element]:
    """How many notes an element is or holds."""
    held: Counter[Element] = Counter()
    for target in targets:
        held.update([target, *target.iterancestors()])
    return held


# --- selectors


def _matching(body: Element, selector: str) -> list[Element]:
    """The outermost elements that a selector means."""
    found: list[Element] = []
    for element in body.iter():
        if matches(element, selector) and not any(above in found for above in element.iterancestors()):
            found.append(element)
    return found


def _selected(page: Page, selector: str) -> list[Element]:
    found = _matching(body_of(page), selector) if is_selector(selector) else []
    if not found:
        page.say("html-selector", None, *missing([page], "main", selector))
    return found


def missing(pages: Iterable[Page], key: str, selector: str) -> tuple[str, str]:
    """What to say of a selector that fits nothing."""
    if not is_selector(selector):
        return (
            f"{key}: “{selector}” is no selector",
            "write the name of an element, #id, .class, or these together: div.text",
        )
    known = {mark for page in pages for element in page.root.iter() for mark in _marks(element)}
    return f"{key}: “{selector}” fits nothing in the file", did_you_mean(selector, known, "look into the file's source")


def _marks(element: Element) -> Iterator[str]:
    yield str(element.tag)
    if element.get("id"):
        yield f"#{element.get('id')}"
    for token in (element.get("class") or "").split():
        yield f".{token}"


def wanted(page: Page, drop: Iterable[str]) -> list[Drop]:
    """What edition.yaml wants left out."""
    chosen = [selector for selector in drop if is_selector(selector)]
    return [Drop(e, f"{s}, as edition.yaml wants") for s in chosen for e in _matching(body_of(page), s)]


# --- web pages


def _remarks(body: Element) -> Iterator[Drop]:
    """Comments of readers of a Google document, and the letters that refer to them."""
    for link in body.iter("a"):
        match = re.match(r"#(cmnt_ref|cmnt)\d", link.get("href") or "")
        if match is None:
            continue
        element = link
        while (parent := element.getparent()) is not None and text_of(parent) == text_of(element):
            element = parent
        if match[1] == "cmnt_ref" and parent is not None and parent is not body:
            above = parent.getparent()
            element = above if above is not None and above.tag == "div" and above is not body else parent
        yield Drop(element, "a comment on the document")


def _furniture(body: Element, held: Counter[Element], is_web: bool, left: set[Element]) -> Iterator[Drop]:
    """What is no text by its name, role or class."""
    limit = cache(lambda: count([body]) // 2)
    waiting = [body]
    while waiting:
        element = waiting.pop()
        for kid in reversed(element):
            if kid in left or kid.tag in SILENT:
                continue
            what = "" if held[kid] else _what(kid, is_web)
            if what and (kid.tag in WORKING or not is_web or count([kid]) <= limit()):
                yield Drop(kid, what)
            else:
                waiting.append(kid)


def _what(element: Element, is_web: bool) -> str:
    """What an element is that is no text; "" if it is text, as far as it says."""
    if not element.attrib and element.tag not in _SAYING:
        return ""
    if element.tag == "nav":
        return next((what for kind, what in _NAVS.items() if kind in types(element)), "navigation")
    if element.get("data-made") is not None and element.tag != "a":
        return _OURS
    if element.tag in WORKING:
        return "a form, or something that plays or runs"
    if element.get("hidden") is not None or declarations(element.get("style") or "").get("display") == "none":
        return "hidden on the page"
    role = next((_ROLES[kind] for kind in sorted(types(element)) if kind in _ROLES), "")
    if role or not is_web or element.tag in ("body", "main", "article"):
        return role
    own = classes(element)
    named = next((_BY_TOKEN[part] for part in _parts(own, element.get("id")) if part in _BY_TOKEN), "")
    if named and not any(element.iter("h1")):
        return named
    if element.tag == "footer" and not any(above.tag == "blockquote" for above in element.iterancestors()):
        return "the foot of the page"
    return ""


def _parts(own: Iterable[str], name: str | None) -> Iterator[str]:
    """What class names and an id may be known by: the whole, and of classes the words they are made of."""
    if name:
        yield name.lower()
    for token in sorted(own):
        yield token
        yield from re.split("[-_]+", token)


def _main(body: Element, left: set[Element]) -> list[Element]:
    """The main text as the page marks it: <main>, role=main, or articles that hold most of it."""
    mains = [e for e in body.iter() if e.tag == "main" or "main" in types(e)]
    mains = [e for e in mains if text_of(e) and not any(above in mains or above in left for above in e.iterancestors())]
    if mains:
        return mains
    articles = [e for e in body.iter("article") if e not in left]
    articles = [e for e in articles if not any(above in articles or above in left for above in e.iterancestors())]
    return articles if articles and 2 * count(articles) >= count([body]) - count(left) else []


def _menus(body: Element, left: set[Element], held: Counter[Element]) -> Iterator[Drop]:
    """On a page without marked main text: blocks made of links to other pages."""
    limit = cache(lambda: count([body]) * 2 // 5)
    waiting = [body]
    while waiting:
        element = waiting.pop()
        for kid in reversed(element):
            if kid in left or held[kid]:
                continue
            if kid.tag in _MENU_TAGS and _is_menu(kid) and count([kid]) <= limit():
                yield Drop(kid, "links to other pages")
            else:
                waiting.append(kid)


def _is_menu(element: Element) -> bool:
    links = [a for a in element.iter("a") if a.get("href") and not a.get("href", "").startswith("#")]
    if len(links) < 3:
        return False
    linked, total = count(links), count([element])
    return total > 0 and linked * 10 >= total * 7 and linked <= 6 * len(links)


def _outside(body: Element, roots: set[Element], why: str) -> list[Drop]:
    """Everything in the body that is not in one of some elements."""
    on_the_way = {above for root in roots for above in root.iterancestors()}
    found: list[Drop] = []
    waiting = [body]
    while waiting:
        element = waiting.pop()
        if element in roots:
            continue
        found.append(Drop(element, why, "text"))
        for kid in element:
            if kid in on_the_way or kid in roots:
                waiting.append(kid)
            elif kid.tag not in SILENT:
                found.append(Drop(kid, why))
            found.append(Drop(kid, why, "tail"))
    return found


def _told_main(roots: list[Element], asked: bool) -> tuple[str, Element, str, str]:
    name = _name(roots[0]) + (f" and {len(roots) - 1} more" if len(roots) > 1 else "")
    why = "as edition.yaml wants" if asked else "as the page marks it"
    text = f"the main text is {name}, {why}: {counted(count(roots), 'word')}"
    return "html-main", roots[0], text, "" if asked else "if it is another, give main: under read: in edition.yaml"


def _name(element: Element) -> str:
    return f"<{element.tag!s}" + (f' id="{element.get("id")}"' if element.get("id") else "") + ">"
