/* Guided runs over seeds: a shipped scenario with --set values is compiled once and driven with one seed after another;
   each run gives the figures that the guidance is judged by. */
#pragma once

enum { STUDY_SEEDS_MAX = 200, STUDY_SETS_MAX = 40 };

typedef struct StudyPlan {
    const char *scenario;    /* below scenarios/, as "guidance/r50.ini" */
    const char *const *sets; /* "section.key=value" */
    int set_count;
    double from; /* s: errors count from here on, when the switch-on error is gone */
    double onset;       /* s: what happens in the run begins here; alarms count from then on */
    double onset_place; /* the same as m of chainage that the nose reaches; 0: `onset` counts */
} StudyPlan;

/* Of one run, SI. */
typedef enum StudyFigure {
    STUDY_LEAD_RMS,
    STUDY_LEAD_PEAK, /* m, leading axle to the track */
    STUDY_ANY_RMS,
    STUDY_ANY_PEAK,    /* m, the worst axle to the track */
    STUDY_OFFTRACKING, /* m, the worst later axle to the path of the leading one */
    STUDY_STEADY,      /* m, the same as a mean over the time in which all axles are on one arc */
    STUDY_AMPLIFIED_AXLE,   /* peak lateral acceleration of the last module's CG over that of axle 1 */
    STUDY_AMPLIFIED_MODULE, /* the same over that of the first module's CG */
    STUDY_FLOOR,       /* m, the largest geometric floor of any axle on the path */
    STUDY_DOOR_SPREAD,
    STUDY_DOOR_DEVIATION, /* m: widest less narrowest gap; worst gap from the designed one */
    STUDY_STEER_RATE,     /* rad/s, rms of all axles */
    STUDY_HINGE_FORCE,    /* N, peak */
    STUDY_ACCEL_LATERAL,
    STUDY_JERK,      /* m/s2, m/s3, peaks after the comfort filter */
    STUDY_CLEARANCE, /* m, least room of a body in its lane */
    STUDY_BOUND_KEPT,
    STUDY_BOUND_MEAN, /* share of the time that the protection level holds; its mean, m; of the leading axle */
    STUDY_TRAIL_KEPT,
    STUDY_TRAIL_MEAN, /* the same of the last axle */
    STUDY_ALARM,      /* s from the onset to the first alarm of supervision or estimator; infinite: none */
    STUDY_DISTANCE,   /* m travelled */
    STUDY_ESTIMATE_PEAK,               /* m, of the estimated offset of the leading axle */
    STUDY_COST,                        /* s, a cycle of the guidance on this machine, the best of ten batches */
    STUDY_LOST,       /* 1: the train left its track by more than 2 m, or the run diverged */
    STUDY_FIGURES
} StudyFigure;

typedef struct StudyRun {
    double figure[STUDY_FIGURES];
    double axle_peak[32]; /* m, in the order of travel */
    int axle_count;
} StudyRun;

/* Drives the plan with seeds 1 .. count. Returns the number of runs, 0 with messages on stderr when the scenario has
   mistakes. */
int study_run(const StudyPlan *plan, int count, StudyRun *runs);

typedef struct Spread {
    double median, p95, worst; /* worst: the largest */
} Spread;
Spread study_spread(const StudyRun *runs, int count, StudyFigure figure);
