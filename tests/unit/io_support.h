/* What the tests of files and of the command line share: a folder of their own, files in it, and texts compared whole
   with both sides printed. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "sim/io/diag.h"

/* Enters an own folder below the current one, so that messages show short relative paths. */
static inline int enter_folder(const char *name)
{
    mkdir(name, 0777);
    return chdir(name);
}

static inline void write_bytes(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static inline void write_text(const char *path, const char *text)
{
    write_bytes(path, text, strlen(text));
}

/* A whole file; the caller frees it. Null when there is none. */
static inline char *read_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    Text text = {0};
    text_add(&text, "");
    char buffer[4096];
    size_t count;
    while ((count = fread(buffer, 1, sizeof buffer, file)) > 0) text_add_bytes(&text, buffer, count);
    fclose(file);
    return text.bytes;
}

/* Compares a diag's messages as they are printed, and empties it. */
static inline void assert_diag(Diag *diag, const char *expected)
{
    Text text = {0};
    diag_text(diag, &text);
    assert_string_equal(text_bytes(&text), expected);
    text_free(&text);
    diag_free(diag);
}

/* The same double, up to a relative error. */
static inline void assert_number(double value, double expected, double relative)
{
    double error = value > expected ? value - expected : expected - value;
    double size = expected < 0.0 ? -expected : expected;
    if (!(error <= relative * size)) fail_msg("%.17g, expected %.17g", value, expected);
}
