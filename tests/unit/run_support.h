/* What the tests of whole runs share: a shipped scenario, opened with some values set. */
#pragma once
#include "sim/io/run_open.h"
#include "sim/io/schemas.h"
#include "tests/unit/io_support.h"

typedef struct OpenRun {
    Loaded *loaded;
    Run run;
} OpenRun;

/* Opens `file` (null: the shipped lane change) with "section.key=value"; a mistake fails the test. */
static inline OpenRun run_begin(const char *file, const char *const *sets, int count)
{
    OpenRun open;
    LoadRequest request = {.path = file ? file : ART_DATA_DIR "/scenarios/guidance/lane_change.ini", .sets = sets,
                           .set_count = count};
    open.loaded = load_scenario(&art_kit, &request);
    if (!run_open(open.loaded, &open.run)) {
        diag_print(&open.loaded->diag, stderr);
        fail_msg("%s cannot be opened", request.path);
    }
    return open;
}

static inline void run_leave(OpenRun *open)
{
    run_close(&open->run);
    load_free(open->loaded);
}

/* Steps up to a tick, or to the end. */
static inline void run_to(const Run *run, int64_t tick)
{
    while (run->state->world.tick < tick && run_end(run->plan, run->state) == RUN_GOES_ON) {
        run_tick(run->plan, run->state);
        run_drain(run->state);
    }
}
