/* The error-state Kalman filter of one end module: a moment of it, how it goes on, and scalar corrections. */
#pragma once
#include "sim/base/param.h"
#include "sim/route/path.h"

typedef struct EstimatorSpec { /* [estimator] */
    double start_error;        /* m, standard deviation of the position at switch-on */
    double slip_walk;          /* per square root of second */
    double heading_walk;       /* rad per square root of second */
    double lateral_walk;       /* m per metre and square root of second */
    double bias_walk;          /* rad/s per square root of second */
    double gate;               /* innovations beyond this many standard deviations are refused */
    double tilt_deviation; /* rad, of the body's roll that the picture is not corrected by, as the filter takes it */
    double map_deviation; /* m, of the map against the satellites, as the filter takes it */
    double bound_share;   /* protection level: this many standard deviations, ... */
    double bound_floor;   /* ... and m for what no filter sees: mounting, paint beside its design */
} EstimatorSpec;

/* Errors that a filter estimates; the last is that of the place along the path. */
enum {
    FILTER_LATERAL,
    FILTER_HEADING,
    FILTER_GYRO_BIAS,
    FILTER_SLIP_BIAS,
    FILTER_SCALE,
    FILTER_STATES,
    FILTER_ALONG = FILTER_STATES,
    FILTER_ERRORS
};

/* One moment of a filter, kept so that a late frame can be applied at its exposure and the inputs replayed. */
typedef struct FilterMoment {
    double x[FILTER_STATES];                /* m, rad, rad/s, -, - */
    double u;                               /* m, foot of the module's CG on the path */
    double p[FILTER_ERRORS][FILTER_ERRORS]; /* covariance */
} FilterMoment;

typedef struct FilterInput {
    double speed;  /* m/s, body axis, in the direction of travel, before the scale */
    double gyro;   /* rad/s */
    double course; /* tangent of the course angle at the CG by steer and expected slip angles */
} FilterInput;

#define FILTER_STANDSTILL 0.02 /* m/s: below it the gyro's reading is its bias, not a turn */

void filter_predict_state(const Path *path, const FilterInput *input, double dt, FilterMoment *m);
void filter_predict(const EstimatorSpec *spec, const Path *path, const FilterInput *input, double dt, FilterMoment *m);
/* A scalar measurement by the errors that it sees: their part in the innovation. */
typedef struct FilterSight {
    double lateral, heading, along;
} FilterSight;
/* Innovation = sight times errors + noise. Returns 0 when the gate refuses it. */
int filter_correct(FilterMoment *m, const FilterSight *sight, double innovation, double variance, double gate);
/* Rates of lateral offset and heading error, m/s and rad/s. */
void filter_rates(const FilterMoment *m, const FilterInput *input, const Path *path, double *lateral_rate,
                  double *heading_rate);
