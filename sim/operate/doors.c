/* Door interlock. A platform's window is that of docking and what the odometer may be wrong by, 3 deviations of a tag and
   its drift since then; standstill is the faster tachometer's. Wheels that slide on ice deceive every odometer of the train, so a
   beacon at the stop line has to be read as well. Ignores: platform screens, doors that single passengers
   open. */
#include "sim/operate/doors.h"

static const double at_rest = 0.08; /* m/s: eight deviations of a tachometer's reading */

int32_t doors_permitted(const ServicePlan *plan, int32_t path, const AtpSpec *spec, const AtpState *atp)
{
    double window = SERVICE_DOCKING_WINDOW + 3.0 * spec->tag_error + spec->position_drift * atp->since_tag;
    if (__builtin_fabs(atp->speed) > at_rest || !atp->docked) return 0;
    for (int i = 0; i < plan->stop_count; i++) {
        const ServiceStop *stop = &plan->stops[i];
        if (stop->path != path || stop->platform < 0) continue;
        if (__builtin_fabs(atp->u - stop->u) <= window) return stop->door_side;
    }
    return 0;
}
