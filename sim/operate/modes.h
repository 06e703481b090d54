/* Grades of automation and modes of operation: who drives, what the train does without a function, and how it comes to its
   minimal-risk state. */
#pragma once
#include "sim/base/rng.h"
#include "sim/operate/degraded.h"
#include "sim/operate/rest.h"

/* IEC 62290-1. */
typedef enum Grade {
    GRADE_ON_SIGHT,   /* GoA0, TOS: a driver on sight, no train protection */
    GRADE_MANUAL,     /* GoA1, NTO: a driver under the ATP */
    GRADE_SEMI,       /* GoA2, STO: the ATO drives, a driver watches from the cab */
    GRADE_DRIVERLESS, /* GoA3, DTO: the ATO drives, an attendant is on board */
    GRADE_UNATTENDED  /* GoA4, UTO: nobody of the staff is on board */
} Grade;
extern const char *const grade_names[]; /* null-terminated */

typedef enum OperationMode {
    OPERATION_AUTOMATIC,    /* the ATO drives, all functions are there */
    OPERATION_DEGRADED,     /* the ATO drives under the cap of a lost function */
    OPERATION_MINIMAL_RISK, /* on its way to its minimal-risk state */
    OPERATION_SAFE_STOP,    /* that state: at rest, parking brake, hazard lights */
    OPERATION_MANUAL,       /* a driver drives under the ATP */
    OPERATION_ON_SIGHT,     /* staff drives on sight: GoA0, or after a minimal-risk stop */
    OPERATION_REMOTE,       /* an operator drives over the radio */
    OPERATION_EMERGENCY,    /* the emergency brake is on */
    OPERATION_TEST,         /* a manoeuvre holds the speed */
    OPERATION_MODES
} OperationMode;
extern const char *const operation_names[]; /* null-terminated */

typedef struct HumanTime {
    double median, late; /* s; late: 95 of 100 are not slower */
} HumanTime;

typedef struct OperationSpec { /* [operation] */
    int32_t grade;             /* Grade */
    double on_sight_speed;     /* m/s */
    double stop_rate;          /* m/s2, the hardest braking of a minimal-risk stop */
    double clear_distance;     /* m that it may go on to clear a junction or a platform */
    double clear_lateral;      /* m: a train further off its track goes on for nothing */
    int32_t recovery;          /* 1: after a minimal-risk stop staff drives on where it can */
    HumanTime departure;       /* GoA2, GoA3: doors closed until the train is told to go */
    HumanTime driver, attendant, operator; /* from rest until they drive on, checks included */
    double sight;              /* m at which a driver sees an obstacle */
    HumanTime obstacle;        /* from there until the driver brakes */
} OperationSpec;
extern const ParamTable operation_table;

typedef struct ModesState {
    int32_t operation;          /* OperationMode */
    int32_t reaction, function; /* Reaction now, Function that asks for it, -1 none */
    uint32_t lost, accepted;    /* a bit a Function: lost; known to the staff that drives on */
    double cap;                 /* m/s, 1e6 none */
    double timer;               /* s since the mode began */
    double quiet;               /* s at rest */
    double rest_u;              /* m, where the nose is to rest; of the manoeuvre */
    double braking;             /* m/s2 of the manoeuvre */
    int32_t astray;             /* 1: it was further off than the manoeuvre bears */
    double staff;               /* s until staff drives on; negative: nobody comes */
    int32_t staffed;            /* 1: staff drives on, on sight */
    double depart;              /* s until the train is told to go */
    int32_t held;               /* 1: the service held it in the last cycle */
    double silent;              /* s without a word from an operator who drives */
} ModesState;

typedef struct ModesInput {
    const OperationSpec *spec;
    const DegradedSpec *degraded;
    uint32_t lost;             /* a bit a Function */
    int32_t test, manual;      /* 1: a manoeuvre holds the speed; a driver drives */
    int32_t remote;            /* 1: an operator drives in place of the ATO */
    int32_t remote_staff;      /* 1: an operator can be called after a stop */
    int32_t remote_silent;     /* 1: no word from an operator */
    double remote_speed, remote_timeout; /* m/s, cap; s */
    int32_t emergency;         /* 1: ATP or stop button brake */
    int32_t held, docked;      /* 1: the service holds the train; for its doors at a platform */
    double nose_u, speed, length;
    double astray;             /* m, of the module that is furthest off its reference pose, estimated */
    double braking, jerk;      /* comfort: m/s2, m/s3 */
    const RestZone *zones;
    int32_t zone_count;
    int64_t tick;
    RngStream stream;
    double cycle;              /* s */
} ModesInput;

void modes_start(const ModesInput *input, ModesState *state);
/* One cycle; returns 1 when the mode of operation changed. */
int32_t modes_cycle(const ModesInput *input, ModesState *state);
/* 1: hazard lights are on. */
int32_t modes_hazard(const ModesState *state);
/* Why it is in its mode: a function's loss, or who took over. */
const char *modes_reason(const ModesState *state);
/* A person's time: log-normal by its median and 95th percentile, s. */
double human_time(const HumanTime *time, RngStream stream, uint64_t tick, uint32_t draw);
/* 1 when someone looks out of the leading cab. */
int32_t modes_eyes(const OperationSpec *spec, int32_t manual, const ModesState *state);
