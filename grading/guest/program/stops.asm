; The places where the grader stops the machine, the same as in the kernel.
%include "grading/guest/common/stops.asm"
