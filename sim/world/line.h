/* The service's line as text: "south_crossover 2 m -> 105 m, northbound 105 m -> 3078 m". Each leg names a track and
   runs between two chainages; legs of one direction join into a path, a change of direction is a turnback. */
#pragma once
#include "sim/world/scenario.h"

typedef struct LinePath {
    PathLeg legs[PATH_LEGS_MAX];
    int32_t leg_count;
    int32_t direction; /* +1, -1 */
} LinePath;

typedef struct Line {
    LinePath paths[SCENARIO_PATHS_MAX];
    int32_t path_count;
} Line;

/* Returns 1 when the text is a line on this route; else complains of [service] line. */
int line_parse(const char *text, const Route *route, Complaints *complaints, Line *line);
/* 1 when `name` stands in the comma-separated list. */
int line_list_has(const char *list, const char *name);
/* Complains of names in the list that are not stations. */
void line_check_stops(const char *list, const Route *route, Complaints *complaints);
