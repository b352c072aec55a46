"""Adds up JUnit XML reports: one line of what passed, failed and was skipped, and the failed by name.

Usage: summary.py REPORT...
"""

import sys
from xml.etree import ElementTree


def main(reports: list[str]) -> None:
    cases = [case for report in reports for case in ElementTree.parse(report).iter("testcase")]
    failed = [case for case in cases if {"failure", "error"} & {child.tag for child in case}]
    skipped = [case for case in cases if case.find("skipped") is not None]
    for case in failed:
        print(f"failed: {case.get('classname')} {case.get('name')}")
    passed = len(cases) - len(failed) - len(skipped)
    print(f"{passed} passed, {len(failed)} failed, {len(skipped)} skipped")


if __name__ == "__main__":
    main(sys.argv[1:])
