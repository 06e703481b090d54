/* Robust line through the dashes of a frame: y = c0 + c1 x + c2 x^2 / 2 +- half the row spacing, x from the module's CG,
   each dash counted to the row that the last pass puts it nearer to; weights w = 1 / (1 + (r / 3 sigma)^2)^2 (Cauchy's,
   squared), sigma growing with the range. Ten passes reach further each time, so that a bent line does not change rows. Confidence is the share of what was in view that lies within three
   sigma of the line. Ignored: the change of curvature within view, so that a fit across a clothoid is worse. */
#include "sim/sense/line_fit.h"
#include "sim/base/elementary.h"

enum { PASSES = 10, TERMS = 3 };
static const double first_reach = 6.0, reach_step = 3.0; /* m */

/* Solves the normal equations of three unknowns by Cramer's rule. Returns 0 when they are singular. */
static int solve3(double m[TERMS][TERMS], const double *right, double *c)
{
    double minor[TERMS];
    for (int j = 0; j < TERMS; j++) {
        int a = (j + 1) % TERMS, b = (j + 2) % TERMS;
        minor[j] = m[1][a] * m[2][b] - m[1][b] * m[2][a];
    }
    double determinant = m[0][0] * minor[0] + m[0][1] * minor[1] + m[0][2] * minor[2];
    if (determinant < 1e-12) return 0;
    for (int column = 0; column < TERMS; column++) {
        double copy[TERMS][TERMS], value = 0.0;
        for (int i = 0; i < TERMS; i++)
            for (int j = 0; j < TERMS; j++) copy[i][j] = j == column ? right[i] : m[i][j];
        for (int j = 0; j < TERMS; j++) {
            int a = (j + 1) % TERMS, b = (j + 2) % TERMS;
            value += copy[0][j] * (copy[1][a] * copy[2][b] - copy[1][b] * copy[2][a]);
        }
        c[column] = value / determinant;
    }
    return 1;
}

static double residual(const CameraMark *mark, const double *c, double half)
{
    double middle = c[0] + mark->x * (c[1] + 0.5 * mark->x * c[2]);
    double left = mark->y - middle - half, right = mark->y - middle + half;
    return __builtin_fabs(left) < __builtin_fabs(right) ? left : right;
}

static double deviation(const CameraSpec *spec, double lens_ahead, const CameraMark *mark)
{
    double range = mark->x - lens_ahead;
    return 0.01 + spec->lateral_noise / 5.0 * (range > 0.0 ? range : 0.0);
}

/* One pass. Returns 0 when there is not enough to draw a line through. */
static int pass(const CameraSpec *spec, double lens_ahead, double half, double reach, const CameraFrame *frame,
                double *c)
{
    double m[TERMS][TERMS] = {{1e-6, 0.0, 0.0}, {0.0, 1.0, 0.0}, {0.0, 0.0, 100.0}}, right[TERMS] = {0};
    for (int i = 0; i < frame->count; i++) {
        const CameraMark *mark = &frame->marks[i];
        if (mark->bar || mark->x > reach) continue;
        double r = residual(mark, c, half), sigma = deviation(spec, lens_ahead, mark);
        double ratio = r / (3.0 * sigma), share = 1.0 / (1.0 + ratio * ratio);
        double weight = share * share / (sigma * sigma), row[TERMS] = {1.0, mark->x, 0.5 * mark->x * mark->x};
        double middle = c[0] + mark->x * (c[1] + 0.5 * mark->x * c[2]);
        for (int a = 0; a < TERMS; a++) {
            right[a] += weight * row[a] * (middle + r);
            for (int b = 0; b < TERMS; b++) m[a][b] += weight * row[a] * row[b];
        }
    }
    return solve3(m, right, c);
}

void line_fit(const CameraSpec *spec, double lens_ahead, double row_spacing, const LineFit *before, CameraFrame *frame)
{
    double c[TERMS] = {-before->offset, -before->heading, before->curvature};
    int good = frame->count >= 4, within = 0, dashes = 0;
    for (int k = 0; k < PASSES && good; k++)
        good = pass(spec, lens_ahead, 0.5 * row_spacing, lens_ahead + first_reach + reach_step * k, frame, c);
    for (int i = 0; i < frame->count; i++) {
        const CameraMark *mark = &frame->marks[i];
        if (mark->bar) continue;
        dashes++;
        within += __builtin_fabs(residual(mark, c, 0.5 * row_spacing)) < 3.0 * deviation(spec, lens_ahead, mark);
    }
    int in_view = dashes + frame->missed;
    frame->fit = (LineFit){.offset = good ? -c[0] : before->offset,
                           .heading = good ? -c[1] : before->heading,
                           .curvature = good ? c[2] : before->curvature,
                           .confidence = good && in_view > 0 ? (double)within / in_view : 0.0};
}
