/* Where the train believes it is: one filter at each end of the train, each fed by the camera of its end, the gyro of
   its module, odometry and the steer angles. Everything is relative to the path of the on-board map. */
#pragma once
#include "sim/sense/filter.h"
#include "sim/sense/sensor.h"
#include "sim/sense/source_health.h"
#include "sim/train/travel.h"

enum { ESTIMATOR_HISTORY = 32 }; /* cycles of 10 ms kept for frames that arrive late */
#define ESTIMATOR_CYCLE 0.01     /* s */

extern const ParamTable estimator_table;

/* The pose of one end module along the path: lateral offset and heading error of its CG. */
typedef struct EndFilter {
    FilterMoment now;
    FilterInput input;
    FilterMoment past[ESTIMATOR_HISTORY];      /* by cycle number */
    FilterInput past_input[ESTIMATOR_HISTORY]; /* that led from that moment to the next */
    int64_t frames, marks_used, marks_refused;
    int64_t last_seen; /* tick of the last frame that gave a mark */
    int64_t cycles;    /* since it was started */
    CameraMark last_mark; /* the first one of the last frame */
} EndFilter;

/* The speed that accelerometers carry on, held to the wheels while they roll. */
typedef struct CarriedSpeed {
    double speed;        /* m/s, in the direction of travel */
    double wheels, rate; /* of the cycle before, m/s; its change, low-passed, m/s2 */
    double sliding;      /* s since the wheels locked or spun; 0: they roll */
    double doubt;        /* s for which wheels at rest prove nothing: they came to it faster than a train does */
} CarriedSpeed;

typedef struct EstimatorState {
    EndFilter end[2]; /* [0] leading, [1] trailing module; the same place for a one-module train */
    SourceHealth health[SOURCES];
    int64_t cycle;    /* number of the next cycle */
    double speed;     /* m/s along the path, in the direction of travel */
    double accel;     /* m/s2, in the direction of travel */
    CarriedSpeed carried;
} EstimatorState;

typedef struct EstimatorInput {
    int64_t tick;
    double step;
    const EstimatorSpec *spec;
    const CameraSpec *cameras;
    const TravelView *view;
    const TrainModel *model;
    const TrackMap *map;
    const SensorReadings *readings;
    const Camera *camera;        /* SENSE_CAMERAS_MAX of them, by cab */
    const Gnss *gnss; /* as many, by cab */
    const double *expected_slip; /* rad, by plant axle: course = steer - slip; from the guidance's forces */
} EstimatorInput;

/* Starts both filters at the given path coordinates (m, feet of the end modules' CGs), lateral 0, heading 0. */
void estimator_start(const EstimatorInput *input, double u_lead, double u_trail, EstimatorState *state);
/* Carries the state over a reversal: the trailing end leads now, on another path. */
void estimator_reverse(const EstimatorInput *input, const Path *old_path, EstimatorState *state);
/* One cycle of 10 ms: predict, then apply any frame that has arrived. */
void estimator_cycle(const EstimatorInput *input, EstimatorState *state);
/* Rates of lateral offset and heading error of an end, m/s and rad/s. */
void estimator_rates(const EndFilter *filter, const Path *path, double *lateral_rate, double *heading_rate);
/* What an end's filter claims of the point `reach` m ahead of its CG: standard deviation across, and protection level,
   m. */
double estimator_deviation(const EndFilter *filter, double reach);
double estimator_bound(const EstimatorSpec *spec, const EndFilter *filter, double reach);
