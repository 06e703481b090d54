/* 64-bit hash of the dynamic state and of resolved scenarios, fed field by field: the same number on every machine. */
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct Hash {
    uint64_t state;
} Hash;

Hash hash_begin(void);
void hash_bytes(Hash *hash, const void *bytes, size_t count); /* with their count */
void hash_u64(Hash *hash, uint64_t value);
void hash_double(Hash *hash, double value); /* by bit pattern; -0 counts as +0, every nan as one */
void hash_doubles(Hash *hash, const double *values, int count);
void hash_text(Hash *hash, const char *text); /* with its length */
uint64_t hash_end(const Hash *hash);
