/**
 * @file
 * What the tasks that share memory have in common.
 */
#pragma once

#define SHARING_WORDS 1024u /* two pages */
#define SHARING_PAGES 2u
#define SHARING_WRITER_AT 0x0000200000000000u
#define SHARING_READER_AT 0x0000300000201000u /* another address for the same frames */
#define SHARING_ROUNDS 20u

/* The task's argument. */
enum sharing_part { SHARING_WRITER, SHARING_READER, SHARING_MISUSER };
