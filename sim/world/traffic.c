/* Trains among each other in a cycle. Every train reports by radio between which places it surely is, by its ATP's odometer;
   the next train on a way is the one whose reported body lies first ahead. The monitor's gap and collisions are taken from
   the truth. A train whose service is done has left the line. Ignores: what happens to trains that collide, they run on. */
#include "sim/base/real.h"
#include "sim/world/monitor_parts.h"
#include "sim/world/step.h"

#define STALE 1.5        /* s: a train whose last report is older gets no new place */
#define MANUAL_ERROR 2.0 /* m, where a test drive runs without the ATP's odometer */
#define ASK_TIME 3.0     /* s of running before it would begin to brake */
#define ASK_LEAST 30.0   /* m */
#define ASK_LEAVING 100.0 /* m: single track nearer than this to a platform is waited for at the platform */

static int is_here(const TrainWorld *train)
{
    return train->service.mode != SERVICE_FINISHED;
}

static int has_others(const Scenario *scenario)
{
    return scenario->guided && scenario->train_count > 1;
}

/* What a body on one path, between two places of it, takes of another: 0 when it is not in its way. */
static int takes(const Scenario *scenario, int32_t way, int32_t path, double rear, double front, double *low, double *high)
{
    if (way == path) {
        *low = rear;
        *high = front;
        return 1;
    }
    const TrafficPlan *plan = &scenario->traffic;
    double a = monitor_chainage(&scenario->paths[path], rear), b = monitor_chainage(&scenario->paths[path], front);
    double from = real_min(a, b), to = real_max(a, b);
    int found = 0;
    for (int s = 0; s < plan->share_count; s++) {
        const WayShare *share = &plan->shares[s];
        if (real_min(way, path) != share->a || real_max(way, path) != share->b) continue;
        if (share->low > to || share->high < from) continue;
        double u = path_u_of_chainage(&scenario->paths[way], real_max(share->low, from));
        double v = path_u_of_chainage(&scenario->paths[way], real_min(share->high, to));
        *low = found ? real_min(*low, real_min(u, v)) : real_min(u, v);
        *high = found ? real_max(*high, real_max(u, v)) : real_max(u, v);
        found = 1;
    }
    return found;
}

/* ---- reports ---- */

static Report report_of(const Scenario *scenario, const World *world, int t)
{
    const TrainWorld *train = &world->trains[t];
    int test_drive = train->service.mode == SERVICE_HOLD_SPEED;
    double error = test_drive ? MANUAL_ERROR : atp_uncertainty(&scenario->spec.atp, &train->atp);
    double nose = test_drive ? train->truth.nose_u : train->atp.u;
    return (Report){.tick = world->tick,
                    .path = train_path_index(scenario, train),
                    .front = nose + error,
                    .rear = nose - scenario->model.length - error - scenario->spec.atp.roll_back,
                    .speed = test_drive ? train->truth.speed : train->atp.speed};
}

static RadioLink link_between(const World *world, int from, int to)
{
    const FaultEffects *a = train_effects(world, from), *b = to < 0 ? 0 : train_effects(world, to);
    RadioLink link = {0.0, 0.0};
    if (a) link = (RadioLink){a->reports.loss, a->reports.delay};
    if (a && to < 0 && a->radio_dead) link.loss = 1.0;
    if (!b) return link;
    link.loss = 1.0 - (1.0 - link.loss) * (1.0 - b->reports.loss);
    link.delay += b->reports.delay;
    return link;
}

/* A receiver takes what has arrived from every train; `to` -1: the dispatcher. */
static void listen(const Scenario *scenario, World *world, int to, RadioHeard *heard)
{
    for (int from = 0; from < world->train_count; from++) {
        if (from == to) continue;
        RadioLink link = link_between(world, from, to);
        RngStream stream = rng_stream((uint64_t)scenario->spec.head.seed, "radio",
                                      (uint32_t)((to + 1) * ART_TRAINS_MAX + from));
        radio_listen(&scenario->spec.radio, &link, stream, world->tick, scenario->model.step,
                     &world->trains[from].radio, &heard[from]);
    }
}

static void exchange(const Scenario *scenario, World *world)
{
    int64_t cycles = (int64_t)(scenario->spec.radio.interval / ESTIMATOR_CYCLE + 0.5);
    int64_t cycle = world->tick / scenario->cycle_ticks;
    for (int t = 0; t < world->train_count; t++) {
        if ((cycle + t) % cycles != 0) continue;
        Report report = report_of(scenario, world, t);
        radio_send(&report, &world->trains[t].radio);
    }
    for (int t = 0; t < world->train_count; t++) listen(scenario, world, t, world->trains[t].heard);
    listen(scenario, world, -1, world->traffic.heard);
}

/* ---- dispatch ---- */

/* Doors open and nothing but the dispatcher's word is waited for. */
static int ready(const Scenario *scenario, const TrainWorld *train)
{
    const ServiceState *service = &train->service;
    return service->mode == SERVICE_DOORS && service->timer > scenario->plan.door_time + service->dwell - 1.0;
}

