"""Runs a notebook through Jupyter and writes it, with its outputs, as .ipynb and .html.

Usage: run_notebook.py NOTEBOOK DIR. A failing cell is one sentence and exit status 1; what ran until
then is written all the same.
"""

import sys
import time
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbconvert import HTMLExporter


def main(notebook: Path, folder: Path) -> int:
    try:
        book = nbformat.read(notebook, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError):
        return complain(f"{notebook} is not a notebook: give a file that JupyterLab saved (.ipynb).")
    start = time.monotonic()
    problem = run(book, notebook)
    folder.mkdir(parents=True, exist_ok=True)
    results = write(book, notebook.stem, folder)
    if problem:
        return complain(f"{problem} What ran until then is in {results[1]}.")
    seconds = time.monotonic() - start
    print(f"{notebook.name} ran in {seconds:.0f} s: {results[0]}, {results[1]}")
    return 0


def run(book: nbformat.NotebookNode, notebook: Path) -> str | None:
    """Runs all cells in the notebook's own folder; gives the sentence of what stopped it."""
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    reached = 0

    def entered(cell: nbformat.NotebookNode, cell_index: int) -> None:
        nonlocal reached
        reached = sum(1 for earlier in book.cells[: cell_index + 1] if earlier.cell_type == "code")
        if sys.stdout.isatty():
            print(f"\r{notebook.name}: cell {reached} of {len(cells)} ", end="", flush=True)

    client = NotebookClient(
        book,
        timeout=None,
        startup_timeout=120,
        resources={"metadata": {"path": str(notebook.resolve().parent)}},
        on_cell_execute=entered,
    )
    try:
        client.execute()
    except CellExecutionError as error:
        return f"Cell {reached} of {notebook.name} failed: {' '.join(error.evalue.split())}"
    except DeadKernelError:
        return f"The kernel died in cell {reached} of {notebook.name}."
    except NoSuchKernel as error:
        return f"{notebook.name} asks for the kernel {error.name}, which is not installed."
    finally:
        if sys.stdout.isatty():
            print("\r\033[K", end="")
    return None


def write(book: nbformat.NotebookNode, stem: str, folder: Path) -> tuple[Path, Path]:
    executed, page = folder / f"{stem}.ipynb", folder / f"{stem}.html"
    nbformat.write(book, executed)
    html, _ = HTMLExporter().from_notebook_node(book, {"metadata": {"name": stem}})
    page.write_text(html, encoding="utf-8")
    return executed, page


def complain(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
