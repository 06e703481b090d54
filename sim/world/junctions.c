/* Trains at signals. A signal that is not green is at danger, but for a train that was too near to stop in comfort when its
   green ended: it is committed, and the junction's clearance waits for it. A train asks for green from request_distance
   on, unless it stops at a platform before the junction or its doors are open. With fixed cycles it may be advised a speed that
   reaches the next green window. Ignores: that others on the road hold it up on its way there. */
#include "sim/world/junctions.h"
#include "sim/world/step.h"

#define BEFORE_DANGER 1.0 /* m: the supervised point lies so far before the street */
#define PASSED 2.0        /* m beyond that point a train has passed the signal */
#define ADVICE_WAY 400.0  /* m before a stop line in which speed is advised */
#define ADVICE_MARGIN 1.0 /* s after the green begins, and before it ends */
#define RESTS 0.1         /* m/s: slower is standing */
#define NO_ADVICE 1e9     /* m/s */

void junctions_plan(const Route *route, const SignalSpec *spec, const Path *path, JunctionPlan *plan)
{
    plan->count = 0;
    for (int i = 0; i < route->junction_count; i++) {
        const RouteJunction *junction = &route->junctions[i];
        double half = 0.5 * junction->width * path->direction;
        JunctionPlace place = {.junction = i};
        double from = junction->chainage - half, to = junction->chainage + half;
        double edge = path_u_of_chainage(path, from);
        place.line_u = edge - spec->stop_line;
        place.danger_u = edge - BEFORE_DANGER;
        place.exit_u = path_u_of_chainage(path, to);
        if (place.line_u < 0.0 || place.exit_u > path->length) continue;
        int at = plan->count++;
        for (; at > 0 && plan->places[at - 1].line_u > place.line_u; at--) plan->places[at] = plan->places[at - 1];
        plan->places[at] = place;
    }
}

static const JunctionPlan *plan_of(const Scenario *scenario, const TrainWorld *train)
{
    return &scenario->junctions[train_path_index(scenario, train)];
}

/* Does the train ask for green here? */
static int asks(const Scenario *scenario, const World *world, int t, const JunctionPlace *place)
{
    const TrainWorld *train = &world->trains[t];
    const FaultEffects *effects = train_effects(world, t);
    if (effects && effects->priority_refused) return 0;
    double nose = train->truth.nose_u, tail = nose - scenario->model.length;
    if (tail > place->exit_u || nose < place->line_u - scenario->spec.signals.request_distance) return 0;
    const ServiceStop *stop = service_next(&scenario->plan, &train->service);
    int calls_before = stop && stop->platform >= 0 && stop->u < place->line_u;
    return !calls_before && !service_holds(&train->service);
}

/* Does the signal hold the train before the street? */
static int holds(const World *world, const TrainWorld *train, const JunctionPlace *place, double nose)
{
    if (nose > place->danger_u + PASSED || world->signals[place->junction].phase == SIGNAL_LINE_GREEN) return 0;
    return train->committed != place->junction + 1;
}

/* Is the train on the junction? One at rest before it waits for the next green, for which the junction may not wait. */
static int occupies(const Scenario *scenario, const World *world, const TrainWorld *train, const JunctionPlace *place)
{
    double nose = train->truth.nose_u;
    if (train->committed == place->junction + 1) return 1;
    if (nose <= place->line_u + 1.0 || nose - scenario->model.length >= place->exit_u) return 0;
    return !(holds(world, train, place, nose) && __builtin_fabs(train->truth.speed) < RESTS);
}

static void cycle_junction(const Scenario *scenario, World *world, int junction)
{
    int32_t request = 0, occupied = 0;
    for (int t = 0; t < world->train_count; t++) {
        const TrainWorld *train = &world->trains[t];
        const JunctionPlan *plan = plan_of(scenario, train);
        for (int i = 0; i < plan->count; i++) {
            const JunctionPlace *place = &plan->places[i];
            if (place->junction != junction) continue;
            request |= asks(scenario, world, t, place);
            occupied |= occupies(scenario, world, train, place);
        }
    }
    const SignalSpec *spec = &scenario->spec.signals;
    signal_cycle(spec, request && spec->control == SIGNALS_PRIORITY, occupied, ESTIMATOR_CYCLE,
                 &world->signals[junction]);
}

/* Too near to stop at the line in comfort? */
static int too_near(const Scenario *scenario, const TrainWorld *train, double distance)
{
    const AtoSpec *ato = &scenario->spec.ato;
    double v = train->truth.speed > 0.0 ? train->truth.speed : 0.0;
    return distance < 0.5 * v * v / ato->braking + v * (ato->braking + ato->acceleration) / ato->jerk && v > 0.5;
}

static void commit(const Scenario *scenario, World *world, TrainWorld *train)
{
    const JunctionPlan *plan = plan_of(scenario, train);
    double nose = train->truth.nose_u, tail = nose - scenario->model.length;
    for (int i = 0; i < plan->count; i++) {
        const JunctionPlace *place = &plan->places[i];
        const SignalState *signal = &world->signals[place->junction];
        if (train->committed == place->junction + 1 && tail > place->exit_u) train->committed = 0;
        int ends = signal->phase == SIGNAL_TO_CROSS && signal->timer < 0.5 * ESTIMATOR_CYCLE;
        if (ends && nose < place->line_u && too_near(scenario, train, place->line_u - nose))
            train->committed = place->junction + 1;
    }
}

void step_signals(const Scenario *scenario, World *world)
{
    if (!scenario->guided || scenario->spec.signals.control == SIGNALS_NONE) return;
    if (!step_is_cycle(scenario, world->tick)) return;
    for (int j = 0; j < scenario->route.junction_count; j++) cycle_junction(scenario, world, j);
    for (int t = 0; t < world->train_count; t++) commit(scenario, world, &world->trains[t]);
}

const JunctionPlace *signal_at_danger(const Scenario *scenario, const World *world, int t, double nose_u)
{
    const TrainWorld *train = &world->trains[t];
    if (scenario->spec.signals.control == SIGNALS_NONE) return 0;
    const JunctionPlan *plan = plan_of(scenario, train);
    for (int i = 0; i < plan->count; i++) {
        const JunctionPlace *place = &plan->places[i];
        if (holds(world, train, place, nose_u)) return place;
    }
    return 0;
}

double signal_advice(const Scenario *scenario, const World *world, int t, double nose_u, double stop_u, double cruise)
{
    const SignalSpec *spec = &scenario->spec.signals;
    const JunctionPlan *plan = plan_of(scenario, &world->trains[t]);
    if (!spec->advice || spec->control != SIGNALS_FIXED || cruise < 0.1) return NO_ADVICE;
    for (int i = 0; i < plan->count; i++) {
        const JunctionPlace *place = &plan->places[i];
        double way = place->line_u - nose_u;
        if (way <= 0.0) continue;
        if (way > ADVICE_WAY || place->line_u > stop_u) return NO_ADVICE;
        double soonest = way / cruise + ADVICE_MARGIN;
        double window = signal_green_after(spec, &world->signals[place->junction], soonest);
        if (window <= soonest) return NO_ADVICE;
        double advised = way / (window + ADVICE_MARGIN);
        return advised > spec->advice_least ? advised : spec->advice_least;
    }
    return NO_ADVICE;
}
