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

void dispatch_enter(const DispatchPlan *plan, const DispatchTrain *train, int number, DispatchState *state)
{
    for (int i = plan->first[train->path]; i < plan->first[train->path + 1]; i++) {
        const DispatchPlace *place = &plan->places[i];
        if (place->to <= train->rear || place->from >= train->front || state->owner[place->zone]) continue;
        state->owner[place->zone] = number + 1;
    }
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

/* Rule 4: the last place that goes with place i, or -1 when one of them is another train's. */
static int chain_end(const DispatchPlan *plan, const DispatchState *state, int32_t path, int i, int number)
{
    double ends = plan->places[i].to;
    for (; i < plan->first[path + 1]; i++) {
        const DispatchPlace *place = &plan->places[i];
        if (place->from > ends + plan->train_length) return i - 1;
        if (state->owner[place->zone] && !has(state, number, place)) return -1;
        if (place->to > ends) ends = place->to;
    }
    return i - 1;
}

/* Rules 2 and 4 for one train. */
static void give(const DispatchPlan *plan, const DispatchTrain *train, int number, DispatchState *state)
{
    if (!train->here || !train->speaks) return;
    for (int i = plan->first[train->path]; i < plan->first[train->path + 1]; i++) {
        const DispatchPlace *place = &plan->places[i];
        int single = plan->kind[place->zone] == ZONE_SINGLE;
        double reach = single && train->leaves > train->reach ? train->leaves : train->reach;
        if (place->to <= train->rear || has(state, number, place)) continue;
        if (place->from >= reach || state->owner[place->zone]) return;
        int last = single ? chain_end(plan, state, train->path, i, number) : i;
        if (last < i) return;
        for (int k = i; k <= last; k++) state->owner[plan->places[k].zone] = number + 1;
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
    for (int k = 0; k < count; k++) give(plan, &trains[order[k]], order[k], state);
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
