/* The shipped routes: the Zhuzhou line against its inferred alignment and its description, the test tracks against
   their names. */
#include "tests/unit/route_fixture.h"
#include "sim/io/load.h"
#include "sim/route/marking.h"
#include "sim/route/path.h"

enum { NODES_MAX = 12000, ALIGNMENT_ROWS = 44 };
#define TRAIN_LENGTH 31.64   /* m, the default vehicle, nose to nose */
#define VEHICLE_WIDTH 2.65   /* m */
#define FLOOR_FACTOR 18.5    /* m2: axle error over change of curvature, least squares, default vehicle */

static Route route;
static Alignment axis;
static PathNode up_nodes[NODES_MAX], down_nodes[NODES_MAX];
static Path up, down;

static void check_route(const Loaded *loaded, LoadPart part, Complaints *complaints)
{
    if (part == LOAD_ROUTE) route_check(loaded->parts[LOAD_ROUTE], complaints);
}

/* Reads a shipped route with all the checks of a user's file. */
static void load_route(const char *name)
{
    static const ParamSchema none = {.kind = "none", .size = sizeof(double)};
    const LoadKit kit = {.schemas = {[LOAD_SCENARIO] = &none, [LOAD_ROUTE] = &route_schema, [LOAD_VEHICLE] = &none},
                         .check = check_route};
    char path[512];
    snprintf(path, sizeof path, "%s/assets/routes/%s.ini", ART_DATA_DIR, name);
    LoadRequest request = {.path = path};
    Loaded *loaded = load_any(&kit, &request);
    diag_print(&loaded->diag, stderr);
    assert_int_equal(diag_count(&loaded->diag), 0);
    assert_int_equal(loaded->kind, LOAD_ROUTE);
    memcpy(&route, loaded->parts[LOAD_ROUTE], sizeof route);
    load_free(loaded);
    alignment_build(&route, &axis);
}

static void build_path(const char *const *tracks, const double (*ends)[2], int count, PathNode *nodes, Path *path)
{
    PathLeg legs[PATH_LEGS_MAX] = {{0}};
    Complaints complaints = {0};
    for (int i = 0; i < count; i++) {
        legs[i] = (PathLeg){.track = route_track_find(&route, tracks[i]), .from = ends[i][0], .to = ends[i][1]};
    }
    int need = path_node_need(&axis, legs, count, &complaints);
    for (int i = 0; i < complaints.count; i++) {
        print_error("[%s] %s: %s\n", complaints.items[i].section, complaints.items[i].key, complaints.items[i].why);
    }
    assert_true(need > 0 && need <= NODES_MAX);
    path_build(&axis, legs, count, nodes, path);
}

/* Both paths of a round trip. */
static void round_trip(void)
{
    load_route("zhuzhou_a1");
    build_path((const char *const[]){"south_crossover", "northbound"}, (const double[][2]){{2, 105}, {105, 3078}}, 2,
               up_nodes, &up);
    build_path((const char *const[]){"north_crossover", "southbound"}, (const double[][2]){{3078, 2974}, {2974, 2}}, 2,
               down_nodes, &down);
}

static double turn_between(double a, double b)
{
    return remainder(b - a, 2 * ART_PI);
}

static int in_clothoid(double chainage)
{
    for (int i = 0; i < route.element_count; i++) {
        if (route.elements[i].kind == ALIGNMENT_CLOTHOID && chainage > axis.start[i] && chainage < axis.start[i + 1]) {
            return 1;
        }
    }
    return 0;
}

static void the_axis_follows_the_inferred_alignment(void **state)
{
    (void)state;
    load_route("zhuzhou_a1");
    FILE *file = fopen(ART_DATA_DIR "/tests/data/zhuzhou_alignment_inferred.csv", "r");
    assert_non_null(file);
    char line[256];
    int rows = 0;
    while (fgets(line, sizeof line, file)) {
        double chainage, east, north, compass;
        if (sscanf(line, "%lf,%lf,%lf,%lf", &chainage, &east, &north, &compass) != 4) continue;
        AxisPoint p = alignment_at(&axis, chainage);
        rows++;
        BELOW(hypot(p.x - east, p.y - north), 0.5);
        if (in_clothoid(chainage)) continue;
        double heading = ART_PI / 2 - compass * ART_PI / 180;
        CLOSE(turn_between(heading, p.heading) * 180 / ART_PI, 0, 0.2);
    }
    fclose(file);
    assert_int_equal(rows, ALIGNMENT_ROWS);
}

