/* The charger that the train's pantograph may reach: docked at a platform whose station has one, at rest, the stop inside
   the contact window, until just so long before the doors are closed that the pantograph is down by then. Ignores: chargers away from platforms. */
#include "sim/base/real.h"
#include "sim/world/step.h"

static double reachable(const Scenario *scenario, const TrainWorld *train)
{
    const ServiceState *service = &train->service;
    const ServiceStop *stop = service_next(&scenario->plan, service);
    if (!stop || service->mode != SERVICE_DOORS || stop->station < 0) return 0.0;
    const RouteStation *station = &scenario->route.stations[stop->station];
    double closed = 2.0 * scenario->plan.door_time + service->dwell, down = 1.0 / scenario->model.battery.pantograph_rate;
    int closing = service->timer >= closed - down;
    int at_rest = real_abs(train->truth.speed) < 0.01;
    int inside = real_abs(train->truth.nose_u - stop->u) <= station->charger_window;
    return !closing && at_rest && inside ? station->charger : 0.0;
}

void step_charging(const Scenario *scenario, World *world, int t)
{
    if (!step_is_cycle(scenario, world->tick)) return;
    TrainWorld *train = &world->trains[t];
    const FaultEffects *effects = train_effects(world, t);
    int dead = effects && effects->charger_dead;
    train->environment.charger = scenario->guided && !dead ? reachable(scenario, train) : 0.0;
}
