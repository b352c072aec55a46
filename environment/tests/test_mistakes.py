"""What students do wrong, and the one sentence that each mistake gets."""

import re
import time

import pytest
from conftest import ROOT

PREPARED = """
Data ct = load("phantom");
Run base = train(ct, cascade2d(), epochs(2), seed(1));
Errors errors = mine(base);
"""


@pytest.fixture(scope="module")
def notebook(cells):
    """A notebook after its first cells, as a student has it."""
    shown = cells.run(PREPARED, timeout=300)
    assert shown.error is None, shown.traceback
    return cells


def plain(shown) -> str:
    return re.sub(r"\x1b\[\d+m", "", shown.traceback)


def says(notebook, code: str, sentence: str, lines: int = 6):
    """The mistake gets this sentence and no stack trace, and the notebook goes on with its values."""
    shown = notebook.run(code)
    assert shown.error == sentence
    trace = plain(shown)
    assert not re.search(r"^\s+at [\w.$/]+\(", trace, re.MULTILINE), trace
    assert "REPL" not in trace and trace.count("\n") < lines, trace
    assert notebook.run("ct.table().rowCount()").pictures[-1]["text/plain"] == "3"
    return shown


WRITING = {
    "a missing semicolon": (
        'Data more = load("phantom")\nRun x = train(more, cascade2d());',
        "a semicolon is missing: end the statement with ;",
    ),
    "a missing bracket": (
        'load("phantom"',
        "the cell ends in the middle of a statement: close every ( with ) and every { with }",
    ),
    "a missing comma": ("train(ct, cascade2d() epochs(2))", "a comma or a closing ) is missing here"),
    "a text that is not closed": ('load("phantom)', 'the text is not closed: end it with " in the same line'),
    "single quotes": (
        "load('phantom')",
        'single quotes hold one character: write text in double quotes, "text"',
    ),
    "quotes from a word processor": ("load(“phantom”)", 'a typographic quote: type the straight one, "'),
    "a path of Windows": (
        r'load("C:\data\LiTS")',
        "\\ begins an escape sequence in a text: write paths with / or with \\\\",
    ),
    "a comment of Python": ('# the images\nload("phantom")', "# begins no comment in Java: write //"),
    "an import of Python": (
        "import numpy as np",
        "Java imports a class or a package: import java.util.List;",
    ),
    "a function of Python": ("def f(x): return x", "a name or a type is missing here"),
    "print": (
        "print(ct)",
        "print: no such verb or variable; a cell shows its last line by itself, and display(value) shows any value",
    ),
    "a small letter in a type": ('string s = "a";', "string: no such type; did you mean String?"),
    "a small letter in System": (
        'system.out.println("a");',
        "system: no such name; names of types begin with a capital letter",
    ),
    "a verb with a capital letter": ("Mine(base)", "Mine: no such verb or variable; did you mean mine?"),
    "a misspelt verb": ('lod("phantom")', "lod: no such verb or variable; did you mean load?"),
    "a misspelt member": ("errors.overlays()", "overlays: no such member; did you mean overlay?"),
    "a verb without brackets": (
        "train(ct, cascade2d, epochs(2))",
        "cascade2d: is a verb, not a variable; write cascade2d(…)",
    ),
    "a verb as a command": ("train ct", "train: is a verb, not a variable; write train(…)"),
    "a named argument": ("train(ct, cascade2d(), epochs=2)", "epochs: is a verb, not a variable; write epochs(…)"),
    "a number in quotes": (
        'train(ct, cascade2d(), epochs("2"))',
        "incompatible types: String cannot be converted to int",
    ),
    "half an epoch": (
        "train(ct, cascade2d(), epochs(2.5))",
        "incompatible types: possible lossy conversion from double to int; write (int) before the value, or a whole"
        " number",
    ),
    "one equals sign in a comparison": (
        'if (base.id() = "base") {}',
        "= gives a value to a variable: compare numbers with == and texts with .equals(…)",
    ),
    "a method that returns nothing": (
        "double half(double n) { }",
        "the method promises a value and gives none: end it with return and the value",
    ),
    "a method without return": (
        "double half(double n) { n / 2; }",
        "this computes a value and does nothing with it: assign it, or return it",
    ),
    "a list of int": ("new ArrayList<int>()", "int cannot stand between < and >: write Integer"),
}

