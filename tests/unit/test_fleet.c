/* Several trains on one line: where they start, what is their own, and what the scenario may not say. */
#include "sim/world/fleet.h"
#include "sim/world/signals.h"
#include "tests/unit/run_fixture.h"
#include "tests/unit/run_support.h"

#define ROUND "south_crossover 2 m -> 105 m, northbound 105 m -> 3078 m, " \
              "north_crossover 3078 m -> 2974 m, southbound 2974 m -> 2 m"

static Trial open_line(const char *more)
{
    Trial trial;
    TrialPlan plan = {.route = "zhuzhou_a1", .line = ROUND, .speed = -1.0, .seed = 4, .more = more};
    trial_open(&trial, &plan);
    return trial;
}

static double chainage_of(const Trial *trial, int t)
{
    const TrainWorld *train = &trial->world->trains[t];
    return path_at(train_path(trial->scenario, train), train->truth.nose_u).chainage;
}

static void a_train_starts_with_its_nose_where_the_file_says(void **state)
{
    (void)state;
    Trial trial = open_line("[train.2]\nstart = southbound Huanghe North Road\n[train.3]\nstart = northbound 1200 m\n");
    assert_int_equal(trial.world->train_count, 3);
    assert_number(chainage_of(&trial, 1), 1551.139, 3e-6); /* stop_down of platform 6 */
    assert_number(chainage_of(&trial, 2), 1200.0, 3e-6);
    /* at rest on its track, both cabs */
    for (int t = 1; t < 3; t++)
        for (int a = 0; a < trial.scenario->model.axle_count; a++)
            assert_number(1.0 + trial.world->trains[t].truth.axle[a].lateral, 1.0, 0.02);
    trial_close(&trial);
}

static void a_train_without_a_place_enters_after_its_headway(void **state)
{
    (void)state;
    Trial trial = open_line("headway = 20 s\ntrains = 3\n");
    assert_int_equal(trial.world->train_count, 1);
    for (int t = 1; t < 3; t++) {
        trial_run(&trial, 20.0 * t - 0.002 - trial_time(&trial));
        assert_int_equal(trial.world->train_count, t);
        trial_run(&trial, 0.002);
        if (t == 1) assert_int_equal(trial.world->train_count, 2);
    }
    trial_close(&trial);
}

static void a_train_far_from_others_moves_as_if_it_were_alone(void **state)
{
    (void)state;
    Trial alone = open_line(NULL), among = open_line("[train.2]\nstart = southbound Huanghe North Road\n");
    trial_run(&alone, 40.0);
    trial_run(&among, 40.0);
    assert_memory_equal(&alone.world->trains[0].plant, &among.world->trains[0].plant, sizeof(TrainState));
    trial_close(&alone);
    trial_close(&among);
}

static void trains_have_loads_and_sensor_errors_of_their_own(void **state)
{
    (void)state;
    Trial trial = open_line("[train.2]\nstart = southbound 1500 m\nload = AW0\n[train.3]\nstart = southbound 2300 m\n");
    double full = train_plant(trial.scenario, trial.world, 0)->total_mass, empty = train_plant(trial.scenario, trial.world, 1)->total_mass;
    assert_number(full, 47200.0, 0.005); /* MODEL 5: AW2 47.2 t, AW0 32.6 t */
    assert_number(empty, 32600.0, 0.005);
    assert_true(train_plant(trial.scenario, trial.world, 2)->total_mass == full);
    const AtpState *a = &trial.world->trains[0].atp, *b = &trial.world->trains[2].atp;
    if (a->tacho_scale[0] == b->tacho_scale[0]) fail_msg("both tachometers err by %.17g", a->tacho_scale[0]);
    trial_close(&trial);
}

