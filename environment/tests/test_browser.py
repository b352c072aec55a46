"""JupyterLab in Chromium, as a student sees it. Screenshots are kept in out/tests."""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import time
import urllib.request

import pytest
from chromium import open_chromium
from conftest import OUT, ROOT, run_notebook, write_notebook
from nbconvert import HTMLExporter
from playwright.sync_api import TimeoutError, expect, sync_playwright

MINUTES = 60_000
VERBS = """
Data ct = load("phantom");
Run base = train(ct, cascade2d(), epochs(2), seed(41));
Errors errors = mine(base);
Run recall = retrain(errors, dice(), epochs(1));
Run same = retrain(errors, control(), epochs(1));
Comparison all = compare(recall, base, same);
"""
FIGURES = {
    "figure1": 'all.figure1("volume-4", slices(5, 7), zoom(LESION))',
    "figure2": 'errors.strip("volume-0", 7)',
    "figure3": "recall.figure3()",
    "figure4": "all.figure4()",
    "dice-pairs": "all.dicePairs()",
    "lesion-sizes": "all.lesionSizes()",
    "curves": "base.curves()",
    "recall-precision": "all.recallPrecision()",
    "fingerprint": "display(ct)",
    "network": "base.network(LESION)",
    "comparison": "all",
    "viewer": 'errors.viewer("volume-0")',
}
# What data, files and exceptions may hold that would run in a page, were it not escaped.
ATTACKS = [
    "<img src=x onerror=window.hacked=1>",
    "<script>window.hacked=1</script>",
    '"><svg onload=window.hacked=1>',
    "'><input autofocus onfocus=window.hacked=1>",
    "</script></td></table></pre></style></title><iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "]]></text><script>window.hacked=1</script>",
    "<style>*{background:red}</style><details open ontoggle=window.hacked=1>",
    "<a href=javascript:window.hacked=1 autofocus onfocus=window.hacked=1>x</a>",
]
HOSTILE = {
    "list": "var bad = List.of(" + ", ".join(json.dumps(attack) for attack in ATTACKS) + "); bad",
    "records": "record Found(String id, List<String> all) {}\nbad.stream().map(b -> new Found(b, bad)).toList()",
    "map": "var map = new LinkedHashMap<String, Object>(); for (var b : bad) map.put(b, bad); map",
    "table": 'var t = Table.create(String.join(" ", bad)); for (var b : bad) t.addColumns(StringColumn.create(b, bad)); t',
    "pages": "var many = new ArrayList<String>(); while (many.size() < 100) many.addAll(bad);\n"
    "Table.create(bad.get(0), StringColumn.create(bad.get(1), many))",
    "sheet": "import org.maskmine.dsl.view.*;\nnew Sheet(bad.get(0), List.of(new Sheet.Span(bad.get(1), 1)), List.of(bad.get(2)),"
    " List.of(List.of(Sheet.Cell.words(bad.get(3))), List.of(Sheet.Cell.figure(bad.get(4)))), bad)",
    "progress": "try (var bar = new ProgressBar()) { for (var b : bad) { bar.report(b, 1, 2, b); Thread.sleep(150); } }",
    "display": "for (var b : bad) { display(b); System.out.println(b); System.err.println(b); }\nViews.stack(bad.toArray())",
    "card": 'String.join(" ", bad); Views.card("red", String.join(" ", bad), String.join(" ", bad))',
    "chart": "var set = new org.jfree.data.category.DefaultCategoryDataset(); for (var b : bad) set.addValue(1, b, b);\n"
    "org.jfree.chart.ChartFactory.createBarChart(bad.get(0), bad.get(1), bad.get(2), set)",
    "figure": "import org.maskmine.dsl.figure.*;\n"
    'var bars = Figures.errorBars(String.join(" ", bad), List.of(new BarGroup(bad.get(1), List.of(new Bar(bad.get(2),'
    ' Bar.Role.INITIAL, new org.maskmine.scoring.Confusion(1, 2, 3, 4)))))); bars.save("hostile-figure.svg"); bars',
    "scan": 'Path scan = Files.createTempDirectory("scans").resolve(bad.get(0) + ".nii.gz");\n'
    "var drawn = org.maskmine.data.Phantom.draw(1, org.maskmine.data.Phantom.Site.A);\n"
    "org.maskmine.volume.Nifti.write(scan, drawn.image());\n"
    "Data hostile = load(scan.toString()); display(hostile.problems()); display(hostile.table()); hostile",
    "viewer": 'var all = String.join(" ", bad); var layer = new ViewedCase.Layer(all, drawn.labels(),'
    " List.of(new ViewedCase.LabelClass(1, all, 0xFF0000)));\n"
    "var slices = new SliceViewer(bad.stream().map(b -> new ViewedCase(b, drawn.image(), drawn.labels(), List.of(layer))).toList());\n"
    'slices.save("hostile-viewer.html"); slices',
    "exception": 'throw new IllegalStateException(String.join(" ", bad), new RuntimeException(bad.get(0)));',
    "sentence": 'throw new org.maskmine.UserError(String.join(" ", bad));',
    "compiler": f"int n = {json.dumps(ATTACKS[0])};",
    "path": f"load({json.dumps(ATTACKS[0])})",
    "variables": "%vars",
}
# Shows that the page would run an attack: the one thing that is HTML because its author said so.
CONTROL = 'org.maskmine.dsl.view.View.html("<img src=x onerror=\'window.control=1\'>", "")'
LOOKS = [
    'Table.create("lesions", StringColumn.create("case", "a", "b"), DoubleColumn.create("mL", 12.5, 3.25))',
    "import org.maskmine.dsl.view.*;\n"
    'new Sheet("Dice", List.of(new Sheet.Span("validation", 2)), List.of("run", "Dice"), List.of('
    'List.of(Sheet.Cell.words("best"), Sheet.Cell.number(0.5, ".500").tone(Sheet.Tone.BEST)),'
    'List.of(Sheet.Cell.words("better"), Sheet.Cell.number(0.4, ".400").tone(Sheet.Tone.BETTER)),'
    'List.of(Sheet.Cell.words("worse"), Sheet.Cell.number(0.3, ".300").tone(Sheet.Tone.WORSE)),'
    'List.of(Sheet.Cell.words("paper"), Sheet.Cell.number(0.2, ".200").tone(Sheet.Tone.MUTED))), List.of("a note"))',
    'org.maskmine.dsl.course.Course.check("1", 41).is(42)',
    'throw new IllegalStateException("no liver");',
    'int depth = "three";',
    'load("nowhere")',
    'System.err.println("a note");',
]


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory):
    """What JupyterLab lists: a copy of the notebooks, and those that tests add."""
    return tmp_path_factory.mktemp("notebooks")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Jupyter's data folder, where it remembers which notebooks it trusts."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def address(tmp_path_factory, notebooks, data):
    """The address of a notebook in a JupyterLab that environment/lab started on a copy of the notebooks."""
    token = secrets.token_hex(16)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (OUT / "jupyterlab.log").open("w")
    shutil.copytree(ROOT / "notebooks", notebooks, dirs_exist_ok=True)
    write_notebook(notebooks / "typing.ipynb", "Math.ab", "Math.hypot", 'var line = "liver";\nline + 1')
    write_notebook(
        notebooks / "interrupt.ipynb",
        'Data ct = load("phantom");',
        "for (int n = 0; n < 100; n++) train(ct, cascade2d(), epochs(2), seed(n));",
        "40 + 2",
    )
    # A run store and settings of its own: what others left behind would come back at once.
    home = tmp_path_factory.mktemp("home")
    write_notebook(notebooks / "figures.ipynb", VERBS, *FIGURES.values())
    config = tmp_path_factory.mktemp("config")
    settings = config / "lab/user-settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"windowingMode": "none"}')  # else cells outside of the window are not there
    server = subprocess.Popen(
        [
            str(ROOT / "environment" / "lab"),
            "--",
            "--no-browser",
            f"--port={port}",
            f"--IdentityProvider.token={token}",
            f"--ServerApp.root_dir={notebooks}",
        ],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        env={**os.environ, "MASKMINE_HOME": str(home), "JUPYTER_CONFIG_DIR": str(config), "JUPYTER_DATA_DIR": str(data)},
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/api?token={token}", server)
        yield f"http://127.0.0.1:{port}/lab/tree/{{}}?reset&token={token}"
    finally:
        server.terminate()
        server.wait(timeout=60)


def wait_for(url: str, server: subprocess.Popen) -> None:
    for _ in range(360):
        assert server.poll() is None, "JupyterLab ended; see out/tests/jupyterlab.log"
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.5)
    pytest.fail("JupyterLab did not answer within three minutes; see out/tests/jupyterlab.log")


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    chromium = os.environ.get("CHROMIUM")
    if not chromium:
        pytest.skip("Chromium is not installed, so JupyterLab was not looked at in a browser")
    with sync_playwright() as playwright:
        browser = open_chromium(playwright, chromium, tmp_path_factory.mktemp("chromium"), width=1200, height=1400)
        yield browser
        browser.close()


