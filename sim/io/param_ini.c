/* From a merged INI to a struct. First the structs of numbered and named sections are laid out, then values are set,
   then what is required is looked for. Ignores: what values mean together (the core's checks). */
#include "sim/io/param_ini.h"
#include <stdlib.h>
#include <string.h>
#include "sim/io/param_section.h"
#include "sim/io/param_value.h"

static Place section_place(const DocSection *section)
{
    return (Place){.file = section->source->shown, .line = section->line, .section = section->written};
}

static void refuse_section(const ParamFill *fill, const DocSection *section)
{
    /* what stands before the name in a scenario: "vehicle." */
    Text prefix = {0}, suggestion = {0};
    text_add_bytes(&prefix, section->written, strlen(section->written) - strlen(section->name));
    for (int i = 0; i < fill->kit_count && !suggestion.size; i++) {
        if (!section_match(fill->kit[i], section->name).section) continue;
        text_add(&suggestion, " in a scenario; a ");
        text_add(&suggestion, fill->kit_names[i]);
        text_add(&suggestion, " has it: write [");
        text_add(&suggestion, fill->kit_names[i]);
        text_add(&suggestion, ".");
        text_add(&suggestion, section->name);
        text_add(&suggestion, "]");
    }
    if (!suggestion.size) section_suggest(fill->schema, section->name, text_bytes(&prefix), &suggestion);
    DIAG_ADD(fill->diag, section_place(section), "unknown section", text_bytes(&suggestion));
    text_free(&prefix);
    text_free(&suggestion);
}

static int is_there(const IniDoc *doc, const char *stem, int number)
{
    Text name = {0};
    text_add(&name, stem);
    text_add_int(&name, number);
    int there = ini_doc_find(doc, name.bytes) >= 0;
    text_free(&name);
    return there;
}

/* 1 where a number before this one is missing; `missing`: where the gap right before it begins, 0: there is none. */
static int behind_gap(const IniDoc *doc, const char *stem, int first, int number, int *missing)
{
    int k = number - 1;
    for (*missing = 0; k >= first && !is_there(doc, stem, k); k--) *missing = k;
    for (; k >= first; k--)
        if (!is_there(doc, stem, k)) return 1;
    return *missing > 0;
}

/* Index of the struct of a numbered section, -1 with a message; behind a gap nothing is taken. */
static int numbered_index(const ParamFill *fill, const IniDoc *doc, const DocSection *section, SectionMatch match)
{
    Text stem = {0}, limit = {0}, least = {0};
    int first = section_first(match.section);
    text_add_bytes(&stem, match.section->pattern, strlen(match.section->pattern) - 1);
    text_add_int(&least, first);
    text_add_int(&limit, first + match.section->max - 1);
    int index = match.number - first;
    if (match.number < first) {
        DIAG_ADD(fill->diag, section_place(section), "the number is missing or wrong; write [", stem.bytes, least.bytes,
                 "] to [", stem.bytes, limit.bytes, "]");
        index = -1;
    } else if (index >= match.section->max) {
        DIAG_ADD(fill->diag, section_place(section), "too many; at most [", stem.bytes, limit.bytes, "] is possible");
        index = -1;
    } else {
        int missing, gap = behind_gap(doc, stem.bytes, first, match.number, &missing);
        Text name = {0};
        text_add(&name, stem.bytes);
        text_add_int(&name, missing);
        if (missing) {
            DIAG_ADD(fill->diag, section_place(section), "there is no [", name.bytes, "]; the numbers run from ",
                     least.bytes, " without a gap");
        }
        text_free(&name);
        if (gap) index = -1;
    }
    text_free(&stem);
    text_free(&limit);
    text_free(&least);
    return index;
}

static int named_index(const ParamFill *fill, const DocSection *section, SectionMatch match, const void *target)
{
    int index = section_count(match.section, target);
    Text limit = {0};
    const char *problem = NULL;
    if (strlen(match.name) >= ART_NAME_MAX) {
        problem = "the name is too long; at most 63 bytes are allowed";
    } else if (index >= match.section->max) {
        text_add(&limit, "too many; at most ");
        text_add_int(&limit, match.section->max);
        text_add(&limit, " sections [");
        text_add(&limit, match.section->pattern);
        text_add(&limit, "] are possible");
        problem = limit.bytes;
    }
    if (problem) {
        DIAG_ADD(fill->diag, section_place(section), problem);
        index = -1;
    }
    text_free(&limit);
    return index;
}

/* Makes room for a numbered or named section in the struct; returns its struct or null. */
static void *section_open(const ParamFill *fill, const IniDoc *doc, const DocSection *section, SectionMatch match,
                          void *target)
{
    if (match.kind == SECTION_SINGLE) return section_struct(match.section, target, 0);
    int index = match.kind == SECTION_NUMBERED ? numbered_index(fill, doc, section, match)
                                               : named_index(fill, section, match, target);
    if (index < 0) return NULL;
    int32_t count = section_count(match.section, target);
    unsigned char *place = section_struct(match.section, target, index);
    /* numbers may come in any order, and after a gap the structs before are valid too */
    for (int i = count; i <= index; i++) param_defaults(match.section->table, section_struct(match.section, target, i));
    if (match.kind == SECTION_NAMED) memcpy(place + match.section->name_offset, match.name, strlen(match.name) + 1);
    if (index >= count) count = index + 1;
    memcpy((unsigned char *)target + match.section->count_offset, &count, sizeof count);
    return place;
}

