/* From [sweep] to cases. Factors are joined by a product in the order in which they are stated, the last one fastest, or
   all taken side by side (zip). Keys by lhs() are one factor together, and so are those by sobol(): their points fill
   the space of these keys. `seeds = N` repeats every case with N seeds from [scenario] seed on. Ignores: whether the
   values of a case fit together; loading the case tells. */
#include "sim/io/sweep.h"
#include <stdlib.h>
#include <string.h>
#include "sim/base/assert.h"
#include "sim/io/param_section.h"
#include "sim/io/param_value.h"
#include "sim/io/sweep_values.h"
#include "sim/world/scenario.h"

enum { SWEEP_KEY_SIZE = 160 };

/* Work in progress. */
typedef struct Builder {
    Loaded *loaded;
    Sweep *sweep;
    const DocEntry *entries[SWEEP_AXES_MAX]; /* by axis */
    const DocEntry *seeds, *join;
    int factor_of_kind[SWEEP_SOBOL + 1]; /* of lhs and sobol: their factor, -1 none yet */
    int sobol_axes;
} Builder;

static void refuse(Builder *builder, const DocEntry *entry, const char *why)
{
    Place place = {entry->source->shown, entry->line, entry->section, entry->key};
    DIAG_ADD(&builder->loaded->diag, place, why);
}

static int has_required(const ParamTable *table)
{
    for (int i = 0; i < table->count; i++) {
        if (table->fields[i].flags & PARAM_REQUIRED) return 1;
    }
    return 0;
}

static int section_exists(const ParamSection *section, const void *part, const char *name)
{
    int found = 0;
    for (int i = 0; i < section_count(section, part) && !found; i++) {
        Text one = {0};
        section_name(section, part, i, &one);
        found = strcmp(one.bytes, name) == 0;
        text_free(&one);
    }
    return found;
}

const ParamField *sweep_field(const Loaded *loaded, const char *name, Text *why)
{
    static const char *const prefixes[LOAD_PARTS] = {"", "route.", "vehicle."};
    const char *dot = strrchr(name, '.');
    char section[SWEEP_KEY_SIZE];
    if (!dot || (size_t)(dot - name) >= sizeof section) {
        text_add(why, "expected section.key, as weather.friction, or join, or seeds");
        return NULL;
    }
    memcpy(section, name, (size_t)(dot - name));
    section[dot - name] = '\0';
    int part = strncmp(section, "route.", 6) == 0     ? LOAD_ROUTE
               : strncmp(section, "vehicle.", 8) == 0 ? LOAD_VEHICLE
                                                      : LOAD_SCENARIO;
    const char *own = section + strlen(prefixes[part]);
    const ParamSchema *schema = loaded->kit->schemas[part];
    SectionMatch match = section_match(schema, own);
    int there = match.section && (!has_required(match.section->table) || match.kind == SECTION_SINGLE ||
                                  section_exists(match.section, loaded->parts[part], own));
    if (!there) {
        text_add(why, "there is no section [");
        text_add(why, section);
        text_add(why, "]");
        if (!match.section) section_suggest(schema, own, prefixes[part], why);
        return NULL;
    }
    const ParamField *field = param_find(match.section->table, dot + 1);
    if (field) return field;
    Nearest nearest = nearest_begin(dot + 1);
    for (int i = 0; i < match.section->table->count; i++) nearest_try(&nearest, match.section->table->fields[i].key);
    text_add(why, "[");
    text_add(why, section);
    text_add(why, "] has no key of that name");
    nearest_text(&nearest, why);
    return NULL;
}

/* Texts "key=value" from the values. */
static void axis_take(SweepAxis *axis, const char *key, const SweepValues *values)
{
    axis->key = memory_copy(key);
    axis->count = values->count;
    axis->sets = memory_new((size_t)values->count * sizeof *axis->sets);
    for (int i = 0; i < values->count; i++) {
        Text set = {0};
        text_add(&set, key);
        text_add(&set, "=");
        text_add(&set, values->items[i]);
        axis->sets[i] = set.bytes;
    }
}

