/* What the readers of scenario texts share. */
#pragma once
#include "sim/io/condition_text.h"
#include "sim/io/load.h"

/* Adds a mistake about [kind.name] key to the scenario's diag, with the place where it is stated. */
void text_place_refuse(Loaded *loaded, const char *kind, const char *name, const char *key, const char *why);
/* How many modules, axles and trains the scenario has; of trains all that there may be while [service] has a mistake. */
MemberCounts text_place_counts(const Loaded *loaded);
/* Ticks between two looks at signals: EXPECT_RATE, at least one. */
int64_t text_place_look_ticks(double step);