static double lateness_now(const Scenario *scenario, const World *world, const TrainWorld *train)
{
    const ServiceStop *stop = service_next(&scenario->plan, &train->service);
    double depart = stop ? service_departure(&scenario->plan, &train->service, stop) : -1.0;
    return depart < 0.0 ? train->service.lateness : (double)world->tick * scenario->model.step - depart;
}

/* The report's body reaches as far beyond the nose as behind the tail, and there by what it may roll back besides. */
static double nose_of(const Scenario *scenario, const Report *report)
{
    return 0.5 * (report->front + report->rear + scenario->model.length + scenario->spec.atp.roll_back);
}

static DispatchTrain known_train(const Scenario *scenario, const World *world, int t)
{
    const TrainWorld *train = &world->trains[t];
    const RadioHeard *heard = &world->traffic.heard[t];
    double age = (double)(world->tick - heard->report.tick) * scenario->model.step;
    double v = real_max(heard->report.speed, 0.0), way = 0.5 * v * v / scenario->spec.ato.braking;
    DispatchTrain known = {.here = is_here(train) && heard->known,
                           .speaks = age < STALE,
                           .path = heard->report.path,
                           .front = heard->report.front,
                           .rear = heard->report.rear,
                           .nose = nose_of(scenario, &heard->report),
                           .reach = heard->report.front + way + ASK_TIME * v + ASK_LEAST,
                           .late = lateness_now(scenario, world, train)};
    if (ready(scenario, train)) known.leaves = heard->report.front + ASK_LEAVING;
    return known;
}

static void dispatch(const Scenario *scenario, World *world)
{
    DispatchTrain trains[ART_TRAINS_MAX];
    for (int t = 0; t < world->train_count; t++) trains[t] = known_train(scenario, world, t);
    dispatch_cycle(&scenario->traffic.dispatch, trains, world->train_count, &world->traffic.dispatch);
    for (int t = 0; t < world->train_count; t++) {
        TrainWorld *train = &world->trains[t];
        double rear = train->atp.u - scenario->model.length;
        train->traffic.limit_u = dispatch_limit(&scenario->traffic.dispatch, &world->traffic.dispatch, t,
                                                train_path_index(scenario, train), rear);
    }
}

int traffic_admits(const Scenario *scenario, const World *world, const TrainStart *start)
{
    DispatchTrain trains[ART_TRAINS_MAX];
    int next = world->train_count;
    if (!has_others(scenario)) return 1;
    for (int t = 0; t < next; t++) trains[t] = known_train(scenario, world, t);
    trains[next] = (DispatchTrain){.here = 1,
                                   .speaks = 1,
                                   .path = start->path,
                                   .front = start->nose_u,
                                   .rear = start->nose_u - scenario->model.length,
                                   .nose = start->nose_u};
    return dispatch_admits(&scenario->traffic.dispatch, trains, next + 1, next, &world->traffic.dispatch);
}

int traffic_holds(const Scenario *scenario, const World *world, int t)
{
    const TrainWorld *train = &world->trains[t];
    if (!has_others(scenario)) return 0;
    return dispatch_holds(&scenario->traffic.dispatch, &world->traffic.dispatch, t, train_path_index(scenario, train),
                          train->atp.u - scenario->model.length, train->atp.u + ASK_LEAVING);
}

int traffic_waits(const Scenario *scenario, const World *world, int t)
{
    const ServicePlan *plan = &scenario->plan;
    int starts_again = (world->trains[t].service.path + 1) % plan->path_count == 0;
    double headway = scenario->spec.service.headway, now = (double)world->tick * scenario->model.step;
    if (!has_others(scenario) || !starts_again || headway <= 0.0) return 0;
    for (int i = 0; i < plan->timed_rounds * plan->call_count; i++)
        if (plan->times[i].depart >= 0.0) return 0; /* its timetable tells it */
    return now < world->traffic.started + headway;
}

/* ---- the train ahead ---- */

static void look_ahead(const Scenario *scenario, World *world, int t)
{
    TrainWorld *train = &world->trains[t];
    TrafficView *view = &train->traffic;
    int32_t way = train_path_index(scenario, train);
    view->ahead = 0;
    view->ahead_u = TRAFFIC_NOTHING;
    for (int o = 0; o < world->train_count; o++) {
        const RadioHeard *heard = &train->heard[o];
        double low, high;
        if (o == t || !is_here(&world->trains[o]) || !heard->known) continue;
        if (!takes(scenario, way, heard->report.path, heard->report.rear, heard->report.front, &low, &high)) continue;
        if (high <= train->atp.u || low >= view->ahead_u) continue;
        view->ahead = o + 1;
        view->ahead_u = low;
        view->ahead_speed = heard->report.speed;
        view->ahead_age = (double)(world->tick - heard->report.tick) * scenario->model.step;
    }
}

