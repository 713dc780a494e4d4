"""Dividing whole people over shares, so that proportions hold at every size instead of by luck."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Return whole numbers in proportion to `weights` that add up to `total` (largest remainders)."""
    scale = total / sum(weights)
    parts = [int(weight * scale) for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (parts[i] - weights[i] * scale, i))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts


def deal(rng: Random, total: int, choices: Sequence[tuple[T, float]]) -> list[T]:
    """Return `total` choices in proportion to their weights, shuffled."""
    counts = apportion(total, [weight for _, weight in choices])
    dealt = [choice for (choice, _), count in zip(choices, counts, strict=True) for _ in range(count)]
    rng.shuffle(dealt)
    return dealt


def scaled(size: int, per_pupil: float, *, least: int, most: int) -> int:
    """Return a number that grows with the school, within bounds."""
    return max(least, min(most, round(size * per_pupil)))
