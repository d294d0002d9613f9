"""What the tests of stage 07 expect, computed anew, and how they tell what is wrong.

The tests of single exercises (grading/guest/07-vfs/programs/lab_*.c) are programs, each linked with
one source of the tree. It calls a function again and again, in cases drawn from the seed; what the
function calls in other files is the program's own. `cases` goes through what was reported, and the
module of each exercise draws the cases again and says what was to be expected: `seek`, `tables`
(both exercises of descriptors.c), `pipes`, `blocks`, `directories`, `caches`, `pio`, `device`.
`names` has the words for error numbers.

The tests of the whole (vfs_*.c there) run the system with a disk, which `disk` makes, checks and
reads. `work` judges what several tasks have done to files at random, with the model of `model`;
`whole` has the others.
"""
