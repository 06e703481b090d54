/* Folders of results: what is in them, copies, removal. */
#pragma once
#include "sim/io/text.h"

typedef struct FolderList {
    char **paths; /* "<folder>/<name>", by name */
    int count, capacity;
} FolderList;

/* The entries whose names end so, without those that begin with a dot; none when there is no such folder. */
FolderList folder_list(const char *path, const char *ending);
void folder_list_free(FolderList *list);
/* Copies the regular files of a folder into another, which is made; nothing when there is no such folder or both are
   the same. Returns 0 and says why when a file cannot be copied. */
int folder_copy(const char *from, const char *to, Text *why);
/* Removes a folder with all that is in it; links are removed, not followed; nothing when there is none. */
void folder_remove(const char *path);
