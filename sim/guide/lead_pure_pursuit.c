/* Lead law `pure_pursuit` (Coulter 1992): the arc that touches the body at its turning point and meets the path at the
   aim, curvature 2 sin(alpha) / distance; the leading axle, `arm` ahead of that point, steers atan(arm curvature). The
   turning point is the middle of the last axle where the trail law holds it, else the middle of the wheelbase. */
#include "sim/base/elementary.h"
#include "sim/guide/lateral.h"

static const ParamField fields[] = {
    PARAM_ROW_REAL(PurePursuitSpec, time, "time", "s", 0.3, 0, 5, 0, "the aim lies this far ahead at speed, ...",
                   "[I]"),
    PARAM_ROW_REAL(PurePursuitSpec, distance, "distance", "m", 3, 0.5, 50, 0,
                   "... and this far at rest, beyond the axle", "[I]"),
};
const ParamTable pure_pursuit_table = PARAM_TABLE(PurePursuitSpec, fields, "an arc to a point of the path ahead");

static void steer(const GuideInput *input, GuideState *state)
{
    const PurePursuitSpec *spec = &input->model->laws.pure_pursuit;
    const TravelView *view = &input->model->view;
    double yaw, sine, cosine, front = view->axle_x[0];
    int held = input->model->lead_axles == AXLES_FRONT;
    double turning = held ? view->axle_x[view->last_axle[0]] : input->model->middle[0];
    PathFoot foot = guide_axle_foot(input, state, 0, &yaw);
    Vec2 aim = path_at(input->path, foot.u + spec->distance + spec->time * input->estimate->speed).position;
    PathPoint under = path_at(input->path, foot.u);
    art_sincos(yaw, &sine, &cosine);
    /* from the turning point */
    Vec2 axle =
        vec2(under.position.x - foot.lateral * under.tangent.y, under.position.y + foot.lateral * under.tangent.x);
    Vec2 away = vec2_sub(aim, vec2_sub(axle, vec2_scale(vec2(cosine, sine), front - turning)));
    double left = cosine * away.y - sine * away.x, square = vec2_dot(away, away);
    double curvature = square > 0.01 ? 2.0 * left / square : 0.0;
    state->command[0] = art_atan((front - turning) * curvature);
}

const LeadLaw lead_pure_pursuit = {.name = "pure_pursuit", .steer = steer};
