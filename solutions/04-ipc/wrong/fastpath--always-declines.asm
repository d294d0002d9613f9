; exercise: fastpath
; test: fastpath-goes-over
; says: takes the wrong way
; mistake: Never applies. Everything is right, and nothing is any faster.
fastpath_call:
    jmp fastpath_decline
