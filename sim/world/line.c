/* Reads the service's line. Numbers are plain decimals in metres or kilometres; the core has no libc to read them with. */
#include "sim/world/line.h"
#include <string.h>

static const char *skip_blanks(const char *at)
{
    while (*at == ' ' || *at == '\t') at++;
    return at;
}

/* A decimal number at *text, with an optional unit "m" or "km". Returns 0 when there is none. */
static int read_metres(const char **text, double *value)
{
    const char *at = skip_blanks(*text);
    double sum = 0.0, place = 1.0, sign = 1.0;
    int digits = 0;
    if (*at == '-') {
        sign = -1.0;
        at++;
    }
    for (; *at >= '0' && *at <= '9'; at++, digits++) sum = sum * 10.0 + (*at - '0');
    if (*at == '.') {
        for (at++; *at >= '0' && *at <= '9'; at++, digits++) {
            place *= 0.1;
            sum += place * (*at - '0');
        }
    }
    if (digits == 0) return 0;
    at = skip_blanks(at);
    int kilo = at[0] == 'k' && at[1] == 'm';
    if (*at == 'm' || kilo) at = skip_blanks(at + 1 + kilo);
    *value = sign * sum * (kilo ? 1000.0 : 1.0);
    *text = at;
    return 1;
}

/* The longest track name that stands at the text, followed by a blank. */
static int read_track(const char **text, const Route *route)
{
    const char *at = skip_blanks(*text);
    int best = -1;
    size_t best_length = 0;
    for (int i = 0; i < route->track_count; i++) {
        size_t length = strlen(route->tracks[i].name);
        size_t same = 0;
        while (same < length && at[same] == route->tracks[i].name[same]) same++;
        if (same < length || (at[length] != ' ' && at[length] != '\t') || length <= best_length) continue;
        best = i;
        best_length = length;
    }
    if (best >= 0) *text = at + best_length;
    return best;
}

static void refuse_track(const char *at, const Route *route, Complaints *complaints)
{
    char name[ART_NAME_MAX];
    size_t length = 0;
    for (; at[length] && at[length] != ' ' && at[length] != '\t' && at[length] != ',' && length < sizeof name - 1; length++)
        name[length] = at[length];
    name[length] = '\0';
    if (route_track_find(route, name) < 0) complain_name(complaints, "service", 0, "line", COMPLAINT_TRACK, name, length);
    else complain(complaints, "service", 0, "line", "a leg is written as: TRACK 2 m -> 105 m");
}

static int add_leg(Line *line, PathLeg leg, const char *text, Complaints *complaints)
{
    int direction = leg.to > leg.from ? 1 : -1;
    LinePath *path = line->path_count > 0 ? &line->paths[line->path_count - 1] : 0;
    if (!path || path->direction != direction) {
        if (line->path_count == SCENARIO_PATHS_MAX) {
            complain(complaints, "service", 0, "line", "more than 16 runs between reversals");
            return 0;
        }
        path = &line->paths[line->path_count++];
        path->direction = direction;
        path->leg_count = 0;
    }
    if (path->leg_count == PATH_LEGS_MAX) {
        complain(complaints, "service", 0, "line", "more than 8 legs in one direction");
        return 0;
    }
    path->texts[path->leg_count] = text;
    path->legs[path->leg_count++] = leg;
    return 1;
}

size_t line_leg_length(const char *text)
{
    size_t length = 0;
    while (text[length] && text[length] != ',') length++;
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) length--;
    return length;
}

int line_parse(const char *text, const Route *route, Complaints *complaints, Line *line)
{
    const char *at = text;
    memset(line, 0, sizeof *line);
    for (;;) {
        const char *begin = at = skip_blanks(at);
        PathLeg leg;
        memset(&leg, 0, sizeof leg);
        leg.track = read_track(&at, route);
        if (leg.track < 0) {
            refuse_track(at, route, complaints);
            return 0;
        }
        int ok = read_metres(&at, &leg.from);
        if (ok && at[0] == '-' && at[1] == '>') at += 2;
        else ok = 0;
        ok = ok && read_metres(&at, &leg.to);
        if (!ok || leg.from == leg.to) {
            complain(complaints, "service", 0, "line", "a leg is written as: TRACK 2 m -> 105 m");
            return 0;
        }
        if (!add_leg(line, leg, begin, complaints)) return 0;
        at = skip_blanks(at);
        if (*at == 0) return 1;
        if (*at != ',') {
            complain(complaints, "service", 0, "line",
                     "legs are separated by commas: TRACK 2 m -> 105 m, TRACK 105 m -> 200 m");
            return 0;
        }
        at++;
    }
}

