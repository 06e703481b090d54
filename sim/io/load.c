/* The loader. A file and its parents (extends) are merged from the oldest on, then --set; sections that begin with
   "route." or "vehicle." leave the scenario and are merged over the route's and the vehicle's own files; each part is
   filled by its schema and checked by the core. Ignores: the meaning of all keys but `extends` and `file`. */
#include "sim/io/load.h"
#include <stdlib.h>
#include <string.h>
#include "sim/io/number.h"
#include "sim/io/param_ini.h"
#include "sim/io/param_section.h"
#include "sim/io/param_value.h"

static const char *const part_names[LOAD_PARTS] = {"scenario", "route", "vehicle"};

/* One file and its parents. */
typedef struct Chain {
    char *paths[LOAD_EXTENDS_MAX]; /* absolute; [0] is the file itself */
    const IniSource *sources[LOAD_EXTENDS_MAX];
    int count;
} Chain;

static IniSource *source_new(Loaded *loaded)
{
    loaded->sources = memory_room(loaded->sources, loaded->source_count, &loaded->source_capacity,
                                  sizeof *loaded->sources);
    IniSource *source = memory_new(sizeof *source);
    loaded->sources[loaded->source_count++] = source;
    return source;
}

/* The value of `extends` before the first section, or null. */
static const IniEntry *parent_of(const IniSource *source)
{
    for (int i = 0; i < source->entry_count; i++) {
        const IniEntry *entry = &source->entries[i];
        if (*source->sections[entry->section].name == '\0' && strcmp(entry->key, "extends") == 0) return entry;
    }
    return NULL;
}

/* "a.ini -> b.ini -> a.ini" */
static void chain_text(const Chain *chain, const char *last, Text *out)
{
    for (int i = 0; i < chain->count; i++) {
        text_add(out, chain->sources[i]->shown);
        text_add(out, " -> ");
    }
    text_add(out, last);
}

/* The path of a file's parent; null with a message when there is none that may be read, without one at the end. */
static char *parent_path(Loaded *loaded, const Chain *chain)
{
    const IniSource *child = chain->sources[chain->count - 1];
    const IniEntry *entry = parent_of(child);
    if (!entry) return NULL;
    Place place = {.file = child->shown, .line = entry->line, .key = "extends"};
    Text why = {0};
    char *path = path_resolve(&loaded->roots, child->folder, entry->value, &why);
    int seen = 0;
    for (int i = 0; path && i < chain->count; i++) seen |= strcmp(chain->paths[i], path) == 0;
    if (!path) {
        DIAG_ADD(&loaded->diag, place, why.bytes);
    } else if (seen || chain->count == LOAD_EXTENDS_MAX) {
        char *shown = path_shown(path);
        chain_text(chain, shown, &why);
        DIAG_ADD(&loaded->diag, place, seen ? "goes round in a circle: " : "more than 8 files in a row: ", why.bytes);
        free(shown);
        free(path);
        path = NULL;
    }
    text_free(&why);
    return path;
}

/* Reads a file and its parents. `path` becomes the chain's; `text` is what the file says, or null. */
static void chain_read(Loaded *loaded, Chain *chain, char *path, const char *shown_first, const char *text)
{
    while (path) {
        char *shown = chain->count ? path_shown(path) : memory_copy(shown_first);
        char *folder = path_folder(shown);
        IniSource *source = source_new(loaded);
        chain->paths[chain->count] = path;
        chain->sources[chain->count++] = source;
        int fine = text ? ini_source_parse(source, text, strlen(text), shown, folder, &loaded->diag)
                        : ini_source_read(source, path, shown, folder, &loaded->diag);
        text = NULL;
        free(shown);
        free(folder);
        path = fine ? parent_path(loaded, chain) : NULL;
    }
}

static void chain_merge(const Chain *chain, IniDoc *doc)
{
    for (int i = chain->count - 1; i >= 0; i--) ini_doc_merge(doc, chain->sources[i]);
}

static void chain_free(Chain *chain)
{
    for (int i = 0; i < chain->count; i++) free(chain->paths[i]);
}

