/* The dispatcher's table of places and who gets them. A line as the public one: a single track at each end, faces between. */
#include "sim/operate/dispatch.h"
#include "tests/unit/run_support.h"

enum { FACE_UP, FACE_DOWN, SOUTH, NORTH, ZONES };
enum { UP, DOWN };

/* Both ways of one line, a zone after the other, as the line's plan is compiled. */
static DispatchPlan both_ways(void)
{
    DispatchPlan plan = {.kind = {ZONE_PLATFORM, ZONE_PLATFORM, ZONE_SINGLE, ZONE_SINGLE}, .zone_count = ZONES,
                         .train_length = 30.0};
    dispatch_place_add(&plan, UP, (DispatchPlace){FACE_UP, 500.0, 550.0});
    dispatch_place_add(&plan, DOWN, (DispatchPlace){FACE_DOWN, 450.0, 500.0});
    dispatch_place_add(&plan, UP, (DispatchPlace){SOUTH, 0.0, 60.0});
    dispatch_place_add(&plan, DOWN, (DispatchPlace){SOUTH, 940.0, 1000.0});
    dispatch_place_add(&plan, UP, (DispatchPlace){NORTH, 940.0, 1000.0});
    dispatch_place_add(&plan, DOWN, (DispatchPlace){NORTH, 0.0, 60.0});
    return plan;
}

static void each_path_keeps_its_places_in_the_order_of_travel(void **state)
{
    (void)state;
    static const DispatchPlace want[2][3] = {{{SOUTH, 0.0, 60.0}, {FACE_UP, 500.0, 550.0}, {NORTH, 940.0, 1000.0}},
                                             {{NORTH, 0.0, 60.0}, {FACE_DOWN, 450.0, 500.0}, {SOUTH, 940.0, 1000.0}}};
    DispatchPlan plan = both_ways();
    for (int path = UP; path <= DOWN; path++) {
        assert_int_equal(plan.first[path + 1] - plan.first[path], 3);
        for (int i = 0; i < 3; i++) {
            const DispatchPlace *place = &plan.places[plan.first[path] + i];
            if (place->zone != want[path][i].zone || place->from != want[path][i].from || place->to != want[path][i].to)
                fail_msg("path %d place %d is zone %d, %g to %g m; added was zone %d, %g to %g m", path, i, (int)place->zone,
                         place->from, place->to, (int)want[path][i].zone, want[path][i].from, want[path][i].to);
        }
    }
}

/* The first one has changed cabs on the northern single track and stands there, the second waits before it. */
static void single_track_is_its_who_stands_on_it(void **state)
{
    (void)state;
    DispatchPlan plan = both_ways();
    DispatchTrain trains[2] = {
        {.here = 1, .speaks = 1, .path = DOWN, .front = 32.0, .rear = -1.0, .nose = 31.0, .reach = 62.0},
        {.here = 1, .speaks = 1, .path = UP, .front = 930.0, .rear = 897.0, .nose = 929.0, .reach = 960.0, .late = 100.0}};
    DispatchState given = {.owner = {[NORTH] = 1}};
    for (int cycle = 0; cycle < 3; cycle++) dispatch_cycle(&plan, trains, 2, &given);
    assert_int_equal(given.owner[NORTH], 1);
    /* it may leave, and the second has the track once the rear is out of it */
    if (dispatch_limit(&plan, &given, 0, DOWN, trains[0].rear) < 100.0) fail_msg("the first one may not leave");
    trains[0].front = 100.0;
    trains[0].rear = 67.0;
    trains[0].reach = 130.0;
    dispatch_cycle(&plan, trains, 2, &given);
    assert_int_equal(given.owner[NORTH], 2);
}

