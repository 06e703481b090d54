/* Faults: one table of what can go wrong, by unit and kind; each row says which instances it has, whether it takes a value
   or a place, and what it does to the inputs of the rooms. A [fault.NAME] names a row, an instance and an onset; the
   active ones are state, in order of onset. Nothing above this room knows of faults: rooms have plain damage inputs. */
#pragma once
#include <stdint.h>
#include "sim/base/hash.h"
#include "sim/sense/obstacle_sensor.h"
#include "sim/sense/sensor_fault.h"
#include "sim/train/damage.h"
#include "sim/train/train.h"

enum { FAULTS_MAX = 32, FAULT_PATCHES_MAX = FAULTS_MAX /* each may be one */ };

/* What a row's instances are numbered by. */
typedef enum FaultFamily {
    FAULT_OF_TRAIN, /* one a train: no number */
    FAULT_OF_CAMERA,
    FAULT_OF_MODULE,
    FAULT_OF_HINGE,
    FAULT_OF_AXLE,
    FAULT_OF_STEERED,
    FAULT_OF_DRIVEN,
    FAULT_OF_BRAKED, /* axles that are */
    FAULT_OF_TYRE,   /* tyre.AXLE, tyre.AXLE.left, tyre.AXLE.right */
    FAULT_OF_PLACE   /* no number; from and to in place of it */
} FaultFamily;

/* A link between computers and actuators, as a fault changes it. */
typedef struct LinkFault {
    int32_t frozen; /* 1: the last message is repeated */
    double loss;    /* probability that a message is lost and the one before counts on */
    double delay;   /* s */
} LinkFault;

/* Friction or marks of a stretch, by chainage of the road axis. */
typedef struct FaultPatch {
    double from, to; /* m */
    double friction; /* the most that is left */
} FaultPatch;

typedef struct FaultPlace {
    double from, to; /* m of chainage, of the mark fault with the same index */
} FaultPlace;

/* What the active faults do to one train in this tick; all neutral when none is active. */
typedef struct FaultEffects {
    TrainDamage train;
    int32_t train_damaged;
    SensorFault sense; /* the marks' u comes from `places`, by the path */
    FaultPlace places[SENSOR_FAULT_MARKS];
    int32_t sense_faulty;
    LinkFault steering_link, brake_link;
    LinkFault reports;     /* of positions, from the train and to it */
    int32_t guidance_down; /* 1: the guidance computer is restarting */
    int32_t door_held;     /* 1: a door does not close */
    int32_t obstacle_dead; /* 1: LiDAR and radar see nothing, and their self-test says so */
    ObstacleFault obstacle[OBSTACLE_SOURCES];
    int32_t radio_dead;    /* 1: nothing passes between train and control centre */
    int32_t charger_dead;  /* 1: no charger makes contact */
    int32_t priority_refused; /* 1: junctions do not hear the train */
    FaultPatch patches[FAULT_PATCHES_MAX];
    int32_t patch_count;
    double wind_left; /* m/s, blowing towards the left of module 1 */
} FaultEffects;

/* One instance of an active fault, as its row's function sees it. */
typedef struct FaultAction {
    const struct Fault *fault;
    const TrainModel *model;
    int32_t instance; /* camera, module, hinge, axle or wheel, from 0 */
    double value;     /* SI */
    double share;     /* 0..1, of its onset */
    double latch;     /* what was at its onset: of hinges the angle, rad */
    double age;       /* s since its onset */
} FaultAction;

typedef struct FaultKind {
    const char *unit, *kind;
    FaultFamily family;
    const char *value_unit;         /* null: takes no value */
    double value, minimum, maximum; /* in value_unit */
    void (*apply)(const FaultAction *action, FaultEffects *effects);
    const char *meaning;
} FaultKind;

int fault_kind_count(void);
const FaultKind *fault_kind_at(int index);
/* The row of a unit ("camera", without a number) and kind, or null. */
const FaultKind *fault_kind_find(const char *unit, const char *kind);

/* A fault as compiled from its section. */
typedef struct Fault {
    char name[ART_NAME_MAX];
    int32_t train; /* from 0 */
    const FaultKind *kind;
    int32_t instances[ART_WHEELS_MAX]; /* from 0 */
    int32_t instance_count;
    double value;    /* SI */
    int64_t at;      /* tick of its onset; -1: by a condition */
    int64_t ticks;   /* how long; -1: to the end */
    int64_t ramp;    /* ticks over which it grows */
    double from, to; /* m of chainage, FAULT_OF_PLACE */
} Fault;

typedef struct FaultPlan {
    Fault items[FAULTS_MAX];
    int32_t count;
} FaultPlan;

typedef struct FaultActive {
    int32_t fault;
    int64_t since; /* tick */
    double latch[ART_HINGES_MAX];
} FaultActive;

/* What changes: the faults that are active, in order of onset. */
typedef struct FaultState {
    FaultActive active[FAULTS_MAX];
    int32_t count;
    int32_t started[FAULTS_MAX];  /* 1: it was active once; a fault comes once */
    int64_t detected[FAULTS_MAX]; /* tick at which the train noticed; 0: not yet */
} FaultState;

/* Makes a fault active; does nothing when it was already. Returns 1 when it began. */
int fault_start(const FaultPlan *plan, int fault, int64_t tick, const TrainModel *model, const TrainState *plant,
                FaultState *state);
/* The first active fault that is over at this tick, or -1; it is taken from the list. */
int fault_end_next(const FaultPlan *plan, int64_t tick, FaultState *state);
/* What the active faults of a train do at this tick; returns 0, and leaves the effects alone, when it has none. */
int fault_effects(const FaultPlan *plan, const FaultState *state, int train, int64_t tick, const TrainModel *model,
                  FaultEffects *effects);
void fault_hash(const FaultState *state, Hash *hash);

/* Rows of one file a unit group; each ends with a row whose unit is null. */
extern const FaultKind fault_sense[], fault_train[], fault_steering[], fault_line[];
/* neutral + share (value - neutral) */
double fault_grown(const FaultAction *action, double neutral);
