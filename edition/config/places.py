"""Where the complaints about a YAML file belong: from the paths of pydantic's errors to lines and columns.

Owns Loaded and what is said of a key or value of the wrong kind. Knows pydantic, but no model of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Generic, Literal, TypeVar, Union, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel, TypeAdapter, ValidationError

from .. import yamlmarks
from ..problems import Place, Problem, did_you_mean
from ..yamlmarks import Node
from .fields import quoted

T = TypeVar("T")
Step = str | int
Path = tuple[Step, ...]

# Values of DESIGN that have no room yet, by the last key of their path.
_WRONG_KIND = {
    "string_type": ("must be text", "write one text, in quotes if it holds “: ” or begins with a bracket"),
    "tuple_type": ("must be a list", "write [one, two], or one entry a line, each after a hyphen"),
    "dict_type": ("must be a mapping", "write a key, a colon and a value on each line"),
    "model_type": ("must be a mapping", "write a key, a colon and a value on each line"),
}
# Words that YAML 1.1 reads as something other than text unless they are quoted (yaml.org/type: bool, null).
_NOT_TEXT = {
    **dict.fromkeys(("yes", "on", "true"), "true"), **dict.fromkeys(("no", "off", "false"), "false"),
    **dict.fromkeys(("null", "~"), "nothing"),
}  # fmt: skip


class Complaint(Struct, frozen=True):
    """What is wrong at a path of the file; with `at_key`, with the key itself."""

    path: Path
    code: str
    text: str
    hint: str = ""
    at_key: bool = False


class Loaded(Struct, Generic[T], frozen=True):
    """A YAML file as a model, with all problems of the file, and the place of everything in it.

    `value` is None where an error makes it useless; other values with errors are left out of it, so that what
    follows can be checked too.
    """

    value: T | None
    problems: list[Problem]
    file: str
    root: Node | None = None

    def where(self, *path: Step) -> Place:
        """The place of the value at `path`; of the nearest value around it where there is none."""
        node = _nearest(self.root, path)[0]
        return node.place if node else Place(self.file, 1, 1)

    def where_key(self, *path: Step) -> Place:
        """The place of the key at `path`; of the value, for an entry of a list."""
        node, depth = _nearest(self.root, path)
        return (node.key if depth == len(path) and node and node.key else None) or self.where(*path)


def load(
    kind: Any,
    data: bytes,
    file: str,
    faults: Callable[[Any], Iterable[Complaint]] = lambda raw: (),
    bare_word: Callable[[Path], str] = lambda path: "",
) -> Loaded[Any]:
    """A YAML file as a value of the type `kind`.

    `faults` finds what no single value shows, in the plain data of the file; `bare_word` gives the hint for a
    word that YAML takes for a truth value, where the usual hint would not do.
    """
    root, problems = yamlmarks.load(data, file)
    if root is None:
        return Loaded(None, problems, file)
    if root.value == "" and root.plain:
        root = Node([] if get_origin(kind) is tuple else {}, root.place)
    raw = plain(root)
    adapter = TypeAdapter(kind)
    value, errors = _validated(adapter, raw)
    found = [*_bare_words(root, kind, bare_word), *(complaint(kind, error, raw) for error in errors), *faults(raw)]
    told = Loaded(value, [], file, root)
    problems = _in_order(problems, found, told)
    if found:
        root = without(root, [_existing(root, c.path) for c in found if c.code != "config-missing"])
        value = _validated(adapter, plain(root))[0]
    return Loaded(value, problems, file, root)


def _validated(adapter: TypeAdapter[T], raw: Any) -> tuple[T | None, list[Any]]:
    try:
        return adapter.validate_python(raw), []
    except ValidationError as error:
        return None, list(error.errors(include_url=False))


def _in_order(said: list[Problem], found: list[Complaint], loaded: Loaded[Any]) -> list[Problem]:
    """All problems by place; one value is complained of once, keys that are missing each by themselves."""
    taken = {problem.place for problem in said}
    first: dict[tuple[Place, bool, Path], Problem] = {}
    for c in found:
        if c.code == "config-missing":
            place, mark = loaded.where(*c.path[:-1]), c.path
        else:
            place, mark = (loaded.where_key if c.at_key else loaded.where)(*c.path), ()
        if place not in taken:
            first.setdefault((place, c.at_key, mark), Problem(c.code, place, c.text, c.hint))
    return sorted([*said, *first.values()], key=lambda problem: (problem.place, problem.code, problem.text))


# --- nodes


def plain(node: Node) -> Any:
    """The bare data of a tree: text, lists and dicts."""
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    return node.value


def without(node: Node, paths: Iterable[Path]) -> Node:
    """The tree without what stands at `paths`."""
    inner: dict[Step, list[Path]] = {}
    for path in paths:
        if path:
            inner.setdefault(path[0], []).append(path[1:])
    if not inner:
        return node
    kept = [(step, child) for step, child in _children(node) if () not in inner.get(step, ())]
    if isinstance(node.value, dict):
        mapping = {str(key): without(child, inner.get(key, ())) for key, child in kept}
        return Node(mapping, node.place, node.key)
    return Node([without(child, inner.get(n, ())) for n, child in kept], node.place, node.key)


def _children(node: Node) -> Iterator[tuple[Step, Node]]:
    if isinstance(node.value, dict):
        yield from node.value.items()
    elif isinstance(node.value, list):
        yield from enumerate(node.value)


def _nearest(root: Node | None, path: Path) -> tuple[Node | None, int]:
    """The node at `path` or the last one on the way there, and how many steps lead to it."""
    node = root
    for depth, step in enumerate(path):
        child = _child(node, step) if node else None
        if child is None:
            return node, depth
        node = child
    return node, len(path)


def _child(node: Node, step: Step) -> Node | None:
    if isinstance(node.value, dict):
        return node.value.get(str(step))
    if isinstance(node.value, list) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step]
    return None


def _existing(root: Node, path: Path) -> Path:
    return path[: _nearest(root, path)[1]]


def _bare_words(node: Node, kind: Any, bare_word: Callable[[Path], str], path: Path = ()) -> Iterator[Complaint]:
    if node.plain and isinstance(node.value, str) and node.value.lower() in _NOT_TEXT:
        meant = _NOT_TEXT[node.value.lower()]
        text = f"without quotes, YAML reads “{node.value}” as {meant}, not as a word"
        usual = f'if the word is meant, write "{node.value}" in quotes; else leave it out'
        if not _is_switch(kind, path, node.value):
            yield Complaint(path, "config-not-text", text, bare_word(path) or usual)
    for step, child in _children(node):
        yield from _bare_words(child, kind, bare_word, (*path, step))


def _is_switch(kind: Any, path: Path, word: str) -> bool:
    """Whether such a word is what is asked for at `path`: true or false, or a choice with on and off."""
    try:
        wanted = type_at(kind, path)
    except (KeyError, IndexError, TypeError):
        return False
    return wanted is bool or (get_origin(wanted) is Literal and word in get_args(wanted))


# --- pydantic's errors


def complaint(kind: Any, error: Mapping[str, Any], raw: Any) -> Complaint:
    """What to say of one error of pydantic, found in data `raw` of type `kind`."""
    path: Path = error["loc"]
    name = path[-1] if path else ""
    at_key = name == "[key]"
    if at_key:
        path = path[:-1]
    context = error.get("ctx") or {}
    if "text" in context:
        return Complaint(path, error["type"], context["text"], context["hint"], at_key)
    if error["type"] == "missing":
        return _missing(kind, path, raw)
    if error["type"] == "extra_forbidden":
        return _unknown_key(kind, path)
    if error["type"] == "literal_error":
        return _unknown_value(kind, path, str(error["input"]), at_key)
    said, hint = _WRONG_KIND.get(error["type"], ("is not what belongs here", ""))
    return Complaint(path, "config-type", f"{_named(path)} {said}", hint, at_key)


def _named(path: Path) -> str:
    """What a path is called in a sentence."""
    if not path:
        return "the file"
    if isinstance(path[-1], str):
        return quoted(path[-1])
    names = [step for step in path if isinstance(step, str)]
    return f"entry {path[-1] + 1} of {quoted(names[-1])}" if names else f"entry {path[-1] + 1}"


def _missing(kind: Any, path: Path, raw: Any) -> Complaint:
    model = type_at(kind, path[:-1])
    about = model.model_fields[path[-1]].description or ""
    for step in path[:-1]:
        raw = raw[step] if isinstance(raw, Mapping) or isinstance(step, int) else {}
    if isinstance(raw, Mapping) and path[-1] in raw:
        return Complaint(path, "config-empty", f"{_named(path)} is empty", about)
    return Complaint(path, "config-missing", f"{_named(path)} is missing", about)


def _unknown_key(kind: Any, path: Path) -> Complaint:
    key = str(path[-1])
    model = type_at(kind, path[:-1])
    known = list(_fields(model))
    home = next((name for name in known if key in _fields(type_at(model, (name,)))), "")
    hint = f"it belongs under “{home}”" if home else ""
    hint = hint or did_you_mean(key.lower(), known, f"known: {', '.join(known)}")
    return Complaint(path, "config-unknown-key", f"unknown key {quoted(key)}", hint, at_key=True)


def _unknown_value(kind: Any, path: Path, value: str, at_key: bool) -> Complaint:
    known = get_args(_bare(get_args(type_at(kind, path[:-1]))[0]) if at_key else type_at(kind, path))
    under = [step for step in (path[:-1] if at_key else path) if isinstance(step, str)][-1]
    choices = f"known: {', '.join(known)}"
    text = f"{quoted(value)} is not known under “{under}”"
    return Complaint(path, "config-value", text, did_you_mean(value.lower(), known, choices), at_key)


# --- types


def type_at(kind: Any, path: Path) -> Any:
    """The type that the models give to what stands at `path`, without None and annotations."""
    kind = _bare(kind)
    for step in path:
        kind = _bare(_inside(kind, step))
    return kind


def _inside(kind: Any, step: Step) -> Any:
    if fields := _fields(kind):
        return fields[str(step)].annotation
    return get_args(kind)[1 if get_origin(kind) is dict else 0]


def _bare(kind: Any) -> Any:
    while get_origin(kind) in (Annotated, Union, UnionType):
        kind = next(argument for argument in get_args(kind) if argument is not NoneType)
    return kind


def _fields(kind: Any) -> Mapping[str, Any]:
    """The fields of a model by the keys that stand in the file."""
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return {}
    return {field.alias or name: field for name, field in kind.model_fields.items()}
