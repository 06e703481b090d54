/* Sections of a scenario whose values are texts of the language: events, faults, expectations. sim/io compiles them. */
#pragma once
#include <stdint.h>
#include "sim/base/limits.h"

enum { SCENARIO_TEXT_MAX = 512 };

typedef struct EventSpec { /* [event.NAME] */
    char name[ART_NAME_MAX];
    double at;                      /* s; negative = by `when` */
    char when[SCENARIO_TEXT_MAX];   /* "chainage_m > 1200 & speed_mps > 8" */
    char then[SCENARIO_TEXT_MAX];   /* "weather.friction -> 0.45 over 5 s" */
    int32_t once;
} EventSpec;

typedef struct FaultSpec { /* [fault.NAME]; compiled by sim/io/fault_text.c */
    char name[ART_NAME_MAX];
    int32_t train;            /* from 1 */
    char unit[ART_NAME_MAX];  /* "camera.1" */
    char kind[ART_NAME_MAX];  /* "freeze" */
    double at;                /* s; negative = by `when` */
    char when[SCENARIO_TEXT_MAX];
    double duration;          /* s; negative = to the end */
    char onset[ART_NAME_MAX]; /* "step" or "ramp 2 s" */
    char value[ART_NAME_MAX]; /* with a unit, or empty for the kind's own */
    double from, to;          /* m of chainage */
} FaultSpec;

typedef enum ExpectOp { EXPECT_OP_LE, EXPECT_OP_GE, EXPECT_OP_EQ, EXPECT_OP_LT, EXPECT_OP_GT } ExpectOp;
typedef enum ExpectWindow {
    EXPECT_ALWAYS, EXPECT_EVENTUALLY, EXPECT_NEVER, EXPECT_AT, EXPECT_DURING, EXPECT_END
} ExpectWindow;
typedef struct ExpectSpec { /* [expect.NAME] */
    char name[ART_NAME_MAX];
    char signal[ART_NAME_MAX];      /* a metric or a signal of the catalogue */
    int32_t op;                     /* ExpectOp */
    char limit[ART_NAME_MAX];       /* number with a unit that fits the signal's */
    char acceptable[ART_NAME_MAX];  /* the same, or empty */
    int32_t window;                 /* ExpectWindow; metrics are read at the end */
    char when[SCENARIO_TEXT_MAX];
    double at;                      /* s, for window = at */
    int32_t unexercised;            /* 0 fails, 1 ok */
} ExpectSpec;
