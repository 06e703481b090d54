/* What the readers of scenario texts share. */
#pragma once
#include "sim/io/load.h"

/* Adds a mistake about [kind.name] key to the scenario's diag, with the place where it is stated. */
void text_place_refuse(Loaded *loaded, const char *kind, const char *name, const char *key, const char *why);
/* Ticks between two looks at signals: EXPECT_RATE, at least one. */
int64_t text_place_look_ticks(double step);
