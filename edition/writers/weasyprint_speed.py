"""What WeasyPrint 70.0 works out again for every run of text, worked out once for every style; the same results sooner.

Knows WeasyPrint's styles, boxes and text layouts; knows nothing of editions. `install` goes for the one version whose
inner life is known; `forget` must be called before each document, for styles are told apart by where they lie.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.layout import background, inline, page
from weasyprint.text import fonts, line_break
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p

from . import weasyprint_styles
from .weasyprint_known import IS_KNOWN
from .weasyprint_styles import kind_of

_setup = line_break.Layout.setup
_strut = line_break.strut
_resolve_percentages = inline.resolve_percentages
_avoid_collisions = inline.avoid_collisions
_is_in_normal_flow = boxes.Box.is_in_normal_flow
_layout_box_backgrounds = background.layout_box_backgrounds
_EDGES = (
    "margin_left", "margin_right", "margin_top", "margin_bottom", "padding_left", "padding_right", "padding_top",
    "padding_bottom", "width", "min_width", "max_width", "height", "min_height", "max_height",
)  # fmt: skip
_BORDERS = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")


def install() -> None:
    if IS_KNOWN:
        line_break.Layout.setup = setup
        inline.resolve_percentages = resolve_percentages
        inline.avoid_collisions = avoid_collisions
        page.resolve_percentages = resolve_margin_percentages
        boxes.Box.is_in_normal_flow = is_in_normal_flow
        inline.strut = strut
        inline.create_layout = spaced_layout
        background.layout_box_backgrounds = layout_box_backgrounds
        weasyprint_styles.install()


def uninstall() -> None:
    line_break.Layout.setup = _setup
    inline.resolve_percentages = page.resolve_percentages = _resolve_percentages
    inline.avoid_collisions = _avoid_collisions
    boxes.Box.is_in_normal_flow = _is_in_normal_flow
    inline.strut = _strut
    inline.create_layout = line_break.create_layout
    background.layout_box_backgrounds = _layout_box_backgrounds
    weasyprint_styles.uninstall()


# Of each kind of style, by its address, the style itself, so that the address stays its own, and what was worked out.
_Known = dict[int, tuple[Any, Any]]
_faces: _Known = {}
_lengths: _Known = {}
_struts: _Known = {}
_bare: _Known = {}
_margins: dict[tuple[int, Any], tuple[Any, dict[str, Any]]] = {}  # and of the block around


def forget() -> None:
    for known in (_faces, _lengths, _struts, _bare, _margins):
        known.clear()
    weasyprint_styles.forget()


def _of_kind(known: _Known, style: Any, worked_out: Callable[[Any], Any]) -> Any:
    kind = kind_of(style)
    found = known.get(id(kind))
    if found is None:
        found = known[id(kind)] = kind, worked_out(style)
    return found[1]


# --- text


class Face(Struct, frozen=True):
    """What Pango is told of a style: the same objects serve every run of text set in it."""

    language: Any
    context: Any
    description: Any
    features: bytes  # of OpenType, as Pango writes them; empty: none asked for


def setup(layout: Any, style: Any) -> None:
    """As WeasyPrint's own, but for what a style alone decides."""
    face = _of_kind(_faces, style, _face)
    if face is None:
        _setup(layout, style)
        return
    layout.style, layout.first_line_direction, layout.language = style, 0, face.language
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    layout.layout = ffi.gc(pango.pango_layout_new(face.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, face.description)
    if face.features:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        pango.pango_attr_list_insert(attributes, pango.pango_attr_font_features_new(face.features))
        pango.pango_layout_set_attributes(layout.layout, attributes)


def _face(style: Any) -> Face | None:
    """None where text has lines of its own, under it or through it."""
    if style["text_decoration_line"] != "none":
        return None
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, line_break.PANGO_DIRECTION[style["direction"]])
    language = pango.pango_language_get_default()
    if name := _language(style):
        pointer, _keep = unicode_to_char_p(name)
        language = pango.pango_language_from_string(pointer)
        pango.pango_context_set_language(context, language)
    return Face(language, context, fonts.get_font_description(style), _features(style))


def _language(style: Any) -> str:
    override = style["font_language_override"]
    if override == "normal":
        return str(style["lang"] or "")
    return str(line_break.LST_TO_ISO.get(override.lower(), override))


