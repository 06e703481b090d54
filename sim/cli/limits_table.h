/* artsim run --explain-limits. */
#pragma once
#include <stdio.h>
#include "sim/world/scenario.h"

/* Prints, path by path along the chainage, how fast the ATO would go and what sets that speed. */
void limits_print(const Scenario *scenario, FILE *stream);
