/* Calls of the line and their times. Lists of times are read here; the core has no libc to read numbers with: plain decimals,
   with or without the unit s. A file's times come from sim/io. */
#include "sim/world/timetable.h"
#include "sim/base/assert.h"
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

static int is_served(const ScenarioSpec *spec, const char *station)
{
    for (int i = 0; i < spec->stop_count; i++)
        if (strcmp(spec->stops[i].name, station) == 0 && spec->stops[i].skip) return 0;
    return strcmp(spec->service.stops, "all") == 0 || line_list_has(spec->service.stops, station);
}

/* Calls of one run between reversals, in the order of travel. */
static int path_calls(const ScenarioSpec *spec, const Route *route, const LinePath *path, int room, int32_t *stations)
{
    double places[SERVICE_STOPS_MAX];
    int count = 0;
    for (int k = 0; k < path->leg_count; k++) {
        for (int p = 0; p < route->platform_count && count < room; p++) {
            const RoutePlatform *platform = &route->platforms[p];
            double stop = path->direction > 0 ? platform->stop_up : platform->stop_down, place = path->direction * stop;
            int track = route_track_find(route, platform->track);
            if (line_leg_with(path->legs, path->leg_count, track, stop) != k) continue;
            if (!is_served(spec, platform->station)) continue;
            int at = count++;
            for (; at > 0 && places[at - 1] > place; at--) {
                places[at] = places[at - 1];
                stations[at] = stations[at - 1];
            }
            places[at] = place;
            stations[at] = route_station_find(route, platform->station);
        }
    }
    return count;
}

int timetable_calls(const ScenarioSpec *spec, const Route *route, int32_t stations[SERVICE_STOPS_MAX])
{
    Complaints quiet = {.count = 0};
    Line line;
    int count = 0;
    if (!line_parse(spec->service.line, route, &quiet, &line)) return 0;
    /* the plan has a stop for the end of each path beside them */
    for (int i = 0; i < line.path_count && count + i < SERVICE_STOPS_MAX; i++)
        count += path_calls(spec, route, &line.paths[i], SERVICE_STOPS_MAX - count - i, stations + count);
    return count;
}

int timetable_is_a_round(const ScenarioSpec *spec, const Route *route)
{
    int32_t stations[SERVICE_STOPS_MAX];
    for (int i = 0; i < spec->stop_count; i++)
        if (spec->stops[i].departs[0]) return 1;
    return spec->time_count > 0 && spec->time_count == timetable_calls(spec, route, stations);
}

static void complain_departs(Complaints *complaints, const StopSpec *stop, const char *why)
{
    char section[sizeof "stop." + ART_NAME_MAX] = "stop.";
    memcpy(section + 5, stop->name, strlen(stop->name) + 1);
    complain(complaints, section, 0, "departs", why);
}

void timetable_check(const ScenarioSpec *spec, const Route *route, Complaints *complaints)
{
    Complaints quiet = {.count = 0};
    Line line;
    int32_t stations[SERVICE_STOPS_MAX];
    if (!line_parse(spec->service.line, route, &quiet, &line)) return;
    int calls = timetable_calls(spec, route, stations);
    if (calls == 0 && spec->service.timetable[0])
        complain(complaints, "service", 0, "timetable", "the line calls nowhere, so that no time would count: leave it out");
    for (int i = 0; i < spec->stop_count; i++) {
        const StopSpec *stop = &spec->stops[i];
        if (!stop->departs[0]) continue;
        int times = count_times(stop->departs), station = route_station_find(route, stop->name), own = 0;
        for (int k = 0; k < calls; k++) own += stations[k] == station;
        if (spec->service.timetable[0])
            complain_departs(complaints, stop, "the times are those of [service] timetable: give one of the two");
        else if (times < 0)
            complain_departs(complaints, stop, "must be times, each later than the one before: 95 s, 640 s");
        else if (times != own)
            complain_departs(complaints, stop, "must have one time for each call of the line at the station");
    }
}

/* Times of [stop.NAME] departs: of each station in the order of its calls. */
static void plan_departs(const ScenarioSpec *spec, const Route *route, ServicePlan *plan)
{
    for (int i = 0; i < plan->call_count; i++) plan->times[i] = (ServiceTime){-1.0, -1.0};
    for (int i = 0; i < spec->stop_count; i++) {
        const char *at = spec->stops[i].departs;
        int station = route_station_find(route, spec->stops[i].name);
        for (int k = 0; k < plan->stop_count && *at; k++) {
            const ServiceStop *stop = &plan->stops[k];
            if (stop->call < 0 || stop->station != station) continue;
            read_time(&at, &plan->times[stop->call].depart);
            plan->timed_rounds = 1;
        }
    }
}

void timetable_plan(const ScenarioSpec *spec, const Route *route, ServicePlan *plan)
{
    plan->call_count = plan->timed_rounds = 0;
    for (int k = 0; k < plan->stop_count; k++)
        plan->stops[k].call = plan->stops[k].platform >= 0 ? plan->call_count++ : -1;
    if (spec->time_count == 0) {
        plan_departs(spec, route, plan);
        return;
    }
    ART_ASSERT(plan->call_count > 0 && spec->time_count % plan->call_count == 0);
    memcpy(plan->times, spec->times, (size_t)spec->time_count * sizeof *plan->times);
    plan->timed_rounds = spec->time_count / plan->call_count;
}
