/**
 * @file
 * Kinds of characters: those of ASCII (ISO C11 7.4).
 */
#include <ctype.h>

/** Whether a character lies between two others. */
static int is_within(int character, int first, int last)
{
    return character >= first && character <= last;
}

/** @return whether it is a decimal digit (C11 7.4.1.5) */
int isdigit(int character)
{
    return is_within(character, '0', '9');
}

/** @return whether it is a small letter (C11 7.4.1.7) */
int islower(int character)
{
    return is_within(character, 'a', 'z');
}

/** @return whether it is a capital letter (C11 7.4.1.11) */
int isupper(int character)
{
    return is_within(character, 'A', 'Z');
}

/** @return whether it is a letter (C11 7.4.1.2) */
int isalpha(int character)
{
    return islower(character) || isupper(character);
}

/** @return whether it is a letter or a digit (C11 7.4.1.1) */
int isalnum(int character)
{
    return isalpha(character) || isdigit(character);
}

/** @return whether it is a hexadecimal digit (C11 7.4.1.12) */
int isxdigit(int character)
{
    return isdigit(character) || is_within(character, 'a', 'f') || is_within(character, 'A', 'F');
}

/** @return whether it is a blank or a tab (C11 7.4.1.3) */
int isblank(int character)
{
    return character == ' ' || character == '\t';
}

/** @return whether it is white space: a blank, or one of \\t \\n \\v \\f \\r (C11 7.4.1.10) */
int isspace(int character)
{
    return character == ' ' || is_within(character, '\t', '\r');
}

/** @return whether it is a control character (C11 7.4.1.4) */
int iscntrl(int character)
{
    return is_within(character, 0, 0x1F) || character == 0x7F;
}

/** @return whether it can be printed, the blank being one, too (C11 7.4.1.8) */
int isprint(int character)
{
    return is_within(character, ' ', '~');
}

/** @return whether it can be seen when it is printed (C11 7.4.1.6) */
int isgraph(int character)
{
    return is_within(character, '!', '~');
}

/** @return whether it can be seen and is neither letter nor digit (C11 7.4.1.9) */
int ispunct(int character)
{
    return isgraph(character) && !isalnum(character);
}

/** @return the small letter for a capital one, anything else as it is (C11 7.4.2.1) */
int tolower(int character)
{
    return isupper(character) ? character - 'A' + 'a' : character;
}

/** @return the capital letter for a small one, anything else as it is (C11 7.4.2.2) */
int toupper(int character)
{
    return islower(character) ? character - 'a' + 'A' : character;
}
