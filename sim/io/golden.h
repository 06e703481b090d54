/* Goldens: what a run was when somebody looked at it and was content. A table with the state's hash and key signals at some
   60 moments; the hashes say whether anything changed at all, the signals how far. */
#pragma once
#include "sim/io/run_open.h"

enum { GOLDEN_ROWS = 60, GOLDEN_TICKS = 1000 }; /* rows at most, but for the last; ticks between two, or a multiple */

typedef struct GoldenTake {
    Text rows;
    int64_t every; /* ticks */
} GoldenTake;

/* Notes the run as it goes: at every tick before it is stepped, then golden_end after the last. */
void golden_look(GoldenTake *take, const Run *run);
void golden_end(GoldenTake *take, const Run *run);
/* The golden as a file: `why` it is taken as right. */
void golden_text(const GoldenTake *take, const Run *run, const char *case_id, const char *why, Text *out);
/* Compares a stored golden with a fresh one: 1 when every hash is the same. Adds in words what differs: the first tick, the
   signals that moved most, and by how much. */
int golden_compare(const char *stored, size_t stored_size, const char *fresh, size_t fresh_size, Text *words);
/* "guidance.lane_change.golden": the name of a scenario's golden, from its path below a folder `scenarios`. */
void golden_name(const char *file, Text *out);
