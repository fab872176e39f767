"""What a label says of the place that it names."""

from kb.references import normalize_label, parse_label


def kind_of(label: str) -> str:
    """The kind of passage that `label` names; `paragraph` for one that cannot be read."""
    try:
        return parse_label(label).kind
    except ValueError:
        return "paragraph"


def top_of(label: str) -> str:
    """The label of the block that holds the passage: of a row its table."""
    try:
        parsed = parse_label(label)
    except ValueError:
        return normalize_label(label)
    return parsed.text.rpartition(", row ")[0] if parsed.row else parsed.top
