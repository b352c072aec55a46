"""environment/lab as a user calls it."""

import shutil
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT, lab, write_notebook


def test_runs_a_notebook_and_writes_it_as_ipynb_and_html(tmp_path):
    notebook = write_notebook(tmp_path / "sum.ipynb", "var x = 41;", "x + 1")
    result = lab("--run", str(notebook), "--to", str(tmp_path / "results"))
    assert result.returncode == 0, result.stderr
    executed = nbformat.read(tmp_path / "results" / "sum.ipynb", as_version=4)
    assert executed.cells[1].outputs[0]["data"]["text/plain"] == "42"
    page = (tmp_path / "results" / "sum.html").read_text()
    assert "<title>sum</title>" in page and "42" in page


def test_a_second_start_builds_and_installs_nothing(tmp_path):
    notebook = write_notebook(tmp_path / "one.ipynb", "1")
    lab("--run", str(notebook), "--to", str(tmp_path))
    result = lab("--run", str(notebook), "--to", str(tmp_path))
    assert result.stdout.startswith("one.ipynb ran in "), result.stdout
    assert result.stderr == ""


def test_paths_count_from_the_folder_the_user_is_in(tmp_path):
    write_notebook(tmp_path / "here.ipynb", "1")
    result = lab("--run", "here.ipynb", "--to", "there", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "there" / "here.html").exists()


def test_a_copy_without_git_in_a_folder_with_spaces_works(tmp_path):
    copy = tmp_path / "Mask mine (copy)"
    shutil.copytree(ROOT, copy, symlinks=True, ignore=shutil.ignore_patterns(".git", "out", "test-classes"))
    notebook = write_notebook(tmp_path / "my notebook.ipynb", "1 + 1")
    result = lab("--run", str(notebook), "--to", str(tmp_path / "my results"), cwd=Path("/"), root=copy)
    assert result.returncode == 0, result.stderr
    assert "Building" not in result.stdout, "the sources are the same, the place is another"
    assert (tmp_path / "my results" / "my notebook.html").exists()
    spec = (copy / ".venv/share/jupyter/kernels/maskmine/kernel.json").read_text()
    assert str(copy) in spec and f'"{ROOT}' not in spec


def test_a_failing_cell_is_one_sentence_and_keeps_what_ran(tmp_path):
    notebook = write_notebook(tmp_path / "bad.ipynb", "6 * 7", 'throw new IllegalStateException("no liver");', "3")
    result = lab("--run", str(notebook), "--to", str(tmp_path / "r"))
    assert result.returncode == 1
    assert result.stderr.startswith("Cell 2 of bad.ipynb failed: ") and "no liver" in result.stderr
    assert result.stderr.endswith(f"What ran until then is in {tmp_path}/r/bad.html.\n")
    assert result.stderr.count("\n") == 1
    assert "42" in (tmp_path / "r" / "bad.html").read_text()


def test_a_kernel_that_dies_is_one_sentence(tmp_path):
    notebook = write_notebook(tmp_path / "dead.ipynb", "1", "Runtime.getRuntime().halt(3)")
    result = lab("--run", str(notebook), "--to", str(tmp_path))
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1].startswith("The kernel died in cell 2 of dead.ipynb. ")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--runn", "x"], "Unknown option --runn; environment/lab --help lists what there is."),
        (["--run"], "--run needs a value: environment/lab --run NOTEBOOK --to DIR."),
        (["--run", "x.ipynb"], "--run needs a folder for the result: environment/lab --run NOTEBOOK --to DIR."),
        (["--to", "x"], "--to needs a notebook: environment/lab --run NOTEBOOK --to DIR."),
        (
            ["--run", "no.ipynb", "--to", "x"],
            "Notebook no.ipynb does not exist; give its path from the folder you are in.",
        ),
    ],
)
def test_a_wrong_command_is_one_sentence(arguments, sentence):
    result = lab(*arguments)
    assert (result.returncode, result.stdout, result.stderr) == (1, "", sentence + "\n")


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    (tmp_path / "notes.ipynb").write_text("not JSON")
    result = lab("--run", "notes.ipynb", "--to", "x", cwd=tmp_path)
    assert result.stderr == "notes.ipynb is not a notebook: give a file that JupyterLab saved (.ipynb).\n"
