/* The moment shown: plain closed formulas for position, speed and error, so that tests can say what must be read. */
#include "hud_fixture.h"
#include <math.h>
#include <string.h>

#define STEP 0.001
#define NOW 83.25

/* chainage, east, north of the inferred alignment, every 400 m or so */
static const double corners[][3] = {
    {0, -560.0, -60.0},      {400, -615.7, 336.1},    {800, -662.9, 733.1},    {1280, -640.4, 1212.4},
    {1680, -627.1, 1611.9},  {2160, -689.1, 2087.8},  {2560, -744.8, 2483.9},  {3080, -817.2, 2998.8},
};
enum { CORNERS = sizeof corners / sizeof corners[0] };

static void fill_path(HudFixture *fixture)
{
    int count = 0, corner = 0;
    for (double u = -PATH_MARGIN; u <= 3080 + PATH_MARGIN && count < FIXTURE_NODES; u += PATH_NODE_SPACING) {
        while (corner < CORNERS - 2 && u > corners[corner + 1][0]) corner++;
        const double *a = corners[corner], *b = corners[corner + 1];
        double share = (u - a[0]) / (b[0] - a[0]);
        fixture->nodes[count++] = (PathNode){
            .x = a[1] + share * (b[1] - a[1]),
            .y = a[2] + share * (b[2] - a[2]),
            .chainage = u,
            .limit = u > 880 && u < 1000 ? 30 / 3.6 : 50 / 3.6,
            .friction = 1,
        };
    }
    fixture->path = (Path){.leg_count = 1, .direction = 1, .node_count = count, .nodes = fixture->nodes};
    fixture->path.length = 3080;
}

static void fill_route(Route *route)
{
    static const struct {
        const char *name, *name_zh;
        double chainage;
    } stations[] = {
        {"Shennong Grand Theatre", "\xE7\xA5\x9E\xE5\x86\x9C\xE5\xA4\xA7\xE5\x89\xA7\xE9\x99\xA2", 120},
        {"Zhujiang North Road", "\xE7\x8F\xA0\xE6\xB1\x9F\xE5\x8C\x97\xE8\xB7\xAF", 1080},
        {"Huanghe North Road", "\xE9\xBB\x84\xE6\xB2\xB3\xE5\x8C\x97\xE8\xB7\xAF", 1980},
        {"Sports Centre", "\xE4\xBD\x93\xE8\x82\xB2\xE4\xB8\xAD\xE5\xBF\x83", 2940},
    };
    strcpy(route->head.name, "Zhuzhou demonstration line");
    strcpy(route->head.inferred, "alignment from four map points, +-150 m");
    for (int i = 0; i < 4; i++) {
        strcpy(route->stations[i].name, stations[i].name);
        strcpy(route->stations[i].name_zh, stations[i].name_zh);
        route->stations[i].chainage = stations[i].chainage;
    }
    route->station_count = 4;
}

static void fill_vehicle(Vehicle *vehicle)
{
    strcpy(vehicle->head.name, "three modules");
    vehicle->head.speed_max = 70 / 3.6;
    vehicle->module_count = 3;
    vehicle->axle_count = 6;
    vehicle->door_count = 1;
    for (int i = 0; i < 6; i++) {
        vehicle->axles[i].module = i / 2 + 1;
        vehicle->axles[i].x = i % 2 == 0 ? 3.0 : -3.0;
    }
    for (int i = 0; i < 3; i++) {
        vehicle->modules[i].length_front = 5.3;
        vehicle->modules[i].length_rear = 5.3;
    }
}