static void a_fault_of_one_train_leaves_the_others_as_they_are(void **state)
{
    (void)state;
    static const char fault[] = "[train.2]\nstart = southbound Huanghe North Road\n"
                                "[fault.steer]\ntrain = 2\nunit = steering.1\nkind = offset\nat = 1 s\n";
    Loaded *loaded = NULL;
    Run run[2];
    const char *const files[2] = {"fleet_sound.ini", "fleet_fault.ini"};
    for (int i = 0; i < 2; i++) {
        FILE *file = fopen(files[i], "w");
        assert_non_null(file);
        fprintf(file, "[scenario]\nduration = 60 s\n[route]\nfile = @assets/routes/zhuzhou_a1.ini\n");
        fprintf(file, "[vehicle]\nfile = @assets/vehicles/art3.ini\n[service]\nline = %s\n", ROUND);
        fputs(i == 0 ? "[train.2]\nstart = southbound Huanghe North Road\n" : fault, file);
        assert_int_equal(fclose(file), 0);
        loaded = load_scenario(&art_kit, &(LoadRequest){.path = files[i]});
        assert_int_equal(diag_count(&loaded->diag), 0);
        assert_true(run_open(loaded, &run[i]));
        for (int tick = 0; tick < 10000; tick++) {
            run_tick(run[i].plan, run[i].state);
            run_drain(run[i].state);
        }
        load_free(loaded);
        remove(files[i]);
    }
    const World *sound = &run[0].state->world, *broken = &run[1].state->world;
    assert_memory_equal(&sound->trains[0].plant, &broken->trains[0].plant, sizeof(TrainState));
    assert_memory_not_equal(&sound->trains[1].plant, &broken->trains[1].plant, sizeof(TrainState));
    assert_int_equal(run[1].state->record.monitor.trains[0].faults_begun, 0);
    assert_int_equal(run[1].state->record.monitor.trains[1].faults_begun, 1);
    run_close(&run[0]);
    run_close(&run[1]);
}

static double metric_of(const Trial *trial, const char *name, int train)
{
    int member;
    MetricValue value = {0};
    const Metric *metric = metric_find(name, &member);
    assert_non_null(metric);
    if (!metric->read(&trial->record->monitor, train, 0, &value)) return -1.0;
    return value.value;
}

/* An empty train uses less than a full one, and the line lies between them; a line of one train has no figure of its own. */
static void the_line_uses_what_its_trains_use(void **state)
{
    (void)state;
    Trial trial = open_line("[train.2]\nstart = southbound 1500 m\nload = AW0\n"), alone = open_line("");
    trial_run(&trial, 60.0);
    trial_run(&alone, 60.0);
    double full = metric_of(&trial, "energy_kwh_per_km", 0), empty = metric_of(&trial, "energy_kwh_per_km", 1);
    double line = metric_of(&trial, "line_energy_kwh_per_km", 0);
    if (empty <= 0.0 || full <= empty || line <= empty || line >= full) fail_msg("%.3f, %.3f, line %.3f", full, empty, line);
    double way = 0.001 * (metric_of(&trial, "distance_m", 0) + metric_of(&trial, "distance_m", 1));
    assert_number(metric_of(&trial, "line_energy_kwh", 0), line * way, 1e-12);
    assert_true(metric_of(&alone, "line_energy_kwh", 0) < 0.0);
    trial_close(&trial);
    trial_close(&alone);
}

/* Is every train that has entered the owner of all places that it stands on? -1, or a zone that is not its own. */
static int zone_not_owned(const Trial *trial, int t)
{
    const TrainWorld *train = &trial->world->trains[t];
    const DispatchPlan *plan = &trial->scenario->traffic.dispatch;
    int path = train_path_index(trial->scenario, train);
    double nose = train->truth.nose_u, tail = nose - trial->scenario->model.length;
    for (int i = plan->first[path]; i < plan->first[path + 1]; i++) {
        const DispatchPlace *place = &plan->places[i];
        if (place->to <= tail || place->from >= nose || trial->world->traffic.dispatch.owner[place->zone] == t + 1) continue;
        return place->zone;
    }
    return -1;
}

/* The second one's time comes while the first one returns over the single track at the line's start. Once the first one is
   done there it has left the line, and the second enters. */
static void a_train_waits_outside_while_another_has_the_start(void **state)
{
    (void)state;
    Trial trial = open_line("stops = none\nstart = southbound 300 m\n[train.2]\nheadway = 38 s\n");
    trial_run(&trial, 38.1);
    assert_int_equal(trial.world->trains[0].service.mode, SERVICE_DRIVING);
    assert_int_equal(trial.world->train_count, 1);
    assert_number(metric_of(&trial, "trains_outside", 0), 1.0, 0.0);
    while (trial_time(&trial) < 120.0 && trial.world->train_count < 2) trial_run(&trial, 0.1);
    assert_int_equal(trial.world->trains[0].service.mode, SERVICE_FINISHED);
    assert_int_equal(trial.world->train_count, 2);
    assert_int_equal(zone_not_owned(&trial, 1), -1);
    assert_number(1.0 + metric_of(&trial, "trains_outside", 0), 1.0, 0.0);
    trial_close(&trial);
}