/* A train would stand on the southern single track, where another comes back or has not quite left. */
static void a_train_enters_only_where_all_it_stands_on_is_free(void **state)
{
    (void)state;
    DispatchPlan plan = both_ways();
    DispatchTrain trains[2] = {
        {.here = 1, .speaks = 1, .path = DOWN, .front = 900.0, .rear = 867.0, .nose = 899.0, .reach = 930.0},
        {.here = 1, .speaks = 1, .path = UP, .front = 32.0, .rear = -1.0, .nose = 31.0}};
    DispatchState given = {.owner = {[SOUTH] = 1}};
    assert_int_equal(dispatch_admits(&plan, trains, 2, 1, &given), 0);
    given.owner[SOUTH] = 0;
    assert_int_equal(dispatch_admits(&plan, trains, 2, 1, &given), 1);
    /* nobody's, but the other one stands there */
    trains[0].front = 960.0;
    trains[0].nose = 959.0;
    assert_int_equal(dispatch_admits(&plan, trains, 2, 1, &given), 0);
    trains[0].here = 0;
    assert_int_equal(dispatch_admits(&plan, trains, 2, 1, &given), 1);
    dispatch_enter(&plan, trains, 2, 1, &given);
    assert_int_equal(given.owner[SOUTH], 2);
}

/* The first face begins closer behind the single track than a train is long. */
static void a_train_enters_single_track_only_if_it_can_leave_it(void **state)
{
    (void)state;
    DispatchPlan plan = both_ways();
    plan.train_length = 450.0;
    DispatchTrain trains[2] = {
        {.here = 1, .speaks = 1, .path = UP, .front = 540.0, .rear = 507.0, .nose = 539.0, .reach = 570.0},
        {.here = 1, .speaks = 1, .path = UP, .front = 32.0, .rear = -1.0, .nose = 31.0}};
    DispatchState given = {.owner = {[FACE_UP] = 1}};
    assert_int_equal(dispatch_admits(&plan, trains, 2, 1, &given), 0);
    given.owner[FACE_UP] = 0;
    trains[0].front = 700.0;
    trains[0].nose = 699.0;
    trains[0].rear = 667.0;
    assert_int_equal(dispatch_admits(&plan, trains, 2, 1, &given), 1);
    dispatch_enter(&plan, trains, 2, 1, &given);
    assert_int_equal(given.owner[SOUTH], 2);
    assert_int_equal(given.owner[FACE_UP], 2);
}

/* A train stands on single track that it never had: who comes the other way does not get it, it does. */
static void a_place_is_not_given_while_another_stands_on_it(void **state)
{
    (void)state;
    DispatchPlan plan = both_ways();
    DispatchTrain trains[2] = {
        {.here = 1, .speaks = 1, .path = DOWN, .front = 930.0, .rear = 897.0, .nose = 929.0, .reach = 960.0, .late = 100.0},
        {.here = 1, .speaks = 1, .path = UP, .front = 32.0, .rear = -1.0, .nose = 31.0, .reach = 62.0}};
    DispatchState given = {.owner = {0}};
    dispatch_cycle(&plan, trains, 2, &given);
    assert_int_equal(given.owner[SOUTH], 2);
    /* once that one is away it goes to who waits before it */
    trains[1].front = 100.0;
    trains[1].nose = 99.0;
    trains[1].rear = 67.0;
    dispatch_cycle(&plan, trains, 2, &given);
    assert_int_equal(given.owner[SOUTH], 1);
}

/* The odometer of the one that waits before the northern single track may err by 6 m. */
static void who_waits_before_a_place_is_not_on_it(void **state)
{
    (void)state;
    DispatchPlan plan = both_ways();
    DispatchTrain trains[2] = {
        {.here = 1, .speaks = 1, .path = UP, .front = 945.0, .rear = 902.0, .nose = 939.0, .reach = 930.0},
        {.here = 1, .speaks = 1, .path = DOWN, .front = 32.0, .rear = -1.0, .nose = 31.0, .reach = 62.0}};
    DispatchState given = {.owner = {0}};
    dispatch_cycle(&plan, trains, 2, &given);
    assert_int_equal(given.owner[NORTH], 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_path_keeps_its_places_in_the_order_of_travel),
        cmocka_unit_test(single_track_is_its_who_stands_on_it),
        cmocka_unit_test(a_train_enters_only_where_all_it_stands_on_is_free),
        cmocka_unit_test(a_train_enters_single_track_only_if_it_can_leave_it),
        cmocka_unit_test(a_place_is_not_given_while_another_stands_on_it),
        cmocka_unit_test(who_waits_before_a_place_is_not_on_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
