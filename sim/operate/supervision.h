/* What a train notices about its own faults: simple monitors on what its computers read and send, and on what units report
   of themselves. What it does then is degraded.h's. Nothing here knows of faults; one that no monitor sees stays unseen. */
#pragma once
#include "sim/base/hash.h"
#include "sim/base/param.h"
#include "sim/sense/estimator.h"

typedef enum Alarm {
    ALARM_STEERING,    /* an axle does not follow its command; member: axle */
    ALARM_CAMERA,      /* a camera shows nothing, or the same picture, while the train moves; member: camera */
    ALARM_WHEEL_SPEED, /* a wheel turns faster or slower than the others; member: axle */
    ALARM_YAW,         /* two gyros and the hinge between them contradict each other; member: hinge */
    ALARM_COMMANDS,    /* no fresh steer command arrives */
    ALARM_BRAKE,       /* much less deceleration than demanded */
    ALARM_OFF_TRACK,   /* far beside the track by the train's own estimate */
    ALARM_DOOR,        /* a door does not report closed */
    ALARM_GNSS,        /* no satellite position arrives; member: receiver */
    ALARM_BRAKE_UNIT,  /* an axle's brake has not the pressure that was asked for; member: axle */
    ALARM_OBSTACLE_SENSOR, /* its self-test fails */
    ALARM_RADIO,       /* the control centre is not heard */
    ALARM_KINDS
} Alarm;
extern const char *const alarm_names[]; /* null-terminated */

enum { ALARM_MEMBERS_MAX = ART_AXLES_MAX };

typedef struct SupervisionSpec { /* [supervision] */
    int32_t enabled;
    double steer_error, steer_time; /* rad, s */
    double camera_time;             /* s */
    double wheel_error, wheel_time; /* relative beside 0.3 m/s, s */
    double yaw_error;               /* rad */
    double command_time;            /* s */
    double brake_shortfall;         /* part of the demanded deceleration */
    double off_track;               /* m */
    double gnss_time, radio_time;   /* s */
    double brake_unit_error;        /* of full service */
} SupervisionSpec;
extern const ParamTable supervision_table;

typedef struct SupervisionState {
    double timers[ALARM_KINDS][ALARM_MEMBERS_MAX];  /* s that a member has looked wrong */
    int32_t raised[ALARM_KINDS][ALARM_MEMBERS_MAX]; /* 1: latched */
    int32_t any;                                    /* 1: some alarm is raised */
    double steer_model[ART_AXLES_MAX];              /* rad, where the axle should be */
    int64_t last_messages;
    double last_hinge[ART_HINGES_MAX], yaw_gap[ART_HINGES_MAX]; /* rad */
    double last_mark[SENSE_CAMERAS_MAX];                        /* m, of the last picture */
    int32_t same_pictures[SENSE_CAMERAS_MAX];
} SupervisionState;

typedef struct SupervisionInput {
    const SupervisionSpec *spec;
    const TrainModel *model;
    const SensorReadings *readings;
    const Camera *cameras;                  /* SENSE_CAMERAS_MAX */
    int32_t marks_ahead[SENSE_CAMERAS_MAX]; /* 1: by the map there are marks in its sight */
    const double *steer;                    /* rad, commands as the actuators received them, plant order */
    int64_t messages;                       /* that arrived there since the start, each with a number of its own */
    double speed;                           /* m/s, estimated, in the direction of travel */
    double accel, slope;                    /* m/s2: estimated; against the direction of travel by the map */
    double brake_demand;                    /* m/s2 */
    double lateral;                         /* m, estimated, of the leading module */
    int32_t sliding;                        /* 1: the wheels lock or spin and are not judged */
    int32_t door_waits;                     /* 1: the doors were told to close and have not */
    int32_t gnss_silent[SENSE_CAMERAS_MAX]; /* 1: this receiver gave no position in this cycle, though it should */
    double brake_gap[ART_AXLES_MAX];        /* of full service: pressure of an axle's brake beside what was asked for */
    int32_t obstacle_dead, radio_silent;    /* 1: the sensor's self-test fails; nothing was heard in this cycle */
    double cycle;                           /* s */
} SupervisionInput;

typedef struct AlarmEvent {
    Alarm alarm;
    int32_t member;
} AlarmEvent;

/* The healthy train at rest. */
void supervision_start(const SupervisionInput *input, SupervisionState *state);
/* One cycle; fills at most `room` alarms that were raised in it, returns how many. */
int supervision_cycle(const SupervisionInput *input, SupervisionState *state, AlarmEvent *events, int room);
/* How many members have this alarm. */
int supervision_raised(const SupervisionState *state, Alarm alarm);
void supervision_hash(const SupervisionState *state, Hash *hash);
