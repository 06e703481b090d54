/* The service's line as text: "south_crossover 2 m -> 105 m, northbound 105 m -> 3078 m". Each leg names a track and
   runs between two chainages; legs of one direction join into a path, a change of direction is a turnback. */
#pragma once
#include "sim/world/scenario.h"

typedef struct LinePath {
    PathLeg legs[PATH_LEGS_MAX];
    const char *texts[PATH_LEGS_MAX]; /* where each leg stands in the line's text */
    int32_t leg_count;
    int32_t direction; /* +1, -1 */
} LinePath;

typedef struct Line {
    LinePath paths[SCENARIO_PATHS_MAX];
    int32_t path_count;
} Line;

/* Returns 1 when the text is a line on this route; else complains of [service] line. */
int line_parse(const char *text, const Route *route, Complaints *complaints, Line *line);
/* The length of a leg's text: up to the comma, without blanks. */
size_t line_leg_length(const char *text);
/* A place on the line, as "northbound 500 m" or "southbound Sports Centre", which is that platform's stop line. Returns
   null and fills the path that has it first and the chainage, or says why not. */
const char *line_place(const char *text, const Route *route, const Line *line, int *path, double *chainage);
/* The first leg that has a place, -1 none: where two legs meet the place is the first one's alone. */
int line_leg_with(const PathLeg *legs, int count, int track, double chainage);
/* m from the start of a path of the line to a chainage on it, along the road axis. */
double line_along(const LinePath *path, double chainage);
/* 1 when `name` stands in the comma-separated list. */
int line_list_has(const char *list, const char *name);
/* Complains of names in the list that are not stations. */
void line_check_stops(const char *list, const Route *route, Complaints *complaints);
