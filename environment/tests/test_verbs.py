"""The five verbs through Jupyter: the tour, wrong input, an interrupt, and a real scan."""

import gzip

import nbformat
import pytest
from conftest import OUT, ROOT, lab

SHARED = ROOT.parent / "shared" / "data"


def test_the_tour_runs_and_shows_its_tables_and_figures():
    result = lab("--run", "notebooks/01-mask-mining.ipynb", "--to", str(OUT))
    assert result.returncode == 0, result.stderr
    book = nbformat.read(OUT / "01-mask-mining.ipynb", as_version=4)
    outputs = [o for cell in book.cells if cell.cell_type == "code" for o in cell.outputs]
    assert not [o for o in outputs if o.output_type == "error"]
    comparison = book.cells[-2].outputs[-1]["data"]["text/html"]
    for shown in ("<table", "control-", "dice-", "pwce-", "data:image/svg+xml"):
        assert shown in comparison
    page = (OUT / "01-mask-mining.html").read_text()
    assert page.count("data:image/svg+xml") >= 3
    assert all(run in page for run in ("base-", "control-", "dice-", "pwce-"))


def says(cells, code: str, sentence: str) -> None:
    """Wrong input is one sentence without a stack trace, and the next cell works."""
    shown = cells.run(code)
    assert shown.error == sentence
    assert "at org.maskmine" not in shown.traceback
    assert cells.run("20 + 22").pictures[-1]["text/plain"] == "42"


def test_a_missing_folder_is_one_sentence(cells):
    says(
        cells,
        'load("no/such/folder")',
        '"no/such/folder": there is no such folder or file; give a folder in the layout of LiTS or of'
        ' the Medical Segmentation Decathlon, one scan, or "phantom"',
    )


def test_a_misspelt_option_is_one_sentence(cells):
    cells.run('Data ct = load("phantom");')
    shown = cells.run("train(ct, cascade2d(), epoch(3))")
    assert shown.error == "epoch: no such verb or variable; did you mean epochs?"
    assert cells.run("ct").error is None


def test_a_missing_option_is_one_sentence(cells):
    cells.run('Data ct = load("phantom");')
    says(cells, "train(ct)", "train(data): no pipeline given; add one: train(data, cascade2d())")


