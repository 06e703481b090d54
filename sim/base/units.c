/* Units: SI value = scale * number + offset, one row a symbol. A row whose symbol is its own dimension is the SI unit.
   Source of the factors: the SI brochure (exact), 1 bar = 100 kPa, 1 h = 3,600 s. Torque is written Nm and energy J, so
   that one is not taken for the other; a frequency in Hz is not an angular speed. Ignores: prefixes and products that
   are not listed. */
#include "sim/base/units.h"
#include <stddef.h>
#include <string.h>
#include "sim/base/elementary.h"

#define DEGREE (ART_PI / 180.0)

static const Unit units[] = {
    /* without dimension */
    {"1", "1", 1.0, 0.0},
    {"%", "1", 0.01, 0.0},
    {"permille", "1", 0.001, 0.0},
    /* length, area, curvature and its change along the path */
    {"m", "m", 1.0, 0.0},
    {"mm", "m", 0.001, 0.0},
    {"cm", "m", 0.01, 0.0},
    {"km", "m", 1000.0, 0.0},
    {"m2", "m2", 1.0, 0.0},
    {"cm2", "m2", 1e-4, 0.0},
    {"mm2", "m2", 1e-6, 0.0},
    {"1/m", "1/m", 1.0, 0.0},
    {"1/km", "1/m", 0.001, 0.0},
    {"1/m2", "1/m2", 1.0, 0.0},
    /* time and rates */
    {"s", "s", 1.0, 0.0},
    {"us", "s", 1e-6, 0.0},
    {"ms", "s", 0.001, 0.0},
    {"min", "s", 60.0, 0.0},
    {"h", "s", 3600.0, 0.0},
    {"Hz", "Hz", 1.0, 0.0},
    {"kHz", "Hz", 1000.0, 0.0},
    {"1/s", "Hz", 1.0, 0.0},
    /* motion */
    {"m/s", "m/s", 1.0, 0.0},
    {"mm/s", "m/s", 0.001, 0.0},
    {"km/h", "m/s", 1.0 / 3.6, 0.0},
    {"m/s2", "m/s2", 1.0, 0.0},
    {"m/s^2", "m/s2", 1.0, 0.0},
    {"m/s3", "m/s3", 1.0, 0.0},
    {"m/s^3", "m/s3", 1.0, 0.0},
    /* angle */
    {"rad", "rad", 1.0, 0.0},
    {"mrad", "rad", 0.001, 0.0},
    {"deg", "rad", DEGREE, 0.0},
    {"rad/s", "rad/s", 1.0, 0.0},
    {"deg/s", "rad/s", DEGREE, 0.0},
    {"rad/s2", "rad/s2", 1.0, 0.0},
    {"deg/s2", "rad/s2", DEGREE, 0.0},
    /* mass, force and moment */
    {"kg", "kg", 1.0, 0.0},
    {"t", "kg", 1000.0, 0.0},
    {"kgm2", "kgm2", 1.0, 0.0},
    {"kg m2", "kgm2", 1.0, 0.0},
    {"kg/m3", "kg/m3", 1.0, 0.0},
    {"N", "N", 1.0, 0.0},
    {"kN", "N", 1000.0, 0.0},
    {"Nm", "Nm", 1.0, 0.0},
    {"kNm", "Nm", 1000.0, 0.0},
    /* stiffness and damping */
    {"N/m", "N/m", 1.0, 0.0},
    {"kN/m", "N/m", 1000.0, 0.0},
    {"Ns/m", "Ns/m", 1.0, 0.0},
    {"kNs/m", "Ns/m", 1000.0, 0.0},
    {"N/rad", "N/rad", 1.0, 0.0},
    {"kN/rad", "N/rad", 1000.0, 0.0},
    {"N/deg", "N/rad", 1.0 / DEGREE, 0.0},
    {"kN/deg", "N/rad", 1000.0 / DEGREE, 0.0},
    {"Nm/rad", "Nm/rad", 1.0, 0.0},
    {"kNm/rad", "Nm/rad", 1000.0, 0.0},
    {"Nms/rad", "Nms/rad", 1.0, 0.0},
    {"kNms/rad", "Nms/rad", 1000.0, 0.0},
    /* pressure */
    {"Pa", "Pa", 1.0, 0.0},
    {"kPa", "Pa", 1000.0, 0.0},
    {"MPa", "Pa", 1e6, 0.0},
    {"bar", "Pa", 1e5, 0.0},
    /* power, energy and electricity */
    {"W", "W", 1.0, 0.0},
    {"kW", "W", 1000.0, 0.0},
    {"J", "J", 1.0, 0.0},
    {"kJ", "J", 1000.0, 0.0},
    {"MJ", "J", 1e6, 0.0},
    {"Wh", "J", 3600.0, 0.0},
    {"kWh", "J", 3.6e6, 0.0},
    {"J/m", "J/m", 1.0, 0.0},
    {"kWh/km", "J/m", 3600.0, 0.0},
    {"V", "V", 1.0, 0.0},
    {"A", "A", 1.0, 0.0},
    {"As", "As", 1.0, 0.0},
    {"Ah", "As", 3600.0, 0.0},
    {"ohm", "ohm", 1.0, 0.0},
    {"mohm", "ohm", 0.001, 0.0},
    /* surroundings */
    {"K", "K", 1.0, 0.0},
    {"J/K", "J/K", 1.0, 0.0},
    {"W/K", "W/K", 1.0, 0.0},
    {"degC", "K", 1.0, 273.15},
    {"lx", "lx", 1.0, 0.0},
};

const Unit *unit_find(const char *symbol)
{
    if (symbol[0] == '\0') return &units[0];
    for (int i = 0; i < unit_count(); i++) {
        if (units[i].symbol[0] == symbol[0] && strcmp(units[i].symbol, symbol) == 0) return &units[i];
    }
    return NULL;
}

int unit_count(void)
{
    return (int)(sizeof units / sizeof units[0]);
}

const Unit *unit_at(int index)
{
    return index >= 0 && index < unit_count() ? &units[index] : NULL;
}

double unit_to_si(const Unit *unit, double number)
{
    return unit->scale * number + unit->offset;
}

double unit_from_si(const Unit *unit, double si)
{
    return (si - unit->offset) / unit->scale;
}
