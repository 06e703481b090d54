/* Folders by POSIX. Ignores: copies of folders in folders, which no result has. */
#include "sim/io/folder.h"
#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "sim/io/file_bytes.h"
#include "sim/io/outfile.h"
#include "sim/io/paths.h"

enum { COPY_MAX = 1 << 30 };

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *joined(const char *folder, const char *name)
{
    Text path = {0};
    text_add(&path, folder);
    if (path.size && path.bytes[path.size - 1] != '/') text_add(&path, "/");
    text_add(&path, name);
    return path.bytes;
}

FolderList folder_list(const char *path, const char *ending)
{
    FolderList list = {0};
    DIR *folder = opendir(path);
    if (!folder) return list;
    size_t tail = strlen(ending);
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        size_t length = strlen(entry->d_name);
        if (entry->d_name[0] == '.' || length < tail || strcmp(entry->d_name + length - tail, ending) != 0) continue;
        list.paths = memory_room(list.paths, list.count, &list.capacity, sizeof *list.paths);
        list.paths[list.count++] = joined(path, entry->d_name);
    }
    closedir(folder);
    if (list.count) qsort(list.paths, (size_t)list.count, sizeof *list.paths, by_bytes);
    return list;
}

void folder_list_free(FolderList *list)
{
    for (int i = 0; i < list->count; i++) free(list->paths[i]);
    free(list->paths);
    *list = (FolderList){0};
}

static int same_place(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static int file_copy(const char *from, const char *folder, Text *why)
{
    struct stat info;
    if (stat(from, &info) != 0 || !S_ISREG(info.st_mode)) return 1;
    FileBytes file;
    char *to = joined(folder, path_base(from));
    Text reason = {0};
    int fine = file_bytes_read(from, COPY_MAX, &file, &reason);
    if (!fine) {
        text_add(why, from);
        text_add(why, " ");
        text_add(why, text_bytes(&reason));
    }
    fine = fine && outfile_save_inside(to, file.bytes, file.size, why) && chmod(to, info.st_mode & 0777) == 0;
    file_bytes_free(&file);
    text_free(&reason);
    free(to);
    return fine;
}

int folder_copy(const char *from, const char *to, Text *why)
{
    struct stat info;
    if (stat(from, &info) != 0 || same_place(from, to)) return 1;
    if (!outfile_folder(to, why)) return 0;
    FolderList list = folder_list(from, "");
    int fine = 1;
    for (int i = 0; fine && i < list.count; i++) fine = file_copy(list.paths[i], to, why);
    folder_list_free(&list);
    return fine;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)info;
    (void)kind;
    (void)where;
    remove(path); /* what cannot be removed stays */
    return 0;
}

void folder_remove(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
