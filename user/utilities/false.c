/**
 * @file
 * false: does nothing, and says that it went wrong.
 */

/** @return 1 */
int main(void)
{
    return 1;
}