static void part_fill(Loaded *loaded, LoadPart part, const IniDoc *doc)
{
    ParamFill fill = {.schema = loaded->kit->schemas[part],
                      .part = (int)part,
                      .file = loaded->files[part] ? loaded->files[part] : loaded->files[LOAD_SCENARIO],
                      .roots = &loaded->roots,
                      .origins = &loaded->origins,
                      .diag = &loaded->diag};
    if (part == LOAD_SCENARIO) fill.kit = loaded->kit->schemas, fill.kit_names = part_names, fill.kit_count = LOAD_PARTS;
    param_ini_fill(&fill, doc, loaded->parts[part]);
    loaded->present[part] = 1;
}

const char *load_keep(Loaded *loaded, char *text)
{
    loaded->texts = memory_room(loaded->texts, loaded->text_count, &loaded->text_capacity, sizeof *loaded->texts);
    return loaded->texts[loaded->text_count++] = text;
}

void load_note(Loaded *loaded, const char *line)
{
    if (!strstr(text_bytes(&loaded->notes), line)) text_add(&loaded->notes, line);
}

static void part_check(Loaded *loaded, LoadPart part)
{
    long long before = diag_count(&loaded->diag);
    if (loaded->kit->complete) loaded->kit->complete(loaded, part);
    if (!loaded->kit->check || diag_count(&loaded->diag) > before) return;
    Complaints *complaints = memory_new(sizeof *complaints);
    loaded->kit->check(loaded, part, complaints);
    load_complain(loaded, part, complaints);
    free(complaints);
}

/* Takes the sections "route.X" out of the scenario. A name that the part's own file does not have is a mistake; a
   number may add a section. */
static void overrides_move(Loaded *loaded, LoadPart part, IniDoc *scenario, IniDoc *doc)
{
    const ParamSchema *schema = loaded->kit->schemas[part];
    Text prefix = {0};
    text_add(&prefix, part_names[part]);
    text_add(&prefix, ".");
    int has_file = doc->count > 0;
    for (int i = 0; i < scenario->count;) {
        const DocSection *section = &scenario->sections[i];
        if (strncmp(section->name, prefix.bytes, prefix.size) != 0) {
            i++;
            continue;
        }
        const char *name = section->name + prefix.size;
        if (has_file && section_match(schema, name).kind == SECTION_NAMED && ini_doc_find(doc, name) < 0) {
            Nearest nearest = nearest_begin(name);
            for (int j = 0; j < doc->count; j++) nearest_try(&nearest, doc->sections[j].name);
            Text hint = {0};
            nearest_text(&nearest, &hint);
            DIAG_ADD(&loaded->diag,
                     ((Place){.file = section->source->shown, .line = section->line, .section = section->written}),
                     "there is no [", name, "] in ", loaded->files[part], text_bytes(&hint));
            text_free(&hint);
        }
        ini_doc_move(scenario, i, prefix.size, doc);
    }
    text_free(&prefix);
}

/* The path that [route] file or [vehicle] file of the filled scenario gives: "" when it says that there is none, null
   when what it says could not be resolved. */
static const char *part_path(const Loaded *loaded, LoadPart part, const IniDoc *scenario)
{
    SectionMatch match = section_match(loaded->kit->schemas[LOAD_SCENARIO], part_names[part]);
    const ParamField *field = match.section ? param_find(match.section->table, "file") : NULL;
    if (!field || field->type != PARAM_PATH) return "";
    const char *path = (const char *)section_struct(match.section, loaded->parts[LOAD_SCENARIO], 0) + field->offset;
    const DocEntry *entry = ini_doc_entry(scenario, part_names[part], "file");
    int stated = *path || (entry && *entry->value);
    return *path == '/' || !stated ? path : NULL;
}

/* How many of the file's sections and keys a schema knows. */
static int known_count(const ParamSchema *schema, const IniDoc *doc)
{
    int known = 0;
    for (int i = 0; i < doc->count; i++) {
        const ParamSection *section = section_match(schema, doc->sections[i].name).section;
        if (!section) continue;
        known++;
        for (int j = 0; j < doc->sections[i].count; j++) {
            known += param_find(section->table, doc->sections[i].entries[j].key) != NULL;
        }
    }
    return known;
}

