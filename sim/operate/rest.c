/* The rule of rest: a train never chooses to stand on a junction, nor half docked, when it can clear it. Candidates are
   where comfort braking ends and, for each zone, its docking place, just short of it, and just beyond it; the
   nearest one that braking reaches and that lies in no zone is taken. When none is, the train stops in comfort where it
   is. Ignores: other trains and signals; their stop points are put before it by the ATO. */
#include "sim/operate/rest.h"

#define APART 1.0        /* m between a train at rest and a zone */
#define DOCKED 0.5       /* m */

int32_t rest_in_zone(const RestZone *zone, double u, double length)
{
    if (zone->dock_u >= 0.0 && __builtin_fabs(u - zone->dock_u) < DOCKED) return 0;
    return u > zone->from && u - length < zone->to;
}

static int free_place(const RestZone *zones, int count, double u, double length)
{
    for (int i = 0; i < count; i++)
        if (rest_in_zone(&zones[i], u, length)) return 0;
    return 1;
}

double rest_place(const RestZone *zones, int count, double nose_u, double length, const RestWays *ways)
{
    double comfort = nose_u + ways->comfort, first = nose_u + ways->shortest, last = comfort + ways->clear, best = 1e9;
    if (free_place(zones, count, comfort, length)) return comfort;
    for (int i = 0; i < count; i++) {
        const double places[] = {zones[i].dock_u, zones[i].from - APART, zones[i].to + length + APART};
        for (int k = 0; k < 3; k++) {
            double u = places[k];
            int reached = u >= first && u <= last && u < best;
            if (reached && free_place(zones, count, u, length)) best = u;
        }
    }
    return best < 1e9 ? best : comfort;
}
