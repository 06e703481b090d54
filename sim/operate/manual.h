/* Manual driving: what a driver's hands do, as LIVE settings, so that keys in the window are tick-stamped commands and a
   run with them repeats headless. */
#pragma once
#include "sim/base/param.h"

typedef struct ManualControls { /* the LIVE rows of [manual] */
    int32_t drive;       /* 1: a driver drives in place of the ATO */
    double lever;        /* -1 full service brake .. 0 coast .. 1 full traction */
    int32_t hand_steer;  /* 1: the leading axle follows the wheel, the others their trail law */
    double steer;        /* rad, of the leading axle, to the left in the direction of travel */
    int32_t horn, doors; /* doors: 1 asks for those of the platform's side */
} ManualControls;

typedef struct ManualSpec { /* [manual] */
    ManualControls controls; /* at the start */
    double lever_rate;       /* 1/s by which the effort follows the lever */
} ManualSpec;
extern const ParamTable manual_table;

#define MANUAL_LIVE_ROWS(STRUCT, MEMBER, PREFIX)                                                                       \
    PARAM_ROW_CHOICE(STRUCT, MEMBER.drive, PREFIX "drive", param_no_yes, 0, PARAM_LIVE,                                \
                     "a driver drives in place of the ATO", "IEC 62290-1: GoA1"),                                      \
        PARAM_ROW_REAL(STRUCT, MEMBER.lever, PREFIX "lever", "1", 0, -1, 1, PARAM_LIVE,                                \
                       "-1 full service brake, 0 coast, 1 full traction", ""),                                         \
        PARAM_ROW_CHOICE(STRUCT, MEMBER.hand_steer, PREFIX "hand_steer", param_no_yes, 0, PARAM_LIVE,                  \
                         "the leading axle follows the driver's wheel, the others their trail law", ""),               \
        PARAM_ROW_REAL(STRUCT, MEMBER.steer, PREFIX "steer", "deg", 0, -60, 60, PARAM_LIVE,                            \
                       "wanted angle of the leading axle, positive to the left in the direction of travel", ""),       \
        PARAM_ROW_CHOICE(STRUCT, MEMBER.horn, PREFIX "horn", param_no_yes, 0, PARAM_LIVE, "the driver sounds it", ""), \
        PARAM_ROW_CHOICE(STRUCT, MEMBER.doors, PREFIX "doors", param_no_yes, 0, PARAM_LIVE,                            \
                         "the driver wants the doors of the platform's side open; the interlock decides", "")

typedef struct ManualState {
    double lever; /* as followed so far */
} ManualState;

typedef struct ManualInput {
    const ManualSpec *spec;
    double lever;        /* wanted */
    double speed;        /* m/s, estimated */
    double cap;          /* m/s at which the speed limiter acts */
    double traction_max; /* N */
    double brake_max;    /* N, full service */
    double cycle;        /* s */
} ManualInput;

typedef struct ManualEffort {
    double traction, brake; /* N, both >= 0 */
    int32_t hold;           /* 1: stands, and is held there */
} ManualEffort;

ManualEffort manual_cycle(const ManualInput *input, ManualState *state);
