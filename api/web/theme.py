"""The colours of the page as values: the style sheet and the charts take them from here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, get_args

Theme = Literal["system", "light", "dark"]
THEMES: Final[tuple[Theme, ...]] = get_args(Theme)

LIGHT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "paper": "#fbfaf6",  # ground
        "raised": "#ffffff",  # fields, and what floats
        "sunken": "#f3f1ea",  # side columns, heads of tables
        "ink": "#1e2a25",
        "quiet": "#56625c",
        "line": "#e3e0d6",
        "edge": "#8a938d",  # borders of fields: three to one on the ground
        "green": "#2f6b4f",  # the way forward
        "green-soft": "#e4eee7",
        "on-green": "#ffffff",
        "clay": "#a84a24",  # attention
        "clay-soft": "#f8e7de",
        "ochre": "#f6e7b8",  # highlight
        "shadow": "rgb(30 42 37 / 18%)",
        "veil": "rgb(30 42 37 / 32%)",
    }
)
DARK: Final[Mapping[str, str]] = MappingProxyType(
    {
        "paper": "#141a17",
        "raised": "#1d2521",
        "sunken": "#19201d",
        "ink": "#e8e6dd",
        "quiet": "#a9b4ae",
        "line": "#2d3732",
        "edge": "#74807a",
        "green": "#8cc7a6",
        "green-soft": "#22352b",
        "on-green": "#10201a",
        "clay": "#e8a585",
        "clay-soft": "#3a261c",
        "ochre": "#544a22",
        "shadow": "rgb(0 0 0 / 55%)",
        "veil": "rgb(0 0 0 / 55%)",
    }
)
SERIES_LIGHT: Final = ("#2f6b4f", "#c4622f", "#3b6ea5", "#b3891f", "#7d5a94", "#5f7480")
SERIES_DARK: Final = ("#8cc7a6", "#e8a585", "#8fb8e0", "#e0c068", "#c3a3d8", "#a9b9c2")
"""Six colours of charts, told apart by those who see fewer; every series is labelled beside."""


def tokens_css() -> str:
    """The colours as custom properties: light, dark, and as the device has it."""
    light, dark = _declared(LIGHT, SERIES_LIGHT), _declared(DARK, SERIES_DARK)
    return (
        f":root {{ color-scheme: light; {light} }}\n"
        f':root[data-theme="dark"] {{ color-scheme: dark; {dark} }}\n'
        "@media screen and (prefers-color-scheme: dark) {\n"
        f'  :root[data-theme="system"] {{ color-scheme: dark; {dark} }}\n}}\n'
        f"@media print {{ :root[data-theme] {{ color-scheme: light; {light} }} }}\n"
    )


def _declared(colours: Mapping[str, str], series: tuple[str, ...]) -> str:
    named = {**colours, **{f"series-{nth}": one for nth, one in enumerate(series, 1)}}
    return " ".join(f"--{name}: {value};" for name, value in named.items())