static void clothoids_keep_length_and_heading_and_move_the_arcs_by_less_than_a_decimetre(void **state)
{
    (void)state;
    load_route("zhuzhou_a1");
    CLOSE(axis.length, 3080, 1e-9);
    CLOSE(alignment_at(&axis, 900 + 40).heading, alignment_at(&axis, 0).heading - 0.2 + 30 * 30 / 2.0 / 90000, 1e-9);
    CLOSE(alignment_at(&axis, 3080).heading, alignment_at(&axis, 0).heading, 1e-12);

    /* the first curve without clothoids: its centre lies square to K0+640 */
    AxisPoint start = alignment_at(&axis, 0);
    double c = cos(start.heading), s = sin(start.heading);
    double x = start.x + 640 * c + 1500 * s, y = start.y + 640 * s - 1500 * c;
    AxisPoint middle = alignment_at(&axis, 790);
    double moved = 1500 - hypot(middle.x - x, middle.y - y);
    CLOSE(moved, 0.1, 0.005);
    BELOW(moved, 0.1);
}

static void the_round_trip_joins_without_a_step(void **state)
{
    (void)state;
    round_trip();
    const Path *paths[] = {&up, &down};
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j + 1 < paths[i]->node_count; j++) {
            const PathNode *a = path_node(paths[i], j), *b = a + 1;
            double chord = hypot(b->x - a->x, b->y - a->y), k = 0.5 * (a->curvature + b->curvature);
            CLOSE(chord, 0.5 - k * k * 0.125 / 24, 1e-9);
            CLOSE(turn_between(a->heading, b->heading), 0.5 * k, 1e-4);
            CLOSE(b->curvature - a->curvature, 0, 0.5 * 1.7e-3);
            CLOSE(paths[i]->direction * (b->chainage - a->chainage), 0.5, 0.016);
            CLOSE(b->height - a->height, 0.25 * (a->grade + b->grade), 3e-5);
        }
        double joint = paths[i]->legs[1].u_from;
        PathPoint a = path_at(paths[i], joint - 1e-9), b = path_at(paths[i], joint + 1e-9);
        CLOSE(hypot(b.position.x - a.position.x, b.position.y - a.position.y), 0, 3e-9);
        CLOSE(a.curvature, b.curvature, 1e-9);
    }


    CLOSE(up.length, 3076.8885, 1e-4);
    CLOSE(down.length, 3077.0835, 1e-4);
    CLOSE(up.legs[0].u_to, 103.7646, 1e-4);
    CLOSE(down.legs[0].u_to, 104.9450, 1e-4);

    /* the reversals: each path begins where the other ends */
    PathPoint north = path_at(&up, up.length), back = path_at(&down, 0);
    CLOSE(hypot(north.position.x - back.position.x, north.position.y - back.position.y), 0, 1e-9);
    CLOSE(fabs(turn_between(north.heading, back.heading)), ART_PI, 1e-9);
    PathPoint south = path_at(&down, down.length), out = path_at(&up, 0);
    CLOSE(hypot(south.position.x - out.position.x, south.position.y - out.position.y), 0, 1e-9);
}

static void a_stopped_train_is_centred_in_the_boarding_part(void **state)
{
    (void)state;
    round_trip();
    assert_int_equal(route.platform_count, 8);
    for (int i = 0; i < 8; i++) {
        const RoutePlatform *platform = &route.platforms[i];
        const Path *path = strcmp(platform->track, "northbound") == 0 ? &up : &down;
        double stop = path->direction > 0 ? platform->stop_up : platform->stop_down;
        double nose = path_u_of_chainage(path, stop), tail = nose - TRAIN_LENGTH;
        double begin = path_u_of_chainage(path, path->direction > 0 ? platform->boarding_from : platform->boarding_to);
        double end = path_u_of_chainage(path, path->direction > 0 ? platform->boarding_to : platform->boarding_from);
        CLOSE(tail - begin, end - nose, 2e-3);
        BELOW(0, tail - begin);
        CLOSE(platform->to - platform->from, 49, 1e-9);
        CLOSE(platform->boarding_from - platform->from, 14, 1e-9);
        CLOSE(platform->boarding_to, platform->to, 0);

        /* beside the whole platform the vehicle's side passes 6 cm from the edge */
        int track = route_track_find(&route, platform->track);
        for (double s = platform->from; s <= platform->to; s += 0.5) {
            double n = route_track_offset(&route, track, s).n;
            double gap = platform->side == PLATFORM_LEFT ? platform->edge - n : n - platform->edge;
            CLOSE(gap - VEHICLE_WIDTH / 2, 0.06, 1e-9);
        }
        const RouteStation *station = &route.stations[route_station_find(&route, platform->station)];
        CLOSE(0.5 * (platform->from + platform->to), station->chainage, 1e-9);
        assert_true(station->name_zh[0] != '\0');
    }
}

