/* One run in memory: a sample a fifth of a second into a ring, the whole state every ten seconds. Going anywhere takes
   the state before and steps on from it, at most ten seconds of the run; stepping a second time gives the same bits, so
   what was recorded the first time is kept and not written again. */
#include "render/session_parts.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sim/io/paths.h"
#include "sim/io/schemas.h"

#define SNAPSHOT_SECONDS 10.0
#define PAST_SECONDS 0.2

static const World *world_of(const Session *session)
{
    return &session->run.state->world;
}

static Past *ring_at(const Session *session, int64_t entry)
{
    size_t slot = (size_t)(entry % SESSION_HISTORY_MAX);
    return (Past *)(void *)(session->ring + slot * session->stride);
}

static void take_sample(Session *session)
{
    run_sample(session->run.plan, session->run.state);
    session->run.state->record.sample.epoch = session->epoch;
}

static void keep_past(Session *session)
{
    const Sample *sample = &session->run.state->record.sample;
    int64_t entry = sample->tick / session->past_ticks;
    if (entry < session->ring_first || entry > session->ring_end) session->ring_first = session->ring_end = entry;
    Past *past = ring_at(session, entry);
    past->time = sample->time;
    memcpy(past->junctions, sample->junctions, sizeof past->junctions);
    /* trains that have not entered yet are empty: no modules */
    memset(past->trains, 0, (size_t)session->run.scenario->train_count * sizeof past->trains[0]);
    memcpy(past->trains, sample->trains, (size_t)sample->train_count * sizeof past->trains[0]);
    if (entry == session->ring_end) session->ring_end++;
    if (session->ring_end - session->ring_first > SESSION_HISTORY_MAX) session->ring_first++;
}

/* Takes the events of the step that began at `tick`, unless they are known. */
static void keep_events(Session *session, int64_t tick)
{
    const Record *record = &session->run.state->record;
    int count = run_drain(session->run.state);
    if (tick < session->known) return;
    for (int i = 0; i < count; i++) {
        if (session->event_count == SESSION_EVENTS_MAX) {
            session->event_count--;
            memmove(session->events, session->events + 1, (size_t)session->event_count * sizeof session->events[0]);
            memmove(session->event_steps, session->event_steps + 1,
                    (size_t)session->event_count * sizeof session->event_steps[0]);
        }
        session->events[session->event_count] = record->events[i];
        session->event_steps[session->event_count++] = tick;
    }
}

static void keep_snapshot(Session *session)
{
    const RunState *state = session->run.state;
    if (session->snapshot_count == SNAPSHOTS_MAX) return;
    if (session->snapshot_count > 0 && session->snapshots[session->snapshot_count - 1].tick >= state->world.tick)
        return;
    Snapshot *snapshot = &session->snapshots[session->snapshot_count];
    *snapshot = (Snapshot){.size = offsetof(RunState, world) + world_size(&state->world), .tick = state->world.tick};
    snapshot->state = malloc(snapshot->size);
    if (!snapshot->state) return;
    memcpy(snapshot->state, state, snapshot->size);
    session->snapshot_count++;
}

static int64_t ticks_of(const Session *session, double seconds)
{
    int64_t ticks = (int64_t)(seconds / session->run.scenario->spec.head.step + 0.5);
    return ticks > 0 ? ticks : 1;
}

static int session_start(Session *session)
{
    if (!run_open(session->loaded, &session->run)) return 0;
    const ScenarioSpec *spec = session->loaded->parts[LOAD_SCENARIO];
    session->given_events = spec->event_count;
    session->given_faults = spec->fault_count;
    size_t trains = (size_t)session->run.scenario->train_count;
    session->stride = (sizeof(Past) + trains * sizeof(TrainSample) + 15) / 16 * 16;
    session->ring = malloc(session->stride * SESSION_HISTORY_MAX);
    session->past_ticks = ticks_of(session, PAST_SECONDS);
    session->snapshot_ticks = ticks_of(session, SNAPSHOT_SECONDS);
    if (!session->ring) return 0;
    session_watch(session);
    take_sample(session);
    keep_past(session);
    keep_events(session, 0);
    keep_snapshot(session);
    return 1;
}

