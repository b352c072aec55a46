"""What the kernel is built from: each library listed with its version and licence."""

import re

from conftest import ROOT

PLATFORM = re.compile(r"-(linux|windows|macosx)-.*$")


def shipped() -> set[str]:
    jars = (ROOT / "kernel/target/lib").glob("*.jar")
    return {PLATFORM.sub("", jar.stem) for jar in jars if not jar.name.startswith("maskmine-")}


def listed() -> dict[str, str]:
    """Libraries with their licences, as NOTICE has them."""
    licences, licence = {}, ""
    for line in (ROOT / "NOTICE").read_text().splitlines():
        if re.fullmatch(r"\S.*:", line):
            licence = line.removesuffix(":")
        elif re.fullmatch(r"  \S+", line):
            licences[line.strip()] = licence
    return licences


def test_every_jar_that_is_shipped_is_listed_with_its_version_and_licence():
    assert shipped() == set(listed())


def test_no_licence_asks_more_of_users_than_to_pass_on_a_librarys_own_source():
    accepted = {"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "EPL-1.0", "EPL-2.0", "LGPL-2.1-or-later", "MIT", "MPL-2.0"}
    accepted |= {"Apache-2.0 or GPL-2.0 with Classpath exception", "Apache-2.0 or LGPL-2.1-or-later", "Unicode-3.0"}
    assert set(listed().values()) <= accepted
