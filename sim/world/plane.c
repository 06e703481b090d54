/* The endless plane: no path to stand beside, so the path of the leading axle itself is kept, a point every 0.1 m (more where a
   train is longer than 125 m), and
   the off-tracking of every other axle is its distance from that polyline, left positive. An axle that has not yet come
   to where the leading one started has none. */
#include "sim/world/step.h"

static Vec2 axle_place(const TrainWorld *train, int axle)
{
    return vec2(train->output.axle_x[axle], train->output.axle_y[axle]);
}

static Vec2 point(const TrainTruth *truth, int64_t cell)
{
    return truth->trail[cell % PATH_MEMORY];
}

void plane_start(const Scenario *scenario, TrainWorld *train)
{
    TrainTruth *truth = &train->truth;
    truth->leading_axle = 0;
    truth->memory_first = 0;
    truth->memory_next = 1;
    truth->trail[0] = axle_place(train, 0);
    for (int a = 0; a < scenario->model.axle_count; a++) truth->trail_cell[a] = 0;
    truth->speed = train->output.module_vx[0];
}

/* Adds a point when the leading axle is one spacing further. */
static void remember(TrainTruth *truth, double spacing, Vec2 lead)
{
    Vec2 gap = vec2_sub(lead, point(truth, truth->memory_next - 1));
    if (vec2_dot(gap, gap) < spacing * spacing) return;
    truth->trail[truth->memory_next++ % PATH_MEMORY] = lead;
    if (truth->memory_next - truth->memory_first > PATH_MEMORY) truth->memory_first = truth->memory_next - PATH_MEMORY;
}

static double distance_from_trail(TrainTruth *truth, int axle, Vec2 place)
{
    int64_t *cell = &truth->trail_cell[axle];
    if (*cell < truth->memory_first) *cell = truth->memory_first;
    while (*cell + 2 < truth->memory_next) {
        Vec2 next = point(truth, *cell + 1), along = vec2_sub(point(truth, *cell + 2), next);
        if (vec2_dot(vec2_sub(place, next), along) < 0.0) break;
        (*cell)++;
    }
    if (*cell + 1 >= truth->memory_next) return 0.0;
    Vec2 from = point(truth, *cell), along = vec2_sub(point(truth, *cell + 1), from), gap = vec2_sub(place, from);
    if (vec2_dot(gap, along) < 0.0) return 0.0;
    return vec2_cross(along, gap) / __builtin_sqrt(vec2_dot(along, along));
}

void plane_step(const Scenario *scenario, TrainWorld *train)
{
    TrainTruth *truth = &train->truth;
    truth->speed = train->output.module_vx[0];
    truth->accel = train->output.module_ax[0];
    if (scenario->model.axle_count == 0) return;
    remember(truth, scenario->memory_spacing, axle_place(train, 0));
    for (int a = 1; a < scenario->model.axle_count; a++)
        truth->offtracking[a] = distance_from_trail(truth, a, axle_place(train, a));
}
