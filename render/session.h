/* A running simulation for the window: a scenario from its file, the World stepped tick by tick, what it has shown so
   far. The view reads it and never writes into it. */
#pragma once
#include "sim/world/scenario.h"
#include "sim/world/record.h"

enum { SESSION_EVENTS_MAX = 4096, SESSION_HISTORY_MAX = 6000 };

typedef struct Session Session;

/* Loads and compiles. On mistakes prints them all to stderr and returns null. */
Session *session_open(const char *file);
void session_close(Session *session);
const Scenario *session_scenario(const Session *session);
/* Steps until the tick is reached or the run is over. */
void session_run_to(Session *session, int64_t tick);
/* Goes to a tick, back or on: from the nearest kept state and by stepping the rest, bit for bit. */
void session_seek(Session *session, int64_t tick);
/* Furthest time that was reached, s. */
double session_newest(const Session *session);
/* 1: nothing more will happen. */
int session_over(const Session *session);
/* Of the state that was reached last, as result.json has it. */
uint64_t session_hash(const Session *session);
/* Of the tick that was reached last. */
const Sample *session_sample(const Session *session);
/* Since the start, by tick. */
const Event *session_events(const Session *session, int *count);
/* Samples of the trains ten times a second, the last SESSION_HISTORY_MAX, oldest first. */
int session_past_count(const Session *session);
double session_past_time(const Session *session, int index);
const TrainSample *session_past(const Session *session, int index, int train);
