/* The files of a tick include lanes.h and are built twice where processors differ in the width of their registers: once for
   all of them, once with AVX2 (LANES_WIDE, four doubles a block). Their functions then have names apart and call each other
   directly; lanes_choice.c gives the plain names to those that the processor can run. A build for one width does without
   (LANES_CHOICE undefined). */
#pragma once

#if defined LANES_WIDE
#define LANES_NAME(name) name##_wide
#elif defined LANES_CHOICE
#define LANES_NAME(name) name##_narrow
#else
#define LANES_NAME(name) name
#endif

#define lanes_sincos LANES_NAME(lanes_sincos)
#define lanes_atan LANES_NAME(lanes_atan)
#define steering_lanes_step LANES_NAME(steering_lanes_step)
#define wheel_lanes_turn LANES_NAME(wheel_lanes_turn)
#define wheel_lanes_slip LANES_NAME(wheel_lanes_slip)
#define wheel_lanes_spin LANES_NAME(wheel_lanes_spin)
#define wheel_lanes_force LANES_NAME(wheel_lanes_force)
#define plant_frame LANES_NAME(plant_frame)
#define plant_derivative LANES_NAME(plant_derivative)
#define plant_reactions LANES_NAME(plant_reactions)
#define energy_step LANES_NAME(energy_step)
#define resistance_loads LANES_NAME(resistance_loads)
#define rut_loads LANES_NAME(rut_loads)
#define axle_loads LANES_NAME(axle_loads)
#define wheel_loads LANES_NAME(wheel_loads)
#define roll_step LANES_NAME(roll_step)
#define steering_step LANES_NAME(steering_step)
#define drive_step LANES_NAME(drive_step)
#define drive_available LANES_NAME(drive_available)
#define brake_step LANES_NAME(brake_step)
#define wheels_step LANES_NAME(wheels_step)
#define train_step LANES_NAME(train_step)
#define train_poses LANES_NAME(train_poses)
#define tyre_forces LANES_NAME(tyre_forces)
/* the rows of tyre_models, which hold what does not depend on the width, are the narrow ones */
#ifdef LANES_WIDE
#define tyre_linear tyre_linear_wide
#define tyre_brush tyre_brush_wide
#define tyre_magic_formula tyre_magic_formula_wide
#define tyre_pac2002 tyre_pac2002_wide
#endif
