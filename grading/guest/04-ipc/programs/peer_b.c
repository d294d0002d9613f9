/**
 * @file
 * Peer b.
 */
#include "peer.h"
