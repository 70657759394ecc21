"""The files that ship with the package."""

from pathlib import Path


def example(name: str) -> Path:
    """A file of examples, in the package or beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "examples" / f"{name}.yaml"
    return inside if inside.is_file() else package.parent / "examples" / f"{name}.yaml"