/* Gives the axis a factor of its own, or that of its design; complains when their numbers differ. */
static void factor_join(Builder *builder, int index, SweepKind kind)
{
    Sweep *sweep = builder->sweep;
    SweepAxis *axis = &sweep->axes[index];
    int *common = &builder->factor_of_kind[sweep->join == SWEEP_ZIP ? SWEEP_LIST : kind];
    int shared = (kind != SWEEP_LIST || sweep->join == SWEEP_ZIP) && *common >= 0;
    if (!shared) {
        *common = axis->factor = sweep->factors++;
        sweep->factor_count[axis->factor] = axis->count;
        return;
    }
    axis->factor = *common;
    if (sweep->factor_count[*common] == axis->count) return;
    Text why = {0};
    text_add_int(&why, axis->count);
    text_add(&why, sweep->join == SWEEP_ZIP
                       ? " values, but join = zip goes through all keys side by side and the first has "
                       : " points, but keys of one design share their points and the first has ");
    text_add_int(&why, sweep->factor_count[*common]);
    refuse(builder, builder->entries[index], why.bytes);
    text_free(&why);
}

static void axis_add(Builder *builder, const char *key, const DocEntry *entry)
{
    Sweep *sweep = builder->sweep;
    if (sweep->axis_count == SWEEP_AXES_MAX) {
        refuse(builder, entry, "more than 32 keys vary");
        return;
    }
    Text why = {0};
    SweepValues values = {0};
    const ScenarioSpec *spec = builder->loaded->parts[LOAD_SCENARIO];
    SweepTask task = {.field = sweep_field(builder->loaded, key, &why),
                      .roots = &builder->loaded->roots,
                      .folder = entry->source->folder,
                      .key = key,
                      .seed = (uint64_t)spec->head.seed,
                      .may_repeat = sweep->join == SWEEP_ZIP,
                      .sobol_before = builder->sobol_axes};
    if (task.field && sweep_values_parse(entry->value, &task, &values, &why)) {
        int index = sweep->axis_count++;
        builder->entries[index] = entry;
        axis_take(&sweep->axes[index], key, &values);
        sweep->axes[index].written = entry->value;
        factor_join(builder, index, values.kind);
        builder->sobol_axes += values.kind == SWEEP_SOBOL;
    } else {
        refuse(builder, entry, why.bytes);
    }
    sweep_values_free(&values);
    text_free(&why);
}

/* [sweep] has the whole key in its line; --set sweep.weather.friction=... arrives as section "sweep.weather". */
static void whole_key(const DocSection *section, const DocEntry *entry, Text *key)
{
    if (section->name[5] == '.') {
        text_add(key, section->name + 6);
        text_add(key, ".");
    }
    text_add(key, entry->key);
}

/* Is the same key stated again behind this place? The last one wins; an empty one takes the key out. */
static int is_stated_later(const IniDoc *doc, int section, int entry, const char *key)
{
    for (int i = section; i < doc->count; i++) {
        for (int j = i == section ? entry + 1 : 0; j < doc->sections[i].count; j++) {
            Text other = {0};
            whole_key(&doc->sections[i], &doc->sections[i].entries[j], &other);
            int same = strcmp(other.bytes, key) == 0;
            text_free(&other);
            if (same) return 1;
        }
    }
    return 0;
}

static void take_join(Builder *builder)
{
    if (!builder->join || strcmp(builder->join->value, "product") == 0) return;
    if (strcmp(builder->join->value, "zip") == 0) {
        builder->sweep->join = SWEEP_ZIP;
        return;
    }
    Text why = {0};
    text_add(&why, "\"");
    text_add(&why, builder->join->value);
    text_add(&why, "\" is not one of product, zip");
    refuse(builder, builder->join, why.bytes);
    text_free(&why);
}

