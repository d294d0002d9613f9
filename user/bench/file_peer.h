/**
 * @file
 * What the measuring of files and its peer agree on.
 */
#pragma once

/** What the peer does: its argument. */
enum files_peer {
    FILES_ANSWER, /**< answers each request with as many words as its word 0 says */
    FILES_WAIT    /**< counts instructions while there is nothing else to do */
};

/** A region that both have attached: its first word counts turns of a loop of two instructions. */
#define FILES_REGION "waiting"
#define FILES_REGION_ADDRESS 0x300000000000ul
#define FILES_TURN 2u /* instructions */
