/* Vehicle files: the shipped one, defaults, and vehicles that cannot be. */
#include "tests/unit/train_fixture.h"
#include "sim/io/schemas.h"

static Vehicle vehicle;
static Complaints complaints;

static int complained(const char *section, const char *key)
{
    for (int i = 0; i < complaints.count && i < COMPLAINTS_MAX; i++) {
        if (strcmp(complaints.items[i].section, section) == 0 && strcmp(complaints.items[i].key, key) == 0) return 1;
    }
    return 0;
}

static void check(void)
{
    complaints.count = 0;
    vehicle_check(&vehicle, &complaints);
}

/* The check must name this section and key. */
static void expect_complaint(const char *section, const char *key)
{
    check();
    if (!complained(section, key)) {
        print_error("no complaint about [%s] %s; %d others\n", section, key, complaints.count);
        for (int i = 0; i < complaints.count; i++) {
            const Complaint *item = &complaints.items[i];
            print_error("  [%s] %s: %s\n", item->section, item->key, item->why);
        }
        fail();
    }
    fixture_art3(&vehicle);
}

static void the_default_train_is_accepted(void **unused)
{
    (void)unused;
    fixture_art3(&vehicle);
    check();
    expect_near("complaints", complaints.count, 0.0, 0.0);
    fixture_single_track(&vehicle);
    check();
    expect_near("complaints about a single track vehicle", complaints.count, 0.0, 0.0);
}

static void vehicles_that_cannot_be_are_refused_by_section_and_key(void **unused)
{
    (void)unused;
    fixture_art3(&vehicle);
    vehicle.module_count = 0;
    expect_complaint("module.1", "");
    vehicle.modules[1].length_front = vehicle.modules[1].length_rear = 0.0;
    expect_complaint("module.2", "length_front");
    vehicle.modules[2].mass_laden = 9e3;
    expect_complaint("module.3", "mass_laden");
    vehicle.modules[0].cg_height = 3.5;
    expect_complaint("module.1", "cg_height");
    vehicle.modules[0].roll_stiffness = 1e5;
    expect_complaint("module.1", "roll_stiffness");
    vehicle.modules[0].roll_damping = 5e7;
    expect_complaint("module.1", "roll_damping");
    vehicle.axles[3].module = 4;
    expect_complaint("axle.4", "module");
    vehicle.axles[0].x = 6.5;
    expect_complaint("axle.1", "x");
    vehicle.axles[1].track = 2.7;
    expect_complaint("axle.2", "track");
    strcpy(vehicle.axles[5].tyre, "missing");
    expect_complaint("axle.6", "tyre");
    vehicle.axles[2].x = -2.9;
    vehicle.axles[3].x = 2.9;
    expect_complaint("axle.4", "x");
    vehicle.axles[0].x = -1.0;
    expect_complaint("module.1", "");
    vehicle.axles[0].load_share = 0.5;
    expect_complaint("module.1", "");
    vehicle.hinge_count = 3;
    expect_complaint("hinge.3", "");
    vehicle.hinges[0].damping = 1e8;
    expect_complaint("hinge.1", "damping");
    vehicle.hinges[1].stiffness = 1e12;
    expect_complaint("hinge.2", "stiffness");
    fixture_defaults("door.#", &vehicle.doors[vehicle.door_count++]);
    vehicle.doors[0].x = 5.8;
    expect_complaint("door.1", "x");
    vehicle.brake.force_max = 100e3;
    expect_complaint("brake", "force_max");
    vehicle.brake.emergency = 1.0;
    expect_complaint("brake", "emergency");
    vehicle.battery.usable = 2.0 * vehicle.battery.capacity;
    expect_complaint("battery", "usable");
    vehicle.battery.cell_voltage[3] = 2.5;
    expect_complaint("battery", "cell_voltage_00");
    vehicle.battery.cell_most = 2.5;
    expect_complaint("battery", "cell_most");
    vehicle.battery.hot = vehicle.battery.cold;
    expect_complaint("battery", "hot");
    vehicle.drive.copper_share = 0.95;
    expect_complaint("drive", "copper_share");
    vehicle.drive.continuous_power = 2.0 * vehicle.drive.power;
    expect_complaint("drive", "continuous_power");
    vehicle.head.passengers_seated = 300;
    expect_complaint("vehicle", "passengers_aw2");
}