/* The truth, for the monitor alone. */
static void measure(const Scenario *scenario, World *world, Record *record, int t)
{
    TrainWorld *train = &world->trains[t];
    TrafficView *view = &train->traffic;
    double length = scenario->model.length, nose = train->truth.nose_u, gap = TRAFFIC_NOTHING;
    int hit = -1;
    for (int o = 0; o < world->train_count; o++) {
        const TrainWorld *other = &world->trains[o];
        double low, high, front = other->truth.nose_u;
        if (o == t || !is_here(other)) continue;
        if (!takes(scenario, train_path_index(scenario, train), train_path_index(scenario, other), front - length, front,
                   &low, &high))
            continue;
        if (high <= nose || low - nose >= gap) continue;
        gap = low - nose;
        hit = gap <= 0.0 ? o : -1;
    }
    view->gap = gap;
    if (hit >= 0 && !view->touching)
        record_event(record, world->tick, t, EVENT_COLLISION, -1, monitor_chainage(train_path(scenario, train), nose),
                     real_abs(train->truth.speed - world->trains[hit].truth.speed), "another train");
    view->touching = hit >= 0;
}

/* ---- the cycle ---- */

void traffic_start(World *world)
{
    world->traffic.started = -1e9;
    for (int p = 0; p < ROUTE_PLATFORMS_MAX; p++) world->traffic.departed[p] = -1.0;
}

void traffic_enter(const Scenario *scenario, World *world, int t)
{
    TrainWorld *train = &world->trains[t];
    train->traffic = (TrafficView){
        .ahead_u = TRAFFIC_NOTHING, .limit_u = TRAFFIC_NOTHING, .gap = TRAFFIC_NOTHING, .headway = -1.0};
    if (!has_others(scenario)) return;
    Report report = report_of(scenario, world, t);
    radio_send(&report, &train->radio);
    radio_meet(&train->radio, &world->traffic.heard[t]);
    for (int o = 0; o < t; o++) {
        radio_meet(&world->trains[o].radio, &train->heard[o]);
        radio_meet(&train->radio, &world->trains[o].heard[t]);
    }
    DispatchTrain trains[ART_TRAINS_MAX];
    for (int o = 0; o <= t; o++) trains[o] = known_train(scenario, world, o);
    dispatch_enter(&scenario->traffic.dispatch, trains, t + 1, t, &world->traffic.dispatch);
    if (train->service.path == 0 && train->service.stop == 0)
        world->traffic.started = (double)world->tick * scenario->model.step;
}

void traffic_turn(const Scenario *scenario, World *world, int t)
{
    TrainWorld *train = &world->trains[t];
    if (!has_others(scenario)) return;
    train->traffic.limit_u = dispatch_limit(&scenario->traffic.dispatch, &world->traffic.dispatch, t,
                                            train_path_index(scenario, train), train->atp.u - scenario->model.length);
    look_ahead(scenario, world, t);
    if (train_path_index(scenario, train) == 0) world->traffic.started = (double)world->tick * scenario->model.step;
}

void traffic_depart(const Scenario *scenario, World *world, int t)
{
    TrainWorld *train = &world->trains[t];
    const ServicePlan *plan = &scenario->plan;
    if (!has_others(scenario) || train->service.stop == 0) return;
    const ServiceStop *stop = &plan->stops[train->service.stop - 1];
    if (stop->platform < 0 || stop->path != train_path_index(scenario, train)) return;
    double now = (double)world->tick * scenario->model.step, before = world->traffic.departed[stop->platform];
    world->traffic.departed[stop->platform] = now;
    train->traffic.headway = before < 0.0 ? -1.0 : now - before;
    train->traffic.headways += before >= 0.0;
}

static void hash_report(const RadioHeard *heard, Hash *hash)
{
    const Report *report = &heard->report;
    const double values[] = {report->front, report->rear, report->speed};
    hash_doubles(hash, values, 3);
    hash_u64(hash, (uint64_t)report->tick);
    hash_u64(hash, (uint64_t)heard->judged);
}

void traffic_hash(const Scenario *scenario, const World *world, Hash *hash)
{
    if (!has_others(scenario)) return;
    for (int zone = 0; zone < scenario->traffic.dispatch.zone_count; zone++)
        hash_u64(hash, (uint64_t)world->traffic.dispatch.owner[zone]);
    hash_doubles(hash, world->traffic.departed, ROUTE_PLATFORMS_MAX);
    hash_double(hash, world->traffic.started);
    for (int t = 0; t < world->train_count; t++) {
        const TrainWorld *train = &world->trains[t];
        hash_report(&world->traffic.heard[t], hash);
        for (int o = 0; o < world->train_count; o++) hash_report(&train->heard[o], hash);
        hash_double(hash, train->service.shift);
    }
}

void step_traffic(const Scenario *scenario, World *world, Record *record)
{
    if (!has_others(scenario) || !step_is_cycle(scenario, world->tick)) return;
    exchange(scenario, world);
    dispatch(scenario, world);
    for (int t = 0; t < world->train_count; t++) {
        if (!is_here(&world->trains[t])) continue;
        look_ahead(scenario, world, t);
        measure(scenario, world, record, t);
    }
}
