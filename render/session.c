/* One run in memory: script and world in step, a sample a tenth of a second into a ring, the whole state every ten
   seconds. Going back takes the state before and steps on from it; what came after is forgotten and computed again, to
   the same bits. Samples and states keep only the trains that there are. */
#include "render/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/io/expect_text.h"
#include "sim/io/profile_csv.h"
#include "sim/io/schemas.h"
#include "sim/world/script.h"
#include "sim/world/world.h"

enum { SNAPSHOTS_MAX = 720 };
#define SNAPSHOT_SECONDS 10.0

/* The state of a run at a tick. */
typedef struct Snapshot {
    ScriptState script;
    void *world; /* world_size bytes */
    size_t size;
    int64_t tick;
    int events; /* since the start, up to here */
} Snapshot;

typedef struct Past {
    double time;
    TrainSample trains[]; /* train_count of them */
} Past;

struct Session {
    Loaded *loaded;
    void *memory; /* of the scenario's tables */
    Scenario scenario;
    Profile profile; /* of [drive] open_loop */
    Script script;
    ScriptState script_state;
    World world;
    Record record;
    Sample look; /* for conditions of events */
    Event events[SESSION_EVENTS_MAX];
    int event_count, events_dropped; /* kept; lost at the front */
    char *ring;
    size_t stride;
    int ring_first, ring_count;
    int64_t past_ticks; /* between two samples of the ring */
    Snapshot snapshots[SNAPSHOTS_MAX];
    int snapshot_count;
    int64_t snapshot_ticks;
    int64_t newest; /* furthest tick reached */
    uint32_t epoch; /* grows with every jump */
};

static Past *ring_at(const Session *session, int index)
{
    int slot = (session->ring_first + index) % SESSION_HISTORY_MAX;
    return (Past *)(void *)(session->ring + (size_t)slot * session->stride);
}

static void keep_past(Session *session)
{
    const Sample *sample = &session->record.sample;
    if (session->ring_count == SESSION_HISTORY_MAX) {
        session->ring_first = (session->ring_first + 1) % SESSION_HISTORY_MAX;
        session->ring_count--;
    }
    Past *past = ring_at(session, session->ring_count++);
    past->time = sample->time;
    memcpy(past->trains, sample->trains, (size_t)session->world.train_count * sizeof past->trains[0]);
}

static void keep_events(Session *session)
{
    for (int i = 0; i < session->record.event_count; i++) {
        if (session->event_count == SESSION_EVENTS_MAX) {
            memmove(session->events, session->events + 1, (SESSION_EVENTS_MAX - 1) * sizeof session->events[0]);
            session->event_count--;
            session->events_dropped++;
        }
        session->events[session->event_count++] = session->record.events[i];
    }
    session->record.event_count = 0;
}

static void take_sample(Session *session)
{
    record_sample(&session->scenario, &session->world, &session->record.sample);
    session->record.sample.epoch = session->epoch;
}

static void keep_snapshot(Session *session)
{
    if (session->snapshot_count == SNAPSHOTS_MAX) return;
    if (session->snapshot_count > 0 && session->snapshots[session->snapshot_count - 1].tick >= session->world.tick)
        return;
    Snapshot *snapshot = &session->snapshots[session->snapshot_count];
    *snapshot = (Snapshot){.script = session->script_state,
                           .size = world_size(&session->world),
                           .tick = session->world.tick,
                           .events = session->events_dropped + session->event_count};
    snapshot->world = malloc(snapshot->size);
    if (!snapshot->world) return;
    memcpy(snapshot->world, &session->world, snapshot->size);
    session->snapshot_count++;
}

