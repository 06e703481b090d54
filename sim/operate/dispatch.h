/* The dispatcher: gives the places that one train at a time may use (platform faces, turnbacks, crossovers, single track)
   and says when a train may leave for the next round. It knows trains by their reports alone. The rules, all of them:

   1. A place belongs to the train that it was given to until that train's rear has left it. It is not given to a train
      while another stands on it.
   2. A train asks for the places ahead that it may soon have to brake for, and at a platform, once its time is over, for
      the single track that it could not wait before clear of the platform. It gets a place when it is free.
   3. Of several that ask in one cycle the later one by its timetable goes first, then the one with the lower number.
   4. Single track is given only together with the places that follow it closer than a train is long, so that no train
      stands on it because it cannot leave it. Places in front of a train are given in their order.
   5. Without a timetable a train leaves the line's start no earlier than its headway after the train before it; with one,
      at its time, or as soon as its passengers are on board when it is late.
   6. A train whose reports are not heard gets nothing new; it keeps what it has.
   7. A train comes onto the line when all places that it would then stand on, and by rule 4 those that go with them, can be
      its own. Until then it waits outside, where it is in nobody's way; a train on the line that asks is served first. */
#pragma once
#include <stdint.h>
#include "sim/base/limits.h"

enum { DISPATCH_ZONES_MAX = 160, DISPATCH_PLACES_MAX = 512, DISPATCH_PATHS_MAX = 16 };

typedef enum ZoneKind { ZONE_PLATFORM, ZONE_SINGLE } ZoneKind;

/* A zone as one path meets it. */
typedef struct DispatchPlace {
    int32_t zone;
    double from, to; /* m of the path */
} DispatchPlace;

typedef struct DispatchPlan {
    int32_t kind[DISPATCH_ZONES_MAX]; /* ZoneKind */
    int32_t zone_count;
    DispatchPlace places[DISPATCH_PLACES_MAX];  /* by path, in the order of travel */
    int32_t first[DISPATCH_PATHS_MAX + 1];      /* of a path; the next one's ends it */
    double train_length;
} DispatchPlan;

typedef struct DispatchState {
    int32_t owner[DISPATCH_ZONES_MAX]; /* train, from 1; 0: free */
} DispatchState;

/* A train as its last report has it. */
typedef struct DispatchTrain {
    int32_t here;       /* 1: on the line; it is in nobody's way before and after its service */
    int32_t speaks;     /* 1: its reports are heard */
    int32_t path;
    double front, rear; /* m that it surely does not reach beyond */
    double nose;        /* m, where it takes its front to be */
    double reach;       /* m up to which it asks for any place */
    double leaves;      /* m up to which it asks for single track besides, ready to leave a platform; less than reach: no */
    double late;        /* s behind its timetable */
} DispatchTrain;

/* Adds a place of a path, which must be the last that has any; 0 when there is no room. */
int dispatch_place_add(DispatchPlan *plan, int32_t path, DispatchPlace place);
/* 1: rule 7 lets trains[number] onto the line, placed as it would then stand there. */
int dispatch_admits(const DispatchPlan *plan, const DispatchTrain *trains, int count, int number,
                    const DispatchState *state);
/* A train comes onto the line: of the places that it stands on, and that go with them, it has those that nobody else has. */
void dispatch_enter(const DispatchPlan *plan, const DispatchTrain *trains, int count, int number, DispatchState *state);
/* Releases what was left, then gives what is asked for. */
void dispatch_cycle(const DispatchPlan *plan, const DispatchTrain *trains, int count, DispatchState *state);
/* Where the first place begins that a train (from 0) does not have, of those that end ahead of its rear; 1e9: nowhere. */
double dispatch_limit(const DispatchPlan *plan, const DispatchState *state, int train, int32_t path, double rear);
/* 1: at a platform whose doors could close it waits for single track that begins before `until`. */
int dispatch_holds(const DispatchPlan *plan, const DispatchState *state, int train, int32_t path, double rear,
                   double until);
