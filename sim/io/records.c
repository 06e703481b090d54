/* Records with a checksum each. The lock is POSIX's advisory one: it ends with its process, however that ends. Ignores:
   two machines that write the same file. */
#include "sim/io/records.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "sim/base/hash.h"

enum { SUM_SIZE = 17, READ_SIZE = 1 << 16 }; /* sixteen digits and a blank */

static void sum_write(const char *text, size_t size, char sum[SUM_SIZE + 1])
{
    Hash hash = hash_begin();
    hash_bytes(&hash, text, size);
    snprintf(sum, SUM_SIZE + 1, "%016" PRIx64 " ", hash_end(&hash));
}

static int complain(const char *path, const char *what, int error, Text *why)
{
    text_end_line(why);
    text_add(why, path);
    text_add(why, ": ");
    text_add(why, what);
    if (error) {
        text_add(why, ": ");
        text_add(why, strerror(error));
    }
    return 0;
}

/* All bytes of an open file from its start; returns 0 when it cannot be read. */
static int bytes_read(int handle, Text *bytes)
{
    char buffer[READ_SIZE];
    for (;;) {
        ssize_t count = pread(handle, buffer, sizeof buffer, (off_t)bytes->size);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return count == 0;
        text_add_bytes(bytes, buffer, (size_t)count);
    }
}

/* Visits whole records; *whole becomes the end of the last one. Returns the number of damaged lines. */
static int lines_visit(const Text *bytes, RecordVisit visit, void *user, long long *whole)
{
    int damaged = 0;
    *whole = 0;
    for (size_t from = 0; from < bytes->size;) {
        const char *line = bytes->bytes + from, *end = memchr(line, '\n', bytes->size - from);
        size_t length = end ? (size_t)(end - line) : bytes->size - from;
        char sum[SUM_SIZE + 1] = "";
        if (end && length >= SUM_SIZE) sum_write(line + SUM_SIZE, length - SUM_SIZE, sum);
        if (*sum && memcmp(line, sum, SUM_SIZE) == 0) {
            *whole = (long long)(from + length + 1);
            if (visit) visit(line + SUM_SIZE, length - SUM_SIZE, user);
        } else {
            damaged++;
        }
        from += length + 1;
    }
    return damaged;
}

int records_open(RecordFile *file, const char *path, Text *why)
{
    *file = (RecordFile){.path = memory_copy(path), .handle = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666)};
    if (file->handle < 0) return complain(path, "cannot be written", errno, why);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(file->handle, F_SETLK, &lock) != 0 && (errno == EACCES || errno == EAGAIN)) {
        return complain(path, "another process is writing it", 0, why);
    }
    Text bytes = {0};
    int fine = bytes_read(file->handle, &bytes);
    if (fine) lines_visit(&bytes, NULL, NULL, &file->size);
    text_free(&bytes);
    fine = fine && ftruncate(file->handle, (off_t)file->size) == 0;
    return fine || complain(path, "cannot be written", errno, why);
}

int records_append(RecordFile *file, const char *text, size_t size, Text *why)
{
    Text line = {0};
    char sum[SUM_SIZE + 1];
    sum_write(text, size, sum);
    text_add_bytes(&line, sum, SUM_SIZE);
    text_add_bytes(&line, text, size);
    text_add(&line, "\n");
    size_t done = 0;
    int error = 0;
    while (done < line.size && !error) {
        ssize_t count = pwrite(file->handle, line.bytes + done, line.size - done, (off_t)file->size + (off_t)done);
        if (count > 0) done += (size_t)count;
        if (count == 0) error = ENOSPC;
        if (count < 0 && errno != EINTR) error = errno;
    }
    if (error) {
        complain(file->path, "cannot be written", error, why);
        if (ftruncate(file->handle, (off_t)file->size) != 0) text_add(why, "; its last record may be damaged");
    } else {
        file->size += (long long)line.size;
    }
    text_free(&line);
    return !error;
}

void records_close(RecordFile *file)
{
    if (file->path && file->handle >= 0) {
        fsync(file->handle);
        close(file->handle);
    }
    memory_free(file->path);
    *file = (RecordFile){.handle = -1};
}

int records_read(const char *path, RecordVisit visit, void *user, Text *why)
{
    int handle = open(path, O_RDONLY | O_CLOEXEC);
    if (handle < 0 && errno == ENOENT) return 0;
    Text bytes = {0};
    int damaged = -1;
    long long whole;
    if (handle >= 0 && bytes_read(handle, &bytes)) {
        damaged = lines_visit(&bytes, visit, user, &whole);
    } else {
        complain(path, "cannot be read", errno, why);
    }
    if (handle >= 0) close(handle);
    text_free(&bytes);
    return damaged;
}
