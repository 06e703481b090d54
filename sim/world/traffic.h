/* Trains and each other: where their ways are the same, the places for one train at a time, what a train knows of the one
   ahead. Models of reports and of dispatching are in sim/operate. */
#pragma once
#include "sim/base/hash.h"
#include "sim/operate/dispatch.h"
#include "sim/operate/radio.h"

struct Scenario;
struct TrainStart;
struct World;
struct Record;

enum { TRAFFIC_SHARES_MAX = 128 };
#define TRAFFIC_NOTHING 1e9 /* m: no train, no limit ahead */

/* A stretch, by chainage, in which trains on two different paths are in each other's way. */
typedef struct WayShare {
    int32_t a, b; /* paths, a < b */
    double low, high;
} WayShare;

typedef struct TrafficPlan { /* constant; empty where one train runs */
    WayShare shares[TRAFFIC_SHARES_MAX];
    int32_t share_count;
    DispatchPlan dispatch;
} TrafficPlan;

/* What follows in each cycle from reports and places, for one train; not hashed. */
typedef struct TrafficView {
    int32_t ahead;        /* the next train, from 1; 0 none */
    double ahead_u;       /* its rear by its last report, m of the own path; TRAFFIC_NOTHING: none */
    double ahead_speed, ahead_age; /* m/s; s */
    double limit_u;       /* where the first place begins that is not the train's own */
    double gap;           /* m in truth from the nose to the next train; TRAFFIC_NOTHING: none */
    int32_t touching;     /* 1: it has run into it */
    double headway;       /* s at its last departure behind the train before it; negative: none was before it */
    int32_t headways;     /* departures that had one */
} TrafficView;

/* What the dispatcher knows. */
typedef struct TrafficState {
    RadioHeard heard[ART_TRAINS_MAX];
    DispatchState dispatch;
    double started; /* s when the last train left the start of the line */
    double departed[128]; /* s when the last train left each platform of the route; negative: none did */
} TrafficState;

/* Shares and places, once paths stand. */
void traffic_plan(const struct Scenario *scenario, TrafficPlan *plan);
void traffic_start(struct World *world);
/* 1: the next train may come onto the line at its start. */
int traffic_admits(const struct Scenario *scenario, const struct World *world, const struct TrainStart *start);
/* A train comes onto the line. */
void traffic_enter(const struct Scenario *scenario, struct World *world, int train);
/* It has left a stop: headways; it has turned: what is ahead on its new way. */
void traffic_depart(const struct Scenario *scenario, struct World *world, int train);
void traffic_turn(const struct Scenario *scenario, struct World *world, int train);
/* Reports, dispatch, the train ahead, collisions: one cycle. */
void step_traffic(const struct Scenario *scenario, struct World *world, struct Record *record);
/* Reports, places and headways, into a state hash. */
void traffic_hash(const struct Scenario *scenario, const struct World *world, Hash *hash);
/* 1: it stays at its platform, or at the line's start, until the dispatcher lets it go. */
int traffic_holds(const struct Scenario *scenario, const struct World *world, int train);
int traffic_waits(const struct Scenario *scenario, const struct World *world, int train);
