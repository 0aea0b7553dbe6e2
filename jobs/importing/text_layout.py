"""Words and the breaks between them, laid out as plain text while tags come by."""

from __future__ import annotations

from jobs.importing.html_tags import CELLS, LINED, LISTS, SPACED

DEEPEST_INDENT = 6
CELL_BREAK = " | "


class Layout:
    """What was written so far; a break is kept back until text follows it."""

    def __init__(self, *, keep_lines: bool) -> None:
        self._keep_lines = keep_lines
        self._parts: list[str] = []
        self._newlines = 0
        self._space = False
        # What stands in front of the next text instead of a break: a bullet, a cell's bar.
        self._lead = ""
        self._lists: list[int | None] = []
        self._pre = 0
        self._row_has_text = False
        self._cell_starts = False

    def text(self) -> str:
        return "".join(self._parts)

    def write(self, text: str) -> None:
        if not text:
            return
        if not (self._pre or self._keep_lines):
            self._words(text)
            return
        for index, line in enumerate(text.split("\n")):
            if index:
                self._newlines = min(self._newlines + 1, 2)
            self._words(line)

    def open(self, name: str) -> None:
        if name == "br":
            self._newlines = min(self._newlines + 1, 2)
        elif name == "li":
            self._item()
        elif name in CELLS:
            self._cell()
        else:
            self._break(name)
            if name in LISTS:
                self._lists.append(0 if name == "ol" else None)
            self._pre += name == "pre"

    def close(self, name: str) -> None:
        if name == "pre":
            self._pre = max(self._pre - 1, 0)
        if name in LISTS and self._lists:
            self._lists.pop()
        if name == "li":
            self._lead = ""
            self._newlines = max(self._newlines, 1)
        elif name in CELLS:
            # A paragraph's empty line stays in its cell: rows stand close together.
            self._newlines = min(self._newlines, 1)
            self._cell_starts = False
        else:
            self._break(name)

    def _break(self, name: str) -> None:
        if name in {"tr", "table"}:
            self._lead = "" if self._lead == CELL_BREAK else self._lead
            self._row_has_text = self._cell_starts = False
        if self._lead or self._cell_starts:
            return
        if name in SPACED and not self._lists:
            self._newlines = 2
        elif name in SPACED or name in LINED:
            self._newlines = max(self._newlines, 1)

    def _item(self) -> None:
        depth = max(len(self._lists), 1)
        bullet = "- "
        if self._lists and (number := self._lists[-1]) is not None:
            self._lists[-1] = number + 1
            bullet = f"{number + 1}. "
        self._newlines = max(self._newlines, 1)
        self._lead = "  " * (min(depth, DEEPEST_INDENT) - 1) + bullet

    def _cell(self) -> None:
        self._cell_starts = True
        if self._row_has_text:
            self._newlines = 0
            self._lead = CELL_BREAK

    def _words(self, text: str) -> None:
        words = text.split()
        if not words:
            self._space = self._space or bool(text)
            return
        self._separate(leading_space=text[0].isspace())
        self._parts.append(" ".join(words))
        self._space = text[-1].isspace()
        self._row_has_text = True
        self._cell_starts = False

    def _separate(self, *, leading_space: bool) -> None:
        if self._newlines and self._parts:
            self._parts.append("\n" * self._newlines)
        elif not self._lead and self._parts and (self._space or leading_space):
            self._parts.append(" ")
        self._parts.append(self._lead)
        self._newlines = 0
        self._space = False
        self._lead = ""
