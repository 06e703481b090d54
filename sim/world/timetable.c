/* Reads the timetable's lists of times. The core has no libc to read numbers with: plain decimals, with or without the
   unit s. */
#include "sim/world/timetable.h"
#include "sim/world/line.h"
#include <string.h>

static const char *skip_blanks(const char *at)
{
    while (*at == ' ' || *at == '\t') at++;
    return at;
}

/* One time and what separates it from the next; 0 when there is none. */
static int read_time(const char **text, double *time)
{
    const char *at = skip_blanks(*text);
    double sum = 0.0, place = 1.0;
    int digits = 0;
    for (; *at >= '0' && *at <= '9'; at++, digits++) sum = sum * 10.0 + (*at - '0');
    if (*at == '.') {
        for (at++; *at >= '0' && *at <= '9'; at++, digits++) {
            place *= 0.1;
            sum += place * (*at - '0');
        }
    }
    at = skip_blanks(at);
    if (*at == 's') at = skip_blanks(at + 1);
    if (digits == 0 || (*at != ',' && *at != 0)) return 0;
    *text = *at == ',' ? at + 1 : at;
    *time = sum;
    return 1;
}

/* How many times the list has; -1 when it is none or a time is not later than the one before. */
static int count_times(const char *text)
{
    double time, last = -1.0;
    int count = 0;
    while (*skip_blanks(text)) {
        if (!read_time(&text, &time) || time <= last) return -1;
        last = time;
        count++;
    }
    return count;
}

static int on_leg(const PathLeg *leg, double chainage)
{
    return leg->from < leg->to ? chainage >= leg->from && chainage <= leg->to
                               : chainage <= leg->from && chainage >= leg->to;
}

/* Calls of the line at a station. */
static int count_calls(const ScenarioSpec *spec, const Route *route, const Line *line, const StopSpec *stop)
{
    int calls = 0;
    int served = strcmp(spec->service.stops, "all") == 0 || line_list_has(spec->service.stops, stop->name);
    if (!served || stop->skip) return 0;
    for (int i = 0; i < line->path_count; i++) {
        const LinePath *path = &line->paths[i];
        for (int k = 0; k < path->leg_count; k++) {
            for (int p = 0; p < route->platform_count; p++) {
                const RoutePlatform *platform = &route->platforms[p];
                double at = path->direction > 0 ? platform->stop_up : platform->stop_down;
                calls += strcmp(platform->station, stop->name) == 0 && on_leg(&path->legs[k], at) &&
                         route_track_find(route, platform->track) == path->legs[k].track;
            }
        }
    }
    return calls;
}

void timetable_check(const ScenarioSpec *spec, const Route *route, Complaints *complaints)
{
    Complaints quiet = {.count = 0};
    Line line;
    if (!line_parse(spec->service.line, route, &quiet, &line)) return;
    for (int i = 0; i < spec->stop_count; i++) {
        const StopSpec *stop = &spec->stops[i];
        if (!stop->departs[0]) continue;
        int times = count_times(stop->departs);
        if (times < 0)
            complain(complaints, "stop", i + 1, "departs", "must be times, each later than the one before: 95 s, 640 s");
        else if (times != count_calls(spec, route, &line, stop))
            complain(complaints, "stop", i + 1, "departs", "must have one time for each call of the line at the station");
    }
}

void timetable_plan(const ScenarioSpec *spec, const Route *route, ServicePlan *plan)
{
    for (int i = 0; i < spec->stop_count; i++) {
        const char *at = spec->stops[i].departs;
        int station = route_station_find(route, spec->stops[i].name);
        for (int k = 0; k < plan->stop_count && *at; k++) {
            ServiceStop *stop = &plan->stops[k];
            if (stop->platform >= 0 && stop->station == station) read_time(&at, &stop->depart);
        }
    }
}