static void the_plan_of_a_round_starts_again_with_times_a_cycle_later(void **state)
{
    (void)state;
    static ServicePlan plan = {.stop_count = 2, .path_count = 2, .rounds = 3, .cycle = 600.0};
    plan.stops[0] = (ServiceStop){.path = 0, .u = 100.0, .platform = -1, .station = -1, .call = 0};
    plan.stops[1] = (ServiceStop){.path = 1, .u = 100.0, .platform = -1, .station = -1, .call = 1};
    plan.times[0] = (ServiceTime){.arrive = 30.0, .depart = 50.0};
    plan.times[1] = (ServiceTime){.arrive = -1.0, .depart = 300.0};
    plan.call_count = 2;
    plan.timed_rounds = 1;
    ServiceState service = {.shift = 120.0};
    int turns = 0;
    for (int k = 0; k < 6; k++) {
        service.mode = SERVICE_TURNBACK;
        double depart = service_departure(&plan, &service, service_next(&plan, &service));
        assert_number(depart, (k % 2 ? 300.0 : 50.0) + 120.0 + 600.0 * (k / 2), 1e-9);
        ServiceEvent event = service_cycle(&(ServiceInput){.plan = &plan, .cycle = 0.01, .distance = 100.0}, &service);
        turns += event == SERVICE_TURNED;
        assert_int_equal(event, k < 5 ? SERVICE_TURNED : SERVICE_ENDED);
    }
    assert_int_equal(turns, 5);
}

/* The first message about a scenario whose service goes on as `more` says. */
static void refused(const char *more, const char *message)
{
    Text text = {0};
    FILE *file = fopen("fleet_refused.ini", "w");
    assert_non_null(file);
    fprintf(file, "[route]\nfile = @assets/routes/zhuzhou_a1.ini\n[vehicle]\nfile = @assets/vehicles/art3.ini\n");
    fprintf(file, "[service]\nline = %s\n%s", ROUND, more);
    assert_int_equal(fclose(file), 0);
    Loaded *loaded = load_scenario(&art_kit, &(LoadRequest){.path = "fleet_refused.ini"});
    Run run;
    if (diag_count(&loaded->diag) == 0 && run_open(loaded, &run)) run_close(&run);
    diag_text(&loaded->diag, &text);
    if (!strstr(text_bytes(&text), message)) fail_msg("%s\ngives \"%s\",\nnot \"%s\"", more, text_bytes(&text), message);
    text_free(&text);
    load_free(loaded);
    remove("fleet_refused.ini");
}

static void what_trains_cannot_do_is_told_with_its_line(void **state)
{
    (void)state;
    refused("[train.1]\nload = AW0\n", "fleet_refused.ini:7: [train.1]: the number is missing or wrong; write [train.2]");
    refused("[train.3]\nheadway = 60 s\n", "[train.3]: there is no [train.2]; the numbers run from 2");
    refused("[train.2]\nload = AW0\n", "fleet_refused.ini:7: [train.2] headway: a train without a start");
    refused("trains = 2\n", "[service] headway: a train without a start");
    refused("[train.2]\nstart = middle 5 m\n", "fleet_refused.ini:8: [train.2] start: begins with a track");
    refused("[train.2]\nstart = southbound Moon\n", "[train.2] start: names no platform on that track");
    refused("[train.2]\nstart = southbound 2990 m\n", "[train.2] start: is not on the line");
    refused("[train.2]\nstart = northbound 110 m\n[train.3]\nstart = northbound 130 m\n",
            "[train.3] start: another train stands there already");
    refused("[train.2]\nstart = south_crossover 20 m\n", "[train.2] start: the train is longer than the way");
    refused("[train.2]\nheadway = 60 s\n[train.3]\nstart = northbound 500 m\n", "number it before those that enter later");
    refused("[train.2]\nheadway = 60 s\nvehicle = @assets/vehicles/bus_12m.ini\n", "of one vehicle; leave the key out");
    refused("[fault.x]\ntrain = 2\nunit = brake.1\nkind = lost\nat = 1 s\n", "[fault.x] train: the scenario has 1 train;");
    refused("[expect.x]\nsignal = train2.speed_mps\nlimit = 1\n", "train2.speed_mps\": before the dot stands a train, train1");
    refused("rounds = 2\n[stop.Sports Centre]\ndeparts = 400 s, 700 s\n", "a timetable of several rounds");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_train_starts_with_its_nose_where_the_file_says),
        cmocka_unit_test(a_train_without_a_place_enters_after_its_headway),
        cmocka_unit_test(a_train_far_from_others_moves_as_if_it_were_alone),
        cmocka_unit_test(trains_have_loads_and_sensor_errors_of_their_own),
        cmocka_unit_test(a_fault_of_one_train_leaves_the_others_as_they_are),
        cmocka_unit_test(the_line_uses_what_its_trains_use),
        cmocka_unit_test(a_train_waits_outside_while_another_has_the_start),
        cmocka_unit_test(the_plan_of_a_round_starts_again_with_times_a_cycle_later),
        cmocka_unit_test(what_trains_cannot_do_is_told_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
