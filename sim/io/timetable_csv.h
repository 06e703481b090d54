/* Reads the file of [service] timetable: CSV, whose first line names the columns station, arrival_s, departure_s in any order;
   then a row for each call of the line in the order of travel, of one round or of all. */
#pragma once
#include "sim/io/load.h"
#include "sim/operate/service.h"
#include "sim/route/route.h"

/* The calls that rows are compared with: stations of a round in the order of travel. */
typedef struct TimetableCalls {
    const Route *route;
    int32_t stations[SERVICE_STOPS_MAX];
    int count, rounds;
} TimetableCalls;

/* Reads it into the scenario, whose route and [service] are sound; without one, or where the path is none or the line has no
   calls, there are no times. Returns 0 with messages in the diag. */
int timetable_csv_load(Loaded *loaded);
/* The same of a file; `shown` is its name in messages. Returns the number of rows, 0 when there was a mistake. */
int timetable_csv_read(const char *path, const char *shown, const TimetableCalls *calls, Diag *diag,
                       ServiceTime times[SERVICE_TIMES_MAX]);
