/* The cases of a scenario's [sweep]: each case is the scenario with some values set, as by --set. The same file gives
   the same cases in the same order on every machine. */
#pragma once
#include "sim/io/load.h"

enum { SWEEP_AXES_MAX = 32, SWEEP_VALUES_MAX = 100000, SWEEP_CASES_MAX = 1000000 };

typedef enum SweepJoin { SWEEP_PRODUCT, SWEEP_ZIP } SweepJoin;

/* One key that varies. Axes of one factor move together: those of a zip, all lhs(...) and all sobol(...). */
typedef struct SweepAxis {
    char *key;           /* "weather.friction" */
    const char *written; /* "0.3..0.8 step 0.1", as long as the load lives; null: it follows from `seeds` */
    char **sets; /* "weather.friction=0.3", one a value */
    int count;
    int factor;
} SweepAxis;

typedef struct Sweep {
    SweepAxis axes[SWEEP_AXES_MAX];
    int axis_count;
    int factor_count[SWEEP_AXES_MAX]; /* values of each factor; the last one changes fastest */
    int factors;
    int join; /* SweepJoin */
    int cases;
} Sweep;

/* Reads [sweep] of a loaded scenario; mistakes go to its diag with file and line. Returns 1 when there were none. A
   scenario without [sweep] has one case that sets nothing. Free it in any case. */
int sweep_compile(Loaded *loaded, Sweep *sweep);
int sweep_count(const Sweep *sweep);
/* The "section.key=value" of case `index`, 0 <= index < sweep_count; returns how many. They belong to the sweep. */
int sweep_case(const Sweep *sweep, int index, const char *sets[SWEEP_AXES_MAX]);
/* The row of "section.key"; null with a reason when the scenario has no such section or key. */
const ParamField *sweep_field(const Loaded *loaded, const char *name, Text *why);
void sweep_free(Sweep *sweep);
