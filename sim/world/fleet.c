/* Trains beside the first. One with a place stands there from the start; one without enters at the line's start, its headway
   after the train before it. All keep one timetable, each later by the headways up to it; one that stands
   on the line already is in an earlier round, the last in which its next departure is not over. Ignores: depots, trains
   that leave the line before its end. */
#include "sim/world/fleet.h"
#include "sim/world/timetable.h"
#include <string.h>

#define BODY_CLEARANCE 3.2 /* m between two tracks' middles on which trains pass each other */
#define GAP_LEAST 2.0      /* m between two trains at the start */

static double headway_of(const ScenarioSpec *spec, int t)
{
    int own = t >= 1 && t <= spec->train_count && spec->trains[t - 1].headway >= 0.0;
    return t == 0 ? 0.0 : own ? spec->trains[t - 1].headway : spec->service.headway;
}

static const char *start_of(const ScenarioSpec *spec, int t)
{
    if (t == 0) return spec->service.start;
    return t <= spec->train_count ? spec->trains[t - 1].start : "";
}

int fleet_count(const ScenarioSpec *spec)
{
    int sections = spec->train_count + 1;
    return spec->service.trains > sections ? spec->service.trains : sections;
}

/* ---- checks ---- */

/* A train at the start: where on the road axis, on which offset. */
typedef struct Standing {
    int at_once; /* 1: there from the start */
    double low, high, offset;
} Standing;

static void complain_start(Complaints *complaints, int t, const char *why)
{
    complain(complaints, t == 0 ? "service" : "train", t == 0 ? 0 : t + 1, "start", why);
}

/* The train's place; complains of one that the line does not have. */
static Standing stand(const ScenarioSpec *spec, const Route *route, const Line *line, int t, double length,
                      Complaints *complaints)
{
    Standing place = {.at_once = t == 0 || *start_of(spec, t)};
    int path = 0;
    double chainage = line->paths[0].legs[0].from + line->paths[0].direction * length;
    const char *why = *start_of(spec, t) ? line_place(start_of(spec, t), route, line, &path, &chainage) : 0;
    if (why) {
        complain_start(complaints, t, why);
        return (Standing){0};
    }
    const LinePath *way = &line->paths[path];
    if (line_along(way, chainage) < length - 1e-9) {
        complain_start(complaints, t, "the train is longer than the way from the path's start to there");
        return (Standing){0};
    }
    double tail = chainage - way->direction * length;
    place.low = tail < chainage ? tail : chainage;
    place.high = tail < chainage ? chainage : tail;
    for (int k = 0; k < way->leg_count; k++) {
        double a = way->legs[k].from, b = way->legs[k].to;
        if ((chainage - a) * (chainage - b) <= 0.0)
            place.offset = route_track_offset(route, way->legs[k].track, chainage).n;
    }
    return place;
}

static void check_places(const ScenarioSpec *spec, const Route *route, const Line *line, double length,
                         Complaints *complaints)
{
    Standing places[ART_TRAINS_MAX];
    int entered = 0;
    for (int t = 0; t < fleet_count(spec); t++) {
        places[t] = stand(spec, route, line, t, length, complaints);
        if (places[t].at_once && entered)
            complain_start(complaints, t, "stands on the line from the start: number it before those that enter later");
        entered |= !places[t].at_once;
        for (int o = 0; o < t && places[t].at_once; o++) {
            const Standing *other = &places[o];
            if (other->at_once && places[t].low < other->high + GAP_LEAST && other->low < places[t].high + GAP_LEAST &&
                __builtin_fabs(places[t].offset - other->offset) < BODY_CLEARANCE)
                complain_start(complaints, t, "another train stands there already");
        }
        if (t == 0 || *start_of(spec, t) || headway_of(spec, t) > 0.0) continue;
        complain(complaints, t <= spec->train_count ? "train" : "service", t <= spec->train_count ? t + 1 : 0, "headway",
                 "a train without a start of its own enters behind the one before it, after a headway: 8 min");
    }
}

static void check_rounds(const ScenarioSpec *spec, const Route *route, const Line *line, Complaints *complaints)
{
    if (spec->service.rounds <= 1) return;
    const LinePath *first = &line->paths[0], *last = &line->paths[line->path_count - 1];
    const PathLeg *begin = &first->legs[0], *end = &last->legs[last->leg_count - 1];
    double a = route_track_offset(route, begin->track, begin->from).n;
    double b = route_track_offset(route, end->track, end->to).n;
    int closed = last->direction != first->direction && __builtin_fabs(begin->from - end->to) < 0.01 &&
                 __builtin_fabs(a - b) < 0.01;
    if (!closed)
        complain(complaints, "service", 0, "rounds",
                 "the line does not end where it begins, coming the other way: more rounds than one need that");
    int in_turn = fleet_count(spec) > 1 && spec->service.headway > 0.0;
    if (spec->service.cycle <= 0.0 && !in_turn && timetable_is_a_round(spec, route))
        complain(complaints, "service", 0, "cycle", "a timetable of several rounds needs the time from one to the next");
}

void fleet_check(const ScenarioSpec *spec, const Route *route, const Line *line, double train_length,
                 Complaints *complaints)
{
    for (int i = 0; i < spec->train_count; i++) {
        const char *file = spec->trains[i].vehicle;
        if (file[0] && strcmp(file, spec->vehicle.file) != 0)
            complain(complaints, "train", i + 2, "vehicle",
                     "another file than that of [vehicle]: all trains of a scenario are of one vehicle; leave the key out");
    }
    check_places(spec, route, line, train_length, complaints);
    check_rounds(spec, route, line, complaints);
}

/* ---- compilation ---- */

/* The timetable of a train that stands on the line: that of the last round in which its next departure is ahead. */
static double round_shift(const ServicePlan *plan, const TrainStart *start, double behind)
{
    ServiceState state = {0};
    service_put(plan, start->path, start->nose_u, &state);
    for (int i = state.stop; i < plan->stop_count && plan->cycle > 0.0; i++) {
        double depart = service_time(plan, &state, &plan->stops[i]).depart;
        if (depart < 0.0) continue;
        double first = depart + behind;
        return behind - plan->cycle * __builtin_floor(first / plan->cycle);
    }
    return behind;
}

void fleet_build(const ScenarioSpec *spec, const Line *line, Scenario *scenario)
{
    double behind = 0.0, length = scenario->model.length;
    scenario->train_count = fleet_count(spec);
    for (int t = 0; t < scenario->train_count; t++) {
        TrainStart *start = &scenario->starts[t];
        int load = t >= 1 && t <= spec->train_count ? spec->trains[t - 1].load : 0, path = 0;
        double chainage;
        behind += headway_of(spec, t);
        *start = (TrainStart){.nose_u = length, .shift = behind, .load = load > 0 ? load - 1 : spec->service.load};
        if (!*start_of(spec, t)) {
            start->tick = (int64_t)(behind / spec->head.step + 0.5);
            continue;
        }
        line_place(start_of(spec, t), &scenario->route, line, &path, &chainage);
        double u = path_u_of_chainage(&scenario->paths[path], chainage);
        start->path = path;
        start->nose_u = u > length ? u : length;
        start->shift = round_shift(&scenario->plan, start, behind);
    }
}
