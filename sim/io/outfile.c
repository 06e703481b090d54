/* Whole files or none: open "<path>.tmp<pid>" exclusively, write, rename; what a user asked to be saved is brought to the disk
   before (fsync of the file, then of its folder), what a run leaves can be made again and is not waited for. Ignores: what
   other programs do to the same path at the same time (the last one wins, whole). */
#include "sim/io/outfile.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "sim/io/paths.h"

enum { BUFFER_SIZE = 65536, TRIES = 100 };

static void fail(OutFile *file)
{
    if (!file->error) file->error = errno ? errno : EIO;
}

void outfile_open(OutFile *file, const char *path)
{
    *file = (OutFile){.path = memory_copy(path), .handle = -1, .buffer = memory_grow(NULL, BUFFER_SIZE, 1)};
    size_t size = strlen(path) + 48;
    file->temporary = memory_grow(NULL, size, 1);
    struct stat info;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
        file->error = S_ISDIR(info.st_mode) ? EISDIR : EEXIST;
        return;
    }
    /* a name left behind by a killed process with the same number is passed over */
    for (int i = 0; i < TRIES && file->handle < 0; i++) {
        snprintf(file->temporary, size, "%s.tmp%ld.%d", path, (long)getpid(), i);
        file->handle = open(file->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file->handle < 0 && errno != EEXIST) break;
    }
    if (file->handle < 0) fail(file);
}

static void write_out(OutFile *file, const char *bytes, size_t count)
{
    while (count && !file->error) {
        ssize_t done = write(file->handle, bytes, count);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) {
            fail(file);
            return;
        }
        bytes += done;
        count -= (size_t)done;
    }
}

void outfile_write(OutFile *file, const char *bytes, size_t count)
{
    if (file->error) return;
    if (file->used + count > BUFFER_SIZE) {
        write_out(file, file->buffer, file->used);
        file->used = 0;
    }
    if (count > BUFFER_SIZE) {
        write_out(file, bytes, count);
    } else if (count) {
        memcpy(file->buffer + file->used, bytes, count);
        file->used += count;
    }
}

static void outfile_free(OutFile *file)
{
    free(file->path);
    free(file->temporary);
    free(file->buffer);
    *file = (OutFile){.handle = -1};
}

/* Makes the names of a folder's files durable; a file system that cannot is no mistake. */
static void settle(const char *folder)
{
    int handle = open(folder, O_RDONLY | O_CLOEXEC);
    if (handle < 0) return;
    fsync(handle);
    close(handle);
}

void outfile_redirect(OutFile *file, const char *path)
{
    free(file->path);
    file->path = memory_copy(path);
}

int outfile_commit(OutFile *file, Text *why)
{
    int opened = file->handle >= 0;
    if (opened) {
        write_out(file, file->buffer, file->used);
        if (!file->error && file->durable && fsync(file->handle) != 0) fail(file);
        if (close(file->handle) != 0) fail(file);
        if (!file->error && rename(file->temporary, file->path) != 0) fail(file);
        if (file->error) unlink(file->temporary);
    }
    int fine = !file->error;
    if (!fine) {
        text_end_line(why);
        text_add(why, file->path);
        text_add(why, ": cannot be written: ");
        text_add(why, strerror(file->error));
    }
    outfile_free(file);
    return fine;
}

void outfile_abandon(OutFile *file)
{
    if (file->handle >= 0) {
        close(file->handle);
        unlink(file->temporary);
    }
    outfile_free(file);
}

static int save(const char *path, const char *bytes, size_t count, int durable, Text *why)
{
    OutFile file;
    outfile_open(&file, path);
    file.durable = durable;
    outfile_write(&file, bytes, count);
    return outfile_commit(&file, why);
}

int outfile_save_inside(const char *path, const char *bytes, size_t count, Text *why)
{
    return save(path, bytes, count, 0, why);
}

int outfile_save(const char *path, const char *bytes, size_t count, Text *why)
{
    int fine = save(path, bytes, count, 1, why);
    char *folder = path_folder(path);
    if (fine) settle(folder);
    free(folder);
    return fine;
}

int outfile_folder(const char *path, Text *why)
{
    char *part = memory_copy(path);
    int fine = 1;
    for (char *c = part + (*part == '/'); fine; c++) {
        if (*c != '/' && *c != '\0') continue;
        char end = *c;
        *c = '\0';
        struct stat info;
        int made = *part == '\0' || mkdir(part, 0777) == 0;
        if (!made && errno == EEXIST && stat(part, &info) == 0) made = S_ISDIR(info.st_mode);
        if (!made) {
            text_end_line(why);
            text_add(why, part);
            text_add(why, ": the folder cannot be made: ");
            text_add(why, strerror(errno == EEXIST ? ENOTDIR : errno));
            fine = 0;
        }
        if (end == '\0') break;
        *c = end;
    }
    free(part);
    return fine;
}

/* The process that a temporary name ends with, "....tmp1234.0"; 0: no such name. */
static long temporary_owner(const char *name)
{
    const char *mark = NULL;
    for (const char *c = strstr(name, ".tmp"); c; c = strstr(c + 1, ".tmp")) mark = c + 4;
    if (!mark || *mark < '1' || *mark > '9') return 0;
    char *end;
    long owner = strtol(mark, &end, 10);
    if (*end != '.' || end[1] == '\0' || end[1 + strspn(end + 1, "0123456789")] != '\0') return 0;
    return owner;
}

void outfile_sweep(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder) return;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        long owner = temporary_owner(entry->d_name);
        if (owner > 0 && kill((pid_t)owner, 0) != 0 && errno == ESRCH) unlinkat(dirfd(folder), entry->d_name, 0);
    }
    closedir(folder);
}
