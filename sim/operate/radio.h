/* Position reports by radio: every train tells the others and the dispatcher where it surely is, by the odometer of its
   ATP. What was heard last from each train is all that anybody knows of it. */
#pragma once
#include <stdint.h>
#include "sim/base/limits.h"
#include "sim/base/param.h"
#include "sim/base/rng.h"

enum { RADIO_KEPT = 32 }; /* reports on their way: 6 s at 5 a second */

typedef struct RadioSpec { /* [radio] */
    double interval; /* s between two reports of a train */
    double latency;  /* s at least until one is heard */
    double jitter;   /* s that may come on top, evenly spread */
    double loss;     /* probability that one is not heard by a receiver */
} RadioSpec;
extern const ParamTable radio_table;

typedef struct Report {
    int64_t tick;       /* of the measurement */
    int32_t path;       /* of one round */
    double front, rear; /* m on that path: the train surely lies between them */
    double speed;       /* m/s */
} Report;

/* The last reports of a sender. */
typedef struct RadioSender {
    Report sent[RADIO_KEPT]; /* number k, from 1, stands at k modulo RADIO_KEPT */
    int64_t count;
} RadioSender;

/* What a receiver knows of one sender. */
typedef struct RadioHeard {
    Report report;
    int64_t judged; /* number of the last report that arrived or was lost */
    int32_t known;  /* 1: there was one */
} RadioHeard;

/* How faults change a link. */
typedef struct RadioLink {
    double loss;  /* probability on top of [radio] loss */
    double delay; /* s on top of latency and jitter */
} RadioLink;

void radio_send(const Report *report, RadioSender *sender);
/* One cycle of a receiver: takes what has arrived by `tick`, in the order in which it was sent. `stream` is the link's. */
void radio_listen(const RadioSpec *spec, const RadioLink *link, RngStream stream, int64_t tick, double step,
                  const RadioSender *sender, RadioHeard *heard);
/* The two become known to each other without the air between them, as when a train enters the line. */
void radio_meet(const RadioSender *sender, RadioHeard *heard);
