/* Resolved scenarios. Values are written in the unit of their row where that reads back to the same bits, else in SI,
   so a second load gives equal structs. Files named in values that are not shipped are copied beside resolved.ini under
   the name "section.key.ext". Ignores: the paths of the route's and vehicle's own files, whose contents are all there.
   */
#include "sim/io/resolved.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sim/base/hash.h"
#include "sim/io/file_bytes.h"
#include "sim/io/outfile.h"
#include "sim/io/param_section.h"
#include "sim/io/param_value.h"

enum { COPY_MAX = 268435456, ORIGIN_COLUMN = 48 };

static const char *const prefixes[LOAD_PARTS] = {"", "route.", "vehicle."};

/* One value on the way through a loaded scenario. */
typedef struct Visit {
    const Loaded *loaded;
    LoadPart part;
    const char *section; /* of its part: "axle.3" */
    const ParamField *field;
    const void *target;
} Visit;

typedef struct Visitor {
    void (*section)(const Visit *visit, void *user); /* before its values; may be null */
    void (*value)(const Visit *visit, void *user);
    void *user;
} Visitor;

static void visit_section(Visit visit, const ParamSection *section, int index, const Visitor *visitor)
{
    Text name = {0};
    void *part = visit.loaded->parts[visit.part];
    section_name(section, part, index, &name);
    visit.section = name.bytes;
    visit.target = section_struct(section, part, index);
    if (visitor->section) visitor->section(&visit, visitor->user);
    for (int i = 0; i < section->table->count; i++) {
        visit.field = &section->table->fields[i];
        visitor->value(&visit, visitor->user);
    }
    text_free(&name);
}

static void visit_all(const Loaded *loaded, const Visitor *visitor)
{
    for (int part = 0; part < LOAD_PARTS; part++) {
        if (!loaded->present[part]) continue;
        const ParamSchema *schema = loaded->kit->schemas[part];
        Visit visit = {.loaded = loaded, .part = (LoadPart)part};
        for (int i = 0; i < schema->count; i++) {
            int count = section_count(&schema->sections[i], loaded->parts[part]);
            for (int j = 0; j < count; j++) visit_section(visit, &schema->sections[i], j, visitor);
        }
    }
}

/* [route] file and [vehicle] file of a scenario. */
static int is_part_file(const Visit *visit)
{
    int part = strcmp(visit->section, "route") == 0 || strcmp(visit->section, "vehicle") == 0;
    return visit->part == LOAD_SCENARIO && part && strcmp(visit->field->key, "file") == 0;
}

/* In a scenario the sections of the other parts carry their prefix. */
static void written_name(const Visit *visit, Text *out)
{
    if (visit->loaded->kind == LOAD_SCENARIO) text_add(out, prefixes[visit->part]);
    text_add(out, visit->section);
}

/* "drive.open_loop.csv": the name that a copied file gets. */
static char *copy_name(const Visit *visit, const char *path)
{
    Text name = {0};
    written_name(visit, &name);
    text_add(&name, ".");
    text_add(&name, visit->field->key);
    const char *dot = strrchr(path_base(path), '.');
    text_add(&name, dot ? dot : "");
    for (char *c = name.bytes; *c; c++) {
        int plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '.' ||
                    *c == '_' || *c == '-';
        if (!plain) *c = '_';
    }
    return name.bytes;
}

static const char *path_of(const Visit *visit)
{
    return (const char *)visit->target + visit->field->offset;
}

static void value_text(const Visit *visit, Text *out)
{
    if (visit->field->type != PARAM_PATH || *path_of(visit) != '/') {
        param_value_add(visit->field, visit->target, out);
        return;
    }
    if (is_part_file(visit)) return;
    char *name = path_shipped(&visit->loaded->roots, path_of(visit));
    if (!name) name = copy_name(visit, path_of(visit));
    text_add(out, name);
    free(name);
}

static void resolved_section(const Visit *visit, void *user)
{
    Text *out = user;
    text_add(out, "\n[");
    written_name(visit, out);
    text_add(out, "]\n");
}

static void resolved_value(const Visit *visit, void *user)
{
    Text *out = user;
    text_add(out, visit->field->key);
    text_add(out, " =");
    Text value = {0};
    value_text(visit, &value);
    if (value.size) {
        text_add(out, " ");
        text_add(out, value.bytes);
    }
    text_add(out, "\n");
    text_free(&value);
}

void resolved_text(const Loaded *loaded, Text *out)
{
    text_add(out, "; a resolved scenario: every value, no other file is needed\n");
    visit_all(loaded, &(Visitor){resolved_section, resolved_value, out});
}

typedef struct Show {
    Text *out;
    const char *const *sections;
    int count, shown, on;
} Show;

/* A name selects its section, and with it those behind a dot: "vehicle" selects "vehicle.axle.1". */
static int is_selected(const Show *show, const char *name)
{
    for (int i = 0; i < show->count; i++) {
        size_t length = strlen(show->sections[i]);
        if (strncmp(name, show->sections[i], length) == 0 && (name[length] == '\0' || name[length] == '.')) return 1;
    }
    return show->count == 0;
}

