/* Road users: a car that stands in the lane, one that runs the red light, a person who steps out. The sensor (radar and
   lidar as one) sees what is within its range ahead, scan by scan, with misses; after so many scans in a row and its
   latency the train knows. Ignores: what hides them (`ahead` states when they can be seen), false alarms, their shape and
   motion across the lane. */
#include "sim/surroundings/road_users.h"
#include "sim/base/elementary.h"

static const ParamField user_fields[] = {
    PARAM_ROW_TEXT(RoadUserSpec, track, "track", "", 0, "whose lane it enters; empty: every track's"),
    PARAM_ROW_REAL(RoadUserSpec, chainage, "chainage", "m", 0, -1e6, 1e6, PARAM_REQUIRED,
                   "of the end of it that the train meets", ""),
    PARAM_ROW_REAL(RoadUserSpec, at, "at", "s", -1, -1, 172800, 0, "can be seen from then on; negative: by `ahead`", ""),
    PARAM_ROW_REAL(RoadUserSpec, ahead, "ahead", "m", 1000, 0, 1e6, 0,
                   "without `at`: can be seen once the train is so near; what hides it until then", ""),
    PARAM_ROW_REAL(RoadUserSpec, notice, "notice", "s", 0, 0, 3600, 0, "from then until it is in the lane", ""),
    PARAM_ROW_REAL(RoadUserSpec, duration, "for", "s", -1, -1, 172800, 0, "in the lane; negative: to the end", ""),
};
const ParamTable road_user_table = PARAM_TABLE(RoadUserSpec, user_fields, "somebody in the train's way");

static const ParamField sensor_fields[] = {
    PARAM_ROW_REAL(ObstacleSensorSpec, range, "range", "m", 90, 1, 500, 0, "in clear air; rain and snow take half of it",
                   "[I]"),
    PARAM_ROW_REAL(ObstacleSensorSpec, rate, "rate", "Hz", 10, 1, 100, 0, "scans", "[I]"),
    PARAM_ROW_REAL(ObstacleSensorSpec, latency, "latency", "s", 0.1, 0, 2, 0, "from a scan to the train's computer", "[I]"),
    PARAM_ROW_REAL(ObstacleSensorSpec, miss, "miss", "1", 0.05, 0, 1, 0, "probability that a scan does not show it", "[I]"),
    PARAM_ROW_INT(ObstacleSensorSpec, confirm, "confirm", 2, 1, 50, 0, "scans in a row that must show it", "[I]"),
};
const ParamTable obstacle_sensor_table = PARAM_TABLE(ObstacleSensorSpec, sensor_fields, "radar and lidar ahead, as one");

void obstacle_scan(const ObstacleSensorSpec *spec, int32_t in_range, RngStream stream, uint64_t tick, double cycle,
                   RoadUserTrack *track)
{
    int shown = in_range && rng_uniform(stream, tick, 0) >= spec->miss;
    track->hits = shown ? track->hits + 1 : 0;
    if (track->hits == spec->confirm && track->known_at < 0) track->known_at = (int32_t)(spec->latency / cycle + 0.5);
}

double obstacle_least_way(double speed, double delay, double rate, double friction, double grade)
{
    double grip = friction * ART_GRAVITY, best = (rate < grip ? rate : grip) + ART_GRAVITY * grade;
    if (best < 0.01) best = 0.01;
    return speed * delay + 0.5 * speed * speed / best;
}
