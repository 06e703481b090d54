/* INI files through inih. inih alone would take an indented line as more of the last key, keep a '#' behind a value,
   cut names at 49 bytes and lines at 200, deliver duplicates, hide sections without keys and tell of the first error
   only. So each line that the reader of sim/io/ini_lines.h found well formed is handed to ini_parse_stream in a form
   that cannot be misread: a section as its number, a value between bars, in pieces that fit inih's line. Ignores:
   nothing; what inih hands back is checked against the line that went in. */
#include "sim/io/ini_source.h"
#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include "sim/base/assert.h"
#include "sim/io/file_bytes.h"
#include "sim/io/ini_lines.h"

enum { INI_ROOM_MIN = 128 }; /* bytes that inih's line must at least have */

typedef struct Feed {
    IniLines lines;
    IniLine line;
    size_t done; /* bytes of the line's value that inih has */
    int more;    /* 1: inih has a part of the line only */
    Text value;  /* what inih handed back of it */
    int sections, keys;
    IniSource *source;
} Feed;

static void section_add(IniSource *source, const char *name, int line)
{
    source->sections = memory_room(source->sections, source->section_count, &source->section_capacity,
                                   sizeof *source->sections);
    source->sections[source->section_count++] = (IniSection){memory_copy(name), line};
}

static int section_find(const IniSource *source, const char *name)
{
    for (int i = 0; i < source->section_count; i++) {
        if (strcmp(source->sections[i].name, name) == 0) return i;
    }
    return -1;
}

/* FNV-1a. */
static uint32_t key_hash(const char *key)
{
    uint32_t hash = 2166136261u;
    for (; *key; key++) hash = (hash ^ (unsigned char)*key) * 16777619u;
    return hash;
}

static void entry_add(IniSource *source, int section, const char *key, const char *value, int line)
{
    source->entries =
        memory_room(source->entries, source->entry_count, &source->entry_capacity, sizeof *source->entries);
    source->entries[source->entry_count++] = (IniEntry){
        .section = section, .line = line, .hash = key_hash(key), .key = memory_copy(key), .value = memory_copy(value)};
}

static const IniEntry *entry_find(const IniSource *source, int section, const char *key)
{
    uint32_t hash = key_hash(key);
    for (int i = source->entry_count - 1; i >= 0; i--) {
        const IniEntry *entry = &source->entries[i];
        if (entry->hash != hash || entry->section != section) continue;
        if (strcmp(entry->key, key) == 0) return entry;
    }
    return NULL;
}

static void refuse_repeated(Feed *feed, Place place, int first_line)
{
    Text line = {0};
    text_add_int(&line, first_line);
    DIAG_ADD(feed->lines.diag, place, "stated twice; first in line ", line.bytes);
    text_free(&line);
}

/* Writes a section's header for inih: its number, so that no name is cut. The keys of a repeated section go to the
   first one, so that their own mistakes are seen too. */
static void feed_section(Feed *feed, char *room, size_t size)
{
    IniSource *source = feed->source;
    const char *name = feed->line.name.bytes;
    int index = section_find(source, name);
    if (index >= 0) {
        refuse_repeated(feed, (Place){.file = source->shown, .line = feed->line.line, .section = name},
                        source->sections[index].line);
    } else {
        index = source->section_count;
        section_add(source, name, feed->line.line);
    }
    snprintf(room, size, "[%d]\n", index);
}

/* Writes the key and as much of its value as fits. */
static void feed_key(Feed *feed, char *room, size_t size)
{
    const char *key = feed->line.name.bytes;
    size_t left = feed->line.value.size - feed->done;
    size_t fits = size - strlen(key) - sizeof "||=||\n";
    size_t count = left < fits ? left : fits;
    snprintf(room, size, "|%s|=|%.*s|\n", key, (int)count, text_bytes(&feed->line.value) + feed->done);
    feed->done += count;
    feed->more = feed->done < feed->line.value.size;
}

/* Reads the next line; 0 at the end, which is also where a file holds more than any scenario can mean. */
static int feed_next(Feed *feed)
{
    feed->done = 0;
    IniLineKind kind = ini_lines_next(&feed->lines, &feed->line);
    if (kind == INI_LINE_END) return 0;
    feed->sections += kind == INI_LINE_SECTION;
    feed->keys += kind == INI_LINE_KEY;
    if (feed->sections <= INI_SECTIONS_MAX && feed->keys <= INI_KEYS_MAX) return 1;
    DIAG_ADD(feed->lines.diag, ((Place){.file = feed->source->shown, .line = feed->line.line}),
             feed->sections > INI_SECTIONS_MAX ? "more than 4096 sections" : "more than 20000 keys",
             "; the rest of the file is not read");
    return 0;
}

