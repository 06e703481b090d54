/* The catalogue of what a run shows: time signals, read from a sample (the columns of trace.csv), and metrics, read
   from the monitor (the keys of result.json). One name everywhere, with its unit in it; trace, expectations, events
   and `artsim keys --signals` are generic readers of these rows. */
#pragma once
#include <stddef.h>
#include "sim/world/monitor.h"
#include "sim/world/record.h"

typedef enum SignalFamily {
    SIGNAL_RUN,   /* one a run: time, weather */
    SIGNAL_TRAIN, /* one a train */
    SIGNAL_MODULE, SIGNAL_HINGE, SIGNAL_AXLE /* one a member; '#' in the name stands for its number, from 1 */
} SignalFamily;

typedef enum SignalType { SIGNAL_REAL, SIGNAL_INTEGER, SIGNAL_DERIVED } SignalType;

typedef struct Signal {
    const char *name; /* "module#_yaw_rad" */
    const char *unit; /* symbol of units.h, the unit of the value; "1" none */
    SignalFamily family;
    SignalType type;
    size_t offset; /* in Sample for SIGNAL_RUN, else in TrainSample; of the first member */
    size_t stride; /* to the next member */
    double (*derive)(const Sample *sample, int train); /* SIGNAL_DERIVED */
    const char *const *choices; /* names of the values of an integer, or null */
    int32_t usual;              /* 1: a column of trace.csv unless --columns says otherwise */
    const char *meaning;
} Signal;

typedef struct MetricValue {
    double value;
    int64_t tick;    /* where the extreme was; -1: of the whole run */
    double chainage; /* m */
} MetricValue;

typedef struct Metric {
    const char *name; /* "axle#_lateral_error_peak_m" */
    const char *unit;
    SignalFamily family;
    /* Returns 0 when nothing was measured: the metric is absent, never 0. */
    int (*read)(const Monitor *monitor, int train, int member, MetricValue *value);
    const char *meaning;
} Metric;

/* Rows of energy (metrics_energy.c), behind metrics.c's; then those of modes of operation (metrics_modes.c). */
extern const Metric energy_metrics[];
extern const int energy_metric_count;
extern const Metric mode_metrics[];
extern const int mode_metric_count;
/* Rows of manoeuvres (metrics_manoeuvre.c), at the end of the catalogue. */
extern const Metric manoeuvre_metrics[];
extern const int manoeuvre_metric_count;

int signal_count(void);
const Signal *signal_at(int index);
int metric_count(void);
const Metric *metric_at(int index);

/* A name with its member: member >= 0, SIGNAL_ALL for "axle*_...", 0 where there is one only. */
enum { SIGNAL_ALL = -1, SIGNAL_OWN = -1 };
const Signal *signal_find(const char *name, int *member);
const Metric *metric_find(const char *name, int *member);

/* How many members a family has in a train of so many modules and axles. */
int signal_members(SignalFamily family, int modules, int axles);
/* The name with the member's number in place of '#'. */
void signal_write_name(const char *pattern, int member, char name[ART_NAME_MAX]);
double signal_value(const Signal *signal, const Sample *sample, int train, int member);
