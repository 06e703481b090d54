/* The files that include lanes.h are built twice where processors differ in the width of their registers: once for all of
   them, once with AVX2 (LANES_WIDE, four doubles a block). Their functions then have names apart, and lanes_choice.c gives
   the plain names to those that the processor can run. A build for one width does without (LANES_CHOICE undefined). */
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
/* the rows of tyre_models, which hold what does not depend on the width, are the narrow ones */
#ifdef LANES_WIDE
#define tyre_linear tyre_linear_wide
#define tyre_brush tyre_brush_wide
#define tyre_magic_formula tyre_magic_formula_wide
#define tyre_pac2002 tyre_pac2002_wide
#endif
