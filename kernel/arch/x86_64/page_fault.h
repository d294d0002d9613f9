/**
 * @file
 * The page fault's vector and its error code (Intel SDM Vol. 3A 4.7, 6.15).
 */
#pragma once

#define VECTOR_PAGE_FAULT 14u

#define PAGE_FAULT_PROTECTION (1u << 0) /* else: the page is not there */
#define PAGE_FAULT_WRITE (1u << 1)
#define PAGE_FAULT_USER (1u << 2)
#define PAGE_FAULT_RESERVED (1u << 3)
#define PAGE_FAULT_FETCH (1u << 4)
