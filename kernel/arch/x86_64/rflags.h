/**
 * @file
 * Bits of RFLAGS (Intel SDM Vol. 1 3.4.3).
 */
#pragma once

#define RFLAGS_RESERVED (1u << 1) /* always 1 */
#define RFLAGS_TF (1u << 8)       /* a debug exception after each instruction */
#define RFLAGS_IF (1u << 9)       /* interrupts on */
#define RFLAGS_DF (1u << 10)      /* string instructions go down */
#define RFLAGS_IOPL (3u << 12)    /* the least privilege that may use ports */
#define RFLAGS_NT (1u << 14)      /* IRET returns to another task: a fault in 64-bit mode */
#define RFLAGS_AC (1u << 18)      /* alignment checks; in the kernel: user memory may be touched */