static void tracks_keep_to_the_middle_of_their_lanes_between_stations(void **state)
{
    (void)state;
    load_route("zhuzhou_a1");
    int north = route_track_find(&route, "northbound"), south = route_track_find(&route, "southbound");
    const double open[] = {400, 1100, 1300, 2000, 2600, 2900};
    for (int i = 0; i < 6; i++) {
        CLOSE(route_track_offset(&route, north, open[i]).n, -4.875, 1e-12);
        CLOSE(route_track_offset(&route, south, open[i]).n, 4.875, 1e-12);
    }
    CLOSE(route_track_offset(&route, south, 40).n, 4.875, 1e-12);
    int crossover = route_track_find(&route, "south_crossover");
    CLOSE(route_track_offset(&route, crossover, 20).n, 4.875, 0);
    CLOSE(route_track_offset(&route, crossover, 105).n, -3.885, 1e-12);
    CLOSE(route_track_offset(&route, route_track_find(&route, "north_crossover"), 3078).n, -4.875, 0);
}

static void limits_and_heights_are_those_of_the_description(void **state)
{
    (void)state;
    round_trip();
    int north = route_track_find(&route, "northbound"), south = route_track_find(&route, "southbound");
    const double kmh = 1 / 3.6;
    CLOSE(route_speed_limit(&route, north, 400), 40 * kmh, 1e-12);
    const double junctions[] = {0, 680, 1480, 2280, 3080};
    for (int i = 0; i < 5; i++) CLOSE(route_speed_limit(&route, south, junctions[i]), 30 * kmh, 1e-12);
    for (int i = 0; i < route.station_count; i++) {
        CLOSE(route_speed_limit(&route, north, route.stations[i].chainage - 24), 20 * kmh, 1e-12);
        CLOSE(route_speed_limit(&route, south, route.stations[i].chainage + 24), 20 * kmh, 1e-12);
    }
    CLOSE(path_at(&up, path_u_of_chainage(&up, 70)).limit, 20 * kmh, 1e-12);
    CLOSE(path_at(&down, path_u_of_chainage(&down, 70)).limit, 40 * kmh, 1e-12);
    CLOSE(path_at(&down, path_u_of_chainage(&down, 3000)).limit, 20 * kmh, 1e-12);

    const double heights[][2] = {{0, 55}, {380, 52.5}, {1160, 48}, {1960, 45}, {3080, 42}};
    for (int i = 0; i < 5; i++) CLOSE(alignment_at(&axis, heights[i][0]).height, heights[i][1], 1e-9);
    CLOSE(path_at(&up, path_u_of_chainage(&up, 400)).grade, -5.0 / 760, 1e-9);
    CLOSE(path_at(&down, path_u_of_chainage(&down, 400)).grade, 5.0 / 760, 1e-9);
}

/* Largest change of curvature a metre of track between two chainages. */
static double curvature_change_max(const char *track, double from, double to)
{
    static TrackProfile profile;
    track_compile(&axis, route_track_find(&route, track), &profile);
    double worst = 0, h = 1e-3;
    for (double s = from; s < to; s += 0.05) {
        int span = track_span_find(&profile, s + 0.5 * h);
        TrackPoint a = track_at(&profile, span, s), b = track_at(&profile, span, s + h);
        worst = fmax(worst, fabs(b.curvature - a.curvature) / (h * a.speed));
    }
    return worst;
}

static void the_geometric_floor_is_the_one_in_the_file(void **state)
{
    (void)state;
    load_route("zhuzhou_a1");
    CLOSE(curvature_change_max("northbound", 150, 200), 9.28e-4, 1e-6);
    CLOSE(curvature_change_max("south_crossover", 30, 104), 1.47e-3, 1e-5);
    CLOSE(curvature_change_max("north_crossover", 2970, 3050), 1.63e-3, 1e-5);
    CLOSE(curvature_change_max("northbound", 605, 675), 1.1e-5, 1e-6);
    CLOSE(100 * FLOOR_FACTOR * curvature_change_max("northbound", 150, 200), 1.7, 0.05);
    CLOSE(100 * FLOOR_FACTOR * curvature_change_max("south_crossover", 30, 104), 2.7, 0.05);
    CLOSE(100 * FLOOR_FACTOR * curvature_change_max("north_crossover", 2970, 3050), 3.0, 0.05);
}

