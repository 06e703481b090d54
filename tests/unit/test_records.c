/* Files that only grow, and the readers of what this program writes: records, JSON, tables, MCAP. */
#include "tests/unit/io_support.h"
#include "sim/io/json.h"
#include "sim/io/records.h"
#include "sim/io/table.h"

static void keep(const char *text, size_t size, void *user)
{
    Text *all = user;
    text_add_bytes(all, text, size);
    text_add(all, "|");
}

static void a_torn_record_costs_itself_alone(void **state)
{
    (void)state;
    RecordFile file;
    Text why = {0}, all = {0};
    unlink("some.records");
    assert_true(records_open(&file, "some.records", &why));
    assert_true(records_append(&file, "one", 3, &why));
    assert_true(records_append(&file, "two", 3, &why));
    records_close(&file);
    char *bytes = read_text("some.records");
    write_bytes("some.records", bytes, strlen(bytes) - 2); /* a kill in the middle of the second */
    free(bytes);
    assert_int_equal(records_read("some.records", keep, &all, &why), 1);
    assert_string_equal(all.bytes, "one|");
    assert_true(records_open(&file, "some.records", &why));
    assert_true(records_append(&file, "three", 5, &why));
    records_close(&file);
    all.size = 0;
    assert_int_equal(records_read("some.records", keep, &all, &why), 0);
    assert_string_equal(all.bytes, "one|three|");
    text_free(&all);
    text_free(&why);
}

static void a_flipped_bit_is_seen(void **state)
{
    (void)state;
    Text why = {0}, all = {0};
    RecordFile file;
    unlink("bit.records");
    assert_true(records_open(&file, "bit.records", &why));
    assert_true(records_append(&file, "margin 0.5", 10, &why));
    records_close(&file);
    char *bytes = read_text("bit.records");
    bytes[strlen(bytes) - 2] ^= 1;
    write_text("bit.records", bytes);
    free(bytes);
    assert_int_equal(records_read("bit.records", keep, &all, &why), 1);
    assert_int_equal(all.size, 0);
    text_free(&all);
}

static void json_reads_back_what_was_written(void **state)
{
    (void)state;
    static const char text[] = "{\"a\": [1, -2.5e3, true, null], \"b\": {\"c\": \"x\\\"\\u00e9\\ud83d\\ude00\\n\"}}";
    Json json;
    Text why = {0};
    assert_true(json_parse(&json, text, strlen(text), &why));
    const JsonNode *root = &json.nodes[0], *list = json_member(&json, root, "a");
    assert_int_equal(list->count, 4);
    assert_number(json_next(&json, json_first(&json, list))->number, -2500.0, 0.0);
    assert_string_equal(json_text(&json, json_member(&json, root, "b"), "c", ""), "x\"\xc3\xa9\xf0\x9f\x98\x80\n");
    json_free(&json);
}

static void broken_json_is_refused(void **state)
{
    (void)state;
    static const char *const broken[] = {"", "{", "[1,]", "{\"a\" 1}", "\"abc", "\"\\x\"", "1 2", "nul", "[1e999]", "\"\\ud800\"",
                                         "{\"a\":}", "\"\\u0000\""};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        Json json;
        Text why = {0};
        if (json_parse(&json, broken[i], strlen(broken[i]), &why)) fail_msg("taken for JSON: %s", broken[i]);
        json_free(&json);
        text_free(&why);
    }
    Text deep = {0}, why = {0};
    Json json;
    for (int i = 0; i < 100000; i++) text_add(&deep, "[");
    assert_false(json_parse(&json, deep.bytes, deep.size, &why));
    json_free(&json);
    text_free(&deep);
    text_free(&why);
}

static void tables_part_where_the_first_cell_differs(void **state)
{
    (void)state;
    static const char one[] = "time_s,x,y\n0,1,2\n1,1.5,2\n2,2,2\n", two[] = "time_s,y,x\n0,2,1\n1,2,1.25\n2,2.5,2\n";
    Table a, b;
    Text why = {0};
    assert_true(table_parse(&a, one, strlen(one), &why));
    assert_true(table_parse(&b, two, strlen(two), &why));
    TableDiff diff = table_compare(&a, &b, 0.0, 0.0, NULL);
    assert_int_equal(diff.row, 1);
    assert_string_equal(diff.column, "x");
    assert_string_equal(diff.cell_b, "1.25");
    assert_int_equal(diff.cells, 2);
    assert_int_equal(table_compare(&a, &b, 0.5, 0.0, NULL).cells, 0);
    assert_int_equal(table_compare(&a, &b, 0.4, 0.0, NULL).cells, 1);
    table_free(&a);
    table_free(&b);
    assert_false(table_parse(&a, "a,b\n1\n", 6, &why));
    table_free(&a);
    text_free(&why);
}

/* Bytes exchanged, dropped and doubled at random: whatever comes, it is read or refused. */
static void damaged_json_and_tables_end_in_a_message(void **state)
{
    (void)state;
    static const char sound[] = "{\"index\": 3, \"failed\": [0, 1, -2.5e-3], \"result\": {\"name\": \"a\\u00e9\\n\", \"x\": null}}\n1,2,3\n";
    uint64_t draw = 1;
    int read = 0, refused = 0;
    for (int round = 0; round < 20000; round++) {
        char bytes[sizeof sound];
        memcpy(bytes, sound, sizeof sound);
        size_t size = sizeof sound - 1;
        for (int i = 0; i < 4; i++) {
            draw = draw * 6364136223846793005u + 1442695040888963407u;
            bytes[(draw >> 33) % size] = sound[(draw >> 13) % size];
            if ((draw >> 60) == 0) size = 1 + (draw >> 40) % size;
        }
        Json json;
        Table table;
        Text why = {0};
        int fine = json_parse(&json, bytes, size, &why);
        read += fine;
        refused += !fine && why.size > 0;
        json_free(&json);
        table_parse(&table, bytes, size, &why);
        table_free(&table);
        text_free(&why);
    }
    if (read + refused != 20000) fail_msg("%d read, %d refused with a message, of 20000", read, refused);
}

int main(void)
{
    enter_folder("records");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_torn_record_costs_itself_alone),     cmocka_unit_test(a_flipped_bit_is_seen),
        cmocka_unit_test(json_reads_back_what_was_written),     cmocka_unit_test(broken_json_is_refused),
        cmocka_unit_test(tables_part_where_the_first_cell_differs),
        cmocka_unit_test(damaged_json_and_tables_end_in_a_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
