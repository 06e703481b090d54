/* Robust line through the dashes of a frame: y = c0 + c1 x + c2 x^2 / 2 +- half the row spacing, x from the module's CG,
   each dash counted to the row that the last pass puts it nearer to; weights w = 1 / (1 + (r / 3 sigma)^2)^2 (Cauchy's,
   squared), sigma growing with the range. A line is found in passes that reach further each time, so that a bent one does not
   change rows, and followed from frame to frame in two over all that is in view; two dashes at a time. Confidence is the
   share of what was in view that lies within three sigma of the line. Ignored: the change of curvature within view, so that
   a fit across a clothoid is worse. */
#include "sim/sense/line_fit.h"
#include "sim/base/real.h"

enum { FIND_PASSES = 5, FOLLOW_PASSES = 2, TERMS = 3, SUMS = 9, PAIR = 2 };
static const double first_reach = 8.0, reach_step = 5.0; /* m beyond the lens, while it is found */

/* Sums of a pass, by name: m01 of weight x^0 x^1, r of weight times what is seen. */
enum { M00, M01, M02, M11, M12, M22, R0, R1, R2 };

/* The dashes of a frame, and what no pass changes of them; those past the last one weigh nothing. */
typedef struct Dashes {
    int count;
    double x[CAMERA_MARKS_MAX], y[CAMERA_MARKS_MAX];
    double bend[CAMERA_MARKS_MAX];  /* x^2/2 */
    double wide[CAMERA_MARKS_MAX];  /* 1/(3 sigma) */
    double firm[CAMERA_MARKS_MAX];  /* 1/sigma^2 */
} Dashes;

_Static_assert(CAMERA_MARKS_MAX % PAIR == 0, "dashes are read in blocks");

static Dashes gather(const CameraSpec *spec, double lens_ahead, const CameraFrame *frame)
{
    Dashes dashes;
    int n = 0;
    for (int i = 0; i < frame->count; i++) {
        const CameraMark *mark = &frame->marks[i];
        if (mark->bar) continue;
        double range = mark->x - lens_ahead;
        double narrow = 1.0 / (0.01 + spec->lateral_noise / 5.0 * (range > 0.0 ? range : 0.0));
        dashes.x[n] = mark->x;
        dashes.y[n] = mark->y;
        dashes.bend[n] = 0.5 * mark->x * mark->x;
        dashes.wide[n] = narrow * (1.0 / 3.0);
        dashes.firm[n++] = narrow * narrow;
    }
    dashes.count = n;
    for (; n % PAIR != 0; n++) dashes.x[n] = dashes.y[n] = dashes.bend[n] = dashes.wide[n] = dashes.firm[n] = 0.0;
    return dashes;
}

/* Solves the normal equations of three unknowns by Cramer's rule. Returns 0 when they are singular. */
static int solve(const double *s, double *c)
{
    double a = s[M11] * s[M22] - s[M12] * s[M12], b = s[M12] * s[M02] - s[M01] * s[M22];
    double d = s[M01] * s[M12] - s[M11] * s[M02], e = s[M01] * s[M02] - s[M00] * s[M12];
    double determinant = s[M00] * a + s[M01] * b + s[M02] * d;
    if (determinant < 1e-12) return 0;
    double scale = 1.0 / determinant;
    c[0] = scale * (a * s[R0] + b * s[R1] + d * s[R2]);
    c[1] = scale * (b * s[R0] + (s[M00] * s[M22] - s[M02] * s[M02]) * s[R1] + e * s[R2]);
    c[2] = scale * (d * s[R0] + e * s[R1] + (s[M00] * s[M11] - s[M01] * s[M01]) * s[R2]);
    return 1;
}

/* Distance across from the nearer row. */
static RealPair residual(RealPair beside, double half)
{
    RealPair left = beside - half, right = beside + half;
    return pair_select(pair_abs(left) < pair_abs(right), left, right);
}

/* One pass. Returns 0 when there is not enough to draw a line through. */
static int pass(const Dashes *dashes, double half, double reach, double *c)
{
    static const double start[SUMS] = {[M00] = 1e-6, [M11] = 1.0, [M22] = 100.0};
    RealPair sum[SUMS] = {0};
    for (int i = 0; i < dashes->count; i += PAIR) {
        if (dashes->x[i] > reach && dashes->x[i + 1] > reach) continue; /* they weigh nothing */
        RealPair x = pair_load(dashes->x + i), bend = pair_load(dashes->bend + i);
        RealPair middle = c[0] + (x * c[1] + bend * c[2]);
        RealPair r = residual(pair_load(dashes->y + i) - middle, half);
        RealPair ratio = r * pair_load(dashes->wide + i), share = 1.0 / (1.0 + ratio * ratio);
        RealPair weight = pair_select(x > reach, (RealPair){0.0, 0.0}, share * share * pair_load(dashes->firm + i));
        RealPair wx = weight * x, wb = weight * bend, seen = middle + r;
        const RealPair term[SUMS] = {weight, wx, wb, wx * x, wx * bend, wb * bend, weight * seen, wx * seen, wb * seen};
        for (int k = 0; k < SUMS; k++) sum[k] += term[k];
    }
    double total[SUMS];
    for (int k = 0; k < SUMS; k++) total[k] = start[k] + (sum[k][0] + sum[k][1]);
    return solve(total, c);
}

/* Dashes within three sigma of the line. */
static int within(const Dashes *dashes, double half, const double *c)
{
    int count = 0;
    for (int i = 0; i < dashes->count; i += PAIR) {
        RealPair middle = c[0] + (pair_load(dashes->x + i) * c[1] + pair_load(dashes->bend + i) * c[2]);
        RealPair ratio = residual(pair_load(dashes->y + i) - middle, half) * pair_load(dashes->wide + i);
        for (int k = 0; k < PAIR; k++) count += i + k < dashes->count && __builtin_fabs(ratio[k]) < 1.0;
    }
    return count;
}

void line_fit(const CameraSpec *spec, double lens_ahead, double row_spacing, const LineFit *before, CameraFrame *frame)
{
    double c[TERMS] = {-before->offset, -before->heading, before->curvature}, half = 0.5 * row_spacing;
    Dashes dashes = gather(spec, lens_ahead, frame);
    int good = frame->count >= 4, in_view = dashes.count + frame->missed;
    int known = before->confidence > 0.0, passes = known ? FOLLOW_PASSES : FIND_PASSES;
    for (int k = 0; k < passes && good; k++) {
        int whole = known || k + 1 == FIND_PASSES;
        good = pass(&dashes, half, whole ? 1e9 : lens_ahead + first_reach + reach_step * k, c);
    }
    frame->fit = (LineFit){.offset = good ? -c[0] : before->offset,
                           .heading = good ? -c[1] : before->heading,
                           .curvature = good ? c[2] : before->curvature,
                           .confidence = good && in_view > 0 ? (double)within(&dashes, half, c) / in_view : 0.0};
}
