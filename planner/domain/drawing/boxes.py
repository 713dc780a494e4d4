"""Rectangles and points on paper, in millimetres from the top left corner."""

from dataclasses import dataclass

Point = tuple[float, float]
TOUCH = 0.01  # millimetres: closer than this, two boxes touch and do not overlap


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on paper."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower side."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """The point in the middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: "Box") -> bool:
        """Return whether both share more than an edge."""
        return (
            min(self.right, other.right) - max(self.x, other.x) > TOUCH
            and min(self.bottom, other.bottom) - max(self.y, other.y) > TOUCH
        )

    def holds(self, other: "Box") -> bool:
        """Return whether the other lies inside, edges included."""
        return (
            self.x - TOUCH <= other.x
            and self.y - TOUCH <= other.y
            and other.right <= self.right + TOUCH
            and other.bottom <= self.bottom + TOUCH
        )


def around(middle: Point, width: float, height: float) -> Box:
    """Return the box of this size with this middle."""
    return Box(x=middle[0] - width / 2, y=middle[1] - height / 2, width=width, height=height)