/* The schema that knows most of a file; a scenario when in doubt. */
static LoadPart kind_of(const LoadKit *kit, const IniDoc *doc)
{
    LoadPart best = LOAD_SCENARIO;
    for (int part = 0; part < LOAD_PARTS; part++) {
        if (known_count(kit->schemas[part], doc) > known_count(kit->schemas[best], doc)) best = (LoadPart)part;
    }
    return best;
}

/* 1, with one message, where the file of a part is of another kind: a route as the vehicle. */
static int part_mistaken(Loaded *loaded, LoadPart part, const IniDoc *scenario, const IniDoc *doc)
{
    LoadPart kind = kind_of(loaded->kit, doc);
    const DocEntry *entry = ini_doc_entry(scenario, part_names[part], "file");
    const ParamSchema *const *schemas = loaded->kit->schemas;
    if (!entry || known_count(schemas[kind], doc) <= known_count(schemas[part], doc)) return 0;
    DIAG_ADD(&loaded->diag, ((Place){entry->source->shown, entry->line, entry->section, entry->key}), loaded->files[part],
             " is a ", part_names[kind], ", a ", part_names[part], " is wanted");
    return 1;
}

static void part_load(Loaded *loaded, LoadPart part, const IniDoc *scenario, IniDoc *overrides)
{
    long long before = diag_count(&loaded->diag);
    Chain chain = {0};
    IniDoc doc = {0};
    const char *path = part_path(loaded, part, scenario);
    int readable = path != NULL;
    if (path && *path) {
        loaded->files[part] = path_shown(path);
        chain_read(loaded, &chain, memory_copy(path), loaded->files[part], NULL);
        chain_merge(&chain, &doc);
        readable = doc.count > 0 && !part_mistaken(loaded, part, scenario, &doc);
    }
    /* without its file nothing can be said of a part, not even what is missing */
    if (readable) overrides_move(loaded, part, overrides, &doc);
    if (doc.count && readable) {
        part_fill(loaded, part, &doc);
        if (diag_count(&loaded->diag) == before) part_check(loaded, part);
    }
    loaded->sound[part] = diag_count(&loaded->diag) == before;
    ini_doc_free(&doc);
    chain_free(&chain);
}

/* The sections "route.X" and "vehicle.X" wait outside while the scenario is filled; [sweep] is kept as written. */
static void overrides_part(IniDoc *doc, IniDoc *waiting, IniDoc *sweep)
{
    for (int i = 0; i < doc->count;) {
        const char *name = doc->sections[i].name;
        if (strncmp(name, "route.", 6) == 0 || strncmp(name, "vehicle.", 8) == 0) {
            ini_doc_move(doc, i, 0, waiting);
        } else if (strcmp(name, "sweep") == 0 || strncmp(name, "sweep.", 6) == 0) {
            ini_doc_move(doc, i, 0, sweep);
        } else {
            i++;
        }
    }
}

static void scenario_fill(Loaded *loaded, const Chain *chain, const LoadRequest *request)
{
    IniDoc doc = {0}, waiting = {0};
    chain_merge(chain, &doc);
    for (int i = 0; i < request->set_count; i++) {
        IniSource *source = source_new(loaded);
        if (ini_source_set(source, request->sets[i], &loaded->diag)) ini_doc_merge(&doc, source);
    }
    overrides_part(&doc, &waiting, &loaded->sweep);
    part_fill(loaded, LOAD_SCENARIO, &doc);
    part_load(loaded, LOAD_ROUTE, &doc, &waiting);
    part_load(loaded, LOAD_VEHICLE, &doc, &waiting);
    if (load_stands(loaded)) part_check(loaded, LOAD_SCENARIO);
    ini_doc_free(&doc);
    ini_doc_free(&waiting);
}

static Loaded *loaded_new(const LoadKit *kit)
{
    Loaded *loaded = memory_new(sizeof *loaded);
    loaded->kit = kit;
    for (int i = 0; i < LOAD_PARTS; i++) loaded->parts[i] = memory_new(kit->schemas[i]->size);
    return loaded;
}

