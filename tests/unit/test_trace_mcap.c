/* trace.mcap read by the letter of the MCAP specification: magic, records of an opcode and a length, magic. */
#include "tests/unit/run_support.h"
#include "sim/io/json.h"
#include "sim/io/trace.h"

static const unsigned char magic[8] = {0x89, 'M', 'C', 'A', 'P', '0', '\r', '\n'};

static unsigned long long whole(const unsigned char *bytes, int count)
{
    unsigned long long value = 0;
    for (int i = count - 1; i >= 0; i--) value = value << 8 | bytes[i];
    return value;
}

/* Writes the first two seconds of the lane change, ten rows a second. */
static void trace_write(const char *path)
{
    OpenRun open = run_begin(NULL, NULL, 0);
    Trace trace = {0};
    Text why = {0};
    const TrainModel *model = &open.run.scenario->model;
    MemberCounts counts = {model->module_count, model->axle_count, open.run.scenario->train_count};
    assert_true(trace_choose(&trace, "time_s,mode,axle*_steer_rad", counts, &why));
    trace_begin(&trace, &trace_mcap, path, open.run.scenario->spec.head.step, 10.0);
    while (open.run.state->world.tick < 2000) {
        if (trace_due(&trace, open.run.state->world.tick)) trace_add(&trace, run_sample(open.run.plan, open.run.state));
        run_tick(open.run.plan, open.run.state);
        run_drain(open.run.state);
    }
    assert_true(trace_end(&trace, &why));
    trace_free(&trace);
    run_leave(&open);
}

static size_t file_read(const char *path, unsigned char *bytes, size_t size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t count = fread(bytes, 1, size, file);
    fclose(file);
    return count;
}

static void every_row_is_a_message_with_its_time_and_columns(void **state)
{
    (void)state;
    static unsigned char bytes[1 << 20];
    trace_write("two.mcap");
    size_t size = file_read("two.mcap", bytes, sizeof bytes), at = 8;
    int of_kind[16] = {0};
    assert_memory_equal(bytes, magic, 8);
    assert_memory_equal(bytes + size - 8, magic, 8);
    while (at < size - 8) {
        unsigned kind = bytes[at];
        size_t length = (size_t)whole(bytes + at + 1, 8);
        const unsigned char *content = bytes + at + 9;
        assert_in_range(kind, 1, 15);
        assert_in_range(length, 0, size - at - 17);
        if (kind == 5) {
            /* channel 1, sequence, two times in nanoseconds, then the message */
            assert_int_equal(whole(content, 2), 1);
            assert_int_equal(whole(content + 2, 4), of_kind[5]);
            assert_int_equal(whole(content + 6, 8), 100000000ull * (unsigned)of_kind[5]);
            Json json;
            Text why = {0};
            if (!json_parse(&json, (const char *)content + 22, length - 22, &why)) fail_msg("message %d %s", of_kind[5], why.bytes);
            assert_int_equal(json.nodes[0].count, 9);
            assert_number(json_number(&json, &json.nodes[0], "time_s", -1.0), 0.1 * of_kind[5], 1e-12);
            assert_string_equal(json_text(&json, &json.nodes[0], "mode", ""), "hold_speed");
            json_free(&json);
        }
        of_kind[kind]++;
        at += 9 + length;
    }
    assert_int_equal(at, size - 8);
    static const int expected[16] = {[1] = 1, [2] = 1, [3] = 1, [4] = 1, [5] = 20, [15] = 1};
    for (int i = 0; i < 16; i++) {
        if (of_kind[i] != expected[i]) fail_msg("%d records of kind %d, expected %d", of_kind[i], i, expected[i]);
    }
}

int main(void)
{
    enter_folder("trace_mcap");
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_row_is_a_message_with_its_time_and_columns)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
