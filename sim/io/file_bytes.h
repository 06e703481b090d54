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
/* First line of each of the mistakes that concern a text as a whole; 0 = none. */
typedef struct Survey {
    int nul_line, bad_line, control_line, crlf_line, cr_line, newlines;
} Survey;

/* Looks over a text: NUL bytes, bytes that are not UTF-8, control characters but tabs, line ends. */
Survey bytes_survey(const char *bytes, const char *end);
void file_bytes_free(FileBytes *file);
