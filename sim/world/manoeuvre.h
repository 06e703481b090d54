/* Standard manoeuvres of vehicle dynamics on the endless plane: [manoeuvre] becomes a drive profile, steer angle against
   time for every steered axle, as a CSV file would give it. The monitor knows what to measure by the plan. */
#pragma once
#include "sim/base/check.h"
#include "sim/base/param.h"
#include "sim/train/model.h"
#include "sim/world/profile.h"

typedef enum ManoeuvreKind {
    MANOEUVRE_NONE,
    MANOEUVRE_STEADY_CIRCLE, /* steer rises to its amplitude and stays */
    MANOEUVRE_STEP_STEER,    /* the same, fast: ISO 7401 */
    MANOEUVRE_RAMP_STEER,    /* steer rises without end at amplitude / rise */
    MANOEUVRE_PULSE,         /* half a sine: ISO 14791, yaw damping */
    MANOEUVRE_LANE_CHANGE,   /* one sine: ISO 14791, rearward amplification */
    MANOEUVRE_RANDOM,        /* sines of random phases: ISO 14791, random input */
    MANOEUVRE_TURN,          /* the first axle drives straight, an arc, straight */
    MANOEUVRE_RING, /* the first axle drives straight, then a circle in which the outermost corner has `radius` */
    MANOEUVRE_BRAKE /* straight, then the brake */
} ManoeuvreKind;

typedef enum ManoeuvreAxles { MANOEUVRE_FOLLOW, MANOEUVRE_FIRST } ManoeuvreAxles;
typedef enum ManoeuvreBrake { MANOEUVRE_EMERGENCY, MANOEUVRE_FULL_SERVICE, MANOEUVRE_SERVICE } ManoeuvreBrake;

typedef struct ManoeuvreSpec {             /* [manoeuvre] */
    int32_t kind, direction, axles, brake; /* ManoeuvreKind, TurnSide, ManoeuvreAxles, ManoeuvreBrake */
    double start;                          /* s */
    double steer;                          /* rad, of the first steered axle; 0 = from accel */
    double accel;                         /* m/s2, lateral, for which the steer angle is that of a train without slip */
    double rise;                          /* s */
    double frequency;                     /* Hz */
    double radius;                        /* m */
    double angle;                         /* rad */
    double friction_left, friction_right; /* factors on the road's friction under each side's wheels */
} ManoeuvreSpec;

extern const ParamTable manoeuvre_table;
enum { MANOEUVRE_TONES_MAX = 16 };
#define MANOEUVRE_TONE 0.1 /* Hz, spacing of the random input's sines: it repeats after 10 s */

/* Path of the first axle for turns and rings, from where that axle starts, along the train's heading there. */
typedef struct ManoeuvrePath {
    double run_in, radius, angle, side; /* m, m, rad, 1 left or -1 right */
} ManoeuvrePath;

/* A point of the path and its course, or the place of a point beside it. */
typedef struct ManoeuvrePoint {
    double x, y, course;
} ManoeuvrePoint;
typedef struct ManoeuvreFoot {
    double station, lateral; /* m along the path, m to its left */
} ManoeuvreFoot;

/* What the monitor has to know; constant. */
typedef struct ManoeuvrePlan {
    int32_t kind;
    int32_t axle;            /* the first steered one */
    double speed;            /* m/s, held */
    double steer;            /* rad, amplitude at that axle, signed */
    double yaw_rate;         /* rad/s, of a train without slip at that steer angle, signed */
    double start, input_end; /* s; the last axle's input is over */
    int32_t tones;           /* of the random input */
    ManoeuvrePath path;
} ManoeuvrePlan;

/* Complains of manoeuvres that this vehicle cannot do or that have no time. `speed` m/s, `duration` s. */
void manoeuvre_check(const ManoeuvreSpec *spec, const TrainModel *model, double speed, double duration,
                     Complaints *complaints);
/* Numbers of memory that the profile of a manoeuvre needs. */
size_t manoeuvre_need(const ManoeuvreSpec *spec, const TrainModel *model, double duration);
void manoeuvre_build(const ManoeuvreSpec *spec, const TrainModel *model, double speed, double duration, int32_t seed,
                     double *memory, Profile *profile, ManoeuvrePlan *plan);

/* Parts (manoeuvre_path.c). */
ManoeuvrePoint manoeuvre_path_at(const ManoeuvrePath *path, double station);
/* The foot of a point, the one nearest to the station `near`: a ring goes round more than once. */
ManoeuvreFoot manoeuvre_path_foot(const ManoeuvrePath *path, double x, double y, double near);
/* Path of the first axle, `axle`, so that the outermost front corner has the radius on a ring; 0 radius: impossible. */
double manoeuvre_ring_radius(const TrainModel *model, int axle, double outer);
/* Steer angles of every axle that lead the train along the path, row by row; `values` as in Profile. */
void manoeuvre_path_profile(const TrainModel *model, const ManoeuvrePlan *plan, double raster, Profile *profile,
                            double *values);
/* x of the point of a module that does not move sideways: its unsteered axles, else its last axle; and whether the latter. */
double manoeuvre_rear(const TrainModel *model, int module, int *steered);