VERBS = {
    "mining data": ("mine(ct)", "Data is no Run; made by importRun, retrain, run, train"),
    "retraining a run": ("retrain(base, dice())", "Run is no Errors; made by mine"),
    "data behind the pipeline": ("train(cascade2d(), ct)", "Pipeline is no Data; made by load"),
    "comparing errors": (
        "compare(base, errors)",
        "compare(Run, Errors): takes (Run...), and Errors is no Run; made by importRun, retrain, run, train",
    ),
    "comparing nothing": ("compare()", "compare(…): needs runs that were trained; give at least one"),
    "no pipeline": ("train(ct)", "train(data): no pipeline given; add one: train(data, cascade2d())"),
    "no loss": ("retrain(errors)", "retrain(errors): no loss given; add dice(), pwce() or control()"),
    "two losses": (
        "retrain(errors, dice(), control())",
        "dice() and control(): one of this kind is enough; leave one out",
    ),
    "an option twice": (
        "train(ct, cascade2d(), epochs(2), epochs(3))",
        "epochs(2) and epochs(3): one of this kind is enough; leave one out",
    ),
    "no epochs": ("train(ct, cascade2d(), epochs(0))", "epochs(0): must be 1 to 100000; try epochs(30)"),
    "too large a rate": (
        "train(ct, cascade2d(), rate(5))",
        "rate(5.0): must be above 0 and at most 1; try rate(0.001)",
    ),
    "too deep a network": ("train(ct, cascade2d().depth(9))", "depth(9): must be 1 to 8 levels; take depth(4)"),
    "an engine in quotes": (
        'train(ct, cascade2d(), engine("torch"))',
        "String is no EngineOption.Name; made by AUTO, DL4J, TORCH",
    ),
    "an engine that is none": (
        "train(ct, cascade2d(), engine(CUDA))",
        "CUDA: no such verb or variable; there is AUTO, DL4J, TORCH",
    ),
    "an organ that is none": (
        "retrain(errors, dice(), only(PANCREAS))",
        "PANCREAS: no such verb or variable; there is LESION, LIVER",
    ),
    "a network for nothing": (
        "train(ct, unet2d())",
        "unet2d(): takes (Structure), made by LESION, LIVER",
    ),
    "no rounds": ("retrain(errors, dice(), rounds(0))", "rounds(0): must be 1 to 100; try rounds(3)"),
    "a negative weight": (
        "tversky(2, -1)",
        "tversky(2.0, -1.0): the weights of FP and FN must be 0 or more, and one above 0; try tversky(0.3, 0.7)",
    ),
    "too few numbers": ('load("phantom", cases(2, 1))', "cases(int, int): takes (int, int, int)"),
    "a case that is none": (
        'errors.overlay("volume-99", 7)',
        'case "volume-99": not in phantom; its cases are volume-0 … volume-7',
    ),
    "a slice that is none": ('errors.overlay("volume-3", 70)', "slice 70: volume-3 has slices 0 to 13"),
    "a case as a number": (
        "errors.overlay(3, 7)",
        "overlay(int, int): takes (String, int, PictureOption...) or (String, SliceRange, PictureOption...) or"
        " (PictureOption...)",
    ),
    "a missing folder": (
        'load("no/such/folder")',
        '"no/such/folder": there is no such folder or file; give a folder in the layout of LiTS or of'
        ' the Medical Segmentation Decathlon, one scan, or "phantom"',
    ),
    "a missing scan": ('predict(base, "scan.nii")', "scan.nii: no such file; check its name and folder"),
    "a figure as a document": (
        'compare(base).figure4().save("fig.doc")',
        "fig.doc: a figure is saved as .svg, .pdf or .png; end the file's name with one of them",
    ),
    "before and after of one run": (
        'compare(base).figure1("volume-0", 3)',
        "figure1: needs two runs; compare(base, retrained)",
    ),
}


@pytest.mark.parametrize("mistake", WRITING)
def test_a_slip_of_the_pen_gets_one_sentence(notebook, mistake):
    says(notebook, *WRITING[mistake])


@pytest.mark.parametrize("mistake", VERBS)
def test_a_misused_verb_gets_one_sentence(notebook, mistake):
    says(notebook, *VERBS[mistake])


def test_an_option_of_another_verb_is_told_from_those_that_fit(notebook):
    shown = notebook.run("retrain(errors, cascade2d())")
    assert shown.error.startswith(
        "retrain(Errors, Pipeline): takes (Errors, RetrainOption...), and Pipeline is no RetrainOption; made by again,"
        " control, dice, "
    )
    shown = notebook.run('load("phantom", epochs(3))')
    assert shown.error.startswith(
        "load(String, Epochs): takes (List<String>, LoadOption...) or (String, LoadOption...), and Epochs is no"
        " LoadOption; made by cases, "
    )