static void fill_train(TrainSample *train, const PathNode *nodes, double time)
{
    double u = 130 + 9.0 * time - 6 * sin(0.25 * time);
    train->module_count = 3;
    train->axle_count = 6;
    train->direction = 1;
    train->mode = MODE_DRIVING;
    train->path = 0;
    train->u = train->chainage = u;
    train->speed = 9.0 - 1.5 * cos(0.25 * time);
    train->next_station = 1;
    train->speed_limit = 50 / 3.6;
    train->speed_ceiling = 53 / 3.6;
    train->speed_target = 48 / 3.6;
    train->stop_distance = 1100 - u;
    train->signal_distance = train->obstacle_distance = train->train_gap = -1;
    train->authority = 1100 - u;
    train->traction = 0.58;
    train->energy = 2.1e7 * u / 3000;
    train->charge = 0.834;
    train->power = 143500;
    for (int i = 0; i < 3; i++) {
        const PathNode *node = &nodes[(int)((u - 10.6 * i + PATH_MARGIN) / PATH_NODE_SPACING)];
        train->modules[i].x = node->x;
        train->modules[i].y = node->y;
    }
    for (int i = 0; i < 6; i++) {
        AxleSample *axle = &train->axles[i];
        axle->lateral_error = 0.001 * ((12 + 9 * i) * sin(0.35 * time - 0.4 * i) + 5 * sin(2.1 * time + i));
        axle->steer = 0.03 * sin(0.25 * time - 0.3 * i);
        axle->friction_use = 0.12 + 0.15 * i;
    }
}

static void fill_events(Event *events)
{
    static const struct {
        double time;
        int kind, subject;
        const char *reason;
    } rows[FIXTURE_EVENTS] = {
        {0, EVENT_START, -1, NULL},        {12, EVENT_DEPART, 0, NULL},
        {34, EVENT_SETTING, -1, "wet"},    {51, EVENT_TRACK_LOST, -1, "dashes missing"},
        {53, EVENT_TRACK_FOUND, -1, NULL}, {81, EVENT_ATP_BRAKE, -1, "over its ceiling"},
    };
    for (int i = 0; i < FIXTURE_EVENTS; i++) {
        events[i] = (Event){.tick = (int64_t)(rows[i].time / STEP + 0.5), .kind = rows[i].kind,
                            .subject = rows[i].subject, .reason = rows[i].reason};
    }
}

static void fill_input(HudFixture *fixture)
{
    static const HudCamera cameras[9] = {
        {"1", "Chase"}, {"2", "Driver"}, {"3", "Top"},   {"4", "Wayside"}, {"5", "Overview"},
        {"6", "Axle"},  {"7", "Hinge"},  {"8", "Other"}, {"9", "Another"},
    };
    memcpy(fixture->cameras, cameras, sizeof cameras);
    fixture->input = (HudInput){
        .sample = &fixture->sample,
        .history = &fixture->history,
        .route = &fixture->route,
        .vehicle = &fixture->vehicle,
        .paths = &fixture->path,
        .path_count = 1,
        .scenario_name = "zhuzhou_service",
        .scenario_about = "four stations and back",
        .events = fixture->events,
        .event_count = FIXTURE_EVENTS,
        .step = STEP,
        .rate = 1,
        .time_end = 300,
        .cameras = fixture->cameras,
        .camera_count = 9,
        .quality = "HIGH",
        .switches = {.plots = 1, .map = 1, .path = 1, .trails = 1, .trail_factor = 10},
        .width = 1280,
        .height = 720,
        .scale = 1,
    };
}

void hud_fixture_fill(HudFixture *fixture)
{
    memset(fixture, 0, sizeof *fixture);
    fill_path(fixture);
    fill_route(&fixture->route);
    fill_vehicle(&fixture->vehicle);
    fill_events(fixture->events);
    fixture->sample.train_count = 1;
    for (double time = 0.02; time < NOW + 0.01; time += 0.02) {
        fixture->sample.tick = (int64_t)(time / STEP + 0.5);
        fixture->sample.time = (double)fixture->sample.tick * STEP;
        fill_train(&fixture->sample.trains[0], fixture->nodes, time);
        hud_history_push(&fixture->history, &fixture->sample, 0);
    }
    fill_input(fixture);
}
