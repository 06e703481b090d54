/* The 64-bit mixing that the hash and the random streams share. */
#pragma once
#include <stdint.h>

#define MIX_GOLDEN UINT64_C(0x9E3779B97F4A7C15) /* 2^64 over the golden ratio, odd */

/* A bijection of 64-bit words; each input bit flips each output bit with a chance near one half. Maps 0 to 0. */
static inline uint64_t mix_u64(uint64_t word)
{
    word = (word ^ (word >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    word = (word ^ (word >> 27)) * UINT64_C(0x94D049BB133111EB);
    return word ^ (word >> 31);
}
