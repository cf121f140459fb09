"""A screen reader's eyes: says what the program shows, as its accessibility tree has it.

Run as a program on the screen's own bus. Each line of its input is a question in JSON, each line
of its output the nodes that answer it: {} for everything in sight, {"words", "role", "part"} for
what is named so, {"focus": true} for what the keyboard speaks to and what that stands in.
A process of its own, because the library keeps one bus for good.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from typing import Any

_SHOWING = 25
_SENSITIVE = 24
_CHECKED = 4
_SCREEN = 0
_REMEMBER_NOTHING = 0
_MOST_CHILDREN = 400
"""A list of a million rows has more children than anybody looks at."""
_REQUIRED = "（必填）"


class _Rect(ctypes.Structure):
    _fields_ = (("x", ctypes.c_int), ("y", ctypes.c_int), ("w", ctypes.c_int), ("h", ctypes.c_int))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_char_p),
        ("source", ctypes.c_void_p),
        ("detail1", ctypes.c_int),
        ("detail2", ctypes.c_int),
    )


_OnEvent = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Event), ctypes.c_void_p)


def _library() -> ctypes.CDLL:
    found = ctypes.CDLL("libatspi.so.0")
    pointer = ctypes.c_void_p
    for name, answer in {
        "atspi_get_desktop": pointer,
        "atspi_event_listener_new": pointer,
        "atspi_accessible_get_child_at_index": pointer,
        "atspi_accessible_get_parent": pointer,
        "atspi_accessible_get_name": ctypes.c_char_p,
        "atspi_accessible_get_role_name": ctypes.c_char_p,
        "atspi_accessible_get_state_set": pointer,
        "atspi_accessible_get_component_iface": pointer,
        "atspi_accessible_get_text_iface": pointer,
        "atspi_component_get_extents": ctypes.POINTER(_Rect),
        "atspi_text_get_text": ctypes.c_char_p,
    }.items():
        getattr(found, name).restype = answer
    return found


_spi = _library()
_glib = ctypes.CDLL("libglib-2.0.so.0")
_gobject = ctypes.CDLL("libgobject-2.0.so.0")
_focus: list[Any] = []
"""What told last that the keyboard speaks to it."""


@_OnEvent
def _focused(event: Any, _data: Any) -> None:
    if event.contents.detail1:
        source = ctypes.c_void_p(event.contents.source)
        _gobject.g_object_ref(source)
        _focus[:] = [source]


def _windows() -> Iterator[Any]:
    for application in _children(ctypes.c_void_p(_spi.atspi_get_desktop(0))):
        yield from _children(application)


def _children(node: Any) -> Iterator[Any]:
    """The last one first: what stands on top of other things comes last."""
    count = _spi.atspi_accessible_get_child_count(node, None)
    for number in reversed(range(min(count, _MOST_CHILDREN))):
        child = _spi.atspi_accessible_get_child_at_index(node, number, None)
        if child:
            yield ctypes.c_void_p(child)


def _in_sight(node: Any) -> Iterator[Any]:
    if _has(node, _SHOWING):
        yield node
        for child in _children(node):
            yield from _in_sight(child)


def _has(node: Any, state: int) -> bool:
    states = ctypes.c_void_p(_spi.atspi_accessible_get_state_set(node))
    return bool(_spi.atspi_state_set_contains(states, state))


def _name(node: Any) -> str:
    answer = _spi.atspi_accessible_get_name(node, None)
    return answer.decode("utf-8", "replace") if answer else ""


def _role(node: Any) -> str:
    answer = _spi.atspi_accessible_get_role_name(node, None)
    return answer.decode() if answer else ""


def _text(node: Any) -> str:
    interface = _spi.atspi_accessible_get_text_iface(node)
    if not interface:
        return ""
    answer = _spi.atspi_text_get_text(ctypes.c_void_p(interface), 0, -1, None)
    return answer.decode("utf-8", "replace") if answer else ""


def _place(node: Any) -> list[int]:
    interface = _spi.atspi_accessible_get_component_iface(node)
    if not interface:
        return [0, 0, 0, 0]
    rect = _spi.atspi_component_get_extents(ctypes.c_void_p(interface), _SCREEN, None).contents
    return [rect.x, rect.y, rect.w, rect.h]


def _told(node: Any) -> dict[str, Any]:
    return {
        "id": node.value,
        "name": _name(node).removesuffix(_REQUIRED),
        "role": _role(node),
        "text": _text(node),
        "place": _place(node),
        "enabled": _has(node, _SENSITIVE),
        "checked": _has(node, _CHECKED),
    }


def _fits(node: Any, question: dict[str, Any]) -> bool:
    name, words = _name(node), question["words"]
    named = words in name if question["part"] else words in (name, name.removesuffix(_REQUIRED))
    return named and question["role"] in _role(node)


def _with_what_it_stands_in(node: Any) -> list[Any]:
    parent = _spi.atspi_accessible_get_parent(node, None)
    return [node, ctypes.c_void_p(parent)] if parent else [node]


def _answer(question: dict[str, Any]) -> list[dict[str, Any]]:
    everything = (each for window in _windows() for each in _in_sight(window))
    if "focus" in question:
        return [_told(each) for at in _focus for each in _with_what_it_stands_in(at)]
    if "words" in question:
        first = next((each for each in everything if _fits(each, question)), None)
        return [_told(first)] if first is not None else []
    return [_told(each) for each in everything]


def main() -> None:
    """Answer until the input ends."""
    _spi.atspi_init()
    _spi.atspi_accessible_set_cache_mask(
        ctypes.c_void_p(_spi.atspi_get_desktop(0)), _REMEMBER_NOTHING
    )
    listener = ctypes.c_void_p(_spi.atspi_event_listener_new(_focused, None, None))
    _spi.atspi_event_listener_register(listener, b"object:state-changed:focused", None)
    print("[]", flush=True)
    for line in sys.stdin:
        while _glib.g_main_context_iteration(None, 0):
            """Take in what happened since."""
        print(json.dumps(_answer(json.loads(line)), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
