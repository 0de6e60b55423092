"""Packs styles/ and its fonts into the wheel as edition/styles; an editable install reads the checkout's."""

import hashlib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class StylesHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        styles = Path(self.root, "styles")
        for line in (styles / "fonts.sha256").read_text().splitlines():
            expected, name = line.split()
            font = styles / name
            if not font.is_file() or hashlib.sha256(font.read_bytes()).hexdigest() != expected:
                raise RuntimeError(f"{name} is missing or not what fonts.sha256 says: run `make setup`")
        build_data["force_include"][str(styles)] = "edition/styles"