/* Called by inih for each line. */
static char *feed_line(char *room, int size, void *user)
{
    Feed *feed = user;
    ART_ASSERT(size >= INI_ROOM_MIN);
    if (!feed->more && !feed_next(feed)) return NULL;
    if (feed->line.kind == INI_LINE_SECTION) {
        feed_section(feed, room, (size_t)size);
    } else {
        feed_key(feed, room, (size_t)size);
    }
    return room;
}

/* Takes the bars off; the length of what is between them. */
static size_t between_bars(const char *text)
{
    size_t length = strlen(text);
    ART_ASSERT(length >= 2 && text[0] == '|' && text[length - 1] == '|');
    return length - 2;
}

/* Called by inih with what it made of the line: a key and its value, or one more piece of it. */
static int take_entry(void *user, const char *section, const char *barred_key, const char *value)
{
    Feed *feed = user;
    IniSource *source = feed->source;
    const char *key = feed->line.name.bytes;
    ART_ASSERT(between_bars(barred_key) == strlen(key));
    text_add_bytes(&feed->value, value + 1, between_bars(value));
    if (feed->more) return 1;

    int index = *section ? atoi(section) : section_find(source, "");
    if (index < 0) {
        index = source->section_count;
        section_add(source, "", feed->line.line);
    }
    const IniEntry *first = entry_find(source, index, key);
    if (first) {
        Place place = {.file = source->shown, .line = feed->line.line, .section = source->sections[index].name,
                       .key = key};
        refuse_repeated(feed, place, first->line);
    } else {
        entry_add(source, index, key, feed->value.bytes, feed->line.line);
    }
    text_free(&feed->value);
    return 1;
}

static void source_begin(IniSource *source, const char *shown, const char *folder)
{
    *source = (IniSource){.shown = memory_copy(shown), .folder = memory_copy(folder)};
}

static int source_fill(IniSource *source, const char *bytes, size_t size, int unnumbered, Diag *diag)
{
    Feed feed = {.source = source};
    feed.lines = (IniLines){
        .file = source->shown, .bytes = bytes, .end = bytes + size, .unnumbered = unnumbered, .diag = diag};
    if (!ini_lines_begin(&feed.lines)) return 0;
    long long before = diag_count(diag);
    int error = ini_parse_stream(feed_line, &feed, take_entry, &feed);
    ART_ASSERT(error == 0);
    text_free(&feed.line.name);
    text_free(&feed.line.value);
    text_free(&feed.value);
    if (source->section_count == 0 && diag_count(diag) == before) {
        DIAG_ADD(diag, ((Place){.file = source->shown}), "the file holds nothing but comments");
    }
    return 1;
}

int ini_source_parse(IniSource *source, const char *bytes, size_t size, const char *shown, const char *folder,
                     Diag *diag)
{
    source_begin(source, shown, folder);
    return source_fill(source, bytes, size, 0, diag);
}

int ini_source_read(IniSource *source, const char *path, const char *shown, const char *folder, Diag *diag)
{
    source_begin(source, shown, folder);
    FileBytes file;
    Text why = {0};
    int fine = file_bytes_read(path, INI_FILE_MAX, &file, &why);
    if (fine) {
        fine = source_fill(source, file.bytes, file.size, 0, diag);
        file_bytes_free(&file);
    } else {
        DIAG_ADD(diag, ((Place){.file = shown}), why.bytes);
    }
    text_free(&why);
    return fine;
}

int ini_source_set(IniSource *source, const char *text, Diag *diag)
{
    Text shown = {0};
    text_add(&shown, "--set ");
    text_add(&shown, text);
    source_begin(source, shown.bytes, ".");
    text_free(&shown);

    const char *equals = strchr(text, '=');
    const char *dot = equals;
    while (dot && dot > text && *dot != '.') dot--;
    if (!equals || dot == text || dot + 1 == equals || strchr(text, '\n')) {
        DIAG_ADD(diag, ((Place){.file = source->shown}), "write --set section.key=value");
        return 0;
    }
    Text lines = {0};
    text_add(&lines, "[");
    text_add_bytes(&lines, text, (size_t)(dot - text));
    text_add(&lines, "]\n");
    text_add(&lines, dot + 1);
    int fine = source_fill(source, lines.bytes, lines.size, 1, diag);
    text_free(&lines);
    for (int i = 0; i < source->section_count; i++) source->sections[i].line = 0;
    for (int i = 0; i < source->entry_count; i++) source->entries[i].line = 0;
    return fine;
}

void ini_source_free(IniSource *source)
{
    for (int i = 0; i < source->section_count; i++) free(source->sections[i].name);
    for (int i = 0; i < source->entry_count; i++) {
        free(source->entries[i].key);
        free(source->entries[i].value);
    }
    free(source->sections);
    free(source->entries);
    free(source->shown);
    free(source->folder);
    *source = (IniSource){0};
}
