/* The scenario that is made smaller: what its files and --set state, section by section. A parent's keys are taken into it, so
   that they can be left out too; the route's and the vehicle's own files stay files. Ignores: rows inside of values and
   tables. */
#include "sim/cli/shrink.h"
#include <stdlib.h>
#include <string.h>
#include "sim/io/sweep.h"

enum { LINE_LONGEST = 900 }; /* bytes of a value in one line */

/* What the file in `folder` says for an absolute path. */
static void path_written(Shrink *shrink, const Loaded *loaded, const char *folder, const char *path, Text *out)
{
    char *shipped = path_shipped(&loaded->roots, path), *own = realpath(folder, NULL);
    size_t length = own ? strlen(own) : 0;
    int below = length > 1 && strncmp(path, own, length) == 0 && path[length] == '/';
    text_add(out, shipped ? shipped : below ? path + length + 1 : path);
    shrink->outside |= !shipped && !below;
    free(shipped);
    free(own);
}

static char *value_written(Shrink *shrink, const Loaded *loaded, const char *folder, const DocSection *section,
                           const DocEntry *entry)
{
    Text name = {0}, why = {0}, value = {0};
    text_add(&name, section->name);
    text_add(&name, ".");
    text_add(&name, entry->key);
    const ParamField *field = sweep_field(loaded, name.bytes, &why);
    int is_path = field && field->type == PARAM_PATH && *entry->value;
    char *path = is_path ? path_resolve(&loaded->roots, entry->source->folder, entry->value, &why) : NULL;
    if (path) path_written(shrink, loaded, folder, path, &value);
    else text_add(&value, entry->value);
    free(path);
    text_free(&name);
    text_free(&why);
    return value.bytes ? value.bytes : memory_copy("");
}

static int is_word(const char *section, const char *key)
{
    return strcmp(section, "scenario") == 0 && (strcmp(key, "about") == 0 || strcmp(key, "tags") == 0);
}

static int section_add(Shrink *shrink, const char *name)
{
    shrink->sections =
        memory_room(shrink->sections, shrink->section_count, &shrink->section_capacity, sizeof *shrink->sections);
    int claim = strncmp(name, "expect.", 7) == 0 && strcmp(name + 7, shrink->target.name) == 0;
    int fixed = claim || strcmp(name, "scenario") == 0;
    shrink->sections[shrink->section_count] = (ShrinkSection){memory_copy(name), 1, fixed};
    return shrink->section_count++;
}

/* `value` becomes the key's. The name tells runs apart, the duration is shortened by itself, and the expectation that fails stays
   what it claims; tags and about mean nothing. */
static ShrinkKey *key_add(Shrink *shrink, int section, const char *key, char *value)
{
    shrink->keys = memory_room(shrink->keys, shrink->key_count, &shrink->key_capacity, sizeof *shrink->keys);
    const char *name = shrink->sections[section].name;
    int head = strcmp(name, "scenario") == 0;
    int fixed = head ? strcmp(key, "name") == 0 || strcmp(key, "duration") == 0 : shrink->sections[section].fixed;
    shrink->keys[shrink->key_count] = (ShrinkKey){section, memory_copy(key), value, !is_word(name, key), fixed};
    return &shrink->keys[shrink->key_count++];
}

void shrink_take(Shrink *shrink, const Loaded *loaded, const char *folder)
{
    IniDoc doc;
    load_stated(loaded, &doc);
    for (int i = 0; i < doc.count; i++) {
        const DocSection *section = &doc.sections[i];
        int swept = strncmp(section->name, "sweep", 5) == 0 && (section->name[5] == '.' || section->name[5] == '\0');
        if (swept || !*section->name) continue; /* no section: extends */
        int index = section_add(shrink, section->name);
        for (int k = 0; k < section->count; k++) {
            const DocEntry *entry = &section->entries[k];
            key_add(shrink, index, entry->key, value_written(shrink, loaded, folder, section, entry));
        }
    }
    ini_doc_free(&doc);
}

ShrinkKey *shrink_key(Shrink *shrink, const char *section, const char *key)
{
    int index = 0;
    while (index < shrink->section_count && strcmp(shrink->sections[index].name, section) != 0) index++;
    for (int i = 0; i < shrink->key_count; i++) {
        if (shrink->keys[i].section == index && strcmp(shrink->keys[i].key, key) == 0) return &shrink->keys[i];
    }
    if (index == shrink->section_count) index = section_add(shrink, section);
    return key_add(shrink, index, key, memory_copy(""));
}

static int is_kept(const Shrink *shrink, const ShrinkKey *key)
{
    return key->kept && shrink->sections[key->section].kept;
}

int shrink_keys(const Shrink *shrink)
{
    int count = 0;
    for (int i = 0; i < shrink->key_count; i++) count += is_kept(shrink, &shrink->keys[i]);
    return count;
}

int shrink_sections(const Shrink *shrink)
{
    int count = 0;
    for (int i = 0; i < shrink->section_count; i++) count += shrink->sections[i].kept;
    return count;
}

/* "key = value"; a long value goes on behind single blanks, where lines are joined again. */
static void key_text(const ShrinkKey *key, Text *out)
{
    text_add(out, key->key);
    text_add(out, " =");
    const char *rest = key->value;
    if (*rest) text_add(out, " ");
    while (strlen(rest) > LINE_LONGEST) {
        size_t cut = LINE_LONGEST;
        while (cut > 1 && !(rest[cut] == ' ' && rest[cut - 1] != ' ' && rest[cut + 1] != ' ')) cut--;
        if (cut == 1) break;
        text_add_bytes(out, rest, cut);
        text_add(out, " \\\n    ");
        rest += cut + 1;
    }
    text_add(out, rest);
    text_add(out, "\n");
}

void shrink_text(const Shrink *shrink, Text *out)
{
    for (int i = 0; i < shrink->section_count; i++) {
        if (!shrink->sections[i].kept) continue;
        text_add(out, "\n[");
        text_add(out, shrink->sections[i].name);
        text_add(out, "]\n");
        for (int k = 0; k < shrink->key_count; k++) {
            if (shrink->keys[k].section == i && shrink->keys[k].kept) key_text(&shrink->keys[k], out);
        }
    }
}

void shrink_free(Shrink *shrink)
{
    for (int i = 0; i < shrink->section_count; i++) free(shrink->sections[i].name);
    for (int i = 0; i < shrink->key_count; i++) {
        free(shrink->keys[i].key);
        free(shrink->keys[i].value);
    }
    free(shrink->sections);
    free(shrink->keys);
    free((void *)shrink->roots);
    *shrink = (Shrink){0};
}
