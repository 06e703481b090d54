/* Schemas and checks of the three kinds of files. Ignores: nothing. */
#include "sim/io/schemas.h"
#include "sim/world/scenario.h"

static void check(const Loaded *loaded, LoadPart part, Complaints *complaints)
{
    switch (part) {
    case LOAD_SCENARIO:
        scenario_check(loaded->parts[LOAD_SCENARIO], loaded->parts[LOAD_ROUTE], loaded->parts[LOAD_VEHICLE], complaints);
        break;
    case LOAD_ROUTE: route_check(loaded->parts[LOAD_ROUTE], complaints); break;
    case LOAD_VEHICLE: vehicle_check(loaded->parts[LOAD_VEHICLE], complaints); break;
    case LOAD_PARTS: break;
    }
}

const LoadKit art_kit = {{&scenario_schema, &route_schema, &vehicle_schema}, check};
