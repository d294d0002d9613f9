/**
 * @file
 * Peer c.
 */
#include "peer.h"
