/**
 * @file
 * Client c of the exchange.
 */
#include "exchange_client.h"
