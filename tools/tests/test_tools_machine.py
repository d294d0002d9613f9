"""setup and doctor: what they say of a machine, and what they would do to it."""

import os
import unittest
from pathlib import Path

import doctor
from support import ROOT, run, work_folder

SETUP = ROOT / "tools/setup"
TOOLS = doctor.read_list((ROOT / "tools/packages.txt").read_text())
ON_DEBIAN_12 = "VERSION_ID=\"12\"\n" in Path("/etc/os-release").read_text() \
    if Path("/etc/os-release").exists() else False


def programs(names: dict[str, str]) -> Path:
    """A folder with these programs, each a shell script."""
    folder = work_folder("programs")
    for name, text in names.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)
    return folder


class Doctor(unittest.TestCase):
    def test_versions_that_were_tried(self) -> None:
        for tried, version, expected in (("12", "12.2.0", True), ("12", "13.1", False),
                                         ("12", "120.1", False), ("2.0", "2.06", True),
                                         ("1.9", "1.10", False), ("4.3", "4.3", True)):
            tool = doctor.Tool("run", "p", "p", tried, "nothing")
            self.assertEqual(doctor.Finding(tool, version).tried, expected, (tried, version))

    def test_every_line_of_the_list_is_whole(self) -> None:
        self.assertEqual({tool.group for tool in TOOLS}, set(doctor.GROUPS))
        for tool in TOOLS:
            self.assertRegex(tool.tried, r"^\d+(\.\d+)*$", tool)
            self.assertTrue(tool.purpose)
        packages = [tool.package for tool in TOOLS]
        self.assertEqual(len(packages), len(set(packages)))

    def test_versions_are_asked_for(self) -> None:
        folder = programs({"gcc": "echo 'gcc (Distribution 1:99.5-1) 99.5.0'", "nasm": "echo none"})
        before = os.environ["PATH"]
        os.environ["PATH"] = str(folder)
        try:
            found = {name: doctor.find(doctor.Tool("run", name, name, "12", "compiles"))
                     for name in ("gcc", "nasm", "ld")}
        finally:
            os.environ["PATH"] = before
        self.assertEqual(found["gcc"].version, "99.5")
        self.assertEqual(doctor.line_of(found["gcc"], True)[2], "untried (tried: 12)")
        self.assertEqual(found["nasm"].version, "?")
        self.assertTrue(found["ld"].missing)

    def test_what_is_missing_is_told_with_its_cure(self) -> None:
        done = run(ROOT / "tools/doctor.py", "run", PATH=str(programs({"make": "echo 4.3"})))
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r"(?m)^gcc +MISSING .*apt-get install .* gcc$")
        self.assertRegex(done.stdout, r"(?m)^gdb +missing .*gdb$")
        self.assertRegex(done.stdout, r"(?m)^make +4\.3 +yes")
        self.assertIn("tools/setup", done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1)

    def test_this_machine_has_all_that_it_needs(self) -> None:
        done = run(ROOT / "tools/doctor.py")
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)


@unittest.skipUnless(ON_DEBIAN_12, "tools/setup installs on Debian 12 alone")
class Setup(unittest.TestCase):
    """With stand-ins for apt and dpkg that write down what is asked of them."""

    def setup(self, *words: str, installed: str = "", apt: str = "exit 0",
              user: int = 0) -> tuple[int, str, list[str]]:
        notes = work_folder("setup") / "notes"
        folder = programs({
            "dpkg-query": 'for package; do :; done; case " $INSTALLED " in *" $package "*) '
                          'printf "install ok installed" ;; esac',
            "apt-get": f'echo "$@" >> "$NOTES"; {apt}', "sudo": "exit 7",
            "id": f"echo {user}"})
        done = run("/bin/sh", SETUP, *words, INSTALLED=installed, NOTES=str(notes),
                   PATH=f"{folder}:/usr/bin:/bin")
        asked = notes.read_text().splitlines() if notes.exists() else []
        return done.returncode, done.stdout + done.stderr, asked

    def packages(self, *groups: str) -> list[str]:
        return [tool.package for tool in TOOLS if tool.group in groups]

    def test_everything_missing(self) -> None:
        status, told, asked = self.setup()
        everything = " ".join(self.packages("run", "lab", "kit"))
        self.assertEqual(status, 0, told)
        self.assertEqual(asked, ["update",
                                 f"install -y --no-install-recommends {everything}"])
        self.assertIn(f"installing: {everything}", told)

    def test_a_smaller_group(self) -> None:
        _, _, asked = self.setup("run")
        self.assertTrue(asked[1].endswith(" ".join(self.packages("run"))), asked)

    def test_only_what_is_missing(self) -> None:
        run_group = self.packages("run")
        _, _, asked = self.setup("run", installed=" ".join(run_group[1:]))
        self.assertTrue(asked[1].endswith(f"recommends {run_group[0]}"), asked)

    def test_nothing_is_done_twice(self) -> None:
        status, told, asked = self.setup(installed=" ".join(self.packages("run", "lab", "kit")))
        self.assertEqual((status, asked), (0, []))
        self.assertIn("installed already", told)

    def test_a_failure_of_apt_is_shown(self) -> None:
        status, told, _ = self.setup(apt="echo 'E: no network' >&2; exit 100")
        self.assertEqual(status, 1)
        self.assertIn("E: no network", told)
        self.assertIn("this failed: apt-get update", told)

    def test_another_user_needs_sudo(self) -> None:
        status, told, asked = self.setup(user=1000)
        self.assertEqual((status, asked), (1, []))
        self.assertIn("this failed: sudo apt-get update", told)

    def test_an_unknown_word(self) -> None:
        status, told, asked = self.setup("everything")
        self.assertEqual((status, asked), (1, []))
        self.assertIn("'everything' is none of", told)
