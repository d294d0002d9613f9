/**
 * @file
 * A program with a segment of each kind: code, constants, data, and data that is 0.
 */

const char sample_constants[5000] = "constants";
char sample_data[6000] = "data";
char sample_zeros[20000];

void _start(void);

/** Where a program begins. */
void _start(void)
{
    sample_zeros[sample_data[1]] = sample_constants[2];
    for (;;) {
    }
}
