/* Faults of steering axles and of the way from the computers to them. Without hydraulic pressure an axle is brought
   straight by its springs (hydraulic_loss) or, where it has none, trails behind its kingpin (free_caster). Source: MODEL
   section 10. */
#include "sim/fault/fault.h"

static void steering_stuck(const FaultAction *action, FaultEffects *effects)
{
    effects->train_damaged = 1;
    effects->train.steer[action->instance] = STEER_STUCK;
}

static void steering_slow(const FaultAction *action, FaultEffects *effects)
{
    effects->train_damaged = 1;
    effects->train.steer_rate[action->instance] *= fault_grown(action, 1.0);
}

static void steering_offset(const FaultAction *action, FaultEffects *effects)
{
    effects->train_damaged = 1;
    effects->train.steer_offset[action->instance] += fault_grown(action, 0.0);
}

static void steering_hard_over(const FaultAction *action, FaultEffects *effects)
{
    effects->train_damaged = 1;
    effects->train.steer[action->instance] = STEER_TO_ANGLE;
    effects->train.steer_offset[action->instance] = action->value;
}

static void steering_wrong_sign(const FaultAction *action, FaultEffects *effects)
{
    effects->train_damaged = 1;
    effects->train.steer_gain[action->instance] = -1.0;
}

static void steering_hydraulic_loss(const FaultAction *action, FaultEffects *effects)
{
    effects->train_damaged = 1;
    effects->train.steer[action->instance] = STEER_CENTRING;
    effects->train.steer_length[action->instance] = action->value;
}

static void steering_free_caster(const FaultAction *action, FaultEffects *effects)
{
    effects->train_damaged = 1;
    effects->train.steer[action->instance] = STEER_CASTER;
    effects->train.steer_length[action->instance] = action->value;
}

static LinkFault *link_of(const FaultAction *action, FaultEffects *effects)
{
    return action->fault->kind->unit[8] == 's' ? &effects->steering_link : &effects->brake_link;
}

static void network_delay(const FaultAction *action, FaultEffects *effects)
{
    link_of(action, effects)->delay = fault_grown(action, 0.0);
}

static void network_loss(const FaultAction *action, FaultEffects *effects)
{
    link_of(action, effects)->loss = fault_grown(action, 0.0);
}

static void network_frozen(const FaultAction *action, FaultEffects *effects)
{
    link_of(action, effects)->frozen = 1;
}

static void guidance_reset(const FaultAction *action, FaultEffects *effects)
{
    (void)action;
    effects->guidance_down = 1;
}

const FaultKind fault_steering[] = {
    {"steering", "stuck", FAULT_OF_STEERED, 0, 0, 0, 0, steering_stuck, "the axle keeps its angle"},
    {"steering", "slow", FAULT_OF_STEERED, "1", 0.2, 0.01, 1, steering_slow, "this part of its rate is left"},
    {"steering", "offset", FAULT_OF_STEERED, "deg", 2, -30, 30, steering_offset,
     "stands aside from its command by this"},
    {"steering", "hard_over", FAULT_OF_STEERED, "deg", 90, -90, 90, steering_hard_over,
     "runs to this angle, at most its stop, at its own rate"},
    {"steering", "wrong_sign", FAULT_OF_STEERED, 0, 0, 0, 0, steering_wrong_sign, "turns the other way"},
    {"steering", "hydraulic_loss", FAULT_OF_STEERED, "s", 0.5, 0.05, 10, steering_hydraulic_loss,
     "springs bring it straight, with this time constant"},
    {"steering", "free_caster", FAULT_OF_STEERED, "m", 0.1, 0.01, 1, steering_free_caster,
     "its wheels trail behind the kingpin by this"},
    {"network.steering", "delay", FAULT_OF_TRAIN, "ms", 100, 20, 200, network_delay,
     "steer commands come later by this"},
    {"network.steering", "loss", FAULT_OF_TRAIN, "1", 0.5, 0, 1, network_loss,
     "this part of the steer commands is lost"},
    {"network.steering", "frozen", FAULT_OF_TRAIN, 0, 0, 0, 0, network_frozen, "the last steer command is repeated"},
    {"network.brake", "delay", FAULT_OF_TRAIN, "ms", 100, 20, 200, network_delay,
     "traction and brake commands come later by this; the emergency loop has its own wire"},
    {"network.brake", "loss", FAULT_OF_TRAIN, "1", 0.5, 0, 1, network_loss, "this part of them is lost"},
    {"network.brake", "frozen", FAULT_OF_TRAIN, 0, 0, 0, 0, network_frozen, "the last one is repeated"},
    {"guidance", "reset", FAULT_OF_TRAIN, 0, 0, 0, 0, guidance_reset,
     "the guidance computer restarts: commands stand still for the fault's time, then it begins anew"},
    {0},
};
