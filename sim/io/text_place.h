/* What the readers of scenario texts share. */
#pragma once
#include "sim/io/condition_text.h"
#include "sim/io/load.h"

/* Adds a mistake about [kind.name] key to the scenario's diag, with the place where it is stated. */
void text_place_refuse(Loaded *loaded, const char *kind, const char *name, const char *key, const char *why);
/* Of a section that had a mistake when it was filled (load_section_mistaken): may [kind.name] key be judged by itself? Not
   when it is not stated, is the mistake, or stands for the section as a whole (""). */
int text_place_judged(const Loaded *loaded, const char *kind, const char *name, const char *key);
/* 1 when [kind.name] key is stated. */
int text_place_stated(const Loaded *loaded, const char *kind, const char *name, const char *key);
/* Notes that [kind.name] key, a time, lies behind the end of the run, in which it then does nothing. */
void text_place_late(Loaded *loaded, const char *kind, const char *name, const char *key, double time);
/* How many modules, axles and trains the scenario has; of trains all that there may be while [service] has a mistake. */
MemberCounts text_place_counts(const Loaded *loaded);
/* Ticks between two looks at signals: EXPECT_RATE, at least one. */
int64_t text_place_look_ticks(double step);
