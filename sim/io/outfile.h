/* Files that a run leaves: written under a temporary name in the same folder, renamed when whole. A full disk or a kill
   leaves the old file or none, never half of one. */
#pragma once
#include "sim/io/text.h"

typedef struct OutFile {
    char *path, *temporary;
    int handle;
    char *buffer;
    size_t used;
    int error; /* errno of the first failure, 0 = none */
} OutFile;

/* After a failure the following calls do nothing; outfile_commit tells it. */
void outfile_open(OutFile *file, const char *path);
void outfile_write(OutFile *file, const char *bytes, size_t count);
/* Flushes to the disk and renames; outfile_settle makes the new name survive a power cut too. Returns 0 and says why when anything failed since the opening; then there is no new
   file. Frees the OutFile in any case. */
int outfile_commit(OutFile *file, Text *why);
/* Drops what was written. */
void outfile_abandon(OutFile *file);

/* A whole file at once, its name durable as well. */
int outfile_save(const char *path, const char *bytes, size_t count, Text *why);
/* One of several files of a folder, which outfile_settle follows once. */
int outfile_save_inside(const char *path, const char *bytes, size_t count, Text *why);
/* Makes the names of a folder's files durable; a file system that cannot is no mistake. */
void outfile_settle(const char *folder);
/* Makes a folder and those above it; fine when it exists. */
int outfile_folder(const char *path, Text *why);
/* Removes what killed processes left in a folder: temporary files whose process is no more. */
void outfile_sweep(const char *path);
