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
/* 1 for what looks like UTF-16: a byte order mark of it, or at the beginning a NUL in every other byte. */
int bytes_are_utf16(const char *bytes, size_t size);
void file_bytes_free(FileBytes *file);
