/* A file of records that only grows: one line each, "<16 hexadecimal digits> <text>", the digits a hash of the text. A
   kill in the middle of a record costs that record alone. */
#pragma once
#include "sim/io/text.h"

typedef struct RecordFile {
    char *path;
    int handle;
    long long size; /* of whole records */
} RecordFile;

/* Opens the file for appending, makes it when there is none, and cuts off a last record that is not whole. Returns 0 and
   says why when it cannot be written, or another process writes it. */
int records_open(RecordFile *file, const char *path, Text *why);
/* Appends one record; its text has no line end. Returns 0 and says why when it could not be written; the file then ends
   with the record before. */
int records_append(RecordFile *file, const char *text, size_t size, Text *why);
void records_close(RecordFile *file);

typedef void (*RecordVisit)(const char *text, size_t size, void *user);
/* Calls `visit` with each whole record, in order. Returns how many lines were damaged, or -1 with a reason when the file
   cannot be read; no file counts as an empty one. */
int records_read(const char *path, RecordVisit visit, void *user, Text *why);
