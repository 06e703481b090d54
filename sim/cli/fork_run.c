/* Forks. The state at the moment is copied whole, so that without other settings the fork is the straight run, bit for bit.
   Ignores: snapshots on disk; the run up to the moment is simulated again from its resolved.ini. */
#include "sim/cli/fork_run.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "sim/base/hash.h"
#include "sim/cli/exit_codes.h"
#include "sim/io/file_bytes.h"
#include "sim/io/number.h"
#include "sim/io/outfile.h"

enum { NOTE_MAX = 1 << 20 }; /* bytes */
static const char note_name[] = "/fork.json";

static int refuse(const char *what, const char *why)
{
    fprintf(stderr, "artsim fork: %s%s\n", what, why);
    return ART_EXIT_MISUSE;
}

/* Sensors draw the errors of these standard deviations once, at the start. */
static int is_drawn(const char *set)
{
    static const char *const drawn[] = {".along_bias=", ".gyro_bias=", ".accel_bias=", ".radius_error=", ".offset=",
                                        ".map_offset="};
    if (strncmp(set, "sensor.", 7) != 0) return 0;
    for (size_t k = 0; k < sizeof drawn / sizeof drawn[0]; k++)
        if (strstr(set, drawn[k])) return 1;
    return 0;
}

int fork_sets_allowed(const Fork *fork)
{
    static const char *const past[] = {"route.",        "service.",       "stop.",  "initial.",    "train.",
                                       "vehicle.file=", "scenario.step=", "sweep.", "passengers.", "estimator.start_error=",
                                       "vehicle.battery.initial=", "atp.tacho_error="};
    for (int i = 0; i < fork->set_count; i++) {
        int fixed = is_drawn(fork->sets[i]);
        for (size_t k = 0; k < sizeof past / sizeof past[0]; k++)
            fixed |= strncmp(fork->sets[i], past[k], strlen(past[k])) == 0;
        if (!fixed) continue;
        refuse(fork->sets[i], ": the past has fixed it; run the scenario anew with this --set");
        return 0;
    }
    return 1;
}

static int shapes_agree(const Scenario *a, const Scenario *b)
{
    return a->model.module_count == b->model.module_count && a->model.axle_count == b->model.axle_count &&
           a->model.wheel_count == b->model.wheel_count && a->path_count == b->path_count && a->guided == b->guided &&
           a->spec.camera_count == b->spec.camera_count;
}

/* Events and faults that the fork adds or moves to a time that is over would never come; names the first, or null. */
static const char *too_late(const Fork *fork)
{
    const ScenarioSpec *a = &fork->one.run.scenario->spec, *b = &fork->branch.run.scenario->spec;
    for (int i = 0; i < b->event_count; i++) {
        int moved = i >= a->event_count || a->events[i].at != b->events[i].at;
        if (moved && b->events[i].at >= 0.0 && b->events[i].at < fork->at) return b->events[i].name;
    }
    for (int i = 0; i < b->fault_count; i++) {
        int moved = i >= a->fault_count || a->faults[i].at != b->faults[i].at;
        if (moved && b->faults[i].at >= 0.0 && b->faults[i].at < fork->at) return b->faults[i].name;
    }
    return NULL;
}

/* The fork's own case id: of both runs and the moment. */
static void fork_id(Fork *fork)
{
    if (fork->set_count == 0) return;
    Hash hash = hash_begin();
    hash_text(&hash, fork->one.case_id);
    hash_text(&hash, fork->branch.case_id);
    hash_u64(&hash, (uint64_t)fork->tick);
    snprintf(fork->one.case_id, sizeof fork->one.case_id, "%016llx", (unsigned long long)hash_end(&hash));
}

/* LIVE settings that differ are commanded, as an event would. */
static void settings_take(const Fork *fork, const Run *before, Run *after)
{
    for (int i = 0; i < settings_table.count; i++) {
        const ParamField *field = &settings_table.fields[i];
        double value = settings_get(&after->scenario->settings, field);
        if (value == settings_get(&before->scenario->settings, field)) continue;
        WorldCommand command = {.tick = fork->tick, .field = field, .value = value};
        run_command(after->plan, after->state, &command);
    }
}

