/* What the train remembers of the way of its leading axle: absolute course and offset from the path of the map, by cells
   of path coordinate, all by the on-board estimate. Behind the first cell, where nothing was seen yet, the map's own
   heading stands in. */
#include "sim/base/elementary.h"
#include "sim/guide/lateral.h"

static int64_t cell_of(double u)
{
    return (int64_t)__builtin_floor(u * (1.0 / PATH_TRAIL_SPACING));
}

static int64_t slot_of(int64_t cell)
{
    int64_t slot = cell % PATH_TRAIL;
    return slot < 0 ? slot + PATH_TRAIL : slot;
}

void path_trail_note(const GuideInput *input, GuideState *state)
{
    PathTrail *trail = &state->trail;
    int a = input->model->view.axle[0];
    double yaw;
    PathFoot foot = guide_axle_foot(input, state, 0, &yaw);
    double course = art_wrap_angle(yaw + input->readings->steer[a] - state->expected_slip[a]);
    int64_t cell = cell_of(foot.u);
    /* at the start, and after a gap that no memory spans */
    if (trail->first == trail->next || cell >= trail->next + PATH_TRAIL) trail->first = trail->next = cell;
    for (; trail->next <= cell; trail->next++) {
        trail->course[slot_of(trail->next)] = course;
        trail->lateral[slot_of(trail->next)] = foot.lateral;
    }
    if (trail->next - trail->first > PATH_TRAIL) trail->first = trail->next - PATH_TRAIL;
}

void path_trail_at(const GuideInput *input, const GuideState *state, double u, double *course, double *lateral)
{
    const PathTrail *trail = &state->trail;
    int64_t cell = cell_of(u);
    if (cell < trail->first) {
        *course = path_at(input->path, u).heading;
        *lateral = 0.0;
        return;
    }
    if (cell + 1 >= trail->next) cell = trail->next - 2;
    if (cell < trail->first) cell = trail->first;
    double share = u * (1.0 / PATH_TRAIL_SPACING) - (double)cell;
    share = share < 0.0 || cell + 1 >= trail->next ? 0.0 : share > 1.0 ? 1.0 : share;
    int64_t a = slot_of(cell), b = share > 0.0 ? slot_of(cell + 1) : a;
    *course = trail->course[a] + share * art_wrap_angle(trail->course[b] - trail->course[a]);
    *lateral = trail->lateral[a] + share * (trail->lateral[b] - trail->lateral[a]);
}
