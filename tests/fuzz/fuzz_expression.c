/* Conditions and the values of sweeps: what is read is evaluated on a sample, or takes values that its key takes. */
#include "tests/fuzz/fuzz_file.h"
#include "sim/io/condition_text.h"
#include "sim/io/sweep_values.h"
#include "sim/world/scenario.h"

static void read_condition(const char *text)
{
    static Sample sample;
    Condition condition;
    Text why = {0};
    sample.train_count = 1;
    if (condition_parse(text, (MemberCounts){3, 6, 2}, &condition, &why)) condition_holds(&condition, &sample, 0);
    else if (!why.size) abort();
    text_free(&why);
}

static void read_values(const char *text)
{
    Text why = {0};
    SweepValues values = {0};
    SweepTask task = {.field = settings_find("weather.friction"), .folder = ".", .key = "weather.friction", .seed = 1};
    if (!sweep_values_parse(text, &task, &values, &why) && !why.size) abort();
    sweep_values_free(&values);
    text_free(&why);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char text[SCENARIO_TEXT_MAX];
    if (size >= sizeof text || memchr(bytes, '\0', size)) return -1;
    memcpy(text, bytes, size);
    text[size] = '\0';
    read_condition(text);
    read_values(text);
    return 0;
}
