/* Doors beside a platform: only these open. The train is taken as straight and along the road axis. Ignores: that a train in a
   curve is a little shorter along the axis, or longer. */
#include "sim/world/platform_doors.h"

/* m behind cab A's nose */
static double door_place(const Vehicle *vehicle, const VehicleDoor *door)
{
    double place = vehicle->modules[door->module - 1].length_front - door->x;
    for (int m = 0; m < door->module - 1; m++) place += vehicle->modules[m].length_front + vehicle->modules[m].length_rear;
    return place;
}

int platform_has_door(const Scenario *scenario, const RoutePlatform *platform, int path, double nose, int door, double spare)
{
    const VehicleDoor *own = &scenario->vehicle.doors[door];
    int direction = scenario->paths[path].direction, cab_a = scenario_leading_cab(scenario, path) == 0;
    int left = (platform->side == PLATFORM_LEFT) == (direction > 0); /* of travel */
    if ((own->side == DOOR_LEFT) != (left == cab_a)) return 0;
    double place = door_place(&scenario->vehicle, own), half = 0.5 * own->width - spare - 1e-6;
    double middle = nose - direction * (cab_a ? place : scenario->model.length - place);
    return middle - half >= platform->boarding_from && middle + half <= platform->boarding_to;
}

uint32_t platform_doors(const Scenario *scenario, const RoutePlatform *platform, int path, double nose)
{
    uint32_t doors = 0;
    for (int i = 0; i < scenario->vehicle.door_count; i++)
        if (platform_has_door(scenario, platform, path, nose, i, 0.0)) doors |= 1u << i;
    return doors;
}
