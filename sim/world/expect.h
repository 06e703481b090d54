/* Expectations: what a scenario claims about its run, each with a signed worst margin and where it was. A metric is
   read at the end; a time signal is watched EXPECT_RATE times a second. Compiled from [expect.*] by
   sim/io/expect_text.c; the compiled list is constant, ExpectState is what changes. Both are plain data. */
#pragma once
#include "sim/world/condition.h"

enum {
    EXPECTATIONS_MAX = 128,
    EXPECT_TALLIES_MAX = 1024,
    EXPECT_PLACES_MAX = 512,
    EXPECT_RATE = 100 /* Hz */
};

typedef enum ExpectWindowKind {
    WINDOW_ALWAYS,     /* at every look while `when` holds */
    WINDOW_EVENTUALLY, /* at one look at least while `when` holds, of every train for which it ever holds */
    WINDOW_NEVER,      /* at no look while `when` holds */
    WINDOW_AT,         /* at the first look at or after a time, if `when` holds there and the train is on the line */
    WINDOW_DURING,     /* as always, and needs a `when` */
    WINDOW_END         /* at the last look */
} ExpectWindowKind;

typedef enum ExpectOf {
    EXPECT_OF_VALUE, EXPECT_OF_ABS,
    EXPECT_OF_MEAN, EXPECT_OF_RMS, EXPECT_OF_RANGE /* over the looks at which `when` held, known at the end */
} ExpectOf;

typedef struct Expectation {
    char name[ART_NAME_MAX];
    char text[ART_NAME_MAX]; /* the signal as written: "mean(axle1_steer_rad)" */
    const char *unit;
    const Metric *metric;    /* one of the two */
    const Signal *signal;
    int32_t train;           /* from 0; SIGNAL_OWN: all, the worst counts */
    int32_t member;          /* SIGNAL_ALL: each member, the worst counts */
    int32_t members;         /* how many there are */
    int32_t tally;           /* of mean, rms and range: index of the first tally, of each member of each train */
    int32_t place, places;   /* index of the first and number of places: of `eventually`, and of a metric with a condition,
                                one a train that is meant; places 0: one extreme does for all trains */
    int32_t of;              /* ExpectOf */
    int32_t op;              /* CompareOp */
    double limit;            /* in the signal's unit */
    double acceptable;       /* stricter than the limit: between the two it is no more than acceptable */
    int32_t has_acceptable;
    int32_t window;          /* ExpectWindowKind */
    Condition when;
    int64_t at_tick;
    int32_t unexercised_ok;
} Expectation;

typedef struct Expectations {
    Expectation items[EXPECTATIONS_MAX];
    int32_t count;
    int32_t watching;     /* 1: a time signal or a condition is among them, so looks before the end are needed */
    int32_t tallies, places; /* in use */
    int64_t look_ticks;   /* between two looks */
} Expectations;

/* The worst (of eventually: the best) so far. */
typedef struct ExpectExtreme {
    double margin, actual, chainage;
    int64_t tick;
    int32_t train; /* from 0 */
    int32_t set;
} ExpectExtreme;

typedef struct ExpectProgress {
    ExpectExtreme extreme;
    int32_t asked; /* of WINDOW_AT: 1 once its look was had */
} ExpectProgress;

/* Of mean, rms and range: of one member of one train, over the looks at which its `when` held. */
typedef struct ExpectTally {
    double sum, square, least, most;
    int64_t looks;
} ExpectTally;

typedef struct ExpectState {
    ExpectProgress items[EXPECTATIONS_MAX];
    ExpectTally tallies[EXPECT_TALLIES_MAX];
    ExpectExtreme places[EXPECT_PLACES_MAX];
} ExpectState;

typedef enum ExpectVerdict { VERDICT_PASS, VERDICT_ACCEPTABLE, VERDICT_FAIL, VERDICT_UNEXERCISED } ExpectVerdict;
extern const char *const expect_verdict_names[]; /* null-terminated */

typedef struct ExpectResult {
    int32_t verdict; /* ExpectVerdict */
    int32_t failed;  /* 1: counts against the run; an unexercised one may be allowed */
    int32_t measured; /* 0: there is no actual value */
    double actual, margin; /* in the signal's unit; margin < 0 is a failure */
    int64_t tick;    /* -1: of the whole run */
    int32_t train;   /* from 0 */
    double chainage; /* m */
} ExpectResult;

void expect_init(const Expectations *expectations, ExpectState *state);
/* 1 at the ticks at which expect_look wants a sample. */
int expect_due(const Expectations *expectations, int64_t tick);
void expect_look(const Expectations *expectations, const Sample *sample, const Monitor *monitor, ExpectState *state);
/* The verdict of one, from the looks so far and the monitor: at the end, or on the way there. */
ExpectResult expect_result(const Expectations *expectations, int index, const ExpectState *state,
                           const Monitor *monitor, int trains);