static void show_section(const Visit *visit, void *user)
{
    Show *show = user;
    Text name = {0};
    written_name(visit, &name);
    show->on = is_selected(show, name.bytes);
    if (show->on) {
        text_add(show->out, show->shown++ ? "\n[" : "[");
        text_add(show->out, name.bytes);
        text_add(show->out, "]\n");
    }
    text_free(&name);
}

static void show_value(const Visit *visit, void *user)
{
    Show *show = user;
    if (!show->on) return;
    size_t start = show->out->size;
    text_add(show->out, visit->field->key);
    text_add(show->out, " = ");
    if (visit->field->type == PARAM_PATH && *path_of(visit) == '/') {
        char *name = path_shipped(&visit->loaded->roots, path_of(visit));
        if (!name) name = path_shown(path_of(visit));
        text_add(show->out, name);
        free(name);
    } else {
        param_value_add(visit->field, visit->target, show->out);
    }
    text_pad(show->out, start, ORIGIN_COLUMN);
    const Origin *origin =
        origins_find(&visit->loaded->origins, (int)visit->part, visit->section, visit->field->key);
    text_add(show->out, " ; ");
    text_add(show->out, origin ? origin->file : "default");
    if (origin && origin->line) {
        text_add(show->out, ":");
        text_add_int(show->out, origin->line);
    }
    text_add(show->out, "\n");
}

int resolved_show(const Loaded *loaded, const char *const *sections, int count, Text *out)
{
    Show show = {.out = out, .sections = sections, .count = count};
    visit_all(loaded, &(Visitor){show_section, show_value, &show});
    return show.shown;
}

typedef struct Save {
    const char *folder;
    Text *why;
    int fine;
} Save;

static char *in_folder(const char *folder, const char *name)
{
    Text path = {0};
    text_add(&path, folder);
    text_add(&path, "/");
    text_add(&path, name);
    return path.bytes;
}

static void save_copy(const Visit *visit, void *user)
{
    Save *save = user;
    if (!save->fine || visit->field->type != PARAM_PATH || *path_of(visit) != '/' || is_part_file(visit)) return;
    char *shipped = path_shipped(&visit->loaded->roots, path_of(visit));
    if (!shipped) {
        char *name = copy_name(visit, path_of(visit));
        char *path = in_folder(save->folder, name);
        FileBytes file;
        Text why = {0};
        save->fine = file_bytes_read(path_of(visit), COPY_MAX, &file, &why);
        if (save->fine) {
            save->fine = outfile_save_inside(path, file.bytes, file.size, save->why);
            file_bytes_free(&file);
        } else {
            text_add(save->why, path_of(visit));
            text_add(save->why, ": ");
            text_add(save->why, why.bytes);
        }
        text_free(&why);
        free(path);
        free(name);
    }
    free(shipped);
}

int resolved_save(const Loaded *loaded, const char *folder, Text *why)
{
    Save save = {folder, why, 1};
    visit_all(loaded, &(Visitor){NULL, save_copy, &save});
    Text text = {0};
    resolved_text(loaded, &text);
    char *path = in_folder(folder, "resolved.ini");
    int fine = save.fine && outfile_save_inside(path, text.bytes, text.size, why);
    free(path);
    text_free(&text);
    return fine;
}

static int is_label(const Visit *visit)
{
    static const char *const labels[] = {"name", "about", "tags", "sample"};
    if (visit->part != LOAD_SCENARIO || strcmp(visit->section, "scenario") != 0) return 0;
    for (int i = 0; i < 4; i++) {
        if (strcmp(visit->field->key, labels[i]) == 0) return 1;
    }
    return 0;
}

static void hash_file(const char *path, Hash *hash)
{
    FileBytes file;
    Text why = {0};
    /* no file counts as one without a size */
    if (*path == '\0' || !file_bytes_read(path, COPY_MAX, &file, &why)) {
        hash_u64(hash, UINT64_MAX);
    } else {
        hash_u64(hash, file.size);
        hash_bytes(hash, file.bytes, file.size);
        file_bytes_free(&file);
    }
    text_free(&why);
}

static void hash_value(const Visit *visit, void *user)
{
    Hash *hash = user;
    if (is_label(visit) || is_part_file(visit)) return;
    hash_text(hash, prefixes[visit->part]);
    hash_text(hash, visit->section);
    hash_text(hash, visit->field->key);
    if (visit->field->type == PARAM_REAL) {
        hash_double(hash, param_get(visit->field, visit->target));
    } else if (visit->field->type == PARAM_PATH) {
        hash_file(path_of(visit), hash);
    } else {
        Text value = {0};
        param_value_add(visit->field, visit->target, &value);
        hash_text(hash, text_bytes(&value));
        text_free(&value);
    }
}

void resolved_case_id(const Loaded *loaded, const char *model_version, char id[CASE_ID_SIZE])
{
    Hash hash = hash_begin();
    hash_text(&hash, model_version);
    visit_all(loaded, &(Visitor){NULL, hash_value, &hash});
    snprintf(id, CASE_ID_SIZE, "%016llx", (unsigned long long)hash_end(&hash));
}
