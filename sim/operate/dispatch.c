/* Fixed-block thinking for the few places where moving block does not help: two trains may not share them, whatever their
   distance. The rules are in the header. Ignores: swapping the order of trains, conflicts further ahead than the next
   places, lines on which every free place is taken by trains that wait for each other in a circle. */
#include "sim/operate/dispatch.h"

int dispatch_place_add(DispatchPlan *plan, int32_t path, DispatchPlace place)
{
    int at = plan->first[path + 1], end = plan->first[DISPATCH_PATHS_MAX];
    if (end == DISPATCH_PLACES_MAX) return 0;
    while (at > plan->first[path] && plan->places[at - 1].from > place.from) at--;
    /* the places behind it, those of later paths too, move up by one */
    for (int i = end; i > at; i--) plan->places[i] = plan->places[i - 1];
    plan->places[at] = place;
    for (int p = path + 1; p <= DISPATCH_PATHS_MAX; p++) plan->first[p]++;
    return 1;
}

static int has(const DispatchState *state, int train, const DispatchPlace *place)
{
    return state->owner[place->zone] == train + 1;
}

/* By its own odometer, so that one which waits at the limit of what its odometer allows is not on the place ahead of it. */
static int stands_on(const DispatchPlan *plan, const DispatchTrain *train, int32_t zone)
{
    if (!train->here) return 0;
    for (int i = plan->first[train->path]; i < plan->first[train->path + 1]; i++) {
        const DispatchPlace *place = &plan->places[i];
        if (place->zone == zone && place->to > train->rear && place->from < train->nose) return 1;
    }
    return 0;
}

/* Rule 1: it is the train's, or nobody's and without another train on it. */
static int can_have(const DispatchPlan *plan, const DispatchTrain *trains, int count, int number, int32_t zone,
                    const DispatchState *state)
{
    if (state->owner[zone]) return state->owner[zone] == number + 1;
    for (int t = 0; t < count; t++)
        if (t != number && stands_on(plan, &trains[t], zone)) return 0;
    return 1;
}

/* Rule 1: it is kept while the train stands on it, asks for it, or has single track before it that it goes with. */
static int keeps(const DispatchPlan *plan, const DispatchState *state, const DispatchTrain *train, int number,
                 int32_t zone)
{
    if (!train->here) return 0;
    double bound = train->leaves > train->reach ? train->leaves : train->reach;
    int chained = 0;
    for (int i = plan->first[train->path]; i < plan->first[train->path + 1]; i++) {
        const DispatchPlace *place = &plan->places[i];
        if (place->to <= train->rear) continue;
        if (place->from >= bound && train->speaks) return 0;
        if (place->zone == zone) return 1;
        chained = has(state, number, place) && (chained || plan->kind[place->zone] == ZONE_SINGLE);
        if (chained && place->to + plan->train_length > bound) bound = place->to + plan->train_length;
    }
    return 0;
}

/* Rule 4: the last place that goes with place i, or -1 when the train cannot have all of them. */
static int chain_end(const DispatchPlan *plan, const DispatchTrain *trains, int count, int number, int i,
                     const DispatchState *state)
{
    int end = plan->first[trains[number].path + 1], single = plan->kind[plan->places[i].zone] == ZONE_SINGLE;
    double ends = plan->places[i].to;
    for (int k = i; k < end; k++) {
        const DispatchPlace *place = &plan->places[k];
        if (k > i && (!single || place->from > ends + plan->train_length)) return k - 1;
        if (!can_have(plan, trains, count, number, place->zone, state)) return -1;
        if (place->to > ends) ends = place->to;
    }
    return end - 1;
}

static void give_places(const DispatchPlan *plan, int from, int last, int number, DispatchState *state)
{
    for (int i = from; i <= last; i++) state->owner[plan->places[i].zone] = number + 1;
}

int dispatch_admits(const DispatchPlan *plan, const DispatchTrain *trains, int count, int number,
                    const DispatchState *state)
{
    const DispatchTrain *train = &trains[number];
    for (int i = plan->first[train->path]; i < plan->first[train->path + 1]; i++) {
        const DispatchPlace *place = &plan->places[i];
        if (place->to <= train->rear || place->from >= train->front) continue;
        if (chain_end(plan, trains, count, number, i, state) < i) return 0;
    }
    return 1;
}

void dispatch_enter(const DispatchPlan *plan, const DispatchTrain *trains, int count, int number, DispatchState *state)
{
    const DispatchTrain *train = &trains[number];
    for (int i = plan->first[train->path]; i < plan->first[train->path + 1]; i++) {
        const DispatchPlace *place = &plan->places[i];
        if (place->to <= train->rear || place->from >= train->front) continue;
        if (!can_have(plan, trains, count, number, place->zone, state)) continue;
        int last = chain_end(plan, trains, count, number, i, state);
        give_places(plan, i, last > i ? last : i, number, state);
    }
}

/* Rules 2 and 4 for one train. */
static void give(const DispatchPlan *plan, const DispatchTrain *trains, int count, int number, DispatchState *state)
{
    const DispatchTrain *train = &trains[number];
    if (!train->here || !train->speaks) return;
    for (int i = plan->first[train->path]; i < plan->first[train->path + 1]; i++) {
        const DispatchPlace *place = &plan->places[i];
        int single = plan->kind[place->zone] == ZONE_SINGLE;
        double reach = single && train->leaves > train->reach ? train->leaves : train->reach;
        if (place->to <= train->rear || has(state, number, place)) continue;
        if (place->from >= reach) return;
        int last = chain_end(plan, trains, count, number, i, state);
        if (last < i) return;
        give_places(plan, i, last, number, state);
    }
}

void dispatch_cycle(const DispatchPlan *plan, const DispatchTrain *trains, int count, DispatchState *state)
{
    for (int32_t zone = 0; zone < plan->zone_count; zone++) {
        int owner = state->owner[zone] - 1;
        if (owner >= 0 && !keeps(plan, state, &trains[owner], owner, zone)) state->owner[zone] = 0;
    }
    int order[ART_TRAINS_MAX];
    for (int t = 0; t < count; t++) { /* rule 3 */
        int at = t;
        for (; at > 0 && trains[order[at - 1]].late < trains[t].late; at--) order[at] = order[at - 1];
        order[at] = t;
    }
    for (int k = 0; k < count; k++) give(plan, trains, count, order[k], state);
}

double dispatch_limit(const DispatchPlan *plan, const DispatchState *state, int train, int32_t path, double rear)
{
    for (int i = plan->first[path]; i < plan->first[path + 1]; i++) {
        const DispatchPlace *place = &plan->places[i];
        if (place->to > rear && !has(state, train, place)) return place->from;
    }
    return 1e9;
}

int dispatch_holds(const DispatchPlan *plan, const DispatchState *state, int train, int32_t path, double rear,
                   double until)
{
    for (int i = plan->first[path]; i < plan->first[path + 1]; i++) {
        const DispatchPlace *place = &plan->places[i];
        if (place->from >= until) return 0;
        if (plan->kind[place->zone] == ZONE_SINGLE && place->to > rear && !has(state, train, place)) return 1;
    }
    return 0;
}
