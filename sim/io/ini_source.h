/* One INI file, read and cut into sections, keys and values; or a --set, which looks like a file of one key. */
#pragma once
#include <stdint.h>
#include "sim/io/diag.h"

enum {
    INI_FILE_MAX = 4194304, /* bytes, 4 MiB */
    INI_SECTIONS_MAX = 4096,
    INI_KEYS_MAX = 20000
};

typedef struct IniSection {
    char *name; /* "axle.3"; "" for keys before the first section */
    int line;
} IniSection;

typedef struct IniEntry {
    int section; /* index */
    int line;
    uint32_t hash; /* of the key, so that 20,000 keys are compared in milliseconds */
    char *key, *value;
} IniEntry;

typedef struct IniSource {
    char *shown;  /* the file's name in messages */
    char *folder; /* relative paths in it start here */
    IniSection *sections;
    int section_count, section_capacity;
    IniEntry *entries; /* in the order of the file */
    int entry_count, entry_capacity;
} IniSource;

/* Reads the file at `path`; all mistakes of form, duplicates included, go to the diag. The source is always valid and
   holds what could be read; the result is 0 when the file as a whole could not. */
int ini_source_read(IniSource *source, const char *path, const char *shown, const char *folder, Diag *diag);
/* The same for a text in memory. */
int ini_source_parse(IniSource *source, const char *bytes, size_t size, const char *shown, const char *folder,
                     Diag *diag);
/* "section.key=value", cut at the first "=" and the last "." before it. Returns 0 when it does not have this form. */
int ini_source_set(IniSource *source, const char *text, Diag *diag);
void ini_source_free(IniSource *source);
