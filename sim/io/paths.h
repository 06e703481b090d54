/* Where files named in files may lie: in the folder of the file on the command line and below, in the folders of
   --root, and in the shipped data as @assets/ and @scenarios/. Symbolic links are followed before that is judged. */
#pragma once
#include "sim/io/text.h"

enum { PATH_ROOTS_MAX = 16 };

typedef struct PathRoots {
    char *folders[PATH_ROOTS_MAX + 3]; /* absolute, without links */
    int count;
    char *data; /* folder of assets/ and scenarios/: the environment's ART_DATA, else where the program was built */
} PathRoots;

/* Returns 0 and says why when a --root is no folder. `file` may be null. */
int path_roots_begin(PathRoots *roots, const char *file, const char *const *extra, int extra_count, Text *why);
void path_roots_free(PathRoots *roots);

/* Turns a path written in a file into an absolute one; `folder` is that file's. Returns null and says why when there
   is no such file or it lies outside. The caller frees the result. */
char *path_resolve(const PathRoots *roots, const char *folder, const char *written, Text *why);
/* The path as messages show it: from the current folder on when it lies below. The caller frees it. */
char *path_shown(const char *path);
/* What a word of the command line means as a path: @assets/ and @scenarios/ are the shipped ones, else itself. Free it. */
char *path_word(const char *word);
/* "@assets/..." for a path below the shipped data, or null. The caller frees it. */
char *path_shipped(const PathRoots *roots, const char *path);
/* The folder part of a path, "." when it has none. The caller frees it. */
char *path_folder(const char *path);
const char *path_base(const char *path);
