/* Two rings, by time and by way. The way is the sum of the differences of the path coordinate between samples of one
   path; a change of path (a turnback) adds nothing. Ignores: what was not shown. */
#include "render/hud_history.h"
#include <string.h>

#define LEAST_SECONDS 0.015
#define LEAST_METRES 0.5
#define LEAST_CONSUMPTION_WAY 50.0
#define JOULE_PER_KWH 3.6e6

void hud_history_clear(HudHistory *history)
{
    memset(history, 0, sizeof *history);
}

const HudTimePoint *hud_history_time(const HudHistory *history, int index)
{
    return &history->times[(history->time_first + index) % HUD_TIME_POINTS];
}

const HudWayPoint *hud_history_way(const HudHistory *history, int index)
{
    return &history->ways[(history->way_first + index) % HUD_WAY_POINTS];
}

static void drop_later(HudHistory *history, double time)
{
    while (history->time_count > 0 && hud_history_time(history, history->time_count - 1)->time >= time) {
        history->time_count--;
    }
    while (history->way_count > 0 && hud_history_way(history, history->way_count - 1)->time >= time) {
        history->way_count--;
    }
}

static void push_time(HudHistory *history, const Sample *sample, const TrainSample *train)
{
    int last = history->time_count - 1;
    if (last >= 0 && sample->time - hud_history_time(history, last)->time < LEAST_SECONDS) return;
    // make room: the ring is full or its oldest is too old
    while (history->time_count == HUD_TIME_POINTS ||
           (history->time_count > 0 && hud_history_time(history, 0)->time < sample->time - HUD_HISTORY_SECONDS)) {
        history->time_first = (history->time_first + 1) % HUD_TIME_POINTS;
        history->time_count--;
    }
    HudTimePoint *point = &history->times[(history->time_first + history->time_count++) % HUD_TIME_POINTS];
    *point = (HudTimePoint){.time = sample->time, .speed = train->speed, .axle_count = train->axle_count};
    for (int i = 0; i < train->axle_count; i++) point->lateral_error[i] = (float)train->axles[i].lateral_error;
}

static void push_way(HudHistory *history, const Sample *sample, const TrainSample *train)
{
    double way = 0;
    if (history->way_count > 0) {
        const HudWayPoint *last = hud_history_way(history, history->way_count - 1);
        double step = train->path == last->path ? train->u - last->u : 0;
        if (train->path == last->path && step < LEAST_METRES && step > -LEAST_METRES) return;
        way = last->way + (step > 0 ? step : -step);
    }
    while (history->way_count == HUD_WAY_POINTS ||
           (history->way_count > 0 && hud_history_way(history, 0)->way < way - HUD_WAY_METRES)) {
        history->way_first = (history->way_first + 1) % HUD_WAY_POINTS;
        history->way_count--;
    }
    HudWayPoint *point = &history->ways[(history->way_first + history->way_count++) % HUD_WAY_POINTS];
    *point = (HudWayPoint){
        .time = sample->time,
        .way = way,
        .chainage = train->chainage,
        .u = train->u,
        .path = train->path,
        .speed = train->speed,
        .ceiling = train->speed_ceiling,
        .limit = train->speed_limit,
        .energy = train->energy,
    };
}

void hud_history_push(HudHistory *history, const Sample *sample, int train)
{
    if (sample->epoch != history->epoch) {
        hud_history_clear(history);
        history->epoch = sample->epoch;
    }
    if (train < 0 || train >= sample->train_count) return;
    drop_later(history, sample->time);
    push_time(history, sample, &sample->trains[train]);
    push_way(history, sample, &sample->trains[train]);
}

int hud_history_consumption(const HudHistory *history, double *kwh_per_km, double *metres)
{
    *kwh_per_km = *metres = 0;
    if (history->way_count < 2) return 0;
    const HudWayPoint *first = hud_history_way(history, 0), *last = hud_history_way(history, history->way_count - 1);
    *metres = last->way - first->way;
    if (*metres < LEAST_CONSUMPTION_WAY) return 0;
    *kwh_per_km = (last->energy - first->energy) / JOULE_PER_KWH / (*metres / 1000.0);
    return 1;
}
