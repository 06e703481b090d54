/* A train whose axles behind the leading one do not steer: each module is drawn by the point in front of it (the leading
   axle, then the hinges) and turns about its fixed point, the mean of its fixed axles, which moves along the body:
       yaw' = (e(yaw) x p') / l,  p the drawn point, l its distance to the fixed point,
   the tractrix, by the midpoint rule. Ignored: slip angles. */
#include "sim/base/elementary.h"
#include "sim/guide/reference_pose.h"

/* m from the CG: where module i turns when its axles are held; the leading axle steers. */
static double fixed_point(const TravelView *view, int i)
{
    double sum = 0.0;
    int count = 0;
    for (int j = view->first_axle[i]; j >= 0 && j <= view->last_axle[i]; j++) {
        if (j == 0) continue;
        sum += view->axle_x[j];
        count++;
    }
    return count > 0 ? sum / count : view->hinge_rear[i];
}

static Vec2 forward_of(double yaw)
{
    double sine, cosine;
    art_sincos(yaw, &sine, &cosine);
    return vec2(cosine, sine);
}

/* Turn of a body whose front point, `arm` ahead of its fixed point, moves by `move`. */
static double turn(double yaw, double arm, Vec2 move)
{
    double turned = 0.0;
    if (arm < 0.1) return 0.0;
    for (int pass = 0; pass < 3; pass++) turned = vec2_cross(forward_of(yaw + 0.5 * turned), move) / arm;
    return turned;
}

void reference_tow(const TravelView *view, const Path *path, double from, double to, double *yaw)
{
    Vec2 move = vec2_sub(path_at(path, to).position, path_at(path, from).position);
    for (int i = 0; i < view->module_count; i++) {
        double front = i == 0 ? view->axle_x[0] : view->hinge_front[i];
        double turned = turn(yaw[i], front - fixed_point(view, i), move);
        Vec2 swing = vec2_sub(forward_of(yaw[i] + turned), forward_of(yaw[i]));
        yaw[i] += turned;
        move = vec2_add(move, vec2_scale(swing, view->hinge_rear[i] - front));
    }
}
