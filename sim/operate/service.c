/* The service as a small state machine. Standing at a platform inside the docking window: doors open, dwell, doors
   close, departure; without the interlock's permission the doors stay closed. With a timetable the doors close in time
   for the departure, and a late train shortens its dwell to what passengers need, and to no less
   than the stop states. Standing at the end of a path: cab change, then the next path in the other direction, or the end.
   A driver opens and closes the doors in place of the dwell, and may stand anywhere without
   losing the stop ahead. Arrivals of a timetable are measured. Ignores: connections. */
#include "sim/operate/service.h"
#include <string.h>

static const double standstill = 0.02;    /* m/s */
static const double lost = 15.0;           /* m behind a stop line where a driver has passed it for good */

const ServiceStop *service_next(const ServicePlan *plan, const ServiceState *state)
{
    return state->stop < plan->stop_count ? &plan->stops[state->stop] : 0;
}

void service_start(const ServicePlan *plan, int32_t hold_speed, ServiceState *state)
{
    (void)plan;
    memset(state, 0, sizeof *state);
    state->mode = hold_speed ? SERVICE_HOLD_SPEED : SERVICE_STANDBY;
}

void service_put(const ServicePlan *plan, int32_t path, double nose_u, ServiceState *state)
{
    state->path = path;
    state->stop = 0;
    while (state->stop < plan->stop_count && (plan->stops[state->stop].path < path ||
                                              (plan->stops[state->stop].path == path &&
                                               plan->stops[state->stop].u < nose_u - SERVICE_DOCKING_WINDOW)))
        state->stop++;
}

/* The round of the timetable that a train keeps: its own, or the last one that is stated. */
static int32_t timed_round(const ServicePlan *plan, int32_t round)
{
    return round < plan->timed_rounds ? round : plan->timed_rounds - 1;
}

ServiceTime service_time(const ServicePlan *plan, const ServiceState *state, const ServiceStop *stop)
{
    if (plan->timed_rounds == 0 || stop->call < 0) return (ServiceTime){-1.0, -1.0};
    return plan->times[timed_round(plan, state->path / plan->path_count) * plan->call_count + stop->call];
}

/* A stated time of a round as it is for this train in the round that it is in. */
static double own_time(const ServicePlan *plan, const ServiceState *state, double stated)
{
    int32_t round = state->path / plan->path_count;
    return stated < 0.0 ? -1.0 : stated + state->shift + plan->cycle * (round - timed_round(plan, round));
}

double service_arrival(const ServicePlan *plan, const ServiceState *state, const ServiceStop *stop)
{
    return own_time(plan, state, service_time(plan, state, stop).arrive);
}

double service_departure(const ServicePlan *plan, const ServiceState *state, const ServiceStop *stop)
{
    return own_time(plan, state, service_time(plan, state, stop).depart);
}

int32_t service_holds(const ServiceState *state)
{
    return state->mode == SERVICE_STANDBY || state->mode == SERVICE_DOORS || state->mode == SERVICE_TURNBACK ||
           state->mode == SERVICE_FINISHED;
}

static ServiceEvent enter(ServiceState *state, ServiceMode mode, ServiceEvent event)
{
    state->mode = (int32_t)mode;
    state->timer = 0.0;
    return event;
}

double service_dwell_least(const ServicePlan *plan, const ServiceStop *stop)
{
    return stop->dwell_stated ? stop->dwell : plan->dwell_least;
}

void service_dwell(const ServicePlan *plan, double exchange, double time, ServiceState *state)
{
    const ServiceStop *stop = service_next(plan, state);
    int timed = service_time(plan, state, stop).depart >= 0.0;
    double need = exchange > 0.0 || timed ? service_dwell_least(plan, stop) : stop->dwell;
    if (exchange > need) need = exchange;
    double left = timed ? service_departure(plan, state, stop) - 2.0 * plan->door_time - time : 0.0;
    state->dwell = left > need ? left : need;
}

static ServiceEvent doors(const ServiceInput *input, const ServiceStop *stop, ServiceState *state)
{
    double before = state->timer - input->cycle;
    if (input->manual) state->dwell = 0.0;
    double open = input->plan->door_time, closing = open + state->dwell;
    if (state->timer <= open && input->doors_permitted != state->doors_open_side) state->timer = before;
    int held = input->door_held || input->stay || (input->manual && input->doors_wanted);
    if (held && state->timer > closing) state->timer = closing;
    if (state->timer <= open) state->door = state->timer / open;
    else if (state->timer <= closing) state->door = 1.0;
    else state->door = 1.0 - (state->timer - closing) / open;
    if (state->timer >= closing + open) {
        state->door = 0.0;
        state->doors_open_side = 0;
        if (service_time(input->plan, state, stop).depart >= 0.0) {
            state->lateness = input->time - service_departure(input->plan, state, stop);
            state->timed++;
        }
        state->stop++;
        state->departed = 0;
        return enter(state, SERVICE_DRIVING, SERVICE_DOORS_CLOSED);
    }
    if (before >= open || state->timer < open) return SERVICE_NOTHING;
    state->door = 1.0; /* for a moment at least, without any dwell too */
    return SERVICE_DOORS_OPENED;
}

