/* Schemas and checks of the three kinds of files, and the files that their values name. Ignores: drive profiles and
   timetables, which are read when a run is opened. */
#include "sim/io/schemas.h"
#include "sim/io/tir.h"
#include "sim/world/scenario.h"

static void check(const Loaded *loaded, LoadPart part, Complaints *complaints)
{
    const Route *route = loaded->parts[LOAD_ROUTE];
    const Vehicle *vehicle = loaded->parts[LOAD_VEHICLE];
    switch (part) {
    case LOAD_SCENARIO: scenario_check(loaded->parts[LOAD_SCENARIO], route, vehicle, complaints); break;
    case LOAD_ROUTE: route_check(route, complaints); break;
    case LOAD_VEHICLE: vehicle_check(vehicle, complaints); break;
    case LOAD_PARTS: break;
    }
}

static void complete(Loaded *loaded, LoadPart part)
{
    if (part != LOAD_VEHICLE) return;
    Vehicle *vehicle = loaded->parts[LOAD_VEHICLE];
    for (int i = 0; i < vehicle->tyre_count; i++) {
        if (*vehicle->tyres[i].file) tir_complete(loaded, &vehicle->tyres[i]);
    }
}

static void names(const Loaded *loaded, ComplaintNames kind, Nearest *nearest)
{
    const Route *route = loaded->parts[LOAD_ROUTE];
    if (kind == COMPLAINT_STATION)
        for (int i = 0; i < route->station_count; i++) nearest_try(nearest, route->stations[i].name);
    if (kind == COMPLAINT_TRACK)
        for (int i = 0; i < route->track_count; i++) nearest_try(nearest, route->tracks[i].name);
    const Vehicle *vehicle = loaded->parts[LOAD_VEHICLE];
    if (kind == COMPLAINT_TYRE)
        for (int i = 0; i < vehicle->tyre_count; i++) nearest_try(nearest, vehicle->tyres[i].name);
}

const LoadKit art_kit = {{&scenario_schema, &route_schema, &vehicle_schema}, check, complete, names};
