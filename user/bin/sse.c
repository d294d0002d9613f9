/**
 * @file
 * Holds a value of its own in all XMM registers while other tasks run, and looks whether it stays.
 * Two of them run at once, with different arguments.
 *
 * The compiler is told to use general registers only, so nothing but this program's own
 * instructions touches the others.
 */
#include "print.h"
#include "program.h"
#include "string.h"
#include "task.h"

#define ROUNDS 50
#define SPIN 100000u /* steps between two looks, now and then longer than a quantum */

/** The image of FXSAVE and FXRSTOR (Intel SDM Vol. 1 10.5.1). */
struct fpu_image {
    uint8_t control[160];
    uint64_t xmm[16][2];
    uint8_t unused[96];
} __attribute__((aligned(16)));

_Static_assert(sizeof(struct fpu_image) == 512, "FXSAVE writes 512 bytes");

static void fpu_save(struct fpu_image *image)
{
    __asm__ volatile("fxsave64 %0" : "=m"(*image));
}

static void fpu_load(const struct fpu_image *image)
{
    __asm__ volatile("fxrstor64 %0" : : "m"(*image));
}

/** Lets others run: by yielding, and by spinning until the timer takes its turn. */
static void let_others_run(void)
{
    task_yield();
    for (unsigned i = 0; i < SPIN; i++) {
        __asm__ volatile("");
    }
}

/** Puts a number of its own into each half of each register. */
static void choose_values(struct fpu_image *image, uint64_t argument)
{
    for (uint64_t i = 0; i < 16; i++) {
        image->xmm[i][0] = argument << 32 | i;
        image->xmm[i][1] = ~image->xmm[i][0];
    }
}

/** Looks after the registers. @return how often they were not as they should be */
int64_t main(uint64_t argument)
{
    struct fpu_image mine;
    struct fpu_image found;
    int64_t wrong = 0;

    fpu_save(&mine);
    choose_values(&mine, argument);
    fpu_load(&mine);
    for (int round = 0; round < ROUNDS; round++) {
        let_others_run();
        fpu_save(&found);
        wrong += memcmp(mine.xmm, found.xmm, sizeof(mine.xmm)) != 0;
    }
    print("[sse %lu] %d looks at 16 registers, %ld wrong\n", argument, ROUNDS, wrong);
    return wrong;
}
