"""Every notebook of the course, of research and of the paper, through Jupyter; and what holds for all of them."""

import html
import re
from pathlib import Path

import nbformat
import pytest
from conftest import OUT, ROOT, long
from nbclient import NotebookClient

NOTEBOOKS = ROOT / "notebooks"
TOUR = NOTEBOOKS / "01-mask-mining.ipynb"
LESSONS = sorted((NOTEBOOKS / "course").glob("*.ipynb"))
SOLUTIONS = sorted((NOTEBOOKS / "course" / "solutions").glob("*.ipynb"))
RESEARCH = sorted(NOTEBOOKS.glob("research/*.ipynb"))
PAPER = sorted(NOTEBOOKS.glob("paper/*.ipynb"))
ALL = [TOUR, *LESSONS, *SOLUTIONS, *RESEARCH, *PAPER]


def name(notebook: Path) -> str:
    return notebook.relative_to(NOTEBOOKS).as_posix()


def read(notebook: Path) -> nbformat.NotebookNode:
    return nbformat.read(notebook, as_version=4)


def code(notebook: Path) -> list[str]:
    return [cell.source for cell in read(notebook).cells if cell.cell_type == "code"]


def run(book: nbformat.NotebookNode, notebook: Path) -> list[nbformat.NotebookNode]:
    """Runs all cells in the notebook's folder, keeps the result, and gives the code cells."""
    client = NotebookClient(
        book, timeout=900, startup_timeout=120, resources={"metadata": {"path": str(notebook.parent)}}
    )
    try:
        client.execute()
    finally:
        kept = OUT / name(notebook).replace("/", "-")
        nbformat.write(book, kept)
    return [cell for cell in book.cells if cell.cell_type == "code"]


def texts(cells: list[nbformat.NotebookNode]) -> list[str]:
    return [o.data["text/plain"] for cell in cells for o in cell.outputs if "data" in o and "text/plain" in o.data]


def cards(cells: list[nbformat.NotebookNode]) -> list[str]:
    return [text for text in texts(cells) if text.startswith("Exercise ")]


def check_outputs(cells: list[nbformat.NotebookNode]) -> None:
    outputs = [o for cell in cells for o in cell.outputs]
    assert not [o for o in outputs if o.output_type == "error"]
    assert not [o.text for o in outputs if o.output_type == "stream" and o.name == "stderr"]
    last = [o.data for o in cells[-1].outputs if "data" in o][-1]
    assert {"image/svg+xml", "image/png", "text/html"} & last.keys(), "it ends in something to look at"


@pytest.mark.parametrize("notebook", ALL, ids=name)
def test_a_committed_notebook_has_a_title_and_no_outputs(notebook):
    book = read(notebook)
    assert book.cells[0].source.startswith("# ")
    assert book.metadata.kernelspec.name == "maskmine"
    for cell in book.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None
            assert cell.source.strip(), "no empty cell"
            assert cell.source.count("\n") < 30, "no wall of code"


@pytest.mark.parametrize("notebook", ALL, ids=name)
def test_a_notebook_names_only_files_that_exist(notebook):
    for cell in read(notebook).cells:
        for link in re.findall(r"\]\(([^)#:]+)\)", cell.source if cell.cell_type == "markdown" else ""):
            assert (notebook.parent / link).exists(), link


@pytest.mark.parametrize("notebook", LESSONS, ids=name)
def test_a_lesson_runs_with_its_exercises_open(notebook):
    cells = run(read(notebook), notebook)
    check_outputs(cells)
    shown = cards(cells)
    exercises = [source for source in code(notebook) if source.startswith("// Exercise ")]
    assert len(shown) == len(exercises) >= 5
    for card in shown:
        assert ": still open. " in card and not card.endswith("Fill in the cell above."), card


@pytest.mark.parametrize("notebook", LESSONS, ids=name)
def test_solutions_hold_the_lessons_cells_and_fill_its_exercises(notebook):
    solved = code(notebook.parent / "solutions" / notebook.name)
    lesson = code(notebook)
    assert len(solved) == len(lesson)
    for asked, answered in zip(lesson, solved):
        if asked.startswith("// Exercise "):
            assert answered.splitlines()[0] == asked.splitlines()[0]
            assert answered != asked
        else:
            assert answered == asked


@long
@pytest.mark.parametrize("notebook", SOLUTIONS, ids=name)
def test_every_solution_is_right(notebook):
    cells = run(read(notebook), notebook)
    check_outputs(cells)
    for card in cards(cells):
        assert card.endswith(": right."), card


@pytest.mark.parametrize("notebook", RESEARCH, ids=name)
def test_a_notebook_for_research_runs_and_ends_in_something_to_look_at(notebook):
    check_outputs(run(read(notebook), notebook))


@long
@pytest.mark.parametrize("notebook", PAPER, ids=name)
def test_the_papers_notebook_runs_and_ends_in_something_to_look_at(notebook):
    check_outputs(run(read(notebook), notebook))


def test_one_changed_line_runs_the_tour_on_deeplearning4j():
    book = read(TOUR)
    lines = [cell for cell in book.cells if cell.cell_type == "code" and "seed(1)" in cell.source]
    assert len(lines) == 1
    lines[0].source = lines[0].source.replace("seed(1)", "seed(1), engine(DL4J)")
    cells = run(book, NOTEBOOKS / "01-on-dl4j.ipynb")
    check_outputs(cells)
    trained = [html.unescape(text) for text in texts(cells) if text.startswith("Run base-")]
    assert "Deeplearning4j" in trained[0], trained[0]
