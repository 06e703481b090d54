/* Files that a run leaves: written under a temporary name in the same folder, renamed when whole. A full disk or a kill
   leaves the old file or none, never half of one. */
#pragma once
#include "sim/io/text.h"

typedef struct OutFile {
    char *path, *temporary;
    int handle;
    char *buffer;
    size_t used;
    int error;   /* errno of the first failure, 0 = none */
    int durable; /* 1: survives a power cut */
} OutFile;

/* After a failure the following calls do nothing; outfile_commit tells it. */
void outfile_open(OutFile *file, const char *path);
void outfile_write(OutFile *file, const char *bytes, size_t count);
/* Gives the file another name, in a folder of the same disk, before it is committed. */
void outfile_redirect(OutFile *file, const char *path);
/* Renames. Returns 0 and says why when anything failed since the opening; then there is no new file. Frees the OutFile in any
   case. */
int outfile_commit(OutFile *file, Text *why);
/* Drops what was written. */
void outfile_abandon(OutFile *file);

/* A whole file at once, which survives a power cut: file and name are on the disk. */
int outfile_save(const char *path, const char *bytes, size_t count, Text *why);
/* One of the files of a run or a batch, which can be made again: nobody waits for the disk. */
int outfile_save_inside(const char *path, const char *bytes, size_t count, Text *why);
/* Makes a folder and those above it; fine when it exists. */
int outfile_folder(const char *path, Text *why);
/* Removes what killed processes left in a folder: temporary files whose process is no more. */
void outfile_sweep(const char *path);
