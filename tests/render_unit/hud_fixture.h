/* What the display's tests show: the Zhuzhou line as a polygon of its inferred alignment with its four stations, the
   six-axle train on it, and a past that leads to the moment shown. */
#pragma once
#include "render/hud.h"

enum { FIXTURE_NODES = 6400, FIXTURE_EVENTS = 6 };

typedef struct HudFixture {
    Sample sample;
    HudHistory history;
    Route route;
    Vehicle vehicle;
    PathNode nodes[FIXTURE_NODES];
    Path path;
    Event events[FIXTURE_EVENTS];
    HudCamera cameras[9];
    HudInput input;
} HudFixture;

/* A run at 45 km/h towards the second station, 60 s old, in a window of 1280 x 720. */
void hud_fixture_fill(HudFixture *fixture);
