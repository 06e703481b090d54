/* What a vehicle needs and can do, measured without a scenario: room in turns, stopping distances, yaw stability. */
#pragma once
#include "sim/io/text.h"
#include "sim/train/vehicle.h"

enum { MEASURES_MAX = 48 };

typedef struct Measure {
    char name[ART_NAME_MAX]; /* ends in the unit */
    const char *unit, *meaning;
    double value; /* nan: the vehicle does not show it */
} Measure;

/* Measures everything; returns how many there are. */
int measure_vehicle(const Vehicle *vehicle, Measure measures[MEASURES_MAX]);
/* Speed above which it leaves its line with the wheels held straight, m/s: 0 at any speed, nan never below 150 km/h. */
double measure_zero_damping_speed(const Vehicle *vehicle);
void measure_table(const Measure *measures, int count, Text *out);
void measure_json(const char *vehicle, const Measure *measures, int count, Text *out);
