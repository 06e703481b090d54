/* From files, folders and tags to cases. Each scenario is loaded once, to learn its name, tags and case id, and loaded
   again where it is run. Ignores: symbolic links to folders, which are not followed, so that no search is endless. */
#include "sim/cli/batch_plan.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "sim/cli/exit_codes.h"
#include "sim/io/file_bytes.h"
#include "sim/io/json.h"
#include "sim/io/number.h"
#include "sim/io/schemas.h"
#include "sim/io/sweep.h"
#include "sim/io/version.h"
#include "sim/world/scenario.h"

enum { MANIFEST_MAX = 1 << 28 }; /* bytes */
static const char manifest_format[] = "artsim batch 1";

typedef struct Names {
    char **items;
    int count, capacity;
} Names;

static void names_add(Names *names, char *name)
{
    names->items = memory_room(names->items, names->count, &names->capacity, sizeof *names->items);
    names->items[names->count++] = name;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void names_free(Names *names)
{
    for (int i = 0; i < names->count; i++) free(names->items[i]);
    free(names->items);
}

static int ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length > tail && strcmp(text + length - tail, end) == 0;
}

/* 1 for what a run has left: its resolved.ini is no scenario of the folder above. */
static int is_run(const char *path)
{
    Text result = {0};
    text_add(&result, path);
    text_add(&result, "/result.json");
    int there = access(result.bytes, F_OK) == 0;
    text_free(&result);
    return there;
}

/* All *.ini below a folder. */
static void folder_search(const char *path, Names *found)
{
    DIR *folder = is_run(path) ? NULL : opendir(path);
    if (!folder) return;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (entry->d_name[0] == '.') continue;
        Text whole = {0};
        text_add(&whole, path);
        if (whole.bytes[whole.size - 1] != '/') text_add(&whole, "/");
        text_add(&whole, entry->d_name);
        struct stat info;
        int known = lstat(whole.bytes, &info) == 0;
        if (known && S_ISDIR(info.st_mode)) folder_search(whole.bytes, found);
        if (known && !S_ISDIR(info.st_mode) && ends_with(whole.bytes, ".ini"))
            names_add(found, memory_copy(whole.bytes));
        text_free(&whole);
    }
    closedir(folder);
}

/* 1 when the word stands in a list separated by commas and blanks. */
static int list_has(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; *at;) {
        size_t size = strcspn(at, ", \t");
        if (size == length && strncmp(at, word, length) == 0) return 1;
        at += size;
        at += strspn(at, ", \t");
    }
    return 0;
}

static int is_chosen(const BatchChoice *choice, const char *tags, int from_folder)
{
    int wanted = 0, asked = 0, manual = 0;
    for (int i = 0; i < choice->tag_count; i++) {
        const char *tag = choice->tags[i];
        if (tag[0] == '!') {
            if (list_has(tags, tag + 1)) return 0;
            continue;
        }
        asked = 1;
        wanted |= list_has(tags, tag);
        manual |= strcmp(tag, "manual") == 0;
    }
    if (from_folder && !manual && list_has(tags, "manual")) return 0;
    return wanted || !asked;
}

static char **words_copy(const char *const *words, int count)
{
    char **copy = memory_new((size_t)count * sizeof *copy);
    for (int i = 0; i < count; i++) copy[i] = memory_copy(words[i]);
    return copy;
}

static void words_free(char **words, int count)
{
    for (int i = 0; i < count; i++) free(words[i]);
    free(words);
}

static BatchCase *case_new(BatchPlan *plan, const char *file, const char *const *sets, int set_count)
{
    int opens = plan->count == 0 || strcmp(plan->cases[plan->count - 1].file, file) != 0;
    plan->cases = memory_room(plan->cases, plan->count, &plan->capacity, sizeof *plan->cases);
    BatchCase *one = &plan->cases[plan->count++];
    *one = (BatchCase){.file = memory_copy(file), .sets = words_copy(sets, set_count), .set_count = set_count};
    one->opens_file = opens ? ++plan->files : 0;
    return one;
}

static void case_clear(BatchCase *one)
{
    words_free(one->sets, one->set_count);
    free(one->file);
    free(one->name);
    free(one->about);
    free(one->tags);
    free(one->inferred);
}

/* The name that the scenario states; of an invalid file, which may not have come so far, its path without the ending. */
static char *case_name(const BatchCase *one, const Loaded *loaded, const char *name)
{
    const Origin *stated = origins_find(&loaded->origins, LOAD_SCENARIO, "scenario", "name");
    size_t length = strlen(one->file);
    if (!one->fault || (stated && *name)) return memory_copy(*name ? name : "unnamed");
    Text stem = {0};
    text_add_bytes(&stem, one->file, ends_with(one->file, ".ini") ? length - 4 : length);
    return stem.bytes;
}