static ServiceEvent stand(const ServiceInput *input, const ServiceStop *stop, ServiceState *state)
{
    state->stop_error = -input->distance;
    int docked = __builtin_fabs(input->distance) < SERVICE_DOCKING_WINDOW;
    if (stop->platform < 0) return enter(state, SERVICE_TURNBACK, SERVICE_NOTHING);
    if (!docked || input->doors_permitted != stop->door_side) { /* the doors stay closed and the stop is lost */
        state->stop++;
        return enter(state, SERVICE_DRIVING, SERVICE_MISSED);
    }
    state->served++;
    if (service_time(input->plan, state, stop).arrive >= 0.0) {
        state->late_arrival = input->time - service_arrival(input->plan, state, stop);
        state->timed_arrivals++;
    }
    state->doors_open_side = stop->door_side;
    service_dwell(input->plan, 0.0, input->time, state);
    return enter(state, SERVICE_DOORS, SERVICE_ARRIVED);
}

static ServiceEvent turn(const ServiceInput *input, ServiceState *state)
{
    if (input->stay) return SERVICE_NOTHING;
    if (state->path + 1 >= input->plan->path_count * input->plan->rounds) {
        state->stop++;
        return enter(state, SERVICE_FINISHED, SERVICE_ENDED);
    }
    if (state->timer < input->plan->turnback_time || input->wait) return SERVICE_NOTHING;
    state->path++;
    state->stop = state->path % input->plan->path_count == 0 ? 0 : state->stop + 1;
    state->departed = 0;
    return enter(state, SERVICE_DRIVING, SERVICE_TURNED);
}

/* Has the train come to rest for the stop ahead? The ATO lands on its line, and creeps on when it is short of it; a driver
   says so by the doors, or has run past it. */
static int has_stopped(const ServiceInput *input, const ServiceStop *stop)
{
    if (__builtin_fabs(input->speed) >= standstill || input->sliding) return 0;
    if (!input->manual) return input->distance < SERVICE_LANDED;
    if (stop->platform < 0) return input->distance < SERVICE_TURN_WINDOW;
    if (input->distance < -SERVICE_DOCKING_WINDOW) return 1;
    return input->doors_wanted && input->distance < SERVICE_DOCKING_WINDOW;
}

ServiceEvent service_cycle(const ServiceInput *input, ServiceState *state)
{
    const ServiceStop *stop = service_next(input->plan, state);
    double speed = input->speed < 0.0 ? -input->speed : input->speed;
    state->timer += input->cycle;
    if (state->mode == SERVICE_FINISHED) return SERVICE_NOTHING;
    if (state->mode == SERVICE_HOLD_SPEED) /* a manoeuvre ends where its path does */
        return input->distance > 0.0 ? SERVICE_NOTHING : enter(state, SERVICE_FINISHED, SERVICE_ENDED);
    if (input->emergency && state->mode != SERVICE_DOORS && state->mode != SERVICE_TURNBACK) {
        state->mode = SERVICE_EMERGENCY;
        return SERVICE_NOTHING;
    }
    switch ((ServiceMode)state->mode) {
    case SERVICE_EMERGENCY: return enter(state, SERVICE_DRIVING, SERVICE_NOTHING);
    case SERVICE_STANDBY:
        if (state->timer < input->plan->start_time) return SERVICE_NOTHING;
        return enter(state, SERVICE_DRIVING, SERVICE_NOTHING);
    case SERVICE_DOORS: return doors(input, stop, state);
    case SERVICE_TURNBACK: return turn(input, state);
    default: break;
    }
    if (!state->departed && speed > 0.1) {
        state->departed = 1;
        return SERVICE_DEPARTED;
    }
    if (!stop) return enter(state, SERVICE_FINISHED, SERVICE_ENDED);
    if (input->manual && stop->platform >= 0 && input->distance < -lost) {
        state->stop_error = -input->distance;
        state->stop++;
        return SERVICE_MISSED;
    }
    double landing = 0.5 * speed * speed / 0.7 + 2.0;
    if (input->skip && stop->platform >= 0 && state->departed && input->distance > landing) {
        state->stop++;
        return SERVICE_NOTHING;
    }
    state->mode = input->distance < landing ? SERVICE_STOPPING : SERVICE_DRIVING;
    return has_stopped(input, stop) ? stand(input, stop, state) : SERVICE_NOTHING;
}