static void refuse_key(const ParamFill *fill, const ParamTable *table, const DocEntry *entry, Place place)
{
    Nearest nearest = nearest_begin(entry->key);
    Text hint = {0};
    for (int i = 0; i < table->count; i++) nearest_try(&nearest, table->fields[i].key);
    nearest_text(&nearest, &hint);
    if (!hint.size) {
        text_add(&hint, "; this section has ");
        for (int i = 0; i < table->count; i++) {
            text_add(&hint, i ? ", " : "");
            text_add(&hint, table->fields[i].key);
        }
    }
    DIAG_ADD(fill->diag, place, "unknown key", hint.bytes);
    text_free(&hint);
}

static void entry_apply(const ParamFill *fill, const DocSection *section, const DocEntry *entry,
                        const ParamTable *table, void *target)
{
    Place place = {entry->source->shown, entry->line, entry->section, entry->key};
    const ParamField *field = param_find(table, entry->key);
    if (!field) {
        refuse_key(fill, table, entry, place);
        return;
    }
    Text why = {0};
    if (!param_value_set(field, target, entry->value, fill->roots, entry->source->folder, &why)) {
        DIAG_ADD(fill->diag, place, why.bytes);
    }
    text_free(&why);
    origins_add(fill->origins,
                (Origin){fill->part, section->name, field->key, entry->section, place.file, entry->line});
}

/* Complains of missing keys; a path's default is resolved as if it had been stated. */
static void section_close(const ParamFill *fill, const IniDoc *doc, const char *name, const ParamTable *table,
                          void *target)
{
    int index = ini_doc_find(doc, name);
    const DocSection *section = index < 0 ? NULL : &doc->sections[index];
    for (int i = 0; i < table->count; i++) {
        const ParamField *field = &table->fields[i];
        if (section && ini_doc_entry(doc, name, field->key)) continue;
        Place place = section ? section_place(section) : (Place){.file = fill->file, .section = name};
        place.key = field->key;
        if (field->flags & PARAM_REQUIRED) DIAG_ADD(fill->diag, place, "is missing; ", field->meaning);
        if (field->type != PARAM_PATH || !field->fallback_text || !*field->fallback_text) continue;
        Text why = {0};
        if (!param_value_set(field, target, field->fallback_text, fill->roots, ".", &why)) {
            DIAG_ADD(fill->diag, place, why.bytes);
        }
        text_free(&why);
    }
}

static void section_apply(const ParamFill *fill, const IniDoc *doc, const DocSection *section, SectionMatch match,
                          void *place)
{
    origins_add(fill->origins, (Origin){fill->part, section->name, "", section->written, section->source->shown,
                                        section->line});
    for (int i = 0; i < section->count; i++) {
        entry_apply(fill, section, &section->entries[i], match.section->table, place);
    }
    section_close(fill, doc, section->name, match.section->table, place);
}

/* Keys before the first section: only `extends` may stand there, and the loader has taken it. */
static void refuse_head(const ParamFill *fill, const DocSection *section)
{
    for (int i = 0; i < section->count; i++) {
        const DocEntry *entry = &section->entries[i];
        if (strcmp(entry->key, "extends") == 0) continue;
        DIAG_ADD(fill->diag, ((Place){.file = entry->source->shown, .line = entry->line, .key = entry->key}),
                 "a key before the first section; only extends may stand here");
    }
}

void param_ini_fill(const ParamFill *fill, const IniDoc *doc, void *target)
{
    param_schema_begin(fill->schema, target);
    /* sections are laid out before any is filled, because defaults are written over what lies there */
    void **places = memory_new((size_t)doc->count * sizeof *places);
    SectionMatch *matches = memory_new((size_t)doc->count * sizeof *matches);
    for (int i = 0; i < doc->count; i++) {
        const DocSection *section = &doc->sections[i];
        matches[i] = section_match(fill->schema, section->name);
        if (matches[i].section) {
            places[i] = section_open(fill, doc, section, matches[i], target);
        } else if (*section->name) {
            refuse_section(fill, section);
        } else {
            refuse_head(fill, section);
        }
    }
    for (int i = 0; i < doc->count; i++) {
        if (places[i]) section_apply(fill, doc, &doc->sections[i], matches[i], places[i]);
    }
    /* single sections that no file states */
    for (int i = 0; i < fill->schema->count; i++) {
        const ParamSection *section = &fill->schema->sections[i];
        if (section_kind(section) != SECTION_SINGLE || ini_doc_find(doc, section->pattern) >= 0) continue;
        section_close(fill, doc, section->pattern, section->table, section_struct(section, target, 0));
    }
    free(places);
    free(matches);
}
