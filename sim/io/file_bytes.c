/* Reads a regular file at once. The kind is asked before opening, so that no pipe blocks and no device wakes, and again
   on the open file, in case it was exchanged. Ignores: growth while it is read (what is beyond the first size stays).
   */
#include "sim/io/file_bytes.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int refuse_errno(Text *why, const char *what)
{
    text_add(why, what);
    text_add(why, strerror(errno));
    return 0;
}

static int kind_fits(const struct stat *info, size_t limit, Text *why)
{
    if (S_ISDIR(info->st_mode)) {
        text_add(why, "is a folder; a text file is expected");
        return 0;
    }
    if (!S_ISREG(info->st_mode)) {
        text_add(why, "is a device, pipe or socket; a text file is expected");
        return 0;
    }
    if (info->st_size < 0 || (unsigned long long)info->st_size > limit) {
        text_add(why, "is too large: ");
        text_add_int(why, (long long)info->st_size);
        text_add(why, " bytes; at most ");
        text_add_int(why, (long long)limit);
        text_add(why, " are read");
        return 0;
    }
    return 1;
}

static int read_all(int handle, FileBytes *file, Text *why)
{
    size_t done = 0;
    while (done < file->size) {
        ssize_t count = read(handle, file->bytes + done, file->size - done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return refuse_errno(why, "cannot be read: ");
        if (count == 0) break;
        done += (size_t)count;
    }
    file->size = done;
    file->bytes[done] = '\0';
    return 1;
}

int file_bytes_read(const char *path, size_t limit, FileBytes *file, Text *why)
{
    *file = (FileBytes){0};
    struct stat info;
    if (stat(path, &info) != 0) return refuse_errno(why, "cannot be opened: ");
    if (!kind_fits(&info, limit, why)) return 0;
    int handle = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (handle < 0) return refuse_errno(why, "cannot be opened: ");
    int fine = fstat(handle, &info) == 0 ? kind_fits(&info, limit, why) : refuse_errno(why, "cannot be opened: ");
    if (fine) {
        file->size = (size_t)info.st_size;
        file->bytes = memory_grow(NULL, file->size + 1, 1);
        fine = read_all(handle, file, why);
    }
    close(handle);
    if (!fine) file_bytes_free(file);
    return fine;
}

int bytes_are_utf16(const char *bytes, size_t size)
{
    enum { LOOK = 32 };
    if (size < 4) return 0;
    if (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0) return 1;
    size_t count[2] = {0, 0}, look = size < LOOK ? size & ~(size_t)1 : LOOK;
    for (size_t i = 0; i < look; i++) count[i % 2] += bytes[i] == '\0';
    return (count[0] == 0 && count[1] == look / 2) || (count[1] == 0 && count[0] == look / 2);
}

/* Length of the UTF-8 character at c, 0 when it is none (RFC 3629: no overlong forms, no surrogates). */
static int utf8_length(const char *c, const char *end)
{
    const unsigned char *u = (const unsigned char *)c;
    int length = u[0] < 0x80 ? 1 : u[0] < 0xc2 ? 0 : u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : u[0] < 0xf5 ? 4 : 0;
    if (length == 0 || end - c < length) return 0;
    for (int i = 1; i < length; i++) {
        if ((u[i] & 0xc0) != 0x80) return 0;
    }
    if ((u[0] == 0xe0 && u[1] < 0xa0) || (u[0] == 0xed && u[1] > 0x9f)) return 0;
    if ((u[0] == 0xf0 && u[1] < 0x90) || (u[0] == 0xf4 && u[1] > 0x8f)) return 0;
    return length;
}

static int is_control(char c)
{
    return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7f;
}

static void note(int *first, int line)
{
    if (*first == 0) *first = line;
}

Survey bytes_survey(const char *bytes, const char *end)
{
    Survey found = {0};
    int line = 1;
    for (const char *c = bytes; c < end;) {
        int length = utf8_length(c, end);
        if (*c == '\n') {
            line++;
            found.newlines++;
        } else if (*c == '\0') {
            note(&found.nul_line, line);
        } else if (*c == '\r') {
            note(c + 1 < end && c[1] == '\n' ? &found.crlf_line : &found.cr_line, line);
        } else if (length == 0) {
            note(&found.bad_line, line);
        } else if (is_control(*c)) {
            note(&found.control_line, line);
        }
        c += length ? length : 1;
    }
    return found;
}

void file_bytes_free(FileBytes *file)
{
    free(file->bytes);
    *file = (FileBytes){0};
}