Session *session_open(const char *file, Text *mistakes)
{
    Session *session = memory_new(sizeof *session);
    Text path = {0};
    struct stat info;
    char *word = path_word(file);
    text_add(&path, word);
    if (stat(word, &info) == 0 && S_ISDIR(info.st_mode)) text_add(&path, "/resolved.ini");
    session->file = memory_copy(text_bytes(&path));
    text_free(&path);
    free(word);
    const LoadRequest request = {.path = session->file};
    session->loaded = load_scenario(&art_kit, &request);
    if (session_start(session)) return session;
    diag_text(&session->loaded->diag, mistakes);
    session_close(session);
    return NULL;
}

void session_close(Session *session)
{
    if (!session) return;
    for (int i = 0; i < session->snapshot_count; i++) free(session->snapshots[i].state);
    for (int i = 0; i < session->file_count; i++) memory_free(session->files[i].path);
    run_close(&session->run);
    load_free(session->loaded);
    free(session->ring);
    memory_free(session->file);
    memory_free(session);
}

const char *session_file(const Session *session)
{
    return session->file;
}

const Scenario *session_scenario(const Session *session)
{
    return session->run.scenario;
}

const Settings *session_settings(const Session *session)
{
    return &world_of(session)->settings;
}

int64_t session_tick(const Session *session)
{
    return world_of(session)->tick;
}

int session_over(const Session *session)
{
    return run_end(session->run.plan, session->run.state) != RUN_GOES_ON;
}

void session_run_to(Session *session, int64_t tick)
{
    const World *world = world_of(session);
    while (world->tick < tick && !session_over(session)) {
        int64_t began = world->tick;
        run_tick(session->run.plan, session->run.state);
        keep_events(session, began);
        if (world->tick % session->past_ticks == 0) {
            take_sample(session);
            keep_past(session);
        }
        if (world->tick % session->snapshot_ticks == 0) keep_snapshot(session);
    }
    if (world->tick > session->known) session->known = world->tick;
    take_sample(session);
}

void session_seek(Session *session, int64_t tick)
{
    // the last state kept before that moment, where it lies nearer than the present one
    int index = session->snapshot_count - 1;
    while (index > 0 && session->snapshots[index].tick > tick) index--;
    const Snapshot *snapshot = &session->snapshots[index];
    int64_t now = world_of(session)->tick;
    if (tick < now || snapshot->tick > now) memcpy(session->run.state, snapshot->state, snapshot->size);
    session->epoch++;
    session_run_to(session, tick);
}

void session_forget_future(Session *session)
{
    int64_t now = world_of(session)->tick;
    session->known = now;
    if (session->ring_end > now / session->past_ticks + 1) session->ring_end = now / session->past_ticks + 1;
    if (session->ring_first > session->ring_end) session->ring_first = session->ring_end;
    while (session->event_count > 0 && session->event_steps[session->event_count - 1] >= now) session->event_count--;
    while (session->snapshot_count > 1 && session->snapshots[session->snapshot_count - 1].tick > now)
        free(session->snapshots[--session->snapshot_count].state);
}

int64_t session_known_tick(const Session *session)
{
    return session->known;
}

double session_newest(const Session *session)
{
    return run_time(session->run.scenario, session->known);
}

uint64_t session_hash(const Session *session)
{
    return world_hash(session->run.scenario, world_of(session));
}

int session_waiting(const Session *session, int train)
{
    return boarding_waits(session->run.scenario, world_of(session), train);
}

const Sample *session_sample(const Session *session)
{
    return &session->run.state->record.sample;
}

const Event *session_events(const Session *session, int *count)
{
    *count = session->event_count;
    return session->events;
}

int session_known_count(const Session *session)
{
    return (int)(session->ring_end - session->ring_first);
}

int session_past_count(const Session *session)
{
    int64_t here = world_of(session)->tick / session->past_ticks + 1;
    int64_t end = here < session->ring_end ? here : session->ring_end;
    return end > session->ring_first ? (int)(end - session->ring_first) : 0;
}

double session_past_time(const Session *session, int index)
{
    return ring_at(session, session->ring_first + index)->time;
}

const JunctionSample *session_past_junctions(const Session *session, int index)
{
    return ring_at(session, session->ring_first + index)->junctions;
}

const TrainSample *session_past(const Session *session, int index, int train)
{
    return &ring_at(session, session->ring_first + index)->trains[train];
}
