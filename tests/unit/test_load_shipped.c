/* The shipped scenarios, routes and vehicles with the real tables: all load, and each resolved scenario loads to the
   same bits and the same case again. */
#include "tests/unit/io_support.h"
#include <dirent.h>
#include "sim/io/outfile.h"
#include "sim/io/param_value.h"
#include "sim/io/resolved.h"
#include "sim/io/schemas.h"
#include "sim/world/scenario.h"

static Loaded *load_file(const char *path)
{
    LoadRequest request = {.path = path};
    Loaded *loaded = load_any(&art_kit, &request);
    Text text = {0};
    diag_text(&loaded->diag, &text);
    if (text.size) fail_msg("%s has mistakes:\n%s", path, text.bytes);
    return loaded;
}

/* Calls `use` with the path of each .ini below a folder; returns how many there were. */
static int for_each_below(const char *folder, void (*use)(const char *path))
{
    DIR *list = opendir(folder);
    if (!list) return 0;
    int count = 0;
    for (const struct dirent *item = readdir(list); item; item = readdir(list)) {
        if (item->d_name[0] == '.') continue;
        Text path = {0};
        text_add(&path, folder);
        text_add(&path, "/");
        text_add(&path, item->d_name);
        size_t length = strlen(item->d_name);
        if (length > 4 && strcmp(item->d_name + length - 4, ".ini") == 0) {
            use(path.bytes);
            count++;
        } else {
            count += for_each_below(path.bytes, use);
        }
        text_free(&path);
    }
    closedir(list);
    return count;
}

/* The same for a folder of the shipped data. */
static int for_each_file(const char *folder, void (*use)(const char *path))
{
    Text path = {0};
    text_add(&path, getenv("ART_DATA") ? getenv("ART_DATA") : ART_DATA_DIR);
    text_add(&path, "/");
    text_add(&path, folder);
    int count = for_each_below(path.bytes, use);
    text_free(&path);
    return count;
}

static void use_route(const char *path)
{
    Loaded *loaded = load_file(path);
    if (loaded->kind != LOAD_ROUTE) fail_msg("%s is taken for kind %d, expected a route", path, (int)loaded->kind);
    load_free(loaded);
}

static void use_vehicle(const char *path)
{
    Loaded *loaded = load_file(path);
    if (loaded->kind != LOAD_VEHICLE) fail_msg("%s is taken for kind %d, expected a vehicle", path, (int)loaded->kind);
    load_free(loaded);
}

static void assert_same_case(const Loaded *first, const Loaded *second, const char *path)
{
    char one[CASE_ID_SIZE], two[CASE_ID_SIZE];
    resolved_case_id(first, "test", one);
    resolved_case_id(second, "test", two);
    if (strcmp(one, two) != 0) fail_msg("%s is case %s, resolved it is %s", path, one, two);
}

static void use_scenario(const char *path)
{
    Text why = {0};
    Loaded *loaded = load_file(path);
    assert_int_equal(outfile_folder("out", &why), 1);
    if (!resolved_save(loaded, "out", &why)) fail_msg("%s", why.bytes);
    Loaded *again = load_file("out/resolved.ini");
    assert_same_case(loaded, again, path);
    /* names of files differ, contents do not */
    ScenarioSpec *first = loaded->parts[LOAD_SCENARIO], *second = again->parts[LOAD_SCENARIO];
    first->route = second->route;
    first->vehicle = second->vehicle;
    memcpy(first->drive.open_loop, second->drive.open_loop, sizeof first->drive.open_loop);
    assert_memory_equal(first, second, sizeof *first);
    assert_int_equal(loaded->present[LOAD_ROUTE], again->present[LOAD_ROUTE]);
    assert_memory_equal(loaded->parts[LOAD_ROUTE], again->parts[LOAD_ROUTE], sizeof(Route));
    assert_memory_equal(loaded->parts[LOAD_VEHICLE], again->parts[LOAD_VEHICLE], sizeof(Vehicle));
    load_free(loaded);
    load_free(again);
}

static void shipped_routes_have_no_mistakes(void **state)
{
    (void)state;
    assert_true(for_each_file("assets/routes", use_route) > 0);
}

static void shipped_vehicles_have_no_mistakes(void **state)
{
    (void)state;
    assert_true(for_each_file("assets/vehicles", use_vehicle) > 0);
}

static void shipped_scenarios_resolve_to_texts_that_load_to_the_same_bits(void **state)
{
    (void)state;
    assert_true(for_each_file("scenarios", use_scenario) > 0);
}

/* Walks over every row of the real schemas: what `artsim keys` prints as the default must be what the loader takes. */
static void every_default_is_a_value_that_its_own_row_accepts(void **state)
{
    (void)state;
    PathRoots roots;
    Text why = {0};
    path_roots_begin(&roots, NULL, NULL, 0, &why);
    int rows = 0;
    for (int part = 0; part < LOAD_PARTS; part++) {
        const ParamSchema *schema = art_kit.schemas[part];
        for (int i = 0; i < schema->count; i++) {
            const ParamTable *table = schema->sections[i].table;
            void *one = memory_new(table->size), *other = memory_new(table->size);
            param_defaults(table, one);
            param_defaults(table, other);
            for (int j = 0; j < table->count; j++, rows++) {
                const ParamField *field = &table->fields[j];
                Text text = {0};
                param_value_add_default(field, &text);
                int path = field->type == PARAM_PATH;
                int required = field->flags & PARAM_REQUIRED;
                int fine = path || required || param_value_set(field, other, text_bytes(&text), &roots, ".", &why);
                if (!fine) fail_msg("%s [%s] %s: %s", schema->kind, schema->sections[i].pattern, field->key, why.bytes);
                text_free(&text);
            }
            assert_memory_equal(one, other, table->size);
            free(one);
            free(other);
        }
    }
    assert_true(rows > 100);
    path_roots_free(&roots);
}

int main(void)
{
    if (enter_folder("load_shipped")) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_routes_have_no_mistakes),
        cmocka_unit_test(shipped_vehicles_have_no_mistakes),
        cmocka_unit_test(shipped_scenarios_resolve_to_texts_that_load_to_the_same_bits),
        cmocka_unit_test(every_default_is_a_value_that_its_own_row_accepts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
