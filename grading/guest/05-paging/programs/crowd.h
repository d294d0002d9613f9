/**
 * @file
 * What the crowd and its members have in common.
 */
#pragma once

#define CROWD 100u
#define CROWD_WORDS 1024u                   /* that each member keeps: 8 KB */
#define CROWD_ONLY_EVEN 0x0000123450000000u /* a page that every other member has */

/* Labels of members' calls. */
#define CROWD_READY 7u /* has filled its memory; wants to go on when all have */
