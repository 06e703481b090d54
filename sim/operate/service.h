/* The service of one train: which path it runs, where it stops, doors, dwell, departure, turnback and cab change. */
#pragma once
#include "sim/base/limits.h"
#include "sim/operate/speed_profile.h"

enum { SERVICE_STOPS_MAX = 256, SERVICE_TIMES_MAX = 2048 };
#define SERVICE_LANDED 0.1 /* m: a train that rests nearer before its line, or beyond it, has arrived */
#define SERVICE_DOCKING_WINDOW 0.5 /* m: doors stay closed when the stop is further off */
#define SERVICE_TURN_WINDOW 2.0    /* m before the end of a path where a driver may change cabs */

typedef enum ServiceMode { /* the same order as DriveMode of the record */
    SERVICE_STANDBY, SERVICE_DRIVING, SERVICE_STOPPING, SERVICE_DOORS, SERVICE_TURNBACK, SERVICE_HOLD_SPEED,
    SERVICE_EMERGENCY, SERVICE_FINISHED
} ServiceMode;

typedef enum ServiceEvent { /* what a cycle reports; the world turns them into record events */
    SERVICE_NOTHING, SERVICE_DEPARTED, SERVICE_ARRIVED, SERVICE_MISSED, SERVICE_DOORS_OPENED, SERVICE_DOORS_CLOSED,
    SERVICE_TURNED, SERVICE_ENDED
} ServiceEvent;

typedef struct ServiceStop {
    int32_t path;
    double u;          /* of the nose at the stop line, m */
    int32_t platform;  /* index in the route; -1: the end of a path (turnback or end of service) */
    int32_t station;   /* index in the route, -1 none */
    int32_t door_side; /* 1 left, 2 right of travel */
    uint32_t doors;    /* a bit for each of the vehicle's that open: beside the boarding part */
    int32_t call;      /* its number in the timetable of a round; -1: the end of a path */
    int32_t dwell_stated; /* 1: `dwell` is its own, with a timetable or passengers too the least */
    double dwell;      /* s */
    double speed_in;   /* m/s when the nose enters the platform */
    double platform_u; /* where the nose enters the platform, m */
    double slope;      /* m/s2 by which gravity pulls back a train that stands there */
} ServiceStop;

/* A call in the timetable, s since the start; negative: it has no such time. */
typedef struct ServiceTime {
    double arrive, depart; /* the train stands; its doors are closed */
} ServiceTime;

typedef struct ServicePlan {
    ServiceStop stops[SERVICE_STOPS_MAX]; /* in order of travel over all paths */
    int32_t stop_count, path_count; /* of one round */
    int32_t rounds;        /* how often the paths are run */
    ServiceTime times[SERVICE_TIMES_MAX]; /* the timetable: by round, then by call */
    int32_t call_count;    /* of one round */
    int32_t timed_rounds;  /* rounds that `times` has; later ones repeat the last, each `cycle` later; 0: no timetable */
    double cycle;          /* s */
    double dwell_least;    /* s, with a timetable or passengers, where a stop states none */
    double door_time;      /* s to open; the same to close */
    double turnback_time;  /* s for the cab change */
    double start_time;     /* s of standing before the first departure */
} ServicePlan;

typedef struct ServiceState {
    int32_t mode;       /* ServiceMode */
    int32_t path, stop; /* current path, counted on over all rounds; next stop of its round */
    double shift;       /* s by which its times are later than the plan's */
    double timer;       /* s in the present mode */
    double door;        /* 0 closed .. 1 open */
    int32_t doors_open_side; /* 0 none */
    int32_t served;
    int32_t departed;   /* 1 once the train rolls after a stop */
    double stop_error;  /* m, estimated, at the last stop; + beyond the line */
    double dwell;       /* s, of this call */
    double lateness;    /* s at the last departure that has a time; negative: early */
    double late_arrival; /* s at the last arrival that has a time; negative: early */
    int32_t timed, timed_arrivals; /* such departures, such arrivals */
} ServiceState;

typedef struct ServiceInput {
    const ServicePlan *plan;
    double nose_u, speed; /* estimates: m, m/s */
    double distance;      /* m to the next stop line */
    int32_t emergency;    /* 1: an emergency brake is on */
    int32_t door_held;    /* 1: a door does not close, or the train is held at its platform */
    int32_t wait;         /* 1: at the end of the line the dispatcher has not let it go yet */
    int32_t skip;         /* 1: passes platforms that it has not begun to brake for */
    int32_t sliding;         /* 1: wheels at rest may have locked */
    int32_t doors_permitted; /* by the interlock: 0 none, 1 left, 2 right of travel */
    double time;          /* s since the start */
    int32_t stay;         /* 1: stays where it is, doors open at a platform */
    int32_t manual;       /* 1: a driver drives; doors and stops wait for what the driver wants */
    int32_t doors_wanted; /* 1: the driver wants them open */
    int32_t hold_speed;   /* 1: a manoeuvre holds the speed; no service */
    double cycle;         /* s */
} ServiceInput;

void service_start(const ServicePlan *plan, int32_t hold_speed, ServiceState *state);
/* The start elsewhere: on a path of the first round, before the stops whose line the nose has not passed. */
void service_put(const ServicePlan *plan, int32_t path, double nose_u, ServiceState *state);
/* The timetable's row for a stop in the train's round, as it is stated for the first train. */
ServiceTime service_time(const ServicePlan *plan, const ServiceState *state, const ServiceStop *stop);
/* When the train is to stand at a stop, and when its doors are to be closed, s since the start; -1: it has no time. */
double service_arrival(const ServicePlan *plan, const ServiceState *state, const ServiceStop *stop);
double service_departure(const ServicePlan *plan, const ServiceState *state, const ServiceStop *stop);
/* One cycle; returns what happened. A SERVICE_TURNED means that the path has changed and the other cab leads. */
ServiceEvent service_cycle(const ServiceInput *input, ServiceState *state);
/* The dwell of a call that begins: what passengers need (s; 0: they are not counted) and the timetable asks for. */
void service_dwell(const ServicePlan *plan, double exchange, double time, ServiceState *state);
/* The least dwell at a stop with a timetable or passengers, s. */
double service_dwell_least(const ServicePlan *plan, const ServiceStop *stop);
/* 1 while the train must be held by its brakes. */
int32_t service_holds(const ServiceState *state);
/* The stop ahead, or a null pointer when none is left. */
const ServiceStop *service_next(const ServicePlan *plan, const ServiceState *state);