static void alone_fill(Loaded *loaded, LoadPart part, const Chain *chain, const LoadRequest *request)
{
    loaded->kind = part;
    loaded->files[part] = loaded->files[LOAD_SCENARIO];
    loaded->files[LOAD_SCENARIO] = NULL;
    for (int i = 0; i < request->set_count; i++) {
        DIAG_ADD(&loaded->diag, ((Place){.file = loaded->files[part]}), "--set ", request->sets[i],
                 ": this file is a ", part_names[part], "; --set needs a scenario");
    }
    IniDoc doc = {0};
    chain_merge(chain, &doc);
    part_fill(loaded, part, &doc);
    if (diag_count(&loaded->diag) == 0) part_check(loaded, part);
    ini_doc_free(&doc);
}

/* The path as realpath would give it, so that a circle of extends is seen; the path itself when there is no such file.
   */
static char *path_absolute(const char *path)
{
    char *real = realpath(path, NULL);
    return real ? real : memory_copy(path);
}

static Loaded *load(const LoadKit *kit, const LoadRequest *request, int any)
{
    Loaded *loaded = loaded_new(kit);
    loaded->files[LOAD_SCENARIO] = memory_copy(request->path);
    Text why = {0};
    Chain chain = {0};
    if (!path_roots_begin(&loaded->roots, request->path, request->roots, request->root_count, &why)) {
        DIAG_ADD(&loaded->diag, ((Place){.file = request->path}), why.bytes);
    }
    chain_read(loaded, &chain, path_absolute(request->path), request->path, request->text);
    loaded->chain_count = chain.count;
    loaded->set_count = request->set_count;
    if (*request->path == '@' && diag_count(&loaded->diag) > 0 && chain.sources[0]->section_count == 0)
        DIAG_ADD(&loaded->diag, ((Place){.file = request->path}), "shipped files begin with @assets/ or @scenarios/");
    IniDoc doc = {0};
    chain_merge(&chain, &doc);
    LoadPart kind = kind_of(kit, &doc);
    ini_doc_free(&doc);
    /* of a file that could not be read as a whole nothing more is worth telling */
    int readable = chain.sources[0]->section_count > 0;
    if (readable && kind == LOAD_SCENARIO) scenario_fill(loaded, &chain, request);
    else if (readable && any) alone_fill(loaded, kind, &chain, request);
    else if (readable)
        DIAG_ADD(&loaded->diag, ((Place){.file = request->path}), "this is a ", part_names[kind],
                 ", a scenario is wanted; a scenario names it by [", part_names[kind], "] file");
    chain_free(&chain);
    text_free(&why);
    return loaded;
}

Loaded *load_scenario(const LoadKit *kit, const LoadRequest *request)
{
    return load(kit, request, 0);
}

Loaded *load_any(const LoadKit *kit, const LoadRequest *request)
{
    return load(kit, request, 1);
}

void load_stated(const Loaded *loaded, IniDoc *doc)
{
    *doc = (IniDoc){0};
    for (int i = loaded->chain_count - 1; i >= 0; i--) ini_doc_merge(doc, loaded->sources[i]);
    for (int i = 0; i < loaded->set_count; i++) ini_doc_merge(doc, loaded->sources[loaded->chain_count + i]);
}

int load_stands(const Loaded *loaded)
{
    static const char *const judged_by[] = {"", "route", "vehicle", "service", "drive", "manoeuvre", "initial"};
    int stands = loaded->sound[LOAD_ROUTE] && loaded->sound[LOAD_VEHICLE];
    for (size_t i = 0; i < sizeof judged_by / sizeof judged_by[0]; i++)
        stands = stands && !diag_mentions(&loaded->diag, judged_by[i]);
    return stands;
}

int load_section_mistaken(const Loaded *loaded, const char *kind, const char *name)
{
    if (diag_count(&loaded->diag) == 0) return 0;
    Text section = {0};
    text_add(&section, kind);
    text_add(&section, ".");
    text_add(&section, name);
    const Origin *origin = origins_find(&loaded->origins, LOAD_SCENARIO, section.bytes, "");
    int mistaken = diag_mentions(&loaded->diag, origin ? origin->written : section.bytes);
    text_free(&section);
    return mistaken;
}

