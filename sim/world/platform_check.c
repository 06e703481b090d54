/* Do the trains stand beside the platforms that they stop at, with a door at least? A train may be longer than a platform: the
   doors that are not beside it stay shut. */
#include "sim/world/platform_check.h"

void platform_check(const Scenario *scenario, Complaints *complaints)
{
    uint8_t told[ROUTE_PLATFORMS_MAX] = {0};
    for (int i = 0; i < scenario->plan.stop_count; i++) {
        const ServiceStop *stop = &scenario->plan.stops[i];
        if (stop->platform < 0 || told[stop->platform]) continue;
        const RoutePlatform *platform = &scenario->route.platforms[stop->platform];
        int up = scenario->paths[stop->path].direction > 0;
        double beyond = up ? platform->stop_up - platform->to : platform->from - platform->stop_down;
        int passed = beyond >= scenario->model.length, shut = stop->doors == 0 && scenario->vehicle.door_count > 0;
        if (!passed && !shut) continue;
        told[stop->platform] = 1;
        complain(complaints, "platform", stop->platform + 1, up ? "stop_up" : "stop_down",
                 passed ? "a train that stands with its nose there has passed the whole platform: it is shorter than that"
                        : "no door of a train that stands with its nose there is beside the boarding part of the platform");
    }
}
