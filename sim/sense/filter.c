/* State: lateral offset e, heading error psi, gyro bias b, slip bias s, odometry's scale c, place u; inputs v (odometry),
   r (gyro), t (tangent of the course at the CG by the steer angles):
       u'   = w (cos psi - (t + s) sin psi) / (1 - kappa e),  w = v (1 + c)
       e'   = w (sin psi + (t + s) cos psi)
       psi' = r - b - kappa u'
   Covariance by F = 1 + dt J with J to first order in psi and e. Place and heading belong together: on a curve of 15 m a
   metre along is 67 mrad of heading, and filters that keep them apart drive each other. */
#include "sim/sense/filter.h"
#include "sim/base/elementary.h"
#include <string.h>

enum { ROWS = 3 }; /* of J that are not zero */
static const int changed[ROWS] = {FILTER_LATERAL, FILTER_HEADING, FILTER_ALONG};

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

void filter_predict_state(const Path *path, const FilterInput *input, double dt, FilterMoment *m)
{
    double sine, cosine, kappa = path_curvature_at(path, m->u);
    double v = input->speed * (1.0 + m->x[FILTER_SCALE]), vy = v * (input->course + m->x[FILTER_SLIP_BIAS]);
    art_sincos(m->x[FILTER_HEADING], &sine, &cosine);
    double u_rate = (v * cosine - vy * sine) / (1.0 - kappa * m->x[FILTER_LATERAL]);
    double turn = moves(input) ? input->gyro - m->x[FILTER_GYRO_BIAS] - kappa * u_rate : 0.0;
    m->u += dt * u_rate;
    m->x[FILTER_LATERAL] += dt * (v * sine + vy * cosine);
    m->x[FILTER_HEADING] += dt * turn;
}

/* dt J, rows in the order of `changed`. */
static void jacobian(const Path *path, const FilterInput *input, double dt, const FilterMoment *m,
                     double row[ROWS][FILTER_ERRORS])
{
    double v = input->speed * dt, t = input->course, kappa = path_curvature_at(path, m->u);
    double bend = path_curvature_at(path, m->u + 0.5) - path_curvature_at(path, m->u - 0.5);
    double turning = moves(input) ? 1.0 : 0.0;
    memset(row, 0, ROWS * sizeof row[0]);
    row[0][FILTER_HEADING] = row[0][FILTER_SLIP_BIAS] = v;
    row[0][FILTER_SCALE] = v * t;
    row[2][FILTER_LATERAL] = v * kappa;
    row[2][FILTER_HEADING] = -v * t;
    row[2][FILTER_SCALE] = v;
    for (int j = 0; j < FILTER_ERRORS; j++) row[1][j] = -turning * kappa * row[2][j];
    row[1][FILTER_GYRO_BIAS] = -turning * dt;
    row[1][FILTER_ALONG] = -turning * v * bend;
}

/* P = F P F', the rows of F P first and then its columns. */
static void spread(double row[ROWS][FILTER_ERRORS], double p[FILTER_ERRORS][FILTER_ERRORS])
{
    double more[ROWS][FILTER_ERRORS];
    for (int k = 0; k < ROWS; k++)
        for (int j = 0; j < FILTER_ERRORS; j++) {
            more[k][j] = 0.0;
            for (int i = 0; i < FILTER_ERRORS; i++) more[k][j] += row[k][i] * p[i][j];
        }
    for (int k = 0; k < ROWS; k++)
        for (int j = 0; j < FILTER_ERRORS; j++) p[changed[k]][j] += more[k][j];
    for (int i = 0; i < FILTER_ERRORS; i++) {
        double sum[ROWS] = {0};
        for (int k = 0; k < ROWS; k++)
            for (int j = 0; j < FILTER_ERRORS; j++) sum[k] += row[k][j] * p[i][j];
        for (int k = 0; k < ROWS; k++) p[i][changed[k]] += sum[k];
    }
}

void filter_predict(const EstimatorSpec *spec, const Path *path, const FilterInput *input, double dt, FilterMoment *m)
{
    double row[ROWS][FILTER_ERRORS];
    jacobian(path, input, dt, m, row);
    spread(row, m->p);
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
    filter_predict_state(path, input, dt, m);
}

int filter_correct(FilterMoment *m, const double h[FILTER_ERRORS], double innovation, double variance, double gate)
{
    double ph[FILTER_ERRORS], s = variance;
    for (int i = 0; i < FILTER_ERRORS; i++) {
        ph[i] = 0.0;
        for (int j = 0; j < FILTER_ERRORS; j++) ph[i] += m->p[i][j] * h[j];
    }
    for (int i = 0; i < FILTER_ERRORS; i++) s += h[i] * ph[i];
    if (innovation * innovation > gate * gate * s) return 0;
    double share = 1.0 / s;
    for (int i = 0; i < FILTER_ERRORS; i++) {
        double gain = ph[i] * share;
        if (i == FILTER_ALONG) m->u += gain * innovation;
        else m->x[i] += gain * innovation;
        for (int j = 0; j < FILTER_ERRORS; j++) m->p[i][j] -= gain * ph[j];
    }
    return 1;
}
