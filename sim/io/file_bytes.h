/* A whole file in memory, of bounded size; anything but a readable regular file is refused. */
#pragma once
#include <stddef.h>
#include "sim/io/text.h"

typedef struct FileBytes {
    char *bytes; /* ended by NUL */
    size_t size;
} FileBytes;

/* Returns 0 and says why when there is no such file, it is no regular file, too large or unreadable. Nothing is read
   or allocated before its size is known to be at most `limit`. */
int file_bytes_read(const char *path, size_t limit, FileBytes *file, Text *why);
void file_bytes_free(FileBytes *file);