static int on_leg(const PathLeg *leg, int track, double chainage)
{
    double low = leg->from < leg->to ? leg->from : leg->to, high = leg->from < leg->to ? leg->to : leg->from;
    return leg->track == track && chainage >= low && chainage <= high;
}

int line_leg_with(const PathLeg *legs, int count, int track, double chainage)
{
    for (int k = 0; k < count; k++)
        if (on_leg(&legs[k], track, chainage)) return k;
    return -1;
}

/* The first path that has the place, -1 none. */
static int path_with(const Line *line, int track, double chainage)
{
    for (int i = 0; i < line->path_count; i++)
        if (line_leg_with(line->paths[i].legs, line->paths[i].leg_count, track, chainage) >= 0) return i;
    return -1;
}

const char *line_place(const char *text, const Route *route, const Line *line, int *path, double *chainage)
{
    const char *at = text;
    int track = read_track(&at, route);
    if (track < 0) return "begins with a track of the route: northbound 500 m, or northbound and a station";
    at = skip_blanks(at);
    if (read_metres(&at, chainage)) {
        if (*at) return "is a track and a chainage, or a track and a station, and nothing more";
        *path = path_with(line, track, *chainage);
        return *path < 0 ? "is not on the line of [service]" : 0;
    }
    for (int i = 0; i < route->platform_count; i++) {
        const RoutePlatform *platform = &route->platforms[i];
        if (strcmp(platform->station, at) != 0 || route_track_find(route, platform->track) != track) continue;
        for (int p = 0; p < line->path_count; p++) {
            *chainage = line->paths[p].direction > 0 ? platform->stop_up : platform->stop_down;
            *path = path_with(line, track, *chainage);
            if (*path == p) return 0;
        }
    }
    return "names no platform on that track of the line; a chainage does too: northbound 500 m";
}

double line_along(const LinePath *path, double chainage)
{
    double along = 0.0;
    for (int k = 0; k < path->leg_count; k++) {
        const PathLeg *leg = &path->legs[k];
        if (on_leg(leg, leg->track, chainage)) return along + __builtin_fabs(chainage - leg->from);
        along += __builtin_fabs(leg->to - leg->from);
    }
    return along;
}

/* Calls the piece of a comma-separated list that begins at *at; returns its length without blanks around it. */
static size_t next_name(const char **at, const char **name)
{
    *at = skip_blanks(*at);
    *name = *at;
    const char *end = *at;
    while (*end && *end != ',') end++;
    *at = *end ? end + 1 : end;
    while (end > *name && (end[-1] == ' ' || end[-1] == '\t')) end--;
    return (size_t)(end - *name);
}

int line_list_has(const char *list, const char *name)
{
    const char *piece;
    for (const char *at = list; *at;) {
        size_t length = next_name(&at, &piece);
        if (length == strlen(name) && memcmp(piece, name, length) == 0) return 1;
    }
    return 0;
}

void line_check_stops(const char *list, const Route *route, Complaints *complaints)
{
    const char *piece;
    if (strcmp(list, "all") == 0 || strcmp(list, "none") == 0) return;
    for (const char *at = list; *at;) {
        size_t length = next_name(&at, &piece);
        int found = 0;
        for (int i = 0; i < route->station_count; i++)
            found |= length == strlen(route->stations[i].name) && memcmp(piece, route->stations[i].name, length) == 0;
        if (!found) complain_name(complaints, "service", 0, "stops", COMPLAINT_STATION, piece, length);
    }
}
