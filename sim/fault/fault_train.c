/* Faults of running gear, hinges, drive, brakes, battery and doors. Tyres: parts of stiffness, friction and radius that are
   left and the coefficient of rolling resistance that is added, by how flat the tyre is; run-flat rings carry the load.
   Source: MODEL section 10; figures of tyres are estimates within what flat truck tyres on run-flat inserts show. */
#include "sim/fault/fault.h"

/* What is left of a tyre, and its added rolling resistance. */
typedef struct TyreLeft {
    double stiffness, grip, radius, drag;
} TyreLeft;

static void tyre_to(const FaultAction *action, TyreLeft left, FaultEffects *effects)
{
    int w = action->instance;
    double s = action->share;
    effects->train_damaged = 1;
    effects->train.tyre_stiffness[w] *= 1.0 + s * (left.stiffness - 1.0);
    effects->train.tyre_grip[w] *= 1.0 + s * (left.grip - 1.0);
    effects->train.tyre_radius[w] *= 1.0 + s * (left.radius - 1.0);
    effects->train.tyre_drag[w] += s * left.drag;
}

static void tyre_low_pressure(const FaultAction *action, FaultEffects *effects)
{
    tyre_to(action, (TyreLeft){.stiffness = 0.75, .grip = 0.95, .radius = 0.985, .drag = 0.004}, effects);
}

static void tyre_puncture(const FaultAction *action, FaultEffects *effects)
{
    tyre_to(action, (TyreLeft){.stiffness = 0.35, .grip = 0.75, .radius = 0.94, .drag = 0.03}, effects);
}

static void tyre_blow_out(const FaultAction *action, FaultEffects *effects)
{
    tyre_to(action, (TyreLeft){.stiffness = 0.15, .grip = 0.5, .radius = 0.9, .drag = 0.12}, effects);
}

static void hinge_damper_loss(const FaultAction *action, FaultEffects *effects)
{
    effects->train_damaged = 1;
    effects->train.hinge_damping[action->instance] *= fault_grown(action, 1.0);
}

static void hinge_lock(const FaultAction *action, FaultEffects *effects)
{
    effects->train_damaged = 1;
    effects->train.hinge_locked[action->instance] = 1;
    effects->train.hinge_angle[action->instance] = action->latch;
}

static void motor_lost(const FaultAction *action, FaultEffects *effects)
{
    effects->train_damaged = 1;
    effects->train.motor[action->instance] = 0.0;
}

static void brake_lost(const FaultAction *action, FaultEffects *effects)
{
    effects->train_damaged = 1;
    effects->train.brake[action->instance] *= 1.0 - action->share;
}

static void brake_stuck_on(const FaultAction *action, FaultEffects *effects)
{
    effects->train_damaged = 1;
    effects->train.brake_stuck[action->instance] = fault_grown(action, 0.0);
}

static void regeneration_lost(const FaultAction *action, FaultEffects *effects)
{
    effects->train_damaged = 1;
    effects->train.regeneration *= 1.0 - action->share;
}

static void power_limited(const FaultAction *action, FaultEffects *effects)
{
    effects->train_damaged = 1;
    effects->train.power *= fault_grown(action, 1.0);
}

static void battery_limited(const FaultAction *action, FaultEffects *effects)
{
    power_limited(action, effects);
    effects->train.regeneration *= fault_grown(action, 1.0);
}

static void door_not_closed(const FaultAction *action, FaultEffects *effects)
{
    (void)action;
    effects->door_held = 1;
}

static void charger_no_contact(const FaultAction *action, FaultEffects *effects)
{
    (void)action;
    effects->charger_dead = 1;
}

const FaultKind fault_train[] = {
    {"hinge", "damper_loss", FAULT_OF_HINGE, "1", 0, 0, 1, hinge_damper_loss, "this part of its damping is left"},
    {"hinge", "lock", FAULT_OF_HINGE, 0, 0, 0, 0, hinge_lock, "keeps the angle of its onset"},
    {"tyre", "low_pressure", FAULT_OF_TYRE, 0, 0, 0, 0, tyre_low_pressure, "softer, 1.5 % smaller"},
    {"tyre", "puncture", FAULT_OF_TYRE, 0, 0, 0, 0, tyre_puncture,
     "flat on its ring: a third of its stiffness is left"},
    {"tyre", "blow_out", FAULT_OF_TYRE, 0, 0, 0, 0, tyre_blow_out, "torn: half of its grip is left, it drags"},
    {"motor", "lost", FAULT_OF_DRIVEN, 0, 0, 0, 0, motor_lost, "neither drives nor brakes"},
    {"brake", "lost", FAULT_OF_BRAKED, 0, 0, 0, 0, brake_lost, "the axle's friction brake has no force"},
    {"brake", "stuck_on", FAULT_OF_BRAKED, "1", 0.5, 0, 2, brake_stuck_on,
     "holds this part of its full service force all the time"},
    {"regeneration", "lost", FAULT_OF_TRAIN, 0, 0, 0, 0, regeneration_lost,
     "motors do not brake; friction does it all"},
    {"battery", "limited", FAULT_OF_TRAIN, "1", 0.5, 0, 1, battery_limited,
     "its cells give and take this part of the power only"},
    {"power", "restriction", FAULT_OF_TRAIN, "1", 0.5, 0.05, 1, power_limited,
     "this part of the traction power is allowed"},
    {"charger", "no_contact", FAULT_OF_TRAIN, 0, 0, 0, 0, charger_no_contact,
     "the pantograph finds no current at any station"},
    {"door", "not_closed", FAULT_OF_TRAIN, 0, 0, 0, 0, door_not_closed,
     "a door does not close, the train may not leave"},
    {0},
};
