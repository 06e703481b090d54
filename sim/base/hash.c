/* State hash: every 64-bit word is folded in by state = mix((state + c) ^ word), where mix is a bijection of three
   xor-shifts and two multiplications in which each input bit flips each output bit with a chance near one half.
   Source: the finalizer of SplitMix64 (Steele, Lea, Flood 2014) with Stafford's constants (variant 13). Bytes are read
   as little-endian words on every machine. Ignores: attackers (the hash finds differences, it does not sign). */
#include "sim/base/hash.h"
#include <string.h>
#include "sim/base/mix.h"

Hash hash_begin(void)
{
    return (Hash){UINT64_C(0x6A09E667F3BCC908)}; /* fraction of sqrt(2): any constant but zero */
}

void hash_u64(Hash *hash, uint64_t value)
{
    hash->state = mix_u64((hash->state + MIX_GOLDEN) ^ value);
}

/* Eight bytes as one little-endian word, which compilers make a load of. */
static uint64_t word_of(const unsigned char *input)
{
    return (uint64_t)input[0] | (uint64_t)input[1] << 8 | (uint64_t)input[2] << 16 | (uint64_t)input[3] << 24 |
           (uint64_t)input[4] << 32 | (uint64_t)input[5] << 40 | (uint64_t)input[6] << 48 | (uint64_t)input[7] << 56;
}

void hash_bytes(Hash *hash, const void *bytes, size_t count)
{
    const unsigned char *input = bytes;
    size_t start = 0;
    for (; start + 8 <= count; start += 8) hash_u64(hash, word_of(input + start));
    if (start < count) {
        uint64_t word = 0;
        for (size_t i = 0; start + i < count; i++) word |= (uint64_t)input[start + i] << (8 * i);
        hash_u64(hash, word);
    }
    /* the count keeps {1} and {1, 0} apart */
    hash_u64(hash, (uint64_t)count);
}

void hash_double(Hash *hash, double value)
{
    /* -0 equals +0, and no two machines agree on a nan's sign and payload */
    uint64_t word = UINT64_C(0x7FF8000000000000);
    if (value == 0.0) {
        word = 0;
    } else if (value == value) {
        memcpy(&word, &value, sizeof word);
    }
    hash_u64(hash, word);
}

void hash_doubles(Hash *hash, const double *values, int count)
{
    for (int i = 0; i < count; i++) hash_double(hash, values[i]);
}

void hash_text(Hash *hash, const char *text)
{
    hash_bytes(hash, text, strlen(text));
}

uint64_t hash_end(const Hash *hash)
{
    return mix_u64(hash->state);
}
