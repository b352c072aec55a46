"""Which tests environment/test leaves to environment/test --long."""

import os
from pathlib import Path

import pytest
from conftest import jupyter


@pytest.mark.parametrize("asked, outcome", [("1", "1 passed"), ("", "1 skipped")])
def test_long_tests_run_where_they_are_asked_for_and_an_empty_word_asks_for_none(tmp_path, asked, outcome):
    (tmp_path / "test_it.py").write_text("from conftest import long\n\n\n@long\ndef test_it():\n    pass\n")
    here = {**os.environ, "MASKMINE_LONG": asked, "PYTHONPATH": str(Path(__file__).parent)}
    done = jupyter("pytest", "-q", "-p", "no:cacheprovider", str(tmp_path), env=here)
    assert done.stdout.splitlines()[-1].startswith(outcome), done.stdout + done.stderr
