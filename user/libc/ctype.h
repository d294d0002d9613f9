/**
 * @file
 * Kinds of characters: those of ASCII, in the "C" locale (ISO C11 7.4). A character is 0 to 255 or
 * EOF; any other number is in no class and stays as it is.
 */
#pragma once

int isalnum(int character);
int isalpha(int character);
int isblank(int character);
int iscntrl(int character);
int isdigit(int character);
int isgraph(int character);
int islower(int character);
int isprint(int character);
int ispunct(int character);
int isspace(int character);
int isupper(int character);
int isxdigit(int character);
int tolower(int character);
int toupper(int character);
