/* Why the train does what it does, from the sample and the route alone: the protection's word first, then the mode,
   then the mode of operation, then what lies ahead: obstacle, signal, the train before it, stop, lower limit. The search
   ahead looks for the nearest lower limit within the way a gentle brake needs. */
#include "render/hud_text.h"
#include <math.h>
#include <stdio.h>
#include "sim/operate/degraded.h"
#include "sim/operate/modes.h"

#define GENTLE_BRAKE 0.5      /* m/s2: a limit further than this needs is no reason yet */
#define LOOK_AHEAD_LEAST 40.0 /* m */
#define PUSH_LEAST 0.02       /* of full: less traction or brake than this is coasting */
#define PUSH_STEADY 0.25      /* of full: no more is needed to hold a speed */
#define SAME_SPEED 0.5        /* m/s */
#define SAME_PLACE 0.05       /* m: authority and stop line closer than this are one */
#define OVERLAP_MOST 50.0     /* m: an authority may end this far behind a stop line and still be that stop's */

double hud_nose_ahead(const Vehicle *vehicle, int direction)
{
    if (vehicle->module_count < 1 || vehicle->axle_count < 1) return 0;
    if (direction >= 0) return vehicle->modules[0].length_front - vehicle->axles[0].x;
    return vehicle->modules[vehicle->module_count - 1].length_rear + vehicle->axles[vehicle->axle_count - 1].x;
}

const PathNode *hud_path_node(const HudInput *input, double u)
{
    int index = input->sample->trains[input->train].path;
    if (index < 0 || index >= input->path_count) return NULL;
    const Path *path = &input->paths[index];
    double node = floor((u + PATH_MARGIN) / PATH_NODE_SPACING + 0.5);
    return node >= 0 && node < path->node_count ? path_node(path, (int)node) : NULL;
}

int hud_on_plane(const HudInput *input)
{
    return input->path_count == 0;
}

int hud_protected(const HudInput *input)
{
    return !hud_on_plane(input) && input->sample->trains[input->train].mode != MODE_HOLD_SPEED;
}

void hud_motion(char *text, size_t size, const TrainSample *train)
{
    const ModuleSample *body = &train->modules[train->direction >= 0 ? 0 : train->module_count - 1];
    char lateral[32], turn[32], roll[32];
    hud_number_signed(lateral, sizeof lateral, body->ay, 2);
    hud_number_signed(turn, sizeof turn, 57.29577951308232 * body->yaw_rate, 1);
    hud_number_signed(roll, sizeof roll, 57.29577951308232 * body->roll, 1);
    snprintf(text, size, "%s m/s\xC2\xB2 to the left, turns %s \xC2\xB0/s, rolls %s\xC2\xB0", lateral, turn, roll);
}

static const char *last_reason(const HudInput *input, int kind)
{
    for (int i = input->event_count - 1; i >= 0; i--) {
        const Event *event = &input->events[i];
        int past = (double)event->tick * input->step <= input->sample->time + 0.5 * input->step;
        if (event->kind == kind && event->train == input->train && past) return event->reason;
    }
    return NULL;
}

/* Distance from the nose to the nearest limit below the present speed, or a negative number; `limit` gets it. */
static double lower_limit_ahead(const HudInput *input, const TrainSample *train, double *limit)
{
    double nose = train->u + hud_nose_ahead(input->vehicle, train->direction);
    double speed = train->speed, reach = speed * speed / (2 * GENTLE_BRAKE) + LOOK_AHEAD_LEAST;
    for (double way = 0; way < reach; way += PATH_NODE_SPACING) {
        const PathNode *node = hud_path_node(input, nose + way);
        if (!node) return -1;
        if (node->limit < speed - 0.3 && node->limit < train->speed_limit - 0.1) {
            *limit = node->limit;
            return way;
        }
    }
    return -1;
}

/* Name of the junction that a place ahead of the nose belongs to. */
static const char *junction_ahead(const HudInput *input, double distance)
{
    const TrainSample *train = &input->sample->trains[input->train];
    const PathNode *node = hud_path_node(input, train->u + hud_nose_ahead(input->vehicle, train->direction) + distance);
    const char *name = "the junction";
    double nearest = 60.0;
    for (int i = 0; node && i < input->route->junction_count; i++) {
        double away = fabs(input->route->junctions[i].chainage - node->chainage);
        if (away < nearest) nearest = away, name = input->route->junctions[i].name;
    }
    return name;
}