/* The seeds are the last factor: they change fastest, under product and zip alike. */
static void take_seeds(Builder *builder)
{
    const DocEntry *entry = builder->seeds;
    if (!entry || !*entry->value) return;
    Sweep *sweep = builder->sweep;
    const ScenarioSpec *spec = builder->loaded->parts[LOAD_SCENARIO];
    static const ParamField row = {
        .key = "seeds", .type = PARAM_INT, .unit = "1", .minimum = 1, .maximum = SWEEP_VALUES_MAX};
    int32_t count = 0;
    Text why = {0};
    if (!param_value_set(&row, &count, entry->value, NULL, "", &why)) refuse(builder, entry, why.bytes);
    for (int i = 0; i < sweep->axis_count; i++) {
        if (strcmp(sweep->axes[i].key, "scenario.seed") == 0) refuse(builder, entry, "scenario.seed varies already");
    }
    if (sweep->axis_count == SWEEP_AXES_MAX) refuse(builder, entry, "more than 32 keys vary");
    text_free(&why);
    if (count == 0 || sweep->axis_count == SWEEP_AXES_MAX) return;
    SweepValues values = {0};
    for (int i = 0; i < count; i++) {
        Text text = {0};
        text_add_int(&text, (long long)spec->head.seed + i);
        values.items = memory_room(values.items, values.count, &values.capacity, sizeof *values.items);
        values.items[values.count++] = text.bytes;
    }
    SweepAxis *axis = &sweep->axes[sweep->axis_count++];
    axis_take(axis, "scenario.seed", &values);
    axis->factor = sweep->factors++;
    sweep->factor_count[axis->factor] = axis->count;
    sweep_values_free(&values);
}

static void count_cases(Builder *builder)
{
    Sweep *sweep = builder->sweep;
    long long cases = 1;
    for (int i = 0; i < sweep->factors && cases <= SWEEP_CASES_MAX; i++) cases *= sweep->factor_count[i];
    sweep->cases = (int)cases;
    if (cases <= SWEEP_CASES_MAX) return;
    sweep->cases = 0;
    const DocSection *section = &builder->loaded->sweep.sections[0];
    DIAG_ADD(&builder->loaded->diag, ((Place){section->source->shown, section->line, section->written, NULL}),
             "more than 1000000 cases; fewer values, join = zip, lhs() or sobol() make fewer");
}

int sweep_compile(Loaded *loaded, Sweep *sweep)
{
    long long before = diag_count(&loaded->diag);
    *sweep = (Sweep){.cases = 1};
    Builder builder = {.loaded = loaded, .sweep = sweep, .factor_of_kind = {-1, -1, -1}};
    const IniDoc *doc = &loaded->sweep;
    builder.join = ini_doc_entry(doc, "sweep", "join");
    builder.seeds = ini_doc_entry(doc, "sweep", "seeds");
    take_join(&builder);
    for (int i = 0; i < doc->count; i++) {
        for (int j = 0; j < doc->sections[i].count; j++) {
            const DocEntry *entry = &doc->sections[i].entries[j];
            if (entry == builder.join || entry == builder.seeds || !*entry->value) continue;
            Text key = {0};
            whole_key(&doc->sections[i], entry, &key);
            if (!is_stated_later(doc, i, j, key.bytes)) axis_add(&builder, key.bytes, entry);
            text_free(&key);
        }
    }
    take_seeds(&builder);
    if (doc->count) count_cases(&builder);
    return diag_count(&loaded->diag) == before;
}

int sweep_count(const Sweep *sweep)
{
    return sweep->cases;
}

int sweep_case(const Sweep *sweep, int index, const char *sets[SWEEP_AXES_MAX])
{
    ART_ASSERT(index >= 0 && index < sweep->cases);
    int place[SWEEP_AXES_MAX];
    for (int i = sweep->factors - 1; i >= 0; i--) {
        place[i] = index % sweep->factor_count[i];
        index /= sweep->factor_count[i];
    }
    for (int i = 0; i < sweep->axis_count; i++) sets[i] = sweep->axes[i].sets[place[sweep->axes[i].factor]];
    return sweep->axis_count;
}

void sweep_free(Sweep *sweep)
{
    for (int i = 0; i < sweep->axis_count; i++) {
        for (int j = 0; j < sweep->axes[i].count; j++) free(sweep->axes[i].sets[j]);
        free(sweep->axes[i].sets);
        free(sweep->axes[i].key);
    }
    *sweep = (Sweep){0};
}
