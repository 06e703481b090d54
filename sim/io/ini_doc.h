/* Sections and keys of several sources, merged key by key: the last one wins, each keeps where it came from. */
#pragma once
#include "sim/io/ini_source.h"

typedef struct DocEntry {
    const char *key, *value;
    const IniSource *source;
    int line;
    const char *section; /* as its source states it: "vehicle.axle.1" */
} DocEntry;

typedef struct DocSection {
    const char *name;    /* "axle.1" */
    const char *written; /* as its first source states it: "vehicle.axle.1" */
    const IniSource *source;
    int line;
    DocEntry *entries;
    int count, capacity;
} DocSection;

typedef struct IniDoc {
    DocSection *sections;
    int count, capacity;
} IniDoc;

/* The sources must outlive the doc. */
void ini_doc_merge(IniDoc *doc, const IniSource *source);
/* Takes the section out of `from` and merges it into `to` under the name behind its first `prefix_length` bytes. */
void ini_doc_move(IniDoc *from, int index, size_t prefix_length, IniDoc *to);
/* Index of a section, or -1. */
int ini_doc_find(const IniDoc *doc, const char *name);
/* The key of a section, or a null pointer. */
const DocEntry *ini_doc_entry(const IniDoc *doc, const char *section, const char *key);
void ini_doc_free(IniDoc *doc);
