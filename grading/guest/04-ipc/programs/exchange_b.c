/**
 * @file
 * Client b of the exchange.
 */
#include "exchange_client.h"
