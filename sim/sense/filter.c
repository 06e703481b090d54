/* State: lateral offset e, heading error psi, gyro bias b, slip bias s, odometry's scale c, place u; inputs v (odometry),
   r (gyro), t (tangent of the course at the CG by the steer angles):
       u'   = w (cos psi - (t + s) sin psi) / (1 - kappa e),  w = v (1 + c)
       e'   = w (sin psi + (t + s) cos psi)
       psi' = r - b - kappa u'
   Covariance by F = 1 + dt J with J to first order in psi and e. Place and heading belong together: on a curve of 15 m a
   metre along is 67 mrad of heading, and filters that keep them apart drive each other. Only what is not zero in J is
   multiplied, two columns or rows of P at a time. */
#include "sim/sense/filter.h"
#include "sim/base/elementary.h"
#include "sim/base/real.h"

enum { PAIR = 2 };
_Static_assert(FILTER_ERRORS % PAIR == 0, "rows and columns are read in blocks");

typedef double Covariance[FILTER_ERRORS][FILTER_ERRORS];

static RealPair column_load(Covariance p, int row, int column)
{
    return (RealPair){p[row][column], p[row + 1][column]};
}

static void column_store(Covariance p, int row, int column, RealPair x)
{
    for (int i = 0; i < PAIR; i++) p[row + i][column] = x[i];
}

static const double slip_limit = 0.02;   /* the slip bias is a property of the road: bounded while no paint is seen */
static const double along_walk = 2.5e-5; /* m2 a metre */
static const double scale_walk = 1e-10;  /* a metre */

static int moves(const FilterInput *input)
{
    return __builtin_fabs(input->speed) > FILTER_STANDSTILL;
}

void filter_rates(const FilterMoment *m, const FilterInput *input, const Path *path, double *lateral_rate,
                  double *heading_rate)
{
    double sine, cosine, kappa = path_curvature_at(path, m->u);
    double v = input->speed * (1.0 + m->x[FILTER_SCALE]), vy = v * (input->course + m->x[FILTER_SLIP_BIAS]);
    art_sincos(m->x[FILTER_HEADING], &sine, &cosine);
    double u_rate = (v * cosine - vy * sine) / (1.0 - kappa * m->x[FILTER_LATERAL]);
    *lateral_rate = v * sine + vy * cosine;
    *heading_rate = input->gyro - m->x[FILTER_GYRO_BIAS] - kappa * u_rate;
}

/* The state a time dt on, with the path's curvature at its place. */
static void go_on(double kappa, const FilterInput *input, double dt, FilterMoment *m)
{
    double sine, cosine;
    double v = input->speed * (1.0 + m->x[FILTER_SCALE]), vy = v * (input->course + m->x[FILTER_SLIP_BIAS]);
    art_sincos(m->x[FILTER_HEADING], &sine, &cosine);
    double u_rate = (v * cosine - vy * sine) / (1.0 - kappa * m->x[FILTER_LATERAL]);
    double turn = moves(input) ? input->gyro - m->x[FILTER_GYRO_BIAS] - kappa * u_rate : 0.0;
    m->u += dt * u_rate;
    m->x[FILTER_LATERAL] += dt * (v * sine + vy * cosine);
    m->x[FILTER_HEADING] += dt * turn;
}

void filter_predict_state(const Path *path, const FilterInput *input, double dt, FilterMoment *m)
{
    go_on(path_curvature_at(path, m->u), input, dt, m);
}

/* What is not zero in dt J. */
typedef struct Jacobian {
    double lateral_heading, lateral_scale; /* the slip bias counts as the heading does */
    double heading_lateral, heading_heading, heading_gyro, heading_scale, heading_along;
    double along_lateral, along_heading, along_scale;
} Jacobian;

static Jacobian jacobian(const Path *path, double kappa, const FilterInput *input, double dt, double u)
{
    double v = input->speed * dt, t = input->course, turning = moves(input) ? 1.0 : 0.0;
    double bend = path_curvature_at(path, u + 0.5) - path_curvature_at(path, u - 0.5);
    return (Jacobian){.lateral_heading = v,
                      .lateral_scale = v * t,
                      .heading_lateral = -turning * kappa * (v * kappa),
                      .heading_heading = -turning * kappa * (-v * t),
                      .heading_gyro = -turning * dt,
                      .heading_scale = -turning * kappa * v,
                      .heading_along = -turning * v * bend,
                      .along_lateral = v * kappa,
                      .along_heading = -v * t,
                      .along_scale = v};
}

/* dt J times a column of P. */
typedef struct Change {
    RealPair lateral, heading, along;
} Change;

