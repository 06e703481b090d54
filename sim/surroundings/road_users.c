/* Road users: a car that stands in the lane, one that runs the red light, a person who steps out. Ignores: what hides them
   (`ahead` states when they can be seen), their shape and motion across the lane. */
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

double obstacle_least_way(double speed, double delay, double rate, double friction, double grade)
{
    double grip = friction * ART_GRAVITY, best = (rate < grip ? rate : grip) + ART_GRAVITY * grade;
    if (best < 0.01) best = 0.01;
    return speed * delay + 0.5 * speed * speed / best;
}
