/* The catalogue of signals and metrics. */
#include "sim/base/units.h"
#include "sim/world/script.h"
#include "sim/world/signals.h"
#include "tests/unit/io_support.h"

/* SCENARIOS, names that do not change */
static const char *const fixed_signals[] = {
    "time_s", "train", "mode", "chainage_m", "lateral_m", "speed_mps", "accel_mps2", "direction", "module1_x_m",
    "module1_y_m", "module1_yaw_rad", "module1_vx_mps", "module1_vy_mps", "module1_yaw_rate_radps", "module1_ay_mps2",
    "module1_roll_rad", "hinge1_angle_rad", "hinge1_fx_n", "hinge1_fy_n", "axle1_x_m", "axle1_y_m", "axle1_steer_rad",
    "axle1_lateral_error_m", "axle1_offtracking_m", "axle1_fz_n", "axle1_fy_n", "axle1_fx_n", "axle1_slip_angle_rad",
    "axle1_friction_use"};
static const char *const fixed_metrics[] = {
    "distance_m", "stops_served", "stop_error_max_m", "stop_error_rms_m", "door_gap_min_m", "door_gap_max_m",
    "speed_max_mps", "lead_lateral_error_rms_m", "lead_lateral_error_peak_m", "axle1_lateral_error_rms_m",
    "axle1_lateral_error_peak_m", "axle1_offtracking_peak_m", "swept_width_max_m", "lane_clearance_min_m",
    "hinge_angle_peak_rad", "hinge_force_peak_n", "accel_long_peak_mps2", "accel_lat_peak_mps2", "jerk_peak_mps3",
    "wheel_load_min_n", "energy_kwh", "energy_kwh_per_km", "atp_interventions", "emergency_brakes"};

static void names_that_other_tools_read_are_there(void **state)
{
    (void)state;
    int member;
    for (size_t i = 0; i < sizeof fixed_signals / sizeof fixed_signals[0]; i++) {
        if (!signal_find(fixed_signals[i], &member)) fail_msg("there is no signal %s", fixed_signals[i]);
    }
    for (size_t i = 0; i < sizeof fixed_metrics / sizeof fixed_metrics[0]; i++) {
        if (!metric_find(fixed_metrics[i], &member)) fail_msg("there is no metric %s", fixed_metrics[i]);
    }
}

static void every_name_is_unique_and_its_unit_known(void **state)
{
    (void)state;
    for (int i = 0; i < signal_count(); i++) {
        const Signal *signal = signal_at(i);
        if (!unit_find(signal->unit)) fail_msg("%s: unknown unit %s", signal->name, signal->unit);
        for (int k = 0; k < i; k++) {
            if (strcmp(signal_at(k)->name, signal->name) == 0) fail_msg("%s stands twice", signal->name);
        }
    }
    for (int i = 0; i < metric_count(); i++) {
        const Metric *metric = metric_at(i);
        if (!unit_find(metric->unit)) fail_msg("%s: unknown unit %s", metric->name, metric->unit);
        for (int k = 0; k < i; k++) {
            if (strcmp(metric_at(k)->name, metric->name) == 0) fail_msg("%s stands twice", metric->name);
        }
    }
}

static void a_member_is_read_from_its_own_place(void **state)
{
    (void)state;
    static Sample sample;
    sample.time = 12.5;
    sample.train_count = 2;
    sample.trains[1].axles[11].steer = 0.25;
    sample.trains[1].modules[2].yaw_rate = -0.5;
    sample.trains[1].hinges[1].fy = 900.0;
    sample.trains[1].direction = -1;
    sample.trains[1].mode = MODE_DOORS;
    sample.trains[1].energy = 7.2e6;
    static const struct {
        const char *name;
        double value;
    } want[] = {{"time_s", 12.5}, {"train", 2.0}, {"axle12_steer_rad", 0.25}, {"axle1_steer_rad", 0.0},
                {"module3_yaw_rate_radps", -0.5}, {"hinge2_fy_n", 900.0}, {"direction", -1.0}, {"docked", 1.0},
                {"mode", MODE_DOORS}, {"energy_kwh", 2.0}, {"moving", 0.0}};
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        int member;
        const Signal *signal = signal_find(want[i].name, &member);
        assert_non_null(signal);
        double value = signal_value(signal, &sample, 1, member);
        if (value != want[i].value) fail_msg("%s is %.17g, expected %.17g", want[i].name, value, want[i].value);
    }
}

static void a_member_is_named_by_a_plain_number_from_one(void **state)
{
    (void)state;
    int member;
    static const char *const wrong[] = {"axle0_steer_rad", "axle01_steer_rad", "axle_steer_rad", "axle-1_steer_rad",
                                        "axle1_steer_rad ", "axle1_steer", "axle123456789012_steer_rad", "", "axle#_steer_rad"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (signal_find(wrong[i], &member)) fail_msg("\"%s\" was taken for a signal", wrong[i]);
    }
    assert_non_null(signal_find("axle12_steer_rad", &member));
    assert_int_equal(member, 11);
    assert_non_null(metric_find("axle*_lateral_error_peak_m", &member));
    assert_int_equal(member, SIGNAL_ALL);
}

static void a_written_name_is_found_again(void **state)
{
    (void)state;
    for (int i = 0; i < signal_count(); i++) {
        for (int want = 0; want < 32; want += 31) {
            char name[ART_NAME_MAX];
            int member;
            signal_write_name(signal_at(i)->name, want, name);
            const Signal *found = signal_find(name, &member);
            if (found != signal_at(i)) fail_msg("%s does not lead back", name);
            if (signal_at(i)->family > SIGNAL_TRAIN && member != want) fail_msg("%s: %d, not %d", name, member, want);
        }
    }
}

static const ParamField *section_row(const char *name)
{
    const char *dot = strchr(name, '.');
    for (int i = 0; i < scenario_schema.count; i++) {
        const ParamSection *section = &scenario_schema.sections[i];
        size_t length = (size_t)(dot - name);
        if (strlen(section->pattern) == length && strncmp(section->pattern, name, length) == 0) {
            return param_find(section->table, dot + 1);
        }
    }
    return NULL;
}

static void a_live_setting_repeats_the_row_of_its_section(void **state)
{
    (void)state;
    int live = 0;
    for (int i = 0; i < settings_table.count; i++) {
        const ParamField *setting = &settings_table.fields[i], *row = section_row(setting->key);
        if (!row) fail_msg("%s is in no section", setting->key);
        if (!(row->flags & PARAM_LIVE)) fail_msg("%s is not LIVE in its section", setting->key);
        assert_true(row->type == setting->type && row->minimum == setting->minimum && row->maximum == setting->maximum);
        assert_true(row->fallback == setting->fallback);
        assert_string_equal(row->unit, setting->unit);
        assert_string_equal(row->meaning, setting->meaning);
    }
    for (int i = 0; i < scenario_schema.count; i++) {
        const ParamTable *table = scenario_schema.sections[i].table;
        for (int k = 0; k < table->count; k++) live += (table->fields[k].flags & PARAM_LIVE) != 0;
    }
    if (live != settings_table.count) fail_msg("%d rows are LIVE, %d settings", live, settings_table.count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_other_tools_read_are_there),
        cmocka_unit_test(every_name_is_unique_and_its_unit_known),
        cmocka_unit_test(a_member_is_read_from_its_own_place),
        cmocka_unit_test(a_member_is_named_by_a_plain_number_from_one),
        cmocka_unit_test(a_written_name_is_found_again),
        cmocka_unit_test(a_live_setting_repeats_the_row_of_its_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