/* What is nearer than the next stop and makes it slow: 1 and the words; 0: nothing of that. */
static int reason_ahead(char *text, size_t size, const HudInput *input, const TrainSample *train)
{
    double needed = train->speed * train->speed / (2 * GENTLE_BRAKE) + LOOK_AHEAD_LEAST;
    double stop = train->stop_distance >= 0 ? train->stop_distance : 1e9;
    double signal = train->signal_distance, obstacle = train->obstacle_distance;
    const char *verb = train->speed < 0.05 ? "Waits" : "Brakes";
    char distance[32];
    if (obstacle >= 0 && obstacle < needed && obstacle < stop) {
        hud_distance(distance, sizeof distance, obstacle);
        snprintf(text, size, "%s for an obstacle in %s", verb, distance);
    } else if (signal >= 0 && signal < needed && signal < stop) {
        hud_distance(distance, sizeof distance, signal);
        snprintf(text, size, "%s at red, %s: stop line in %s", verb, junction_ahead(input, signal), distance);
    } else if (train->train_gap >= 0 && train->train_gap < needed && train->train_gap < stop) {
        hud_distance(distance, sizeof distance, train->train_gap);
        snprintf(text, size, "%s for the train ahead, in %s", verb, distance);
    } else return 0;
    return 1;
}

static int reason_operation(char *text, size_t size, const HudInput *input, const TrainSample *train)
{
    int known = train->function >= 0 && train->function < FUNCTIONS;
    const char *why = known ? function_rows[train->function].lost : "a lost function";
    char lever[32];
    switch (train->operation) {
    case OPERATION_MINIMAL_RISK: snprintf(text, size, "On its way to rest: %s", why); return 1;
    case OPERATION_SAFE_STOP: snprintf(text, size, "Minimal-risk state, hazard lights on: %s", why); return 1;
    case OPERATION_MANUAL:
        hud_number_signed(lever, sizeof lever, 100.0 * train->lever, 0);
        snprintf(text, size, "A driver drives, lever %s %%%s", lever, train->horn ? ", horn" : "");
        return 1;
    case OPERATION_ON_SIGHT:
        if (!train->manual) snprintf(text, size, "Staff drives on sight to %s", hud_station(input->route, train->next_station));
        else snprintf(text, size, "A driver drives on sight, lever %+.0f %%", 100.0 * train->lever);
        return 1;
    case OPERATION_REMOTE: snprintf(text, size, "An operator drives over the radio"); return 1;
    default: return 0;
    }
}

static void reason_running(char *text, size_t size, const HudInput *input, const TrainSample *train)
{
    char target[32], distance[32], low[32];
    hud_kmh(target, sizeof target, train->speed_target);
    int steady = fabs(train->traction) < PUSH_STEADY && train->brake < PUSH_LEAST && train->speed > 0.5;
    if (steady && fabs(train->speed - train->speed_target) < SAME_SPEED) {
        snprintf(text, size, "Holds %s km/h", target);
        return;
    }
    if (train->traction <= PUSH_LEAST && reason_ahead(text, size, input, train)) return;
    if (train->traction > PUSH_LEAST) {
        snprintf(text, size, "Accelerates to %s km/h", target);
        return;
    }
    if (train->traction > -PUSH_LEAST && train->brake < PUSH_LEAST) {
        snprintf(text, size, train->speed < 0.05 ? "Stands" : "Coasts, target %s km/h", target);
        return;
    }
    double limit, way = lower_limit_ahead(input, train, &limit);
    double needed = train->speed * train->speed / (2 * GENTLE_BRAKE) + LOOK_AHEAD_LEAST;
    if (way >= 0 && (train->stop_distance < 0 || way < train->stop_distance)) {
        hud_distance(distance, sizeof distance, way);
        hud_kmh(low, sizeof low, limit);
        snprintf(text, size, "Brakes for the limit of %s km/h in %s", low, distance);
    } else if (train->stop_distance >= 0 && train->stop_distance < needed) {
        hud_distance(distance, sizeof distance, train->stop_distance);
        const char *station = hud_station(input->route, train->next_station);
        snprintf(text, size, "Brakes for %s: stop line in %s", station, distance);
    } else {
        snprintf(text, size, "Brakes to its target of %s km/h", target);
    }
}

