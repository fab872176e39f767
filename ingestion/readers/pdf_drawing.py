"""What a PDF's page draws besides text: ruled lines and pictures, turned upright."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import pypdfium2.raw as pdfium

Rectangle = tuple[float, float, float, float]  # left, bottom, right, top

_THIN: Final = 2.5  # points: a rectangle thinner than this is a ruled line
_SHORTEST_RULE: Final = 8.0
_MOST_SEGMENTS: Final = 4000  # of one path: a drawing, not a table, beyond
_MOST_OBJECTS: Final = 60_000


@dataclass(frozen=True, slots=True)
class Upright:
    """Turns points of a page's own space into those of the page as it is shown."""

    left: float
    bottom: float
    width: float  # before turning
    height: float
    quarters: int  # turned clockwise

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as it is shown."""
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)

    def box(self, left: float, bottom: float, right: float, top: float) -> Rectangle:
        """A rectangle of the page's own space, upright."""
        x0, y0, x1, y1 = (
            left - self.left,
            bottom - self.bottom,
            right - self.left,
            top - self.bottom,
        )
        if self.quarters == 1:
            return y0, self.width - x1, y1, self.width - x0
        if self.quarters == 2:
            return self.width - x1, self.height - y1, self.width - x0, self.height - y0
        if self.quarters == 3:
            return self.height - y1, x0, self.height - y0, x1
        return x0, y0, x1, y1


def upright_of(page: Any) -> Upright:
    """How a page is turned when it is shown."""
    left, bottom, right, top = page.get_bbox()
    return Upright(left, bottom, right - left, top - bottom, (page.get_rotation() // 90) % 4)


def drawn_on(page: Any, upright: Upright) -> tuple[list[Rectangle], list[Rectangle], float]:
    """Horizontal rules, vertical rules and the area of the pictures on a page."""
    horizontal: list[Rectangle] = []
    vertical: list[Rectangle] = []
    image_area = 0.0
    width, height = upright.size
    for kind, item, matrix in _objects(page.raw):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            bounds = _bounds(item)
            if bounds:
                left, bottom, right, top = _moved(matrix, bounds)
                image_area += abs(right - left) * abs(top - bottom)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            for bounds in _rules_of(item):
                left, bottom, right, top = upright.box(*_moved(matrix, bounds))
                if not (-9 < left <= right < width + 9 and -9 < bottom <= top < height + 9):
                    continue
                if top - bottom <= _THIN and right - left >= _SHORTEST_RULE:
                    horizontal.append((left, bottom, right, top))
                elif right - left <= _THIN and top - bottom >= _SHORTEST_RULE:
                    vertical.append((left, bottom, right, top))
    return horizontal, vertical, image_area


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Final[_Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _objects(page: Any) -> Iterator[tuple[int, Any, _Matrix]]:
    """Kind, handle and outer matrix of the page's objects, those of its forms included."""
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield kind, item, _IDENTITY
            continue
        matrix = _matrix(item)
        for inner_index in range(min(pdfium.FPDFFormObj_CountObjects(item), _MOST_OBJECTS)):
            inner = pdfium.FPDFFormObj_GetObject(item, inner_index)
            yield pdfium.FPDFPageObj_GetType(inner), inner, matrix


def _matrix(item: Any) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(found)):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _moved(matrix: _Matrix, box: Rectangle) -> Rectangle:
    if matrix == _IDENTITY:
        return box
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _bounds(item: Any) -> Rectangle | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    found = pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return (left.value, bottom.value, right.value, top.value) if found else None


def _rules_of(path: Any) -> Iterator[Rectangle]:
    """Boxes of the straight parts of a path: thin shapes, and the edges of drawn frames."""
    bounds = _bounds(path)
    if bounds is None:
        return
    left, bottom, right, top = bounds
    if min(right - left, top - bottom) <= _THIN:
        yield bounds
        return
    count = pdfium.FPDFPath_CountSegments(path)
    if count > _MOST_SEGMENTS:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    matrix = _matrix(path)
    for shape in _shapes(path, count, matrix):
        xs, ys = [x for x, _ in shape], [y for _, y in shape]
        box = (min(xs), min(ys), max(xs), max(ys))
        if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            yield box
        elif stroke.value:
            for (x0, y0), (x1, y1) in pairwise(shape):
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _shapes(path: Any, count: int, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
    """The polygons and lines of a path; curves are taken for their end points."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    shape: list[tuple[float, float]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and shape:
            yield shape
            shape = []
        shape.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if pdfium.FPDFPathSegment_GetClose(segment):
            shape.append(shape[0])
    if shape:
        yield shape