/* ": at least 212 kN", and what holds where the file does not state it. */
static void least_text(const Loaded *loaded, LoadPart part, const Complaint *item, Text *out)
{
    const Unit *unit = unit_find(item->unit);
    text_add(out, ": at least ");
    number_add_unit(out, item->least, unit);
    if (origins_find(&loaded->origins, (int)part, item->section, item->key)) return;
    SectionMatch match = section_match(loaded->kit->schemas[part], item->section);
    const ParamField *field = match.section ? param_find(match.section->table, item->key) : NULL;
    if (!field) return;
    text_add(out, " (not stated; the default is ");
    param_value_add_default(field, out);
    text_add(out, ")");
}

/* "Norh Road" is no station of the route (did you mean "North Road"?) */
static void complaint_text(const Loaded *loaded, LoadPart part, const Complaint *item, Text *out)
{
    if (item->names != COMPLAINT_NO_NAME) {
        text_add(out, "\"");
        text_add(out, item->name);
        text_add(out, "\" ");
    }
    text_add(out, item->why);
    if (item->unit) least_text(loaded, part, item, out);
    if (item->names == COMPLAINT_NO_NAME || !loaded->kit->names) return;
    Nearest nearest = nearest_begin(item->name);
    loaded->kit->names(loaded, (ComplaintNames)item->names, &nearest);
    nearest_text(&nearest, out);
}

/* Where the key is stated, else its section. Of a section that scenarios do not have, a scenario's check means that of its
   route or vehicle. */
static const Origin *complaint_origin(const Loaded *loaded, LoadPart part, const Complaint *item)
{
    for (LoadPart at = part; at < LOAD_PARTS; at++) {
        const Origin *origin = origins_find(&loaded->origins, (int)at, item->section, item->key);
        if (!origin) origin = origins_find(&loaded->origins, (int)at, item->section, "");
        if (origin || part != LOAD_SCENARIO) return origin;
        if (section_match(loaded->kit->schemas[LOAD_SCENARIO], item->section).section) return NULL;
    }
    return NULL;
}

void load_complain(Loaded *loaded, LoadPart part, const Complaints *complaints)
{
    int kept = complaints->count < COMPLAINTS_MAX ? complaints->count : COMPLAINTS_MAX;
    int told = loaded->diag.count;
    for (int i = 0; i < kept; i++) {
        const Complaint *item = &complaints->items[i];
        Place place = {.file = loaded->files[part] ? loaded->files[part] : loaded->files[LOAD_SCENARIO],
                       .section = item->section, .key = item->key};
        const Origin *origin = complaint_origin(loaded, part, item);
        if (origin) place = (Place){origin->file, origin->line, origin->written, item->key};
        /* of a section that had mistakes before nothing more is told */
        Diag before = loaded->diag;
        before.count = told;
        if (diag_mentions(&before, place.section)) continue;
        Text why = {0};
        complaint_text(loaded, part, item, &why);
        DIAG_ADD(&loaded->diag, place, why.bytes);
        text_free(&why);
    }
    if (complaints->count <= kept) return;
    Text more = {0};
    text_add_int(&more, complaints->count - kept);
    DIAG_ADD(&loaded->diag, ((Place){.file = loaded->files[part] ? loaded->files[part] : loaded->files[LOAD_SCENARIO]}),
             "and ", more.bytes, " more complaints like these");
    text_free(&more);
}

void load_free(Loaded *loaded)
{
    if (!loaded) return;
    for (int i = 0; i < LOAD_PARTS; i++) {
        free(loaded->parts[i]);
        free(loaded->files[i]);
    }
    for (int i = 0; i < loaded->source_count; i++) {
        ini_source_free(loaded->sources[i]);
        free(loaded->sources[i]);
    }
    ini_doc_free(&loaded->sweep);
    free(loaded->sources);
    for (int i = 0; i < loaded->text_count; i++) free(loaded->texts[i]);
    free(loaded->texts);
    diag_free(&loaded->diag);
    text_free(&loaded->notes);
    origins_free(&loaded->origins);
    path_roots_free(&loaded->roots);
    free(loaded);
}
