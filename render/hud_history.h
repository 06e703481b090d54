/* What the plots look back on: a ring of the shown train's recent figures by time, and one by way travelled. Fed with
   each sample that is shown; going back in time drops what lies after it. */
#pragma once
#include "sim/world/record.h"

enum { HUD_TIME_POINTS = 2048, HUD_WAY_POINTS = 2048, HUD_HISTORY_SECONDS = 30 };
#define HUD_WAY_METRES 1000.0

typedef struct HudTimePoint {
    double time, speed;
    int32_t axle_count;
    float lateral_error[ART_AXLES_MAX]; /* m */
} HudTimePoint;

typedef struct HudWayPoint {
    double time;
    double way;   /* m travelled since the history began */
    double chainage, u;
    int32_t path;
    double speed, ceiling, limit, energy;
} HudWayPoint;

typedef struct HudHistory {
    HudTimePoint times[HUD_TIME_POINTS];
    int time_first, time_count;
    HudWayPoint ways[HUD_WAY_POINTS];
    int way_first, way_count;
    uint32_t epoch;
} HudHistory;

void hud_history_clear(HudHistory *history);
/* Takes the sample in unless it lies less than 15 ms after the last; a new epoch begins a new history. */
void hud_history_push(HudHistory *history, const Sample *sample, int train);
/* Index 0 is the oldest. */
const HudTimePoint *hud_history_time(const HudHistory *history, int index);
const HudWayPoint *hud_history_way(const HudHistory *history, int index);
/* kWh per km over the way that is remembered (negative where more came back than was drawn) and its length; 0 while it
   is shorter than 50 m. */
int hud_history_consumption(const HudHistory *history, double *kwh_per_km, double *metres);
