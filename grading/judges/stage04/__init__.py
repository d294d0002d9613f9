"""What the tests of stage 04 expect, computed anew, and how they tell what is wrong.

The tests of single exercises (grading/guest/04-ipc/*.c) make a small world of threads in random
states, call one function of the kernel, and write the world down before and after it. `world` reads
such a world, `exercises` and `fastpath` change it as the function should have. The other modules
belong to test programs in user mode (grading/guest/04-ipc/programs/).
"""