def test_a_truncated_file_is_one_sentence_that_names_it(cells, tmp_path):
    write_case(cells, tmp_path)
    whole = (tmp_path / "volume-0.nii.gz").read_bytes()
    (tmp_path / "volume-0.nii.gz").write_bytes(whole[: len(whole) // 2])
    shown = cells.run(f'load("{tmp_path}")')
    assert str(tmp_path / "volume-0.nii.gz") in shown.error
    assert "\n" not in shown.error
    assert cells.run("1 + 1").error is None


def test_labels_of_another_shape_are_one_sentence_that_names_both(cells, tmp_path):
    write_case(cells, tmp_path)
    cells.run(
        "org.maskmine.volume.Nifti.write(Path.of(\"%s\"), org.maskmine.volume.Mask.empty("
        "org.maskmine.volume.Geometry.of(8, 8, 4, new org.maskmine.volume.Spacing(1, 1, 1))))"
        % (tmp_path / "segmentation-0.nii.gz")
    )
    shown = cells.run(f'load("{tmp_path}")')
    assert shown.error == (
        f"{tmp_path}: no case can be used: volume-0: labels of 8×8×4 voxels: must have 64×64×14 as"
        " the image; check that both files belong to the same case"
    )


def write_case(cells, folder) -> None:
    """A drawn volume with its labels, in the layout of LiTS."""
    shown = cells.run(
        "var drawn = org.maskmine.data.Phantom.draw(1, org.maskmine.data.Phantom.Site.A);\n"
        f'org.maskmine.volume.Nifti.write(Path.of("{folder}/volume-0.nii.gz"), drawn.image());\n'
        f'org.maskmine.volume.Nifti.write(Path.of("{folder}/segmentation-0.nii.gz"), drawn.labels());'
    )
    assert shown.error is None, shown.traceback
    assert gzip.open(folder / "volume-0.nii.gz").read(4) == (348).to_bytes(4, "little")


def test_interrupt_stops_a_training_and_the_kernel_goes_on(cells):
    cells.run('Data ct = load("phantom");')
    cell = cells.send("Run slow = train(ct, cascade2d(), epochs(2), seed(77));")
    cells.wait_for_progress(cell, updates=3)
    cells.manager.interrupt_kernel()
    assert "interrupted" in cells.wait(cell, timeout=30).error.lower()
    assert cells.run("20 + 22").pictures[-1]["text/plain"] == "42"
    again = cells.run("Run slow = train(ct, cascade2d(), epochs(2), seed(77)); slow", timeout=300)
    assert again.error is None, again.traceback


def test_a_lost_value_names_the_stored_run_that_it_held(cells):
    cells.run('Data ct = load("phantom");')
    made = cells.run(
        "record Trial(Run run) {}\n"
        "var trial = new Trial(train(ct, cascade2d(), epochs(2), seed(78)));\n"
        "trial.run().id()",
        timeout=300,
    )
    assert made.error is None, made.traceback
    name = made.pictures[-1]["text/plain"]
    assert cells.run("record Trial(Run run, int n) {}").text == (
        "trial: lost its value, because this cell changed the class of that value; run the cell that makes trial"
        f' again; what it held is stored: run("{name}")\n'
    )
    assert name in [shown["text/plain"] for shown in cells.run(f'run("{name}").id()').pictures]


@pytest.mark.real
@pytest.mark.skipif(not SHARED.is_dir(), reason=f"{SHARED}, which holds a real scan, is missing")
def test_a_real_scan_goes_through_the_five_verbs(cells, tmp_path):
    made = cells.run(
        f"""
        import org.maskmine.data.LesionPainter;
        import org.maskmine.volume.*;
        Volume scan = Nifti.readVolume(Path.of("{SHARED}/example_ct_sm.nii.gz"));
        Mask liver = Nifti.readMask(Path.of("{SHARED}/example_seg.nii.gz")).where(v -> v == 5);
        float[] inside = new float[liver.count(1)];
        for (int i = 0, k = 0; i < scan.values().length; i++) if (liver.values()[i] != 0) inside[k++] = scan.values()[i];
        Arrays.sort(inside);
        float liverHu = inside[inside.length / 2];
        for (int n = 0; n < 4; n++) {{
          float[] hu = scan.values().clone();
          byte[] lesions = new LesionPainter(liver, -65, -20).paint(new Random(n), hu, liverHu);
          byte[] labels = liver.values().clone();
          for (int i = 0; i < labels.length; i++) if (lesions[i] != 0) labels[i] = 2;
          Nifti.write(Path.of("{tmp_path}/volume-" + n + ".nii.gz"), new Volume(scan.geometry(), hu));
          Nifti.write(Path.of("{tmp_path}/segmentation-" + n + ".nii.gz"), new Mask(liver.geometry(), labels));
        }}
        liver.count(1)
        """
    )
    assert made.error is None, made.traceback
    assert made.pictures[-1]["text/plain"] == "38634"
    shown = cells.run(
        f'Data real = load("{tmp_path}");\n'
        "Run first = train(real, cascade2d(), seed(1));\n"
        "Errors mined = mine(first);\n"
        "compare(first, retrain(mined, dice()), retrain(mined, pwce()), retrain(mined, control()))",
        timeout=600,
    )
    assert shown.error is None, shown.traceback
    page = shown.pictures[-1]["text/html"]
    assert "<table" in page and "data:image/svg+xml" in page
    counted = cells.run(
        "var scores = compare(first).table();\n"
        "var held = real.table();\n"
        'long painted = held.longColumn("lesion voxels").get(1);\n'
        'painted > 0 && scores.longColumn("FN").get(0) + scores.longColumn("TP").get(0) == painted'
    )
    assert counted.error is None, counted.traceback
    assert counted.error is None, counted.traceback
    assert counted.pictures[-1]["text/plain"] == "true"
