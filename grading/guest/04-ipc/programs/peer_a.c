/**
 * @file
 * Peer a.
 */
#include "peer.h"