# Remembers that a bar was there, however shortly.
BARS = """window.bars = 0; new MutationObserver(
    () => window.bars += document.querySelectorAll(".jp-OutputArea progress").length
).observe(document.body, {childList: true, subtree: true})"""


@pytest.mark.parametrize("notebook", sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb")))
def test_a_notebook_runs_in_jupyterlab_and_shows_progress_table_and_figures(browser, address, notebook):
    page = browser.new_page()
    page.goto(address.format(notebook), timeout=2 * MINUTES)
    panel = page.locator(".jp-NotebookPanel:visible")  # JupyterLab reopens earlier notebooks behind it
    expect(panel.get_by_text("Java (Maskmine)")).to_be_visible(timeout=2 * MINUTES)
    page.evaluate(BARS)

    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Run All Cells")).click()
    page.wait_for_function("window.bars > 0", timeout=2 * MINUTES)
    page.screenshot(path=OUT / f"{notebook}-running.png")
    outputs = panel.locator(".jp-OutputArea-output")
    expect(panel.locator(".jp-InputPrompt", has_text=re.compile(r"\[\*\]"))).to_have_count(0, timeout=10 * MINUTES)

    expect(panel.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']")).to_have_count(0)
    expect(panel.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)
    last = outputs.last
    last.scroll_into_view_if_needed()
    expect(last.locator("table").first).to_be_visible()
    expect(last.locator("svg, img").first).to_be_visible()
    page.screenshot(path=OUT / f"{notebook}-done.png")
    page.close()


def open_notebook(browser, address, name):
    """A page with a notebook, and its panel, once the kernel is idle."""
    page = browser.new_page()
    page.goto(address.format(name), timeout=2 * MINUTES)
    panel = page.locator(".jp-NotebookPanel:visible")  # JupyterLab reopens earlier notebooks behind it
    expect(panel.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']")).to_be_visible(timeout=2 * MINUTES)
    return page, panel


def cell(panel, number):
    return panel.locator(".jp-CodeCell").nth(number)


def editor(panel, number):
    return cell(panel, number).locator(".cm-content")


def run_cell(page, panel, number):
    """JupyterLab may hand the focus back to the cell before, after the click."""
    prompt = cell(panel, number).locator(".jp-InputPrompt")
    for _ in range(20):
        editor(panel, number).click()
        page.keyboard.press("Control+Enter")
        try:
            expect(prompt).not_to_have_text("[ ]:", timeout=3000)
            return
        except AssertionError:
            pass
    pytest.fail(f"cell {number} did not run")


def pressed_until(page, key, shown):
    """JupyterLab waits a second for the kernel; on a busy machine the first press may be too early."""
    for _ in range(20):
        page.keyboard.press(key)
        try:
            shown.wait_for(state="visible", timeout=5000)
            return
        except TimeoutError:
            pass
    pytest.fail(f"{key} showed nothing")


def test_tab_completes_and_shift_tab_helps(browser, address):
    page, panel = open_notebook(browser, address, "typing.ipynb")
    editor(panel, 0).click()
    page.keyboard.press("End")
    names = page.locator(".jp-Completer")
    pressed_until(page, "Tab", names)
    expect(names).to_contain_text("absExact(")
    page.screenshot(path=OUT / "completed.png")
    page.keyboard.press("Enter")
    expect(editor(panel, 0)).to_have_text(re.compile(r"^Math\.abs"), timeout=MINUTES)

    editor(panel, 1).click()
    page.keyboard.press("End")
    help = page.locator(".jp-Tooltip")
    pressed_until(page, "Shift+Tab", help)
    expect(help).to_contain_text("double Math.hypot(double")
    page.screenshot(path=OUT / "help.png")
    page.close()


def test_restart_and_run_all_runs_every_cell_anew(browser, address):
    page, panel = open_notebook(browser, address, "typing.ipynb")
    for number, source in enumerate(["1", "2"]):
        editor(panel, number).click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(source)
    for _ in range(2):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name=re.compile("^Restart Kernel and Run All Cells")).click()
        page.get_by_role("button", name="Confirm Kernel Restart").click()
        expect(cell(panel, 2).locator(".jp-InputPrompt")).to_have_text("[3]:", timeout=2 * MINUTES)
        expect(cell(panel, 2).locator(".jp-OutputArea-output")).to_have_text("liver1")
    page.screenshot(path=OUT / "restarted.png")
    page.close()


def test_interrupt_stops_a_training_whose_bar_moves_and_the_next_cell_runs(browser, address):
    page, panel = open_notebook(browser, address, "interrupt.ipynb")
    for number in range(2):
        run_cell(page, panel, number)
    words = cell(panel, 1).locator(".maskmine-progress", has=page.locator("progress")).last
    expect(words).to_contain_text("train", timeout=4 * MINUTES)
    before = words.inner_text()
    expect(words).not_to_have_text(before, timeout=2 * MINUTES)
    page.screenshot(path=OUT / "training.png")

    panel.get_by_role("button", name=re.compile("^Interrupt the kernel")).click()
    expect(cell(panel, 1).locator(".jp-OutputArea").first).to_contain_text("Interrupted: interrupted while", timeout=MINUTES)
    run_cell(page, panel, 2)
    expect(cell(panel, 2).locator(".jp-OutputArea-output")).to_have_text("42", timeout=MINUTES)
    page.screenshot(path=OUT / "interrupted.png")
    page.close()


def test_every_figure_is_seen_in_light_and_dark_with_words_for_those_who_cannot(browser, address):
    page = browser.new_page()
    page.goto(address.format("figures.ipynb"), timeout=2 * MINUTES)
    panel = page.locator(".jp-NotebookPanel")
    expect(panel.get_by_text("Java (Maskmine)")).to_be_visible(timeout=2 * MINUTES)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Run All Cells")).click()
    viewer = panel.locator(".maskmine-viewer[data-open] canvas:not([hidden])")
    expect(panel.locator(".jp-InputPrompt", has_text=re.compile(r"\[\*\]"))).to_have_count(0, timeout=5 * MINUTES)
    panel.locator(".jp-CodeCell").last.scroll_into_view_if_needed()
    expect(viewer).to_be_attached(timeout=MINUTES)
    expect(panel.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)

    for theme in ("Light", "Dark"):
        choose_theme(page, theme)
        for name, source in FIGURES.items():
            cell = panel.locator(".jp-CodeCell", has=page.locator(".jp-InputArea", has_text=source)).last
            cell.scroll_into_view_if_needed()
            output = cell.locator(".jp-OutputArea-output").last
            output.screenshot(path=OUT / f"{name}-{theme.lower()}.png")

    pictures = panel.locator(".jp-OutputArea img")
    assert pictures.count() >= 13
    assert all(pictures.nth(n).get_attribute("alt") for n in range(pictures.count()))
    assert viewer.get_attribute("aria-label").startswith("volume-0, axial slice ")
    walk_through(panel.locator(".maskmine-viewer"))
    page.close()


def choose_theme(page, theme):
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    menu_item(page, "Theme").hover()
    menu_item(page, f"JupyterLab {theme}").click()
    expect(page.locator(f"body[data-jp-theme-light='{str(theme == 'Light').lower()}']")).to_be_attached()
    expect(page.locator("#jupyterlab-splash")).to_have_count(0, timeout=MINUTES)  # it lies over the page meanwhile


def menu_item(page, words):
    """An item of an open menu; those with a menu of their own and those that are on have other roles."""
    return page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{words}$"))


def walk_through(viewer) -> None:
    """The viewer answers to its sliders, boxes and planes."""
    canvas = viewer.locator("canvas")
    said = canvas.get_attribute("aria-label")
    viewer.locator("select[name=plane]").select_option("coronal")
    expect(canvas).not_to_have_attribute("aria-label", said)
    assert re.match(r"volume-0, coronal slice \d+: liver \d+, lesion \d+, false positive", canvas.get_attribute("aria-label"))
    viewer.get_by_role("checkbox").first.uncheck()
    expect(canvas).to_have_attribute("aria-label", re.compile("coronal slice \\d+: false positive"))
    viewer.locator("input[name=slice]").fill("3")
    expect(viewer.locator("output")).to_contain_text("coronal slice ")


def test_a_saved_viewer_works_without_kernel_and_network(browser, cells, tmp_path):
    shown = cells.run(f'load("phantom").viewer("volume-3").save("{tmp_path}/volume-3.html")')
    assert shown.error is None, shown.traceback
    page = browser.new_page()
    page.context.set_offline(True)
    page.goto((tmp_path / "volume-3.html").as_uri())
    canvas = page.locator(".maskmine-viewer[data-open] canvas")
    expect(canvas).to_have_attribute("aria-label", re.compile("volume-3, axial slice \\d+: liver [1-9]"))
    assert (tmp_path / "volume-3.html").stat().st_size < 3_000_000
    page.locator(".maskmine-viewer").screenshot(path=OUT / "viewer-saved.png")
    page.context.set_offline(False)
    page.close()


# How much a text stands out from what lies behind it, as WCAG 2 reckons it.
CONTRAST = """element => {
  const channels = color => [...color.match(/[\\d.]+/g).map(Number), 1].slice(0, 4);
  const over = (top, alpha, below) => below.map((b, i) => alpha * top[i] + (1 - alpha) * b);
  const chain = [];
  for (let e = element; e; e = e.parentElement) chain.unshift(getComputedStyle(e));
  let back = [255, 255, 255], opacity = 1;
  for (const style of chain) {
    const color = channels(style.backgroundColor);
    back = over(color, color[3], back);
    opacity *= style.opacity;
  }
  const ink = channels(chain.at(-1).color);
  const light = rgb => rgb.map(c => c / 255)
    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const [a, b] = [light(over(ink, ink[3] * opacity, back)), light(back)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""


def test_tables_cards_and_errors_are_readable_in_light_and_dark(browser, address, notebooks, data):
    run_notebook(notebooks / "looks.ipynb", data, *LOOKS)
    page = browser.new_page()
    page.goto(address.format("looks.ipynb"), timeout=2 * MINUTES)
    outputs = page.locator(".jp-NotebookPanel:visible .jp-OutputArea-output")
    texts = outputs.locator("td, th, caption, p, b, div.maskmine, pre, pre span")
    expect(outputs).to_have_count(len(LOOKS), timeout=MINUTES)
    for theme in ("Light", "Dark"):
        choose_theme(page, theme)
        page.screenshot(path=OUT / f"looks-{theme.lower()}.png")
        for text in texts.all():
            ratio = text.evaluate(CONTRAST)
            assert ratio >= 4.5, f"{text.inner_text()!r} stands out by {ratio:.1f} in {theme}; WCAG asks for 4.5"
    page.close()


@pytest.fixture(scope="module")
def hostile(notebooks, data):
    """A notebook that has run and whose every cell shows the attacks; the last one is an attack that is let through."""
    return run_notebook(notebooks / "hostile.ipynb", data, *HOSTILE.values(), CONTROL)


def check_that_nothing_ran(page, cells):
    """What the hostile cells show is there to be read and nothing of it has become part of the page."""
    expect(cells).to_have_count(len(HOSTILE) + 1, timeout=MINUTES)
    page.wait_for_function("window.control === 1", timeout=MINUTES)
    for name, cell in zip(HOSTILE, cells.all()):
        shown = cell.locator(".jp-OutputArea").first
        if name in ("chart", "figure"):
            expect(shown.locator("img")).to_be_visible()
        else:
            expect(shown).to_contain_text("window.hacked=1")
    made = "iframe, details, [onload], [onfocus], [ontoggle], [autofocus], a[href^='javascript']"
    expect(cells.locator(".jp-OutputArea").locator(made)).to_have_count(0)
    expect(cells.locator(".jp-OutputArea").locator("[onerror]")).to_have_count(1)
    assert page.evaluate("window.hacked") is None


def test_nothing_that_data_hold_runs_in_jupyterlab(browser, address, hostile):
    page = browser.new_page()
    page.goto(address.format(hostile.name), timeout=2 * MINUTES)
    check_that_nothing_ran(page, page.locator(".jp-NotebookPanel:visible .jp-CodeCell"))
    page.screenshot(path=OUT / "hostile.png")
    page.close()


def test_nothing_that_data_hold_runs_in_a_saved_page_or_figure(browser, hostile):
    saved = hostile.with_suffix(".html")
    saved.write_text(HTMLExporter().from_filename(str(hostile))[0], encoding="utf-8")
    page = browser.new_page()
    page.context.set_offline(True)
    page.goto(saved.as_uri(), wait_until="domcontentloaded")
    check_that_nothing_ran(page, page.locator(".jp-CodeCell"))
    page.screenshot(path=OUT / "hostile-saved.png", full_page=True)
    for name in ("hostile-figure.svg", "hostile-viewer.html"):
        page.goto((hostile.parent / name).as_uri())
        expect(page.locator("text, canvas").first).to_be_attached()
        assert page.evaluate("window.hacked") is None
    page.context.set_offline(False)
    page.close()
