/* What the fuzz targets share: the bytes become a file in the current folder, because the readers take files. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* libFuzzer calls it with each input. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Writes fuzz_PID.<ext>; the name stays valid until the next call. */
static inline const char *fuzz_file(const uint8_t *bytes, size_t size, const char *ext)
{
    static char name[64];
    snprintf(name, sizeof name, "fuzz_%ld.%s", (long)getpid(), ext);
    FILE *file = fopen(name, "wb");
    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) abort();
    return name;
}