static int session_start(Session *session)
{
    Loaded *loaded = session->loaded;
    const ScenarioSpec *spec = loaded->parts[LOAD_SCENARIO];
    const Route *route = loaded->parts[LOAD_ROUTE];
    const Vehicle *vehicle = loaded->parts[LOAD_VEHICLE];
    if (diag_count(&loaded->diag) > 0 || !events_compile(loaded, &session->script)) return 0;
    Complaints complaints = {.count = 0};
    size_t need = scenario_memory_need(spec, route, vehicle, &complaints);
    if (complaints.count > 0 || need == 0) {
        load_complain(loaded, LOAD_SCENARIO, &complaints);
        return 0;
    }
    const char *csv = spec->drive.open_loop;
    if (csv[0] && !profile_csv_read(csv, csv, vehicle->axle_count, &loaded->diag, &session->profile)) return 0;
    session->memory = calloc(need, 1);
    if (!session->memory) return 0;
    scenario_build(spec, route, vehicle, session->memory, &session->scenario);
    if (session->profile.rows > 0) session->scenario.profile = &session->profile;
    world_init(&session->scenario, &session->world, &session->record);
    script_init(&session->script_state);
    session->stride = (sizeof(Past) + (size_t)session->world.train_count * sizeof(TrainSample) + 15) / 16 * 16;
    session->ring = malloc(session->stride * SESSION_HISTORY_MAX);
    session->past_ticks = (int64_t)(0.1 / session->scenario.spec.head.step + 0.5);
    session->snapshot_ticks = (int64_t)(SNAPSHOT_SECONDS / session->scenario.spec.head.step + 0.5);
    if (!session->ring) return 0;
    take_sample(session);
    keep_past(session);
    keep_events(session);
    keep_snapshot(session);
    return 1;
}

Session *session_open(const char *file)
{
    Session *session = calloc(1, sizeof *session);
    if (!session) return NULL;
    const LoadRequest request = {.path = file};
    session->loaded = load_scenario(&art_kit, &request);
    if (session_start(session)) return session;
    diag_print(&session->loaded->diag, stderr);
    session_close(session);
    return NULL;
}

void session_close(Session *session)
{
    if (!session) return;
    if (session->loaded) load_free(session->loaded);
    for (int i = 0; i < session->snapshot_count; i++) free(session->snapshots[i].world);
    profile_csv_free(&session->profile);
    free(session->memory);
    free(session->ring);
    free(session);
}

const Scenario *session_scenario(const Session *session)
{
    return &session->scenario;
}

int session_over(const Session *session)
{
    return session->world.tick >= session->scenario.ticks || world_finished(&session->world);
}

void session_run_to(Session *session, int64_t tick)
{
    while (session->world.tick < tick && !session_over(session)) {
        const Sample *look = NULL;
        if (script_due(&session->script, session->world.tick)) {
            record_sample(&session->scenario, &session->world, &session->look);
            look = &session->look;
        }
        script_tick(&session->scenario, &session->script, look, &session->script_state, &session->world,
                    &session->record);
        world_step(&session->scenario, &session->world, &session->record);
        keep_events(session);
        if (session->past_ticks > 0 && session->world.tick % session->past_ticks == 0) {
            take_sample(session);
            keep_past(session);
        }
        if (session->world.tick % session->snapshot_ticks == 0) keep_snapshot(session);
    }
    if (session->world.tick > session->newest) session->newest = session->world.tick;
    take_sample(session);
}

void session_seek(Session *session, int64_t tick)
{
    if (tick < session->world.tick) {
        int index = session->snapshot_count - 1;
        while (index > 0 && session->snapshots[index].tick > tick) index--;
        const Snapshot *snapshot = &session->snapshots[index];
        memcpy(&session->world, snapshot->world, snapshot->size);
        session->script_state = snapshot->script;

        // what lay behind that moment comes again
        double time = (double)snapshot->tick * session->scenario.spec.head.step;
        while (session->ring_count > 0 && ring_at(session, session->ring_count - 1)->time > time + 1e-9)
            session->ring_count--;
        int kept = snapshot->events - session->events_dropped;
        session->event_count = kept > 0 ? kept : 0;
    }
    session->epoch++;
    session_run_to(session, tick);
}

double session_newest(const Session *session)
{
    return (double)session->newest * session->scenario.spec.head.step;
}

uint64_t session_hash(const Session *session)
{
    return world_hash(&session->scenario, &session->world);
}

const Sample *session_sample(const Session *session)
{
    return &session->record.sample;
}

const Event *session_events(const Session *session, int *count)
{
    *count = session->event_count;
    return session->events;
}

int session_past_count(const Session *session)
{
    return session->ring_count;
}

double session_past_time(const Session *session, int index)
{
    return ring_at(session, index)->time;
}

const TrainSample *session_past(const Session *session, int index, int train)
{
    return &ring_at(session, index)->trains[train];
}
