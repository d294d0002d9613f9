"""The reference solutions get full points on a busy machine too. `make soak` does it at length."""

import unittest

from built import exported
from real_kit import LABS
from support import ROOT, run, table

RUNS = 3


class Busy(unittest.TestCase):
    def test_every_reference_gets_full_points_every_time(self) -> None:
        rows = []
        for stage in LABS:
            with self.subTest(stage=stage.name):
                done = run(ROOT / "tools/soak.py", "--tree", exported(stage), "--runs", str(RUNS))
                self.assertEqual(done.returncode, 0, done.stdout)
                rows.append({"stage": stage.name, "says": done.stdout.strip().split(": ", 1)[1]})
        table("references on a busy machine", rows)
