/* An event in words, as reports and explanations have it. */
#pragma once
#include "sim/io/text.h"
#include "sim/world/scenario.h"
#include "sim/world/record.h"

/* "arrive, Sports Centre", "atp_brake: stop point could be passed", "setting weather.friction to 0.05". */
void event_words(const Scenario *scenario, const Event *event, Text *out);