static inline Change change(const Jacobian *j, const RealPair x[FILTER_ERRORS])
{
    return (Change){
        .lateral = j->lateral_heading * x[FILTER_HEADING] + j->lateral_heading * x[FILTER_SLIP_BIAS] +
                   j->lateral_scale * x[FILTER_SCALE],
        .heading = j->heading_lateral * x[FILTER_LATERAL] + j->heading_heading * x[FILTER_HEADING] +
                   j->heading_gyro * x[FILTER_GYRO_BIAS] + j->heading_scale * x[FILTER_SCALE] +
                   j->heading_along * x[FILTER_ALONG],
        .along = j->along_lateral * x[FILTER_LATERAL] + j->along_heading * x[FILTER_HEADING] +
                 j->along_scale * x[FILTER_SCALE]};
}

/* P = F P F', the rows of F P first and then its columns. */
static void spread(const Jacobian *j, Covariance p)
{
    RealPair x[FILTER_ERRORS];
    for (int k = 0; k < FILTER_ERRORS; k += PAIR) {
        for (int i = 0; i < FILTER_ERRORS; i++) x[i] = pair_load(&p[i][k]);
        Change more = change(j, x);
        pair_store(&p[FILTER_LATERAL][k], x[FILTER_LATERAL] + more.lateral);
        pair_store(&p[FILTER_HEADING][k], x[FILTER_HEADING] + more.heading);
        pair_store(&p[FILTER_ALONG][k], x[FILTER_ALONG] + more.along);
    }
    for (int k = 0; k < FILTER_ERRORS; k += PAIR) {
        for (int i = 0; i < FILTER_ERRORS; i++) x[i] = column_load(p, k, i);
        Change more = change(j, x);
        column_store(p, k, FILTER_LATERAL, x[FILTER_LATERAL] + more.lateral);
        column_store(p, k, FILTER_HEADING, x[FILTER_HEADING] + more.heading);
        column_store(p, k, FILTER_ALONG, x[FILTER_ALONG] + more.along);
    }
}

void filter_predict(const EstimatorSpec *spec, const Path *path, const FilterInput *input, double dt, FilterMoment *m)
{
    double kappa = path_curvature_at(path, m->u);
    Jacobian j = jacobian(path, kappa, input, dt, m->u);
    spread(&j, m->p);
    double lateral = spec->lateral_walk * input->speed, share = moves(input) ? dt : 0.0;
    double travelled = __builtin_fabs(input->speed) * dt;
    m->p[FILTER_LATERAL][FILTER_LATERAL] += share * lateral * lateral;
    m->p[FILTER_HEADING][FILTER_HEADING] += share * spec->heading_walk * spec->heading_walk;
    m->p[FILTER_GYRO_BIAS][FILTER_GYRO_BIAS] += dt * spec->bias_walk * spec->bias_walk;
    m->p[FILTER_SLIP_BIAS][FILTER_SLIP_BIAS] += share * spec->slip_walk * spec->slip_walk;
    m->p[FILTER_SCALE][FILTER_SCALE] += travelled * scale_walk;
    m->p[FILTER_ALONG][FILTER_ALONG] += travelled * along_walk;
    if (m->p[FILTER_SLIP_BIAS][FILTER_SLIP_BIAS] > slip_limit * slip_limit)
        m->p[FILTER_SLIP_BIAS][FILTER_SLIP_BIAS] = slip_limit * slip_limit;
    go_on(kappa, input, dt, m);
}

int filter_correct(FilterMoment *m, const FilterSight *sight, double innovation, double variance, double gate)
{
    double ph[FILTER_ERRORS];
    for (int i = 0; i < FILTER_ERRORS; i += PAIR) {
        pair_store(ph + i, column_load(m->p, i, FILTER_LATERAL) * sight->lateral +
                              column_load(m->p, i, FILTER_HEADING) * sight->heading +
                              column_load(m->p, i, FILTER_ALONG) * sight->along);
    }
    double s = variance + sight->lateral * ph[FILTER_LATERAL] + sight->heading * ph[FILTER_HEADING] +
               sight->along * ph[FILTER_ALONG];
    if (innovation * innovation > gate * gate * s) return 0;
    double share = 1.0 / s;
    RealPair column[FILTER_ERRORS / PAIR];
    for (int k = 0; k < FILTER_ERRORS / PAIR; k++) column[k] = pair_load(ph + PAIR * k);
    for (int i = 0; i < FILTER_ERRORS; i++) {
        double gain = ph[i] * share;
        if (i == FILTER_ALONG) m->u += gain * innovation;
        else m->x[i] += gain * innovation;
        for (int k = 0; k < FILTER_ERRORS / PAIR; k++) {
            double *at = &m->p[i][PAIR * k];
            pair_store(at, pair_load(at) - gain * column[k]);
        }
    }
    return 1;
}
