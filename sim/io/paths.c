/* The sandbox of file names. Both the candidate and the allowed folders are made absolute by realpath, so that "../"
   and symbolic links are judged by where they lead. Ignores: files exchanged between this look and their opening. */
#include "sim/io/paths.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "sim/io/diag.h"

#ifndef ART_DATA_DIR
#define ART_DATA_DIR "."
#endif

enum { NAMES_MAX = 1000 }; /* names of a folder that are looked at for a suggestion */

static char *joined(const char *folder, const char *name)
{
    Text path = {0};
    text_add(&path, folder);
    text_add(&path, "/");
    text_add(&path, name);
    return path.bytes;
}

static int is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* Adds a folder if it exists. */
static int root_add(PathRoots *roots, const char *folder)
{
    char *real = realpath(folder, NULL);
    if (!real || !is_folder(real)) {
        free(real);
        return 0;
    }
    roots->folders[roots->count++] = real;
    return 1;
}

static void root_add_data(PathRoots *roots, const char *name)
{
    char *folder = joined(roots->data, name);
    root_add(roots, folder);
    free(folder);
}

static char *data_folder(void)
{
    const char *data = getenv("ART_DATA");
    return memory_copy(data && *data ? data : ART_DATA_DIR);
}

int path_roots_begin(PathRoots *roots, const char *file, const char *const *extra, int extra_count, Text *why)
{
    *roots = (PathRoots){0};
    roots->data = data_folder();
    root_add_data(roots, "assets");
    root_add_data(roots, "scenarios");
    if (file) {
        char *folder = path_folder(file);
        root_add(roots, folder);
        free(folder);
    }
    if (extra_count > PATH_ROOTS_MAX) {
        text_add(why, "--root: at most 16 folders");
        return 0;
    }
    for (int i = 0; i < extra_count; i++) {
        if (root_add(roots, extra[i])) continue;
        text_add(why, "--root ");
        text_add(why, extra[i]);
        text_add(why, ": no such folder");
        return 0;
    }
    return 1;
}

void path_roots_free(PathRoots *roots)
{
    for (int i = 0; i < roots->count; i++) free(roots->folders[i]);
    free(roots->data);
    *roots = (PathRoots){0};
}

static int is_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    if (length == 1) return 1; /* the root of the file system */
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

char *path_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) return memory_copy(".");
    Text folder = {0};
    text_add_bytes(&folder, path, slash == path ? 1 : (size_t)(slash - path));
    return folder.bytes;
}

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int is_allowed(const PathRoots *roots, const char *real)
{
    for (int i = 0; i < roots->count; i++) {
        if (is_below(real, roots->folders[i])) return 1;
    }
    return 0;
}

/* A file of the same folder with nearly the same name, if the folder is an allowed one. */
static void suggest_file(const PathRoots *roots, const char *path, const char *written, Text *why)
{
    char *folder = path_folder(path);
    char *real = realpath(folder, NULL);
    DIR *list = real && is_allowed(roots, real) ? opendir(real) : NULL;
    free(real);
    free(folder);
    if (!list) return;
    const char *base = path_base(written);
    Nearest nearest = nearest_begin(base);
    const struct dirent *item = readdir(list);
    for (int i = 0; item && i < NAMES_MAX; i++, item = readdir(list)) nearest_try(&nearest, item->d_name);
    closedir(list);
    if (!nearest.best[0] || strcmp(nearest.best, base) == 0) return;
    Text full = {0};
    text_add_bytes(&full, written, (size_t)(base - written));
    text_add(&full, nearest.best);
    text_add(why, " (did you mean \"");
    text_add(why, full.bytes);
    text_add(why, "\"?)");
    text_free(&full);
}

/* The written path from the folder it starts in; null when it begins with an unknown @. */
static char *path_full(const PathRoots *roots, const char *folder, const char *written)
{
    if (strncmp(written, "@assets/", 8) == 0 || strncmp(written, "@scenarios/", 11) == 0) {
        return joined(roots->data, written + 1);
    }
    if (*written == '@') return NULL;
    return *written == '/' ? memory_copy(written) : joined(folder, written);
}

char *path_word(const char *word)
{
    PathRoots roots = {.data = data_folder()};
    char *full = *word == '@' ? path_full(&roots, ".", word) : NULL;
    free(roots.data);
    return full ? full : memory_copy(word);
}

static void refuse(const char *written, const char *reason, Text *why)
{
    text_add(why, "\"");
    text_add(why, written);
    text_add(why, "\"");
    text_add(why, reason);
}

char *path_resolve(const PathRoots *roots, const char *folder, const char *written, Text *why)
{
    char *full = path_full(roots, folder, written);
    if (!full) {
        refuse(written, ": shipped files begin with @assets/ or @scenarios/", why);
        return NULL;
    }
    char *real = realpath(full, NULL);
    if (!real) {
        refuse(written, ": ", why);
        text_add(why, errno == ENOENT ? "no such file" : strerror(errno));
        if (*written == '"' || *written == '\'') text_add(why, "; leave the quotation marks out");
        else if (errno == ENOENT) suggest_file(roots, full, written, why);
        if (*written == '@' && !is_folder(roots->data)) text_add(why, "; the environment's ART_DATA names no folder");
    } else if (!is_allowed(roots, real)) {
        refuse(written, " lies outside the allowed folders: that of the file on the command line and below, "
                        "those of --root, @assets/ and @scenarios/", why);
        free(real);
        real = NULL;
    }
    free(full);
    return real;
}

char *path_shown(const char *path)
{
    char *here = realpath(".", NULL);
    size_t length = here ? strlen(here) : 0;
    int below = here && length > 1 && is_below(path, here) && path[length] == '/';
    char *shown = memory_copy(below ? path + length + 1 : path);
    free(here);
    return shown;
}

char *path_shipped(const PathRoots *roots, const char *path)
{
    static const char *const names[] = {"assets", "scenarios"};
    char *shipped = NULL;
    for (int i = 0; i < 2 && !shipped; i++) {
        char *folder = joined(roots->data, names[i]);
        char *real = realpath(folder, NULL);
        if (real && is_below(path, real) && strlen(path) > strlen(real) + 1) {
            Text text = {0};
            text_add(&text, "@");
            text_add(&text, names[i]);
            text_add(&text, path + strlen(real));
            shipped = text.bytes;
        }
        free(real);
        free(folder);
    }
    return shipped;
}