_FEATURES = (
    "kerning",
    "variant_ligatures",
    "variant_position",
    "variant_caps",
    "variant_numeric",
    "variant_alternates",
)


def _features(style: Any) -> bytes:
    names = (*_FEATURES, "variant_east_asian", "feature_settings")
    found = fonts.font_features(*(style[f"font_{name}"] for name in names))
    return ",".join(f"{key} {value}" for key, value in found.items()).encode()


def spaced_layout(text: str, style: Any, _context: Any, max_width: None, justification_spacing: float) -> Any:
    """A text whose spaces are made wider. WeasyPrint shapes it here, though its width is known, and to draw it."""
    made = line_break.Layout.__new__(line_break.Layout)
    made.text, made.max_width, made.justification_spacing = text, max_width, justification_spacing
    made.style, made.language, made.layout, made.first_line_direction = style, None, None, 0
    made.ascent = made.underline_position = made.strikethrough_position = None
    return made


# --- lengths


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """As WeasyPrint's own; where a style's lengths are none of them parts of something else, as they were last time."""
    if type(box) not in (boxes.TextBox, boxes.InlineBox, boxes.LineBox):
        _resolve_percentages(box, containing_block)
        return
    lengths = _of_kind(_lengths, box.style, _fixed)
    if lengths is None:
        _resolve_percentages(box, containing_block)
    else:
        vars(box).update(lengths)


def resolve_margin_percentages(box: Any, containing_block: Any) -> None:
    """As WeasyPrint's own; the boxes in the margins of pages are as those of the pages before."""
    if type(box) is not boxes.MarginBox:
        _resolve_percentages(box, containing_block)
        return
    key = id(box.style), containing_block
    if key not in _margins:
        _resolve_percentages(box, containing_block)
        _margins[key] = box.style, {name: vars(box)[name] for name in (*_EDGES, *_BORDERS)}
    vars(box).update(_margins[key][1])


def _fixed(style: Any) -> dict[str, Any] | None:
    """The used values of a box with this style, if they are the same in every containing block."""
    if style["border_collapse"] == "collapse" or style["box_sizing"] != "content-box":
        return None
    found = {name: style[name] for name in _BORDERS}
    for name in _EDGES:
        value = style[name]
        if value == "auto" or value is None:
            found[name] = 0 if name in ("min_width", "min_height") else value
        elif getattr(value, "unit", None) == "px":
            found[name] = value.value
        else:
            return None
    return found


def strut(style: Any) -> Any:
    """As WeasyPrint's own, which spells out all that a font is chosen by for every line."""
    return _of_kind(_struts, style, _strut)


# --- places


def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> tuple[float, float, float]:
    """As WeasyPrint's own; where nothing floats, a line begins where its block does."""
    is_alone = outer and not context.excluded_shapes and type(box) is boxes.LineBox
    if is_alone and containing_block.style["direction"] == "ltr":
        return containing_block.content_box_x(), box.position_y, containing_block.width
    found: tuple[float, float, float] = _avoid_collisions(context, box, containing_block, outer)
    return found


def is_in_normal_flow(box: Any) -> bool:
    """As WeasyPrint's own; most boxes neither float nor are placed."""
    style = box.style
    return (style["float"] == "none" and style["position"] == "static") or bool(_is_in_normal_flow(box))


# --- backgrounds

_CORNERS = dict.fromkeys((f"border_{a}_{b}_radius" for a in ("top", "bottom") for b in ("left", "right")), (0, 0))


def layout_box_backgrounds(
    page_box: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None
) -> None:
    """As WeasyPrint's own; most boxes have no background, nor round corners."""
    if (
        style is not None
        or box is page_box
        or not isinstance(box, boxes.Box)
        or not _of_kind(_bare, box.style, _is_bare)
    ):
        _layout_box_backgrounds(page_box, box, get_image, layout_children, style)
        return
    vars(box).update(_CORNERS, background=None)
    if layout_children:
        for child in box.all_children():
            layout_box_backgrounds(page_box, child, get_image)


def _is_bare(style: Any) -> bool:
    """Whether boxes of a style have no background, nor round corners."""
    return (
        all((0, "px") in style[name] for name in _CORNERS)
        and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
        and style["visibility"] != "hidden"
        and get_color(style, "background_color").alpha == 0
        and all(kind != "url" and not value for kind, value in style["background_image"])
        and not style["box_shadow"]
    )
