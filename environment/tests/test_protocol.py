"""The Jupyter project's own tests of a kernel (Debian: python3-jupyter-kernel-test)."""

import sys

import pytest

# Debian's package is not seen from a virtual environment.
sys.path.append("/usr/lib/python3/dist-packages")
jupyter_kernel_test = pytest.importorskip(
    "jupyter_kernel_test", reason="Jupyter's own tests of a kernel are not installed"
)
sys.path.pop()
# Debian's version was written for clients whose channels had to be waited for, and gives up after
# a tenth of a second, which a busy machine needs.
jupyter_kernel_test.run_sync = lambda receive: lambda timeout: receive(timeout=max(timeout, 0.5))
jupyter_kernel_test.TIMEOUT = 60


class MaskmineKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "maskmine"
    language_name = "java"
    file_extension = ".java"

    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'

    completion_samples = [
        {"text": "Math.hypo", "matches": {"hypot("}},
        {"text": "System.out.printl", "matches": {"println("}},
    ]
    complete_code_samples = ["1", "int x = 3;", 'System.out.println("a");', "void f() {\n}"]
    incomplete_code_samples = ["void f() {", "int x = (1 +", "if (true) {\n    foo();"]
    invalid_code_samples = ["int x = ;", "}", "class 3 {}"]

    code_generate_error = 'throw new RuntimeException("expected");'
    code_execute_result = [
        {"code": "1+2+3", "result": "6"},
        {"code": '"a" + 1', "result": "a1"},
        {"code": "List.of(1, 2)", "result": "[1, 2]"},
        {"code": "2*4", "result": "8"},
    ]
    code_display_data = [{"code": 'display("shown");', "mime": "text/plain"}]

    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")

    code_inspect_sample = "Math.hypot"
    code_page_something = ""  # the pager payload is deprecated, and only IPython has one
    code_clear_output = "clearOutput();"

