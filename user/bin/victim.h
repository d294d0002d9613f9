/**
 * @file
 * What the victim can be asked. Its endpoint's name is "victim".
 *
 *     VICTIM_WHERE   answer: word 0 is the address of its text
 *     VICTIM_SHOW    the victim prints its text; answered with word 0: is it unharmed?
 */
#pragma once

/** Requests. */
enum victim_label { VICTIM_WHERE = 1, VICTIM_SHOW = 2 };