static void reason_protection(char *text, size_t size, const HudInput *input, const TrainSample *train)
{
    const char *why = last_reason(input, EVENT_ATP_BRAKE);
    char speed[32], ceiling[32];
    hud_number(speed, sizeof speed, 3.6 * train->speed, 1);
    hud_number(ceiling, sizeof ceiling, 3.6 * train->speed_ceiling, 1);
    if (train->speed > train->speed_ceiling) {
        snprintf(text, size, "Protection brakes: %s km/h over its ceiling of %s", speed, ceiling);
    } else {
        snprintf(text, size, "Protection brakes%s%s", why ? ": " : "", why ? why : "");
    }
}

static void reason_stopping(char *text, size_t size, const HudInput *input, const TrainSample *train)
{
    const char *station = hud_station(input->route, train->next_station);
    char distance[32];
    hud_distance(distance, sizeof distance, train->stop_distance);
    int braking = train->brake >= PUSH_LEAST || train->traction <= -PUSH_LEAST;
    if (train->stop_distance < 0) {
        snprintf(text, size, "Stops at %s", station);
    } else {
        snprintf(text, size, "%s %s: stop line in %s", braking ? "Brakes for" : "Nears", station, distance);
    }
}

void hud_reason(char *text, size_t size, const HudInput *input)
{
    const TrainSample *train = &input->sample->trains[input->train];
    const char *why;
    if (train->atp_intervention) {
        reason_protection(text, size, input, train);
        return;
    }
    if (train->mode == MODE_HOLD_SPEED) {
        snprintf(text, size, hud_on_plane(input) ? "Manoeuvre on an open plane" : "A test holds the speed, no protection");
        return;
    }
    if (train->mode != MODE_FINISHED && reason_operation(text, size, input, train)) return;
    switch (train->mode) {
    case MODE_STANDBY: snprintf(text, size, "Waits for its departure"); break;
    case MODE_STOPPING: reason_stopping(text, size, input, train); break;
    case MODE_DOORS:
        snprintf(text, size, "Stands at %s for passengers", hud_station(input->route, train->next_station));
        break;
    case MODE_TURNBACK: snprintf(text, size, "Changes ends: the other cab takes the lead"); break;
    case MODE_EMERGENCY:
        why = last_reason(input, EVENT_EMERGENCY);
        snprintf(text, size, "Emergency brake%s%s", why ? ": " : "", why ? why : "");
        break;
    case MODE_FINISHED: snprintf(text, size, "The service is run"); break;
    default: reason_running(text, size, input, train); break;
    }
}

void hud_authority(char *text, size_t size, const HudInput *input)
{
    const TrainSample *train = &input->sample->trains[input->train];
    char distance[32];
    hud_distance(distance, sizeof distance, train->authority);
    if (train->mode == MODE_DOORS || !hud_protected(input)) {
        snprintf(text, size, "%s", "");
        return;
    }
    char overlap[32];
    const char *end = "";
    double to_train = train->train_gap - input->separation;
    if (train->train_gap >= 0 && fabs(train->authority - to_train) < 3.0 && to_train < train->stop_distance) {
        snprintf(text, size, "Authority %s (train ahead - %.0f m)", distance, input->separation);
        return;
    }
    double beyond = train->authority - train->stop_distance;
    if (train->stop_distance >= 0 && fabs(beyond) < SAME_PLACE) {
        end = " (stop line)";
    } else if (train->stop_distance >= 0 && beyond > 0 && beyond < OVERLAP_MOST) {
        hud_distance(overlap, sizeof overlap, beyond);
        snprintf(text, size, "Authority %s (stop line + %s)", distance, overlap);
        return;
    } else if (train->path >= 0 && train->path < input->path_count) {
        double nose = train->u + hud_nose_ahead(input->vehicle, train->direction);
        double rest = input->paths[train->path].length - nose;
        if (fabs(train->authority - rest) < PATH_NODE_SPACING) end = " (end of the path)";
    }
    snprintf(text, size, "Authority %s%s", distance, end);
}
