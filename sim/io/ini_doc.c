/* Merging of INI sources. Sections and keys keep the order in which they were first stated, so that a merge of the same
   files always gives the same order. Ignores: what sections and keys mean. */
#include "sim/io/ini_doc.h"
#include <stdlib.h>
#include <string.h>

int ini_doc_find(const IniDoc *doc, const char *name)
{
    for (int i = 0; i < doc->count; i++) {
        if (strcmp(doc->sections[i].name, name) == 0) return i;
    }
    return -1;
}

/* The section of that name, made when there is none. */
static DocSection *section_of(IniDoc *doc, DocSection model)
{
    int index = ini_doc_find(doc, model.name);
    if (index >= 0) return &doc->sections[index];
    doc->sections = memory_room(doc->sections, doc->count, &doc->capacity, sizeof *doc->sections);
    doc->sections[doc->count] = model;
    return &doc->sections[doc->count++];
}

/* `old_count`: entries that were there before this source; a source states a key only once. */
static void entry_set(DocSection *section, DocEntry entry, int old_count)
{
    for (int i = 0; i < old_count; i++) {
        if (strcmp(section->entries[i].key, entry.key) != 0) continue;
        section->entries[i] = entry;
        return;
    }
    section->entries = memory_room(section->entries, section->count, &section->capacity, sizeof *section->entries);
    section->entries[section->count++] = entry;
}

void ini_doc_merge(IniDoc *doc, const IniSource *source)
{
    /* where each section of the source went, and how many keys that had before */
    int *index = memory_new((size_t)source->section_count * sizeof *index);
    int *old_count = memory_new((size_t)source->section_count * sizeof *old_count);
    for (int i = 0; i < source->section_count; i++) {
        const IniSection *from = &source->sections[i];
        DocSection *section =
            section_of(doc, (DocSection){.name = from->name, .written = from->name, .source = source,
                                         .line = from->line});
        index[i] = (int)(section - doc->sections);
        old_count[i] = section->count;
    }
    for (int i = 0; i < source->entry_count; i++) {
        const IniEntry *from = &source->entries[i];
        DocEntry entry = {from->key, from->value, source, from->line, source->sections[from->section].name};
        entry_set(&doc->sections[index[from->section]], entry, old_count[from->section]);
    }
    free(index);
    free(old_count);
}

void ini_doc_move(IniDoc *from, int index, size_t prefix_length, IniDoc *to)
{
    DocSection moved = from->sections[index];
    for (int i = index + 1; i < from->count; i++) from->sections[i - 1] = from->sections[i];
    from->count--;
    DocSection model = {.name = moved.name + prefix_length, .written = moved.written, .source = moved.source,
                        .line = moved.line};
    DocSection *section = section_of(to, model);
    int old_count = section->count;
    for (int i = 0; i < moved.count; i++) entry_set(section, moved.entries[i], old_count);
    free(moved.entries);
}

const DocEntry *ini_doc_entry(const IniDoc *doc, const char *section, const char *key)
{
    int index = ini_doc_find(doc, section);
    for (int i = 0; index >= 0 && i < doc->sections[index].count; i++) {
        const DocEntry *entry = &doc->sections[index].entries[i];
        if (strcmp(entry->key, key) == 0) return entry;
    }
    return NULL;
}

void ini_doc_free(IniDoc *doc)
{
    for (int i = 0; i < doc->count; i++) free(doc->sections[i].entries);
    free(doc->sections);
    *doc = (IniDoc){0};
}
