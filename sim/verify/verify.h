/* The validation set: groups of cases, each case a row with its claim and source and a function that computes figures
   and holds them against what is known. */
#pragma once
#include "sim/io/load.h"
#include "sim/train/vehicle.h"
#include "sim/io/plot.h"

enum { VERIFY_NOTE_MAX = 160 };

typedef enum FigureKind {
    FIGURE_NEAR,     /* |computed - expected| <= tolerance */
    FIGURE_AT_MOST,  /* computed <= expected */
    FIGURE_AT_LEAST, /* computed >= expected */
    FIGURE_SHOWN,    /* computed, without a claim */
    FIGURE_KINDS
} FigureKind;

typedef struct Figure {
    char what[80];
    const char *unit; /* "" none */
    FigureKind kind;
    double expected, computed, tolerance;
    char note[VERIFY_NOTE_MAX]; /* what belongs to the figure alone; "" nothing */
} Figure;

enum { VERIFY_FIGURES_MAX = 48, VERIFY_GROUPS = 20, VERIFY_CASES_MAX = 64, VERIFY_VEHICLES_MAX = 64 };

typedef struct VerifyResult {
    Figure figures[VERIFY_FIGURES_MAX];
    int figure_count;
    int left_out; /* 1: `only` named other cases */
    Plot plot;
    Text note;      /* what else the case found; plain text */
} VerifyResult;

/* What cases start from. */
typedef struct VerifyContext {
    const Vehicle *art3;  /* the default train as its file states it */
    const Vehicle *vehicles[VERIFY_VEHICLES_MAX]; /* all that are shipped, by the names of their files */
    int vehicle_count;
    int full;             /* 1: the longer sets too */
    const char *only;     /* starts of the names of the groups or cases that run, by commas; null: all */
} VerifyContext;

typedef struct VerifyCase {
    const char *name, *claim, *source;
    void (*run)(const VerifyContext *context, VerifyResult *result);
} VerifyCase;

typedef struct VerifyGroup {
    const char *name, *about;
    const VerifyCase *cases;
    int count;
} VerifyGroup;

/* All groups, in the order in which they run; one file each. */
extern const VerifyGroup verify_single_track, verify_tyre, verify_circle, verify_stability, verify_longitudinal, verify_grade,
    verify_conservation, verify_symmetry, verify_geometry, verify_step, verify_manoeuvre, verify_published;
extern const VerifyGroup verify_energy, verify_guidance, verify_laws, verify_robustness, verify_fleet, verify_protection, verify_stops,
    verify_doors;
extern const VerifyGroup *const verify_groups[VERIFY_GROUPS];

void verify_near(VerifyResult *result, const char *what, const char *unit, double expected, double computed,
                 double tolerance);
void verify_at_most(VerifyResult *result, const char *what, const char *unit, double limit, double computed);
/* A figure without a claim. */
void verify_show(VerifyResult *result, const char *what, const char *unit, double computed);
void verify_at_least(VerifyResult *result, const char *what, const char *unit, double limit, double computed);
/* A word on the last figure. */
void verify_note(VerifyResult *result, const char *note);
/* 1 when the figure is right; a figure that is not a number never is. */
int figure_passes(const Figure *figure);
/* 1 when every figure is right and there is one at least. */
int verify_passes(const VerifyResult *result);
void verify_result_free(VerifyResult *result);
/* A vehicle file; 0 with a message on stderr when it has mistakes. */
int verify_vehicle(const char *path, Vehicle *vehicle);

/* Runs every case, or those that `only` names; returns how many there are. `results` has room for VERIFY_CASES_MAX. */
int verify_run(const VerifyContext *context, VerifyResult *results);
/* The page, one file without anything to fetch; `results` in the order of groups and cases. */
void verify_page(const VerifyResult *results, Text *out);
/* A line for each figure. */
void verify_table(const VerifyResult *results, Text *out);
void verify_json(const VerifyResult *results, Text *out);
/* The tables of the cases that ran, as Markdown, `command` (it ends its own code mark) on top: what a committed page of figures holds. */
void verify_markdown(const VerifyResult *results, const char *command, Text *out);
