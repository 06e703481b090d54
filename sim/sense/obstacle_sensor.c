/* Scan by scan: a target in view is shown with probability 1 - miss; `confirm` scans in a row and the latency later the
   sensor knows it, for as long as it is there. A LiDAR sees shapes in a wide field, and rain and snow cost it half of its
   range; a radar sees far through weather, but still things are hard to tell from the street's echoes, hence its misses.
   False targets (spray, a manhole cover) arise by chance anywhere in range and last a second.
   Ignores: size and reflectance of what is there, what hides it (`ahead` of [road_user] states that), speed of targets. */
#include "sim/sense/obstacle_sensor.h"
#include "sim/base/elementary.h"

const char *const fusion_names[] = {"either", "both", "lidar", "radar", NULL};

#define SENSOR_ROWS(RANGE, FIELD, WEATHER, RATE, LATENCY, MISS, CONFIRM)                                                 \
    PARAM_ROW_REAL(ObstacleSensorSpec, range, "range", "m", RANGE, 1, 500, 0, "in clear air", "[I]"),                    \
        PARAM_ROW_REAL(ObstacleSensorSpec, field, "field", "deg", FIELD, 1, 360, 0, "full horizontal field of view",     \
                       "[I]"),                                                                                           \
        PARAM_ROW_REAL(ObstacleSensorSpec, weather, "weather", "1", WEATHER, 0, 1, 0,                                    \
                       "share of the range that a cloudburst or thick snow takes", "[I]"),                               \
        PARAM_ROW_REAL(ObstacleSensorSpec, rate, "rate", "Hz", RATE, 1, 100, 0, "scans", "[I]"),                         \
        PARAM_ROW_REAL(ObstacleSensorSpec, latency, "latency", "s", LATENCY, 0, 2, 0,                                    \
                       "from a scan to the train's computer", "[I]"),                                                    \
        PARAM_ROW_REAL(ObstacleSensorSpec, miss, "miss", "1", MISS, 0, 1, 0,                                             \
                       "probability that a scan does not show what is there", "[I]"),                                    \
        PARAM_ROW_REAL(ObstacleSensorSpec, false_rate, "false_rate", "Hz", 0, 0, 10, 0,                                  \
                       "false targets that last a second: 1/3600 is one an hour", "MODEL 7"),                            \
        PARAM_ROW_INT(ObstacleSensorSpec, confirm, "confirm", CONFIRM, 1, 50, 0, "scans in a row that must show it",     \
                      "[I]")

static const ParamField lidar_fields[] = {SENSOR_ROWS(90, 120, 0.5, 10, 0.1, 0.05, 2)};
const ParamTable lidar_table = PARAM_TABLE(ObstacleSensorSpec, lidar_fields, "LiDAR that looks for obstacles ahead");

static const ParamField radar_fields[] = {SENSOR_ROWS(140, 40, 0.1, 20, 0.08, 0.3, 4)};
const ParamTable radar_table = PARAM_TABLE(ObstacleSensorSpec, radar_fields, "radar that looks for obstacles ahead");

static const ParamField fusion_fields[] = {
    PARAM_ROW_CHOICE(ObstacleFusionSpec, rule, "fusion", fusion_names, FUSION_EITHER, 0,
                     "whose word counts: of either, of both together, of one alone", "MODEL 7 [I]"),
};
const ParamTable obstacle_fusion_table =
    PARAM_TABLE(ObstacleFusionSpec, fusion_fields, "what LiDAR and radar make of the lane ahead together");

int32_t obstacle_in_view(const ObstacleSensorSpec *spec, Vec2 nose, Vec2 ahead, Vec2 target, double thick)
{
    Vec2 sight = vec2_sub(target, nose);
    double distance = __builtin_sqrt(vec2_dot(sight, sight));
    return distance <= spec->range * (1.0 - spec->weather * thick) &&
           vec2_dot(sight, ahead) >= distance * art_cos(0.5 * spec->field);
}

void obstacle_scan(const ObstacleSensorSpec *spec, int32_t in_view, double miss, RngStream stream, uint64_t tick,
                   double cycle, SourceTrack *track)
{
    int shown = in_view && rng_uniform(stream, tick, 0) >= spec->miss + miss;
    track->hits = shown ? track->hits + 1 : 0;
    if (track->hits == spec->confirm && track->known_at < 0) track->known_at = (int32_t)(spec->latency / cycle + 0.5);
}

void obstacle_wait(SourceTrack *track)
{
    if (track->known_at >= 0 && track->known_at-- == 0) track->known = 1;
}

double obstacle_false(const ObstacleSensorSpec *spec, RngStream stream, uint64_t tick)
{
    if (rng_uniform(stream, tick, 0) >= spec->false_rate / spec->rate) return 0.0;
    return 5.0 + (spec->range - 5.0) * rng_uniform(stream, tick, 1);
}

int32_t obstacle_fused(FusionRule rule, int32_t lidar, int32_t radar)
{
    switch (rule) {
    case FUSION_BOTH: return lidar && radar;
    case FUSION_LIDAR: return lidar;
    case FUSION_RADAR: return radar;
    default: return lidar || radar;
    }
}