static void bars_announce_all_stops_of_the_round_trip(void **state)
{
    (void)state;
    static Mark dashes[8000], bars[100];
    round_trip();
    int seen[2][8][3] = {{{0}}};
    const Path *paths[] = {&up, &down};
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j < paths[i]->leg_count; j++) {
            const PathLeg *leg = &paths[i]->legs[j];
            MarkRow row;
            assert_true(marking_dash_need(&axis, leg->track) <= 8000 && marking_bar_need(&axis, leg->track) <= 100);
            marking_build(&axis, leg->track, dashes, bars, &row);
            for (int k = 0; k < row.bar_count; k++) {
                const Mark *bar = &bars[k];
                if (bar->direction != paths[i]->direction) continue;
                const RoutePlatform *platform = &route.platforms[bar->platform];
                double stop = bar->direction > 0 ? platform->stop_up : platform->stop_down;
                double guess = path_u_of_chainage(paths[i], bar->chainage);
                PathFoot foot = path_project(paths[i], vec2(bar->x, bar->y), guess);
                CLOSE(path_u_of_chainage(paths[i], stop) - foot.u, bar->distance, 1e-3);
                CLOSE(foot.lateral, 0, 1e-3);
                seen[i][bar->platform][bar->distance > 40 ? 0 : bar->distance > 10 ? 1 : 2]++;
            }
        }
    }
    for (int i = 0; i < 8; i++) {
        int way = strcmp(route.platforms[i].track, "northbound") == 0 ? 0 : 1;
        for (int j = 0; j < 3; j++) assert_int_equal(seen[way][i][j], 1);
    }
}

static void load_track(const char *name)
{
    load_route(name);
    int track = route_track_find(&route, "main");
    assert_int_equal(track, 0);
    assert_true(route.tracks[0].painted);
    CLOSE(route.head.line_speed, 80 / 3.6, 1e-12);
    assert_int_equal(route.limit_count, 0);
    build_path((const char *const[]){"main"}, (const double[][2]){{0, route.tracks[0].to}}, 1, up_nodes, &up);
}

static void test_tracks_are_what_their_names_say(void **state)
{
    (void)state;
    load_track("circle_r15");
    BELOW(4 * 2 * ART_PI, alignment_at(&axis, axis.length).heading - alignment_at(&axis, 80).heading);
    CLOSE(path_at(&up, 300).curvature, 1.0 / 15, 1e-12);

    load_track("lane_change");
    CLOSE(route_track_offset(&route, 0, 200).n, 0, 0);
    CLOSE(route_track_offset(&route, 0, 260).n, 3.5, 0);
    CLOSE(curvature_change_max("main", 190, 270), 60 * 3.5 / 216000, 1e-6);

    load_track("grade_12");
    CLOSE(path_at(&up, 250).grade, 0.12, 1e-12);
    CLOSE(path_at(&up, -30).grade, 0.12, 1e-12);

    load_track("straight_1km");
    CLOSE(up.length, 1000, 1e-9);
    CLOSE(path_at(&up, 1000).position.x, 1000, 1e-9);
    CLOSE(path_at(&up, 1000).height, 0, 0);

    load_track("r50_clothoid30");
    CLOSE(alignment_at(&axis, axis.length).heading, ART_PI / 2, 1e-6);
    CLOSE(path_at(&up, 150).curvature, 1.0 / 50, 1e-12);
    CLOSE(curvature_change_max("main", 95, 135), 1 / (30.0 * 50), 1e-9);

    load_track("r15_clothoid12");
    CLOSE(alignment_at(&axis, axis.length).heading, ART_PI, 1e-6);
    CLOSE(path_at(&up, 130).curvature, 1.0 / 15, 1e-12);
    CLOSE(curvature_change_max("main", 95, 115), 1 / (12.0 * 15), 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_axis_follows_the_inferred_alignment),
        cmocka_unit_test(clothoids_keep_length_and_heading_and_move_the_arcs_by_less_than_a_decimetre),
        cmocka_unit_test(the_round_trip_joins_without_a_step),
        cmocka_unit_test(a_stopped_train_is_centred_in_the_boarding_part),
        cmocka_unit_test(tracks_keep_to_the_middle_of_their_lanes_between_stations),
        cmocka_unit_test(limits_and_heights_are_those_of_the_description),
        cmocka_unit_test(the_geometric_floor_is_the_one_in_the_file),
        cmocka_unit_test(bars_announce_all_stops_of_the_round_trip),
        cmocka_unit_test(test_tracks_are_what_their_names_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
