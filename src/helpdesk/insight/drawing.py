"""The strategy as a picture: a layered drawing of the decision tree, from left to right."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH = 190
LINE = 16
PADDING = 10
LETTERS = 24
"""Letters in a line of a box."""
BETWEEN = 150
"""Room between two layers, for what stands on the lines."""
PASSES = 4
"""Of the algorithm that lets few lines cross."""


@dataclass(frozen=True, slots=True)
class Box:
    """A step."""

    kind: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A step with its place: the middle of the left side, and how high it is."""

    box: Box
    lines: tuple[str, ...]
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """What leads from one step to another, and the answers that lead there."""

    label: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its size."""

    boxes: tuple[Placed, ...]
    lines: tuple[Line, ...]
    width: float
    height: float


class _Size:
    """What the layout library reads and writes; it draws downwards, so the sides are changed."""

    def __init__(self, height: float) -> None:
        self.w = height
        self.h = WIDTH
        self.xy = (0.0, 0.0)


def draw(boxes: Sequence[Box], edges: Mapping[tuple[int, int], str]) -> Picture:
    """Return where boxes and the lines between them go; the first box is where all begins."""
    # Only here, because it brings NumPy, which no build needs.
    from grandalf.graphs import Edge, Graph, Vertex  # noqa: PLC0415
    from grandalf.layouts import SugiyamaLayout  # noqa: PLC0415

    wrapped = [tuple(textwrap.wrap(box.text, LETTERS)) for box in boxes]
    vertices = [Vertex(number) for number in range(len(boxes))]
    for vertex, lines in zip(vertices, wrapped, strict=True):
        vertex.view = _Size(len(lines) * LINE + 2 * PADDING)
    graph = Graph(vertices, [Edge(vertices[one], vertices[other]) for one, other in edges])
    layout = SugiyamaLayout(graph.C[0])
    layout.xspace, layout.yspace = PADDING, BETWEEN
    layout.init_all(roots=[vertices[0]])
    layout.draw(PASSES)
    left = min(vertex.view.xy[1] for vertex in vertices)
    top = min(vertex.view.xy[0] - vertex.view.w / 2 for vertex in vertices)
    placed = tuple(
        Placed(
            box,
            lines,
            vertex.view.xy[1] - left,
            vertex.view.xy[0] - top,
            vertex.view.w,
        )
        for box, lines, vertex in zip(boxes, wrapped, vertices, strict=True)
    )
    return Picture(
        placed,
        tuple(_line(placed[one], placed[other], label) for (one, other), label in edges.items()),
        max(each.x for each in placed) + WIDTH,
        max(each.y + each.height / 2 for each in placed),
    )


def _line(one: Placed, other: Placed, label: str) -> Line:
    start, end = one.x + WIDTH, other.x
    bend = (end - start) / 2
    path = (
        f"M{start:.0f},{one.y:.0f} "
        f"C{start + bend:.0f},{one.y:.0f} {end - bend:.0f},{other.y:.0f} {end:.0f},{other.y:.0f}"
    )
    return Line(label, path, end - PADDING / 2, other.y - PADDING / 2)
