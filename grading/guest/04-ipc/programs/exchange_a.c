/**
 * @file
 * Client a of the exchange.
 */
#include "exchange_client.h"
