"""Plain elements of the page. Text enters as text: nothing here makes markup of it."""

from nicegui.elements.mixins.text_element import TextElement


def element(tag: str, text: str = "", classes: str = "", **attributes: str | bool) -> TextElement:
    """One element; `aria_label` becomes `aria-label`, `class_` is `classes`.

    True makes an attribute without a value, False none.
    """
    made = TextElement(tag=tag, text=text)
    if classes:
        made.classes(classes)
    if tag == "input" and "value" in attributes:
        # As an attribute, what stands in it at first: Vue would put a property back at every
        # change of the page, over what was typed since.
        attributes["^value"] = attributes.pop("value")
    for name, value in attributes.items():
        if value is not False:
            made.props[name.rstrip("_").replace("_", "-")] = "" if value is True else value
    return made


def icon(name: str) -> TextElement:
    """One of the icons of `static/icons.css`; its meaning has to stand beside it or in a label."""
    return element("span", classes=f"lb-icon lb-icon-{name}", aria_hidden="true")


def isolated(text: str, classes: str = "") -> TextElement:
    """A symbol, number or key that keeps its own direction within any text."""
    return element("bdi", text, classes, dir="ltr")