/* What the manifest says of a case, from its loaded scenario. */
static void case_describe(BatchCase *one, const Loaded *loaded, long long mistakes)
{
    const ScenarioSpec *spec = loaded->parts[LOAD_SCENARIO];
    const Route *route = loaded->parts[LOAD_ROUTE];
    one->fault = mistakes > 0;
    one->name = case_name(one, loaded, spec->head.name);
    one->about = memory_copy(spec->head.about);
    one->tags = memory_copy(spec->head.tags);
    one->inferred = memory_copy(route->head.inferred);
    one->duration = spec->head.duration;
    memset(one->case_id, '0', CASE_ID_SIZE - 1);
    if (!one->fault) resolved_case_id(loaded, ART_MODEL_VERSION, one->case_id);
}

LoadRequest batch_case_request(const BatchPlan *plan, const BatchCase *one)
{
    return (LoadRequest){.path = one->file,
                         .sets = (const char *const *)one->sets,
                         .set_count = one->set_count,
                         .roots = (const char *const *)plan->roots,
                         .root_count = plan->root_count};
}

void batch_plan_add(BatchPlan *plan, const char *file, const char *const *sets, int set_count)
{
    BatchCase *one = case_new(plan, file, sets, set_count);
    LoadRequest request = batch_case_request(plan, one);
    Loaded *loaded = load_scenario(&art_kit, &request);
    case_describe(one, loaded, diag_count(&loaded->diag));
    load_free(loaded);
}

/* All cases of a scenario: those of its [sweep], or one. */
static void scenario_add(BatchPlan *plan, const BatchChoice *choice, const char *file, Loaded *loaded)
{
    Sweep sweep = {0};
    int swept =
        !choice->unswept && diag_count(&loaded->diag) == 0 && loaded->sweep.count && sweep_compile(loaded, &sweep);
    int cases = swept ? sweep_count(&sweep) : 1;
    const char **sets = memory_new((size_t)(choice->set_count + SWEEP_AXES_MAX) * sizeof *sets);
    for (int i = 0; i < choice->set_count; i++) sets[i] = choice->sets[i];
    for (int i = 0; i < cases; i++) {
        int own = swept ? sweep_case(&sweep, i, sets + choice->set_count) : 0;
        batch_plan_add(plan, file, sets, choice->set_count + own);
    }
    /* a sweep with a mistake has one case, which fails by it when it is run */
    if (diag_count(&loaded->diag)) plan->cases[plan->count - 1].fault = 1;
    free(sets);
    sweep_free(&sweep);
}

static void file_add(BatchPlan *plan, const BatchChoice *choice, const char *file, int from_folder)
{
    LoadRequest request = {.path = file,
                           .sets = choice->sets,
                           .set_count = choice->set_count,
                           .roots = choice->roots,
                           .root_count = choice->root_count};
    Loaded *loaded = load_any(&art_kit, &request);
    const ScenarioSpec *spec = loaded->parts[LOAD_SCENARIO];
    int chosen = loaded->kind == LOAD_SCENARIO ? is_chosen(choice, spec->head.tags, from_folder) : !from_folder;
    if (chosen) scenario_add(plan, choice, file, loaded);
    load_free(loaded);
}

int batch_plan_find(BatchPlan *plan, const BatchChoice *choice, Text *why)
{
    *plan = (BatchPlan){.roots = words_copy(choice->roots, choice->root_count), .root_count = choice->root_count};
    for (int i = 0; i < choice->word_count; i++) {
        struct stat info;
        if (stat(choice->words[i], &info) != 0) {
            text_add(why, choice->words[i]);
            text_add(why, ": cannot be opened: ");
            text_add(why, strerror(errno));
            return ART_EXIT_INVALID;
        }
        if (!S_ISDIR(info.st_mode)) {
            file_add(plan, choice, choice->words[i], 0);
            continue;
        }
        Names found = {0};
        folder_search(choice->words[i], &found);
        if (found.count) qsort(found.items, (size_t)found.count, sizeof *found.items, by_bytes);
        for (int k = 0; k < found.count; k++) file_add(plan, choice, found.items[k], 1);
        names_free(&found);
    }
    return ART_EXIT_PASSED;
}

void batch_plan_free(BatchPlan *plan)
{
    for (int i = 0; i < plan->count; i++) case_clear(&plan->cases[i]);
    free(plan->cases);
    words_free(plan->roots, plan->root_count);
    *plan = (BatchPlan){0};
}

void batch_case_label(const BatchCase *one, Text *out)
{
    text_add(out, one->name);
    for (int i = 0; i < one->set_count; i++) {
        text_add(out, i ? " " : " (");
        text_add(out, one->sets[i]);
    }
    if (one->set_count) text_add(out, ")");
}

/* ---- the manifest ---- */

static void list_key(Text *out, const char *before, const char *key, const char *const *items, int count)
{
    text_add(out, before);
    text_add_json(out, key);
    text_add(out, ": [");
    for (int i = 0; i < count; i++) {
        if (i) text_add(out, ", ");
        text_add_json(out, items[i]);
    }
    text_add(out, "]");
}

