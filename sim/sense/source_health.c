/* Health of a source by the share of its measurements that the gate refuses. A source that lies within its gate is not
   found this way: the protection level then breaks, which the run reports. */
#include "sim/sense/source_health.h"

void source_health_set(SourceHealth *health, HealthState state, int64_t tick)
{
    if (health->state == HEALTH_GOOD && state != HEALTH_GOOD) {
        health->alarms++;
        if (health->first_tick == 0) health->first_tick = tick;
    }
    health->state = (int32_t)state;
}

void source_health_note(SourceHealth *health, int used, int refused, double memory, double limit, int64_t tick)
{
    if (used + refused == 0) return;
    double share = (double)refused / (used + refused);
    health->refused += (share - health->refused) / memory;
    if (health->refused > limit) source_health_set(health, HEALTH_DOUBTFUL, tick);
    else if (health->refused < 0.5 * limit) source_health_set(health, HEALTH_GOOD, tick);
}
