"""One measurement in a process of its own: `python -m tests.benchmarks.child MODULE FUNCTION FOLDER SIZE`."""

import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Run the measurement and print its rows as JSON, one a line."""
    module, function, folder, size = sys.argv[1:]
    measure = getattr(import_module(f"tests.benchmarks.{module}"), function)
    for row in measure(Path(folder), int(size)):
        sys.stdout.write(f"{row.to_json()}\n")


if __name__ == "__main__":
    main()
