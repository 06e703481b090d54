/* The steady circle of a train with given steer angles, solved for and not waited for. */
#pragma once
#include "sim/verify/rig.h"

/* Finds the steady turn at the speed of module 1's centre of gravity along its axis, and leaves it in the rig's state and
   output. Steer angles are the command's; the vehicle must be planar with slip without lag (rig_steady_ready). Returns 0
   when there is none nearby. */
int circle_solve(Rig *rig, double speed);
/* Makes a vehicle fit: planar, no lag of slips and steering, hinges without torque. Before rig_build. */
void circle_prepare(Rig *rig);
