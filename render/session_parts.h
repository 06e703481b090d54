/* What a session is made of; for session*.c alone. */
#pragma once
#include "render/session.h"
#include "sim/io/run_open.h"

enum { SNAPSHOTS_MAX = 720, SESSION_FILES_MAX = 64 };

/* The state of a run at a tick. */
typedef struct Snapshot {
    void *state; /* RunState up to its last train in use */
    size_t size;
    int64_t tick;
} Snapshot;

/* The trains of one sample. */
typedef struct Past {
    double time;
    JunctionSample junctions[ROUTE_JUNCTIONS_MAX];
    TrainSample trains[]; /* of the scenario; those that had not entered yet have no modules */
} Past;

/* A file as it was when it was read. */
typedef struct SessionFile {
    char *path;
    int64_t modified, size; /* ns, bytes; -1: not there */
} SessionFile;

struct Session {
    char *file;
    Loaded *loaded;
    Run run;
    Event events[SESSION_EVENTS_MAX];
    int64_t event_steps[SESSION_EVENTS_MAX]; /* the tick whose step each was made in */
    int event_count;
    char *ring; /* entry i stands at i modulo SESSION_HISTORY_MAX and holds the sample of tick i * past_ticks */
    size_t stride;
    int64_t ring_first, ring_end; /* entries that are there */
    int64_t past_ticks;           /* between two of them */
    Snapshot snapshots[SNAPSHOTS_MAX];
    int snapshot_count;
    int64_t snapshot_ticks;
    int64_t known;  /* furthest tick reached; what was recorded before it is not recorded again */
    uint32_t epoch; /* grows with every jump */
    int given_events, given_faults; /* of the files; those behind were made in the window */
    SessionFile files[SESSION_FILES_MAX];
    int file_count;
};

/* Notes the files that were read, with their times. */
void session_watch(Session *session);
/* Forgets what is known of the time after the present tick. */
void session_forget_future(Session *session);
