/* Vehicles of unusual size on the endless plane: longer than the path that is remembered, and with one wheel for an axle. */
#include <math.h>
#include "tests/unit/run_support.h"

static void text_section(Text *text, const char *kind, int number, const char *rest)
{
    text_add(text, "[");
    text_add(text, kind);
    text_add_int(text, number);
    text_add(text, "]\n");
    text_add(text, rest);
}

/* Modules of 18 m on one axle each, the first on two. */
static void write_road_train(const char *path, int modules)
{
    Text text = {0};
    text_add(&text, "[vehicle]\nname = long\nplanar = yes\n[brake]\nforce_max = 900\n[tyre.t]\nmodel = magic_formula\n");
    for (int i = 1; i <= modules; i++) {
        text_section(&text, "module.", i, "length_front = 9\nlength_rear = 9\nmass_empty = 20\n");
        if (i == 1) text_section(&text, "axle.", 1, "module = 1\nx = 7.2\ntyre = t\ndriven = no\n");
        text_section(&text, "axle.", i + 1, "module = ");
        text_add_int(&text, i);
        text_add(&text, i == 1 ? "\nx = -7.2\nsteered = no\ndriven = yes\ntyre = t\n"
                               : "\nx = -7.2\nsteered = no\ndriven = no\ntyre = t\n");
    }
    write_text(path, text.bytes);
    text_free(&text);
}

/* On a circle every trailing axle runs further inside: what each adds is what its neighbour adds, also 140 m behind. */
static void off_tracking_is_read_along_the_whole_train(void **unused)
{
    (void)unused;
    write_road_train("long_train.ini", 8);
    write_text("long_turn.csv", "time_s,axle1_steer_rad\n0,0\n1,0\n5,0.02\n999,0.02\n");
    write_text("long_run.ini", "[scenario]\nname = long\nduration = 150 s\n[vehicle]\nfile = long_train.ini\n"
                               "[initial]\nspeed = 18\n[drive]\nopen_loop = long_turn.csv\nhold_speed = 18\n");
    OpenRun open = run_begin("long_run.ini", NULL, 0);
    run_to(&open.run, 150000);
    const TrainTruth *truth = &open.run.state->world.trains[0].truth;
    double last = truth->offtracking[8], before = truth->offtracking[7], earlier = truth->offtracking[6];
    print_message("off-tracking of axles 7 to 9: %.3f, %.3f, %.3f m\n", earlier, before, last);
    double added = before - earlier;
    if (!(fabs(last - before - added) < 0.03 * fabs(added))) fail_msg("axle 9 adds %.4f m, axle 8 %.4f m", last - before, added);
    run_leave(&open);
}

static double braking_distance(const char *y)
{
    OpenRun open = run_begin("single_run.ini", (const char *const[]){y}, 1);
    const World *world = &open.run.state->world;
    run_to(&open.run, 500);
    double from = world->trains[0].plant.x;
    while (world->trains[0].plant.vx > 0.1 && world->tick < 30000) run_to(&open.run, world->tick + 10);
    double distance = world->trains[0].plant.x - from;
    run_leave(&open);
    return distance;
}

/* Grip 0.25 on one half of the road: the wheel that stands for both of an axle brakes with their mean, wherever it is. */
static void one_wheel_for_an_axle_feels_both_sides_of_the_road(void **unused)
{
    (void)unused;
    write_text("single_car.ini",
               "[vehicle]\nname = single\nplanar = yes\n[module.1]\nlength_front = 3.5\nlength_rear = 3.5\nmass_empty = 14\n"
               "[axle.1]\nmodule = 1\nx = 2.5\nwheels = 1\ntyre = t\n[axle.2]\nmodule = 1\nx = -2.5\nwheels = 1\n"
               "steered = no\ndriven = yes\ntyre = t\n[tyre.t]\nmodel = magic_formula\nnominal_load = 80\n[brake]\nanti_lock = no\n");
    write_text("single_run.ini",
               "[scenario]\nname = single\nduration = 30 s\n[vehicle]\nfile = single_car.ini\n[weather]\nfriction = 0.8\n"
               "[surface]\nfriction_left = 0.25\n[initial]\nspeed = 72\n[drive]\nhold_speed = 72\n[manoeuvre]\nkind = brake\n"
               "start = 0.5 s\n");
    double middle = braking_distance("initial.y=0"), left = braking_distance("initial.y=1 cm"),
           right = braking_distance("initial.y=-1 cm");
    print_message("braking distance at y = 0, 1 and -1 cm: %.2f, %.2f, %.2f m\n", middle, left, right);
    if (!(fabs(left - middle) < 0.01 && fabs(right - middle) < 0.01)) fail_msg("a centimetre aside changes the grip");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(off_tracking_is_read_along_the_whole_train),
        cmocka_unit_test(one_wheel_for_an_axle_feels_both_sides_of_the_road),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
