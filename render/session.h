/* A running simulation for the window: a scenario from its file, stepped tick by tick, and what it has shown so far.
   The view reads it and never writes into it; a key's command becomes an event of the script at the present tick, so
   that the session can be saved as a scenario and runs again to the same bits. */
#pragma once
#include "sim/io/text.h"
#include "sim/world/scenario.h"
#include "sim/world/record.h"
#include "sim/world/script.h"

enum { SESSION_EVENTS_MAX = 4096, SESSION_HISTORY_MAX = 3000 };

typedef struct Session Session;

/* Loads and compiles a scenario, or the folder that a run left behind. On mistakes adds them all to `mistakes`, one a
   line, and returns null. */
Session *session_open(const char *file, Text *mistakes);
void session_close(Session *session);
const char *session_file(const Session *session);
const Scenario *session_scenario(const Session *session);
/* Steps until the tick is reached or the run is over. */
void session_run_to(Session *session, int64_t tick);
/* Goes to a tick, back or on: from the nearest kept state and by stepping the rest, bit for bit. What is already known
   of the time after it stays known. */
void session_seek(Session *session, int64_t tick);
/* LIVE settings at the present tick. */
const Settings *session_settings(const Session *session);
int64_t session_tick(const Session *session);
/* Furthest tick that was reached. */
int64_t session_known_tick(const Session *session);
/* The same in seconds. */
double session_newest(const Session *session);
/* 1: nothing more will happen. */
int session_over(const Session *session);
/* Of the present state, as result.json has it. */
uint64_t session_hash(const Session *session);
/* How many wait for a train at its next stop; -1: nobody is counted. */
int session_waiting(const Session *session, int train);
/* Of the present tick. */
const Sample *session_sample(const Session *session);
/* All that is known, by tick: after going back, those that are still to come too. */
const Event *session_events(const Session *session, int *count);
/* Samples of the trains five times a second up to the present, the last SESSION_HISTORY_MAX, oldest first. */
int session_past_count(const Session *session);
double session_past_time(const Session *session, int index);
const JunctionSample *session_past_junctions(const Session *session, int index);
const TrainSample *session_past(const Session *session, int index, int train);
/* The same with what is known of the time after the present. */
int session_known_count(const Session *session);

/* A LIVE setting and the value to give it, SI. */
typedef struct SessionSetting {
    const ParamField *field;
    double value;
} SessionSetting;
/* Sets one to SCRIPT_ACTIONS_MAX LIVE settings from the present tick on, over a time in seconds; the time that was known
   after it is forgotten. 0 and why when it cannot. */
int session_command(Session *session, const SessionSetting *given, int count, double over, Text *why);

/* A fault from the present tick on, as a [fault.*] states it. */
typedef struct SessionFault {
    const char *unit, *kind; /* "camera.1", "freeze" */
    double duration;         /* s; negative: to the end */
    double from, to;         /* m of chainage, for faults of a place; else negative */
} SessionFault;
int session_fault(Session *session, const SessionFault *fault, Text *why);
/* How many commands and faults were given. */
int session_changes(const Session *session);
/* A free name for session_save: in the present folder for a shipped scenario, else in the scenario's own. */
void session_save_name(const Session *session, char *file, size_t size);
/* Writes a scenario that extends the session's and gives the changes at their ticks. 0 and why when it cannot. */
int session_save(const Session *session, const char *file, Text *why);

/* 1 when a file that the scenario came from was changed since it was read. */
int session_stale(const Session *session);
/* Takes the files as they are now for read. */
void session_watch_again(Session *session);
/* Reads the files again and runs to the present tick with the changes made so far. Null with the mistakes when the
   files have any; else the new session and, in `changes`, one line for each value that is new. */
Session *session_reload(const Session *session, Text *changes, Text *mistakes);