static void missing_hinges_take_the_defaults(void **unused)
{
    (void)unused;
    fixture_art3(&vehicle);
    VehicleHinge stated = vehicle_hinge(&vehicle, 1);
    vehicle.hinge_count = 0;
    VehicleHinge missing = vehicle_hinge(&vehicle, 1);
    expect_near("damping", missing.damping, stated.damping, 0.0);
    expect_near("stop", missing.stop, 55.0 * ART_PI / 180.0, 1e-12);
}

static void expect_close(const char *what, double actual, double expected)
{
    expect_near(what, actual, expected, 1e-8 * fabs(expected) + 1e-12);
}

/* Every real and whole number of a section, by its table. */
static void expect_same_rows(const ParamTable *table, const void *actual, const void *expected)
{
    for (int i = 0; i < table->count; i++) {
        const ParamField *field = &table->fields[i];
        if (field->type == PARAM_TEXT || field->type == PARAM_PATH) continue;
        expect_close(field->key, param_get(field, actual), param_get(field, expected));
    }
}

static void the_shipped_art3_is_the_train_of_these_tests(void **unused)
{
    (void)unused;
    LoadRequest request = {.path = ART_DATA_DIR "/assets/vehicles/art3.ini"};
    Loaded *loaded = load_any(&art_kit, &request);
    expect_near("mistakes in art3.ini", (double)diag_count(&loaded->diag), 0.0, 0.0);
    expect_near("kind of file", loaded->kind, LOAD_VEHICLE, 0.0);
    const Vehicle *shipped = loaded->parts[LOAD_VEHICLE];
    fixture_art3(&vehicle);
    for (int s = 0; s < vehicle_schema.count; s++) {
        const ParamSection *section = &vehicle_schema.sections[s];
        if (strcmp(section->pattern, "door.#") == 0) continue;
        const char *actual = (const char *)shipped + section->offset;
        const char *expected = (const char *)&vehicle + section->offset;
        int32_t count = 1, wanted = 1;
        if (section->max > 1) {
            memcpy(&count, (const char *)shipped + section->count_offset, sizeof count);
            memcpy(&wanted, (const char *)&vehicle + section->count_offset, sizeof wanted);
        }
        expect_near(section->pattern, count, wanted, 0.0);
        for (int i = 0; i < count; i++) {
            size_t place = (size_t)i * section->stride;
            expect_same_rows(section->table, actual + place, expected + place);
        }
    }
    expect_near("doors", shipped->door_count, 8.0, 0.0);
    load_free(loaded);
}

static void the_art3_is_31_64_m_long_and_its_axles_match(void **unused)
{
    (void)unused;
    static TrainModel model;
    fixture_art3(&vehicle);
    train_model_build(&vehicle, LOAD_AW3, 1e-3, &model);
    expect_close("length", model.length, 31.64);
    const double position[] = {2.98, 8.98, 12.92, 18.72, 22.66, 28.66};
    for (int a = 0; a < 6; a++) expect_close("axle behind the nose", model.axle_position[a], position[a]);
    /* wheels are numbered left first */
    expect_close("left wheel", model.wheel_y[0], 1.05);
    expect_close("right wheel", model.wheel_y[1], -1.05);
    double behind = 1.95 * (6.0 + 1.95), before = 1.99 * (5.8 + 1.99);
    expect_near("matching condition of the hinges", behind / before, 1.0, 3e-5);
    expect_near("cornering stiffness of an axle", model.cornering_stiffness[0], 2.0 * 236.1e3, 300.0);
}

static void uniform_box_gives_the_yaw_inertia_and_load_scales_it(void **unused)
{
    (void)unused;
    static TrainModel model;
    fixture_art3(&vehicle);
    train_model_build(&vehicle, LOAD_AW3, 1e-3, &model);
    double laden = 17e3 * (10.93 * 10.93 + 2.65 * 2.65) / 12.0;
    expect_close("laden", model.yaw_inertia[0], laden);
    train_model_build(&vehicle, LOAD_AW0, 1e-3, &model);
    expect_close("empty", model.yaw_inertia[0], laden * 32600.0 / 51000.0);
    vehicle.modules[0].yaw_inertia = 2e5;
    train_model_build(&vehicle, LOAD_AW3, 1e-3, &model);
    expect_close("stated", model.yaw_inertia[0], 2e5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_default_train_is_accepted),
        cmocka_unit_test(vehicles_that_cannot_be_are_refused_by_section_and_key),
        cmocka_unit_test(missing_hinges_take_the_defaults),
        cmocka_unit_test(the_shipped_art3_is_the_train_of_these_tests),
        cmocka_unit_test(the_art3_is_31_64_m_long_and_its_axles_match),
        cmocka_unit_test(uniform_box_gives_the_yaw_inertia_and_load_scales_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
