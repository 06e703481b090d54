/* What becomes of the paint: wear by passes and at random, covers, single dashes, and false lines. */
#include "sim/route/ghost.h"
#include "sim/route/marking.h"
#include "tests/unit/route_fixture.h"

enum { DASHES_MAX = 4000 };
static Route route;
static Alignment axis;
static Mark dashes[DASHES_MAX];
static MarkRow row;

static void begin(double length)
{
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, length, 0, TURN_LEFT);
}

static void build(void)
{
    static Mark bars[10];
    alignment_build(&route, &axis);
    assert_true(marking_dash_need(&axis, 0) <= DASHES_MAX);
    marking_build(&axis, 0, dashes, bars, &row);
}

/* contrast falls to 1/e after pass_life passes, everywhere alike */
static void passes_wear_the_paint_exponentially(void **state)
{
    (void)state;
    begin(100);
    route.marking.pass_life = 2e5;
    for (int k = 0; k < 4; k++) {
        route.marking.passes = 1e5 * k;
        build();
        for (int i = 0; i < row.dash_count; i++) CLOSE(dashes[i].contrast, 0.9 * exp(-0.5 * k), 1e-12);
    }
}

static void random_wear_has_its_mean_and_deviation_and_hangs_on_the_seed(void **state)
{
    (void)state;
    double first[2] = {0};
    for (int seed = 0; seed < 2; seed++) {
        begin(4000);
        route.marking.seed = 7 + seed;
        route.marking.wear = 0.5;
        route.marking.wear_spread = 0.1;
        route.marking.gone = 0.2;
        build();
        double sum = 0, square = 0, missing = 0;
        for (int i = 0; i < row.dash_count; i++) {
            sum += dashes[i].wear;
            square += dashes[i].wear * dashes[i].wear;
            missing += dashes[i].missing;
        }
        double n = row.dash_count, mean = sum / n;
        CLOSE(mean, 0.5, 0.005);
        CLOSE(sqrt(square / n - mean * mean), 0.1, 0.005);
        CLOSE(missing / n, 0.2, 0.02);
        first[seed] = dashes[10].wear;
        double again = dashes[10].wear;
        build();
        CLOSE(dashes[10].wear, again, 0);
    }
    assert_true(fabs(first[0] - first[1]) > 1e-6);
}

/* a line with the stated deviation, alike over a metre and unlike over five times its length */
static void paint_wanders_smoothly_beside_the_design(void **state)
{
    (void)state;
    begin(4000);
    route.marking.offset_deviation = 0.01;
    route.marking.offset_length = 10;
    build();
    double square = 0, near = 0, far = 0;
    int count = 0;
    for (int i = 0; i + 52 < row.dash_count; i += 2) {
        double here = dashes[i].y - 0.5, next = dashes[i + 2].y - 0.5, later = dashes[i + 50].y - 0.5;
        CLOSE(dashes[i + 1].y + 0.5, here, 1e-12); /* both rows move together */
        square += here * here;
        near += here * next;
        far += here * later;
        count++;
    }
    CLOSE(sqrt(square / count), 0.01, 0.0008);
    assert_true(near / square > 0.8);
    assert_true(fabs(far / square) < 0.15);
}

static void single_dashes_and_covers_change_what_they_name(void **state)
{
    (void)state;
    begin(100);
    route.dash_count = 3;
    route.dashes[0] = (RouteDash){.chainage = 20.4, .row = ROUTE_ROW_LEFT, .missing = 1};
    route.dashes[1] = (RouteDash){.chainage = 30.4, .row = ROUTE_ROW_BOTH, .cover = MARK_PLATE};
    route.dashes[2] = (RouteDash){.chainage = 40.4, .row = ROUTE_ROW_RIGHT, .dirt = 0.5, .offset = 0.1};
    build();
    for (int i = 0; i < row.dash_count; i++) {
        const Mark *dash = &dashes[i];
        int at = (int)dash->chainage, left = dash->row == MARK_LEFT_ROW;
        assert_int_equal(dash->missing, at == 20 && left);
        double contrast = at == 30 ? 0.0 : at == 40 && !left ? 0.9 * (1 - 0.8 * 0.5) : 0.9;
        CLOSE(dash->contrast, contrast, 1e-12);
        CLOSE(dash->y, (left ? 0.5 : -0.5) + (at == 40 && !left ? 0.1 : 0.0), 1e-12);
    }
}

/* a line that leaves its track at two degrees, in pieces of a metre; old paint keeps dashes and gaps */
static void ghost_lines_run_straight_from_end_to_end(void **state)
{
    (void)state;
    static Ghost pieces[200];
    begin(200);
    route.ghost_count = 2;
    route.ghosts[0] = (RouteGhost){.kind = GHOST_TAR_SEAM, .from = 50, .to = 110, .offset_from = 0.5,
                                   .offset_to = 0.5 + 60 * tan(ART_PI / 90), .contrast = -1};
    route.ghosts[1] = (RouteGhost){.kind = GHOST_OLD_PAINT, .from = 20, .to = 40, .offset_from = -0.3, .offset_to = -0.3,
                                   .contrast = 0.7};
    alignment_build(&route, &axis);
    assert_int_equal(ghost_need(&route), 60 + 10);
    ghost_build(&axis, pieces);
    for (int i = 0; i < 60; i++) {
        CLOSE(pieces[i].y - 0.5, (pieces[i].x - 50) * tan(ART_PI / 90), 1e-9);
        CLOSE(pieces[i].heading, ART_PI / 90, 1e-9);
        CLOSE(pieces[i].contrast, 0.3, 0);
    }
    for (int i = 60; i < 70; i++) {
        CLOSE(pieces[i].x, 21 + 2 * (i - 60), 1e-9);
        CLOSE(pieces[i].y, -0.3, 1e-9);
        CLOSE(pieces[i].contrast, 0.7, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passes_wear_the_paint_exponentially),
        cmocka_unit_test(random_wear_has_its_mean_and_deviation_and_hangs_on_the_seed),
        cmocka_unit_test(paint_wanders_smoothly_beside_the_design),
        cmocka_unit_test(single_dashes_and_covers_change_what_they_name),
        cmocka_unit_test(ghost_lines_run_straight_from_end_to_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
