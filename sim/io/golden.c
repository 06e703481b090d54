/* Goldens as CSV. Hashes are those of the core, the same for every compiler; signals have nine digits, which is enough to
   see how far a change moved them. Ignores: further trains than the first, which the hash covers. */
#include "sim/io/golden.h"
#include <stdio.h>
#include <string.h>
#include "sim/io/table.h"
#include "sim/io/version.h"
#include "sim/world/signals.h"

static const char *const key_signals[] = {"chainage_m",       "lateral_m",       "speed_mps",
                                          "module1_x_m",      "module1_y_m",     "energy_kwh",
                                          "hinge#_angle_rad", "axle#_steer_rad", "axle#_lateral_error_m"};
enum { KEY_SIGNALS = sizeof key_signals / sizeof key_signals[0] };

/* Calls for each member of each key signal. */
static void for_signals(const Run *run, const Sample *sample, Text *out)
{
    const TrainModel *model = &run->scenario->model;
    for (int i = 0; i < KEY_SIGNALS; i++) {
        char first[ART_NAME_MAX];
        int member;
        signal_write_name(key_signals[i], 0, first);
        const Signal *signal = signal_find(first, &member);
        int all = strchr(key_signals[i], '#') != NULL;
        int members = all ? signal_members(signal->family, model->module_count, model->axle_count) : 1;
        for (int m = 0; m < members; m++) {
            text_add(out, ",");
            char name[ART_NAME_MAX], value[40];
            signal_write_name(key_signals[i], m, name);
            if (sample) snprintf(value, sizeof value, "%.9g", signal_value(signal, sample, 0, m));
            text_add(out, sample ? value : name);
        }
    }
    text_add(out, "\n");
}

static void row_add(GoldenTake *take, const Run *run)
{
    char start[64];
    const World *world = &run->state->world;
    snprintf(start, sizeof start, "%lld,%016llx", (long long)world->tick,
             (unsigned long long)world_hash(run->scenario, world));
    text_add(&take->rows, start);
    for_signals(run, run_sample(run->plan, run->state), &take->rows);
}

void golden_look(GoldenTake *take, const Run *run)
{
    if (take->every == 0) {
        int64_t thousands = (run->scenario->ticks + GOLDEN_TICKS - 1) / GOLDEN_TICKS;
        take->every = GOLDEN_TICKS * ((thousands + GOLDEN_ROWS - 1) / GOLDEN_ROWS);
        if (take->every == 0) take->every = GOLDEN_TICKS;
    }
    int64_t tick = run->state->world.tick;
    if (tick > 0 && tick % take->every == 0) row_add(take, run);
}

void golden_end(GoldenTake *take, const Run *run)
{
    /* the tick of a last row that is due anyway was looked at already */
    if (run->state->world.tick % take->every != 0 || run->state->world.tick == 0) row_add(take, run);
}

void golden_text(const GoldenTake *take, const Run *run, const char *case_id, const char *why, Text *out)
{
    text_add(out, "# golden of ");
    text_add(out, run->scenario->spec.head.name);
    text_add(out, ", case ");
    text_add(out, case_id);
    text_add(out, ", model " ART_MODEL_VERSION "\n# why: ");
    for (; *why; why++) text_add_bytes(out, *why == '\n' ? " " : why, 1);
    text_add(out, "\ntick,state_hash");
    for_signals(run, NULL, out);
    text_add(out, text_bytes(&take->rows));
}

static void differ_words(const Table *stored, const Table *fresh, const TableDiff *hashes, const TableDiff *signals,
                         Text *words)
{
    char line[320];
    if (stored->row_count != fresh->row_count) {
        snprintf(line, sizeof line, "the golden has %d rows, this run %d\n", stored->row_count, fresh->row_count);
        text_add(words, line);
    }
    if (hashes->columns_apart) text_add(words, "the train has other members than that of the golden\n");
    if (hashes->row >= 0) {
        snprintf(line, sizeof line, "first divergence between tick %s and %s\n",
                 hashes->row > 0 ? table_cell(stored, hashes->row - 1, 0) : "0", table_cell(stored, hashes->row, 0));
        text_add(words, line);
    }
    if (!signals->worst) {
        text_add(words, "no key signal moved in its first nine digits\n");
        return;
    }
    if (signals->row >= 0) {
        snprintf(line, sizeof line, "first seen at tick %s in %s: %s in the golden, %s now\n",
                 table_cell(stored, signals->row, 0), signals->column, signals->cell_a, signals->cell_b);
        text_add(words, line);
    }
    snprintf(line, sizeof line, "%s moved most, by %.3g, %.3g %% of its range\n", signals->worst, signals->worst_size,
             100.0 * signals->worst_share);
    text_add(words, line);
}

int golden_compare(const char *stored, size_t stored_size, const char *fresh, size_t fresh_size, Text *words)
{
    Table a = {0}, b = {0};
    int same = 0;
    if (table_parse(&a, stored, stored_size, words) && table_parse(&b, fresh, fresh_size, words)) {
        TableDiff hashes = table_compare(&a, &b, 0.0, 0.0, NULL),
                  signals = table_compare(&a, &b, 0.0, 0.0, "state_hash");
        same = hashes.cells == 0 && hashes.columns_apart == 0 && a.row_count == b.row_count;
        if (!same) differ_words(&a, &b, &hashes, &signals, words);
    }
    table_free(&a);
    table_free(&b);
    return same;
}

void golden_name(const char *file, Text *out)
{
    static const char folder[] = "scenarios/";
    const char *from = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
    for (const char *at = strstr(file, folder); at; at = strstr(at + 1, folder)) {
        if (at == file || at[-1] == '/') from = at + sizeof folder - 1;
    }
    size_t length = strlen(from);
    if (length > 4 && strcmp(from + length - 4, ".ini") == 0) length -= 4;
    for (size_t i = 0; i < length; i++) text_add_bytes(out, from[i] == '/' ? "." : from + i, 1);
    text_add(out, ".golden");
}
