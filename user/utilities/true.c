/**
 * @file
 * true: does nothing, and says that it went well.
 */

/** @return 0 */
int main(void)
{
    return 0;
}
