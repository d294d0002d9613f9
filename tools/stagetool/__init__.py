"""The stage tool: one tree, nine views.

Reading order:

    errors      the one kind of error that a user is meant to see
    manifest    what a stage consists of (stages/NN-name/manifest.toml)
    exercises   what a lab asks for (labs/NN-name/exercises.toml)
    retired     files that the kernel is built without, but that stay in the trees
    layout      which file of the kit stands where in a stage's tree
    csource     where a function of a C file begins and ends
    nasmsource  the same for a label of a NASM file
    starter     solutions out, stubs in
    generated   the files that are written anew for each stage
    calls       the same for its system calls
    programs    the same for its user programs
    tree        all of the above together: a stage's tree, in memory
    export      a tree onto the disk
    course      all trees into two git repositories
    variants    how much the stages have otherwise
    wrong       wrong solutions, with which the grader is graded
"""