void batch_manifest_write(const BatchPlan *plan, Text *out)
{
    json_text_key(out, "{\n  ", "format", manifest_format);
    json_text_key(out, ",\n  ", "model_version", ART_MODEL_VERSION);
    list_key(out, ",\n  ", "roots", (const char *const *)plan->roots, plan->root_count);
    text_add(out, ",\n  \"cases\": [");
    for (int i = 0; i < plan->count; i++) {
        const BatchCase *one = &plan->cases[i];
        text_add(out, i ? ",\n    {\"index\": " : "\n    {\"index\": ");
        text_add_int(out, i);
        json_text_key(out, ", ", "case_id", one->case_id);
        json_text_key(out, ", ", "scenario", one->name);
        json_text_key(out, ", ", "file", one->file);
        list_key(out, ", ", "sets", (const char *const *)one->sets, one->set_count);
        json_text_key(out, ", ", "tags", one->tags);
        json_text_key(out, ", ", "about", one->about);
        json_text_key(out, ", ", "inferred", one->inferred);
        text_add(out, ", \"duration_s\": ");
        number_add(out, one->duration);
        text_add(out, one->fault ? ", \"invalid\": true}" : "}");
    }
    text_add(out, plan->count ? "\n  ]\n}\n" : "]\n}\n");
}

/* The texts of an array; the caller frees them. */
static char **list_read(const Json *json, const JsonNode *list, int *count)
{
    *count = 0;
    char **words = memory_new((size_t)(list ? list->count : 0) * sizeof *words);
    for (const JsonNode *word = json_first(json, list); word; word = json_next(json, word)) {
        words[(*count)++] = memory_copy(word->text);
    }
    return words;
}

static void case_read(BatchPlan *plan, const Json *json, const JsonNode *node)
{
    BatchCase *one = case_new(plan, json_text(json, node, "file", ""), NULL, 0);
    free(one->sets);
    one->sets = list_read(json, json_member(json, node, "sets"), &one->set_count);
    one->name = memory_copy(json_text(json, node, "scenario", ""));
    one->about = memory_copy(json_text(json, node, "about", ""));
    one->tags = memory_copy(json_text(json, node, "tags", ""));
    one->inferred = memory_copy(json_text(json, node, "inferred", ""));
    one->duration = json_number(json, node, "duration_s", 0.0);
    const JsonNode *invalid = json_member(json, node, "invalid");
    one->fault = invalid && invalid->kind == JSON_TRUE;
    memcpy(one->case_id, json_text(json, node, "case_id", ""), CASE_ID_SIZE);
}

static int all_texts(const Json *json, const JsonNode *list)
{
    if (!list || list->kind != JSON_ARRAY) return 0;
    for (const JsonNode *item = json_first(json, list); item; item = json_next(json, item)) {
        if (item->kind != JSON_TEXT) return 0;
    }
    return 1;
}

/* A manifest that was cut or edited is refused as a whole. */
static int manifest_sound(const Json *json, const JsonNode *root)
{
    const JsonNode *cases = json_member(json, root, "cases");
    if (strcmp(json_text(json, root, "format", ""), manifest_format) != 0) return 0;
    if (!cases || cases->kind != JSON_ARRAY || !all_texts(json, json_member(json, root, "roots"))) return 0;
    for (const JsonNode *node = json_first(json, cases); node; node = json_next(json, node)) {
        if (strlen(json_text(json, node, "case_id", "")) != CASE_ID_SIZE - 1) return 0;
        if (!*json_text(json, node, "file", "") || !all_texts(json, json_member(json, node, "sets"))) return 0;
    }
    return 1;
}

static int manifest_take(BatchPlan *plan, const Json *json, Text *why)
{
    const JsonNode *root = &json->nodes[0];
    if (!manifest_sound(json, root)) {
        text_add(why, "is no manifest of this version of artsim");
        return 0;
    }
    if (strcmp(json_text(json, root, "model_version", ""), ART_MODEL_VERSION) != 0) {
        text_add(why, "was made with another version of the model, ");
        text_add(why, json_text(json, root, "model_version", "unknown"));
        return 0;
    }
    plan->roots = list_read(json, json_member(json, root, "roots"), &plan->root_count);
    const JsonNode *cases = json_member(json, root, "cases");
    for (const JsonNode *node = json_first(json, cases); node; node = json_next(json, node))
        case_read(plan, json, node);
    return 1;
}

int batch_manifest_read(BatchPlan *plan, const char *path, Text *why)
{
    FileBytes file;
    Json json = {0};
    Text reason = {0};
    *plan = (BatchPlan){0};
    int fine = file_bytes_read(path, MANIFEST_MAX, &file, &reason) &&
               json_parse(&json, file.bytes, file.size, &reason) && manifest_take(plan, &json, &reason);
    if (!fine) {
        text_add(why, path);
        text_add(why, " ");
        text_add(why, text_bytes(&reason));
    }
    text_free(&reason);
    json_free(&json);
    file_bytes_free(&file);
    return fine;
}
