/* Door interlock: which side may open, by the ATP's own odometer and tachometers, the stop line's beacon and the map. It does not ask the service
   where it believes to be. */
#pragma once
#include "sim/operate/atp.h"
#include "sim/operate/service.h"

/* 0 none, 1 left, 2 right of travel: the train stands, and the nose is at the stop line of a platform of this path, as
   well as the odometer knows. */
int32_t doors_permitted(const ServicePlan *plan, int32_t path, const AtpSpec *spec, const AtpState *atp);