/* The run goes on as the branch, from the state that it has. */
static void switch_over(Fork *fork)
{
    Run before = fork->one.run;
    fork->one.run = fork->branch.run;
    fork->branch.run = before;
    *fork->one.run.state = *before.state;
    settings_take(fork, &before, &fork->one.run);
}

int fork_open(Fork *fork, const LoadRequest *request)
{
    LoadRequest before = *request;
    before.set_count = 0;
    int code = case_open(&fork->one, &before);
    if (code != ART_EXIT_PASSED) {
        fputs(text_bytes(&fork->one.why), stderr);
        return code;
    }
    code = case_open(&fork->branch, request);
    if (code != ART_EXIT_PASSED) {
        fputs(text_bytes(&fork->branch.why), stderr);
        return code;
    }
    if (!shapes_agree(fork->one.run.scenario, fork->branch.run.scenario)) {
        return refuse(fork->file, ": the fork has another number of modules, axles, cameras or paths");
    }
    const char *late = too_late(fork);
    if (late) return refuse(late, ": its time lies before the fork, so it would never come");
    fork->tick = (int64_t)floor(fork->at / fork->one.run.scenario->spec.head.step + 0.5);
    if (fork->tick >= fork->branch.run.scenario->ticks)
        return refuse(fork->file, ": with these settings the run ends before that time");
    fork_id(fork);
    return ART_EXIT_PASSED;
}

int fork_steps(Fork *fork, CaseSteps *steps)
{
    steps->until = fork->tick;
    if (fork->tick > 0) case_steps(&fork->one, steps); /* a fork at 0 s has no past */
    if (fork->one.run.state->world.tick < fork->tick) return refuse(fork->file, ": the run ends before that time");
    switch_over(fork);
    steps->until = 0;
    case_steps(&fork->one, steps);
    return ART_EXIT_PASSED;
}

void fork_free(Fork *fork)
{
    case_free(&fork->one);
    case_free(&fork->branch);
}

int fork_note_save(const Fork *fork, const char *folder, Text *why)
{
    Text text = {0}, path = {0};
    text_add(&text, "{\"at_s\": ");
    number_add(&text, fork->at);
    text_add(&text, ", \"sets\": [");
    for (int i = 0; i < fork->set_count; i++) {
        if (i) text_add(&text, ", ");
        text_add_json(&text, fork->sets[i]);
    }
    text_add(&text, "]}\n");
    text_add(&path, folder);
    text_add(&path, note_name);
    int fine = outfile_save(path.bytes, text.bytes, text.size, why);
    text_free(&text);
    text_free(&path);
    return fine;
}

int fork_note_read(const char *folder, ForkNote *note)
{
    Text path = {0}, why = {0};
    FileBytes file;
    *note = (ForkNote){.at = -1.0};
    text_add(&path, folder);
    text_add(&path, note_name);
    if (file_bytes_read(path.bytes, NOTE_MAX, &file, &why) && json_parse(&note->json, file.bytes, file.size, &why)) {
        const JsonNode *root = &note->json.nodes[0], *sets = json_member(&note->json, root, "sets");
        note->at = json_number(&note->json, root, "at_s", -1.0);
        note->sets = memory_new((size_t)(sets ? sets->count : 0) * sizeof *note->sets);
        for (const JsonNode *set = json_first(&note->json, sets); set; set = json_next(&note->json, set))
            if (set->kind == JSON_TEXT) note->sets[note->set_count++] = set->text;
    }
    file_bytes_free(&file);
    text_free(&path);
    text_free(&why);
    return note->at >= 0.0;
}

void fork_note_free(ForkNote *note)
{
    free((void *)note->sets);
    json_free(&note->json);
    *note = (ForkNote){0};
}

int fork_refuse(const char *verb, const char *run)
{
    ForkNote note;
    int is_fork = fork_note_read(run, &note);
    if (is_fork)
        fprintf(stderr,
                "artsim %s: %s is a fork, and its resolved.ini is of the run before it; %s the run that it came from, or run "
                "a scenario with an [event.NAME] in place of the fork\n",
                verb, run, verb);
    fork_note_free(&note);
    return is_fork;
}
