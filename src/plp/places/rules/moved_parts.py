"""Parts of a street that go from one quarter to another: what the selectors of both come to. Pure."""

from collections.abc import Sequence

from plp.places.rules.coverage import Selector, selectors_cover_door

WHOLE = Selector()


def selectors_after_move(
    source: Sequence[Selector], target: Sequence[Selector], moved: Selector
) -> tuple[list[Selector], list[Selector]]:
    """The selectors of one street in both quarters, after the part ``moved`` has gone from ``source`` to ``target``.

    A whole street takes along whatever the source covered of it. Otherwise the source gets an exception, and an
    exception that the target made of the same part falls.
    """
    if moved == WHOLE:
        left_out = [selector for selector in source if selector.excluded]
        taken_parts = [selector for selector in source if not selector.excluded] or [WHOLE]
        own_parts = [selector for selector in target if not selector.excluded]
        return [], [*own_parts, *taken_parts, *(left_out if not own_parts else [])]
    exception = Selector(moved.side, moved.first, moved.last, excluded=True)
    remaining = [selector for selector in source if selector != moved]
    without = remaining if len(remaining) < len(source) else [*source, exception]
    return without, [*(selector for selector in target if selector != exception), moved]


def is_moved_wholly(
    doors: Sequence[tuple[str, str]], source: Sequence[Selector], target: Sequence[Selector], moved: Selector
) -> bool:
    """Whether, once moved, the target covers each of these doors (number, box) of the part and the source none."""
    meant = [door for door in doors if moved.matches(*door)]
    return all(selectors_cover_door(target, *door) and not selectors_cover_door(source, *door) for door in meant)
