/* Scenarios for the tests of sensing, guidance, operation and the world: a short plan or a file becomes a Scenario by the
   way that the command line takes, and a World that is stepped tick by tick. */
#pragma once
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>
#include "sim/io/schemas.h"
#include "sim/world/line.h"
#include "sim/world/step.h"
#include "tests/unit/train_fixture.h"

typedef struct Trial {
    Loaded *loaded;
    void *memory;
    Scenario *scenario;
    World *world;
    Record *record;
} Trial;

/* The shipped vehicle on a shipped test route. */
typedef struct TrialPlan {
    const char *route; /* assets/routes/<route>.ini */
    const char *line;  /* of the service */
    double speed;      /* km/h held from the start; negative: the ATO drives, from rest */
    int seed;
    const char *more;  /* further sections of the scenario, or null */
} TrialPlan;

/* Loads and compiles a file with --set values, and places the train. Fails the test with the messages of the load. */
static inline void trial_load(Trial *trial, const char *path, const char *const *sets, int set_count)
{
    LoadRequest request = {.path = path, .sets = sets, .set_count = set_count};
    memset(trial, 0, sizeof *trial);
    trial->loaded = load_scenario(&art_kit, &request);
    Text text = {0};
    diag_text(&trial->loaded->diag, &text);
    if (text.size) fail_msg("%s", text_bytes(&text));
    text_free(&text);
    void *const *parts = trial->loaded->parts;
    Complaints complaints = {.count = 0};
    size_t need = scenario_memory_need(parts[LOAD_SCENARIO], parts[LOAD_ROUTE], parts[LOAD_VEHICLE], &complaints);
    if (!need) fail_msg("[%s] %s: %s", complaints.items[0].section, complaints.items[0].key, complaints.items[0].why);
    trial->memory = calloc(1, need);
    trial->scenario = calloc(1, sizeof *trial->scenario);
    trial->world = malloc(sizeof *trial->world);
    trial->record = malloc(sizeof *trial->record);
    assert_true(trial->memory && trial->scenario && trial->world && trial->record);
    scenario_build(parts[LOAD_SCENARIO], parts[LOAD_ROUTE], parts[LOAD_VEHICLE], trial->memory, trial->scenario);
    world_init(trial->scenario, trial->world, trial->record);
    trial->record->event_count = 0;
}

/* Writes the plan's scenario into the working directory and loads it. */
static inline void trial_open(Trial *trial, const TrialPlan *plan)
{
    char path[64];
    snprintf(path, sizeof path, "trial_%ld.ini", (long)getpid());
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "[scenario]\nname = trial\nduration = 7200 s\nseed = %d\n", plan->seed);
    fprintf(file, "[route]\nfile = @assets/routes/%s.ini\n", plan->route);
    fprintf(file, "[vehicle]\nfile = @assets/vehicles/art3.ini\n[service]\nline = %s\n", plan->line);
    if (plan->speed >= 0.0) {
        fprintf(file, "[drive]\nhold_speed = %g km/h\n[initial]\nspeed = %g km/h\n", plan->speed, plan->speed);
    }
    if (plan->more) fputs(plan->more, file);
    assert_int_equal(fclose(file), 0);
    trial_load(trial, path, NULL, 0);
    remove(path);
}

static inline void trial_close(Trial *trial)
{
    load_free(trial->loaded);
    free(trial->memory);
    free(trial->scenario);
    free(trial->world);
    free(trial->record);
    memset(trial, 0, sizeof *trial);
}

static inline TrainWorld *trial_train(const Trial *trial) { return &trial->world->trains[0]; }
static inline const TravelView *trial_view(const Trial *trial)
{
    return &train_guide(trial->scenario, trial_train(trial))->view;
}
static inline double trial_time(const Trial *trial) { return (double)trial->world->tick * trial->scenario->model.step; }

/* One tick; its events stand in record->events[0 .. event_count - 1] until the next. */
static inline void trial_step(Trial *trial)
{
    trial->record->event_count = 0;
    world_step(trial->scenario, trial->world, trial->record);
    if (trial->world->diverged) {
        fail_msg("diverged at %.3f s: %s", trial_time(trial), trial->world->diverged_what);
    }
}

static inline void trial_run(Trial *trial, double seconds)
{
    long ticks = lround(seconds / trial->scenario->model.step);
    for (long t = 0; t < ticks && !world_finished(trial->world); t++) trial_step(trial);
}

/* True pose of an end module's CG, [0] leading: offset, heading against the path, path coordinate. */
typedef struct EndTruth {
    double lateral, heading, u;
} EndTruth;

static inline EndTruth trial_end(const Trial *trial, int end)
{
    const TrainWorld *train = trial_train(trial);
    const TravelView *view = trial_view(trial);
    int j = end == 0 ? 0 : view->axle_count - 1, m = view->module[end == 0 ? 0 : view->module_count - 1];
    double guess = train->truth.axle[view->axle[j]].u - view->axle_x[j];
    Vec2 place = vec2(train->output.module_x[m], train->output.module_y[m]);
    PathFoot foot = path_project(train_path(trial->scenario, train), place, guess);
    double yaw = train->plant.yaw[m] + (view->direction > 0 ? 0.0 : ART_PI);
    return (EndTruth){.lateral = foot.lateral, .heading = remainder(yaw - foot.heading, 2.0 * ART_PI), .u = foot.u};
}

/* Errors of the axles in the order of travel over a stretch of a run, m. */
typedef struct TrialErrors {
    double square[ART_AXLES_MAX], peak[ART_AXLES_MAX], offtracking[ART_AXLES_MAX];
    long ticks;
} TrialErrors;

static inline void trial_note(const Trial *trial, TrialErrors *errors)
{
    const TrainTruth *truth = &trial_train(trial)->truth;
    const TravelView *view = trial_view(trial);
    for (int j = 0; j < view->axle_count; j++) {
        double error = truth->axle[view->axle[j]].lateral;
        errors->square[j] += error * error;
        errors->peak[j] = fmax(errors->peak[j], fabs(error));
        errors->offtracking[j] = fmax(errors->offtracking[j], fabs(truth->offtracking[view->axle[j]]));
    }
    errors->ticks++;
}

static inline double trial_rms(const TrialErrors *errors, int axle)
{
    return sqrt(errors->square[axle] / (double)errors->ticks);
}

/* The worst axle of an array in the order of travel, from `first` on. */
static inline double trial_worst(const double *values, int first, int count)
{
    double worst = 0.0;
    for (int j = first; j < count; j++) worst = fmax(worst, values[j]);
    return worst;
}