def test_a_cell_that_was_not_run_is_missed_by_name(notebook):
    says(notebook, "mine(first)", "first: no such verb or variable; run the cell that makes it first")
    says(
        notebook,
        "retrain(mistakes, dice())",
        "mistakes: no such verb or variable; run the cell that makes it first",
    )


def test_a_misspelt_type_does_not_cost_the_variable_its_value(notebook):
    says(notebook, 'data ct = load("phantom");', "data: no such type; did you mean Data?")
    assert notebook.run("base").error is None


def test_a_type_that_does_not_fit_does_not_cost_the_variable_its_value(notebook):
    says(notebook, "Run base = ct;", "Data is no Run; made by importRun, retrain, run, train")
    assert notebook.run("base.id()").pictures[-1]["text/plain"].startswith("base-")


def test_null_is_named(notebook):
    notebook.run("Run none = null;")
    says(
        notebook,
        "mine(none)",
        "mine(run): a value is null, which stands for nothing; train one first: mine(train(data, …))",
    )
    says(notebook, "none.curves()", 'Cannot invoke "Run.curves()" because "none" is null')


def test_a_verb_that_a_method_hides_is_told_and_still_reached(notebook):
    shown = notebook.run("double dice(double tp, double all) { return 2 * tp / all; }")
    assert shown.error is None
    assert shown.text == (
        "dice: your method hides the notebook's own dice; rename it, or write Maskmine.dice for the notebook's\n"
    )
    assert notebook.run("Maskmine.dice()").pictures[-1]["text/plain"] == "dice()"


def test_failures_in_libraries_name_what_the_cell_called(notebook):
    shown = says(notebook, 'Integer.parseInt("volume-3")', 'For input string: "volume-3"')
    assert "  in Integer.parseInt\n  in cell [" in plain(shown)
    shown = says(notebook, 'Files.readString(Path.of("notes.txt"))', "notes.txt: there is no such file")
    assert "  in Files.readString\n" in plain(shown)
    says(notebook, 'base.table().doubleColumn("Dice").mean()', says_column(notebook))


def says_column(notebook) -> str:
    return f"Column Dice is not present in table {notebook.run('base.id()').pictures[-1]['text/plain']}"


def test_an_index_too_far_is_marked_in_the_cell(notebook):
    shown = says(notebook, "int[] slices = {4, 7};\nslices[2]", "Index 2 out of bounds for length 2")
    assert "---> " in plain(shown) and "slices[2]" in plain(shown)


def test_a_method_that_calls_itself_without_end_is_told_once(notebook):
    notebook.run("int deep(int n) { return deep(n + 1) + 1; }")
    says(notebook, "int depth = deep(0);", "a method calls itself without end")


def test_cells_run_out_of_order_say_what_is_missing_and_then_work(notebook):
    shown = notebook.run("int area() { return breadth() * 2; }")
    assert shown.text == "area: cannot be used until method breadth() is declared\n"
    notebook.run("int breadth() { return 4; }")
    assert notebook.run("area()").pictures[-1]["text/plain"] == "8"


def test_running_a_cell_twice_returns_the_stored_run(notebook):
    shown = notebook.run("Run base = train(ct, cascade2d(), epochs(2), seed(1));\nbase")
    assert "Nothing was trained now: it was stored; again() trains anew." in shown.pictures[-1]["text/html"]


def test_the_interrupt_says_so(notebook):
    cell = notebook.send("while (true) {}")
    time.sleep(1)
    notebook.manager.interrupt_kernel()
    assert notebook.wait(cell, timeout=30).error == "the cell was interrupted"
    assert notebook.run("base.id()").error is None


def test_the_page_of_troubleshooting_quotes_messages_that_exist():
    page = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    rows = page[: page.index("## Before")].splitlines()
    quoted = [row.split("` | ")[0].removeprefix("| `") for row in rows if row.startswith("| `")]
    held = {sentence for _, sentence in [*WRITING.values(), *VERBS.values()]}
    held |= set(re.findall(r'says\(\s*notebook,\s*"[^"]*",\s*"([^"]*)"', open(__file__, encoding="utf-8").read()))
    held |= {"the cell was interrupted"}
    assert len(quoted) >= 15
    assert [message for message in quoted if message not in held] == []
