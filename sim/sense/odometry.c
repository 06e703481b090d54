/* In a body that turns, a wheel steered by d whose axle moves on a course of tangent t in the body rolls at
   v (cos d + t sin d), v the body's speed along its axis. The course follows from steer less expected slip angle and is
   linear along the body. At a hinge of angle g, passed on a course of tangent t in the body in front, the body behind has
   v (cos g - t sin g). So every wheel measures the leading body's speed; their mean counts, of the undriven axles where
   there are some. Of three or more those are left out that are far from the median: a sensor that is dead, a wheel that locks. Without the hinges' part the speed of a module is 1 % wrong while the curvature changes on R 15 m, which
   makes 6 mrad of heading. Ignored: wheel slip along the track. */
#include "sim/sense/odometry.h"
#include "sim/base/elementary.h"

#define OUTLIER_FLOOR 0.3  /* m/s */
#define OUTLIER_SHARE 0.15 /* of the median */

/* Course of a module as a line along its body: tangent at the CG, and its change per metre. */
typedef struct Course {
    double middle, slope;
} Course;

static double tangent_at(const EstimatorInput *in, int axle)
{
    int a = in->view->axle[axle];
    return art_tan(in->readings->steer[a] - in->expected_slip[a]);
}

static Course module_course(const EstimatorInput *in, int module)
{
    int first = in->view->first_axle[module], last = in->view->last_axle[module];
    if (first < 0) return (Course){0.0, 0.0};
    double front = tangent_at(in, first), base = in->view->axle_x[first] - in->view->axle_x[last];
    if (base < 0.1) return (Course){front, 0.0};
    double slope = (front - tangent_at(in, last)) / base;
    return (Course){front - slope * in->view->axle_x[first], slope};
}

/* Mean of the measurements, but for those that are further from the median than a rolling wheel can be. */
static double voted_mean(const double *measured, int count)
{
    double sorted[ART_AXLES_MAX], sum = 0.0;
    for (int a = 0; a < count; a++) {
        int at = a;
        for (; at > 0 && sorted[at - 1] > measured[a]; at--) sorted[at] = sorted[at - 1];
        sorted[at] = measured[a];
    }
    double median = count > 0 ? 0.5 * (sorted[(count - 1) / 2] + sorted[count / 2]) : 0.0;
    double allowed = OUTLIER_FLOOR + OUTLIER_SHARE * __builtin_fabs(median);
    int taken = 0;
    for (int a = 0; a < count; a++) {
        if (count > 2 && __builtin_fabs(measured[a] - median) > allowed) continue;
        sum += measured[a];
        taken++;
    }
    return taken > 0 ? sum / taken : median;
}

Odometry odometry_read(const EstimatorInput *in)
{
    const TravelView *view = in->view;
    int last = view->module_count - 1, undriven = 0, count = 0;
    double ratio = 1.0; /* speed of this module over the leading one's */
    double measured[ART_AXLES_MAX];
    Odometry out = {0};
    for (int a = 0; a < view->axle_count; a++) undriven += !in->model->driven[a];
    for (int i = 0; i <= last; i++) {
        Course course = module_course(in, i);
        for (int j = view->first_axle[i]; j >= 0 && j <= view->last_axle[i]; j++) {
            int a = view->axle[j];
            if (undriven && in->model->driven[a]) continue;
            double sine, cosine, tangent = course.middle + course.slope * view->axle_x[j];
            art_sincos(in->readings->steer[a], &sine, &cosine);
            measured[count++] = in->readings->wheel_speed[a] / ((cosine + tangent * sine) * ratio);
        }
        if (i == 0) out.course[0] = course.middle;
        if (i == last) {
            out.course[1] = course.middle;
            out.trailing = ratio;
            break;
        }
        double sine, cosine, tangent = course.middle + course.slope * view->hinge_rear[i];
        int hinge = view->direction > 0 ? i : last - 1 - i;
        art_sincos(in->readings->hinge[hinge] * view->direction, &sine, &cosine);
        ratio *= cosine - tangent * sine;
    }
    out.speed = view->direction * voted_mean(measured, count);
    double lead = view->first_axle[0] == 0 ? tangent_at(in, 0) : out.course[0];
    out.path = __builtin_sqrt(1.0 + lead * lead);
    return out;
}
