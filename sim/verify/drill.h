/* A standard manoeuvre of a vehicle, driven to its end without a scenario file. */
#pragma once
#include "sim/world/world.h"

typedef struct Drill {
    int32_t seed; /* of random input; drill_open keeps it */
    Scenario *scenario;
    World *world;
    Record *record;
    void *memory;
} Drill;

/* A manoeuvre with the defaults of its table. */
ManoeuvreSpec drill_manoeuvre(ManoeuvreKind kind);
/* Makes the world at its start; the vehicle must outlive it. Returns 0 and says why in `why` when the vehicle cannot do
   the manoeuvre. Free it in any case. */
int drill_open(Drill *drill, const Vehicle *vehicle, LoadCase load, const ManoeuvreSpec *manoeuvre, double speed,
               double duration, Complaints *why);
/* One tick; returns 0 when the manoeuvre is over or the run diverged. */
int drill_tick(Drill *drill);
void drill_run(Drill *drill);
/* A metric of the catalogue by its name; nan when it is absent. */
double drill_metric(const Drill *drill, const char *name);
void drill_free(Drill *drill);
