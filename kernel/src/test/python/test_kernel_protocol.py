"""The Jupyter project's own tests of a kernel, against the installed kernel "maskmine".

Needs jupyter_kernel_test (Debian: python3-jupyter-kernel-test) and jupyter_client.
Run: python3 -m unittest kernel/src/test/python/test_kernel_protocol.py
"""

import unittest

import jupyter_kernel_test


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
    code_clear_output = "clearOutput();"


if __name__ == "__main__":
    unittest.main()
