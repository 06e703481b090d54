/* Weather, wind and the road's surface: shapes and statistics by themselves, then what whole runs do with them. */
#include "sim/route/surface.h"
#include "sim/surroundings/wind.h"
#include "tests/unit/run_fixture.h"

static void gust_is_a_one_minus_cosine_in_time_and_along_the_road(void **unused)
{
    (void)unused;
    WeatherSpec spec;
    param_defaults(&weather_table, &spec);
    expect_near("without a shape", gust_share(&spec, 3.0, 40.0), 1.0, 0.0);
    spec.gust_at = 10.0;
    spec.gust_duration = 4.0;
    for (double t = 8.0; t < 16.0; t += 0.25) {
        double expected = t > 10.0 && t < 14.0 ? pow(sin(ART_PI * (t - 10.0) / 4.0), 2.0) : 0.0;
        expect_near("in time", gust_share(&spec, t, 0.0), expected, 1e-12);
    }
    spec.gust_at = -1.0;
    spec.gust_from = 100.0;
    spec.gust_length = 50.0;
    expect_near("at its middle", gust_share(&spec, 0.0, 125.0), 1.0, 1e-12);
    expect_near("at a quarter", gust_share(&spec, 1e3, 112.5), 0.5, 1e-12);
    expect_near("before it", gust_share(&spec, 0.0, 99.0), 0.0, 0.0);
}

/* Power spectral density at f = n L/U by a Fourier sum over a long stretch of air. */
static double density(const Turbulence *turbulence, double f)
{
    double step = 0.02, length = 400.0, real_part = 0.0, imaginary = 0.0;
    long count = (long)(length / step);
    for (long i = 0; i < count; i++) {
        double way = (double)i * step, u = turbulence_at(turbulence, way);
        real_part += u * cos(2.0 * ART_PI * f * way) * step;
        imaginary += u * sin(2.0 * ART_PI * f * way) * step;
    }
    return 2.0 * (real_part * real_part + imaginary * imaginary) / length;
}

static void turbulence_has_its_variance_and_its_spectrum(void **unused)
{
    (void)unused;
    Turbulence turbulence;
    double square = 0.0, mean = 0.0, measured[2] = {0.0, 0.0};
    long count = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        turbulence_build(seed, &turbulence);
        for (double way = 0.0; way < 400.0; way += 0.5, count++) {
            double u = turbulence_at(&turbulence, way);
            mean += u;
            square += u * u;
        }
        /* energy between two frequencies, f S integrated over the logarithm: the closed form of its integral */
        for (int i = 0; i < TURBULENCE_COMPONENTS; i++) {
            double f = turbulence.rate[i] / (2.0 * ART_PI);
            measured[0] += f < 0.1 ? 1.0 : 0.0;
            measured[1] += f < 1.0 ? 1.0 : 0.0;
        }
    }
    expect_near("mean", mean / (double)count, 0.0, 0.05);
    expect_near("variance", square / (double)count, 1.0, 0.05);
    double all = 20.0 * TURBULENCE_COMPONENTS;
    expect_near("energy below f = 0.1", measured[0] / all, 1.0 - pow(1.0 + 1.02, -2.0 / 3.0), 0.02);
    expect_near("energy below f = 1", measured[1] / all, 1.0 - pow(1.0 + 10.2, -2.0 / 3.0), 0.02);
    /* a component stands out of the sum at its own frequency: amplitude^2/2 over a stretch of 400 gives length/4 */
    turbulence_build(3, &turbulence);
    double top = turbulence.rate[10] / (2.0 * ART_PI);
    expect_at_most("density beside it over that at a component", density(&turbulence, 5.0) / density(&turbulence, top),
                   0.05);
}

static void the_same_seed_gives_the_same_turbulence_and_another_another(void **unused)
{
    (void)unused;
    Turbulence a, b, c;
    turbulence_build(7, &a);
    turbulence_build(7, &b);
    turbulence_build(8, &c);
    assert_memory_equal(&a, &b, sizeof a);
    assert_memory_not_equal(&a, &c, sizeof a);
}

static void wind_from_the_west_blows_to_the_east(void **unused)
{
    (void)unused;
    WeatherSpec spec;
    Turbulence none;
    memset(&none, 0, sizeof none);
    param_defaults(&weather_table, &spec);
    Weather weather = {.friction = 0.8, .light = 1.0, .wind = 12.0, .wind_from = 1.5 * ART_PI, .gust = 5.0};
    WindPlace at = {.time = 0.0};
    Vec2 air = wind_at(&spec, &none, &weather, &at);
    expect_near("east", air.x, 17.0, 1e-12);
    expect_near("north", air.y, 0.0, 1e-12);
}

static void zones_have_their_own_weather_and_leave_the_rest(void **unused)
{
    (void)unused;
    static Route route;
    param_schema_defaults(&route_schema, &route);
    route.weather_zone_count = 2;
    route.weather_zones[0] = (RouteWeatherZone){100, 200, 0.3, -1, 0.8, -1, -1, -1};
    route.weather_zones[1] = (RouteWeatherZone){150, 300, -1, 0.5, -1, -1, 20, -1};
    Weather general = {.friction = 0.7, .rain = 0.1, .snow = 0.0, .light = 0.9, .wind = 5.0, .wind_from = 1.0};
    Weather a = weather_at(&general, &route, 50.0), b = weather_at(&general, &route, 120.0);
    Weather c = weather_at(&general, &route, 180.0);
    assert_memory_equal(&a, &general, sizeof a);
    expect_near("friction in the first", b.friction, 0.3, 0.0);
    expect_near("snow in the first", b.snow, 0.8, 0.0);
    expect_near("rain in the first", b.rain, 0.1, 0.0);
    expect_near("of two the last: friction", c.friction, 0.7, 0.0);
    expect_near("of two the last: wind", c.wind, 20.0, 0.0);
}

static void rain_and_snow_take_grip_only_where_they_are_coupled(void **unused)
{
    (void)unused;
    WeatherSpec spec;
    param_defaults(&weather_table, &spec);
    Weather rain = {.friction = 0.8, .rain = 0.7, .light = 1.0}, snow = {.friction = 0.8, .snow = 1.0, .light = 1.0};
    expect_near("stated", weather_grip(&spec, &rain), 0.8, 0.0);
    spec.coupled = 1;
    expect_near("wet", weather_grip(&spec, &rain), 0.45, 1e-12);
    expect_near("snow", weather_grip(&spec, &snow), 0.2, 1e-12);
    expect_near("light", weather_daylight(&spec, &snow), 0.7, 1e-12);
}

static void rut_slope_is_the_derivative_of_its_height(void **unused)
{
    (void)unused;
    for (double y = -1.6; y < 1.6; y += 0.013) {
        double h = 1e-5;
        double up = rut_pair(0.03, 0.6, 2.1, y + h).height, down = rut_pair(0.03, 0.6, 2.1, y - h).height;
        expect_near("slope", rut_pair(0.03, 0.6, 2.1, y).slope, (up - down) / (2.0 * h), 1e-5);
    }
    expect_near("bottom", rut_pair(0.03, 0.6, 2.1, 1.05).height, -0.03, 1e-12);
    expect_near("between", rut_pair(0.03, 0.6, 2.1, 0.0).height, 0.0, 0.0);
}

/* ---- runs ---- */

static const char plane[] =
    "[scenario]\nname = trial\nduration = 600 s\n[vehicle]\nfile = @assets/vehicles/bus_12m.ini\n";

/* A run on the endless plane with further sections. */
static void plane_open(Trial *trial, const char *more)
{
    char path[64];
    snprintf(path, sizeof path, "plane_%ld.ini", (long)getpid());
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(plane, file);
    fputs(more, file);
    assert_int_equal(fclose(file), 0);
    trial_load(trial, path, NULL, 0);
    remove(path);
}

static void split_friction_turns_a_braking_bus_to_the_gripping_side(void **unused)
{
    (void)unused;
    Trial trial;
    plane_open(&trial, "[vehicle.brake]\nanti_lock = no\n[surface]\nfriction_left = 0.25\n[initial]\nspeed = 50 "
                       "km/h\n[event.stop]\nat = 1 s\n"
                       "then = ato.emergency_stop -> yes\n");
    /* trial_step runs no events: the button by hand */
    trial_run(&trial, 1.0);
    trial.world->settings.emergency_stop = 1;
    TrainWorld *train = trial_train(&trial);
    const TrainModel *model = &trial.scenario->model;
    double before = train->plant.yaw_rate[0];
    trial_run(&trial, 0.75); /* dead time and build-up are over, the yaw is still small */
    double moment = 0.0, left = 0.0, right = 0.0;
    for (int w = 0; w < model->wheel_count; w++) {
        moment -= model->wheel_y[w] * train->output.wheel_fx[w];
        *(model->wheel_y[w] > 0.0 ? &left : &right) += train->output.wheel_fx[w];
    }
    double ratio = left / right;
    expect_near("left over right brake force", ratio, 0.25, 0.12);
    double half = 0.5 * (right - left) * (2.0 * fabs(model->wheel_y[0]));
    expect_at_most("moment to the right, Nm", moment, 0.5 * half);
    expect_at_most("yaw rate after it", train->plant.yaw_rate[0] - before, -0.01);
    trial_close(&trial);
}

static void a_wheel_in_a_rut_is_pulled_to_its_bottom(void **unused)
{
    (void)unused;
    double rest[2];
    for (int rutted = 0; rutted < 2; rutted++) {
        Trial trial;
        plane_open(&trial,
                   rutted ? "[surface]\nrut_depth = 30 mm\nrut_width = 1 m\n[initial]\ny = 12 cm\nspeed = 30 km/h\n"
                            "[drive]\nhold_speed = 30 km/h\n"
                          : "[initial]\ny = 12 cm\nspeed = 30 km/h\n[drive]\nhold_speed = 30 km/h\n");
        double mean = 0.0;
        trial_run(&trial, 30.0);
        for (int t = 0; t < 10000; t++) {
            trial_step(&trial);
            mean += trial_train(&trial)->output.axle_y[0] * 1e-4;
        }
        rest[rutted] = mean;
        trial_close(&trial);
    }
    expect_near("on a flat road it stays, m", rest[0], 0.12, 1e-6);
    expect_at_most("mean place in the rut, m", fabs(rest[1]), 0.06);
}

static void a_standing_bus_on_an_inclined_plane_loads_it_with_its_weight_across(void **unused)
{
    (void)unused;
    Trial trial;
    plane_open(&trial, "[surface]\ngrade = 6 %\ncant = 4 deg\n");
    TrainWorld *train = trial_train(&trial);
    train->command.parking = 1;
    trial_run(&trial, 20.0);
    double sum = 0.0, weight = trial.scenario->model.total_mass * ART_GRAVITY;
    double across = weight * cos(4.0 * ART_PI / 180.0) / sqrt(1.0 + 0.06 * 0.06);
    for (int w = 0; w < trial.scenario->model.wheel_count; w++) sum += train->output.wheel_fz[w];
    expect_near("sum of wheel loads, N", sum, across, 1e-9 * across);
    trial_close(&trial);
}

static void gust_on_a_route_is_felt_module_by_module(void **unused)
{
    (void)unused;
    Trial trial;
    TrialPlan plan = {.route = "straight_1km",
                      .line = "main 0 m -> 990 m",
                      .speed = 40.0,
                      .seed = 1,
                      .more = "[weather]\ngust = 20 m/s\ngust_from = 100 m\ngust_length = 60 m\n"
                              "[route.weather_zone.1]\nfrom = 300 m\nto = 400 m\nfriction = 0.3\nwind = 8 m/s\n"};
    trial_open(&trial, &plan);
    TrainWorld *train = trial_train(&trial);
    double peak[3] = {0, 0, 0}, when[3] = {0, 0, 0}, grip = 1.0, wind = 0.0;
    while (trial_train(&trial)->truth.nose_u < 450.0) {
        trial_step(&trial);
        for (int i = 0; i < 3; i++) {
            double u = train->truth.nose_u, speed = -train->environment.wind_y[i];
            if (u < 250.0 && speed > peak[i]) peak[i] = speed, when[i] = trial_time(&trial);
            if (u > 300.0) wind = fmax(wind, speed);
        }
        grip = fmin(grip, train->environment.friction[0]);
    }
    for (int i = 0; i < 3; i++) expect_near("peak on a module, m/s", peak[i], 20.0, 0.05);
    expect_near("module 2 feels it later, s", when[1] - when[0], 9.84 / (40.0 / 3.6), 0.1);
    expect_near("grip in the zone", grip, 0.3, 1e-12);
    expect_near("wind in the zone, m/s", wind, 8.0, 1e-9);
    trial_close(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gust_is_a_one_minus_cosine_in_time_and_along_the_road),
        cmocka_unit_test(turbulence_has_its_variance_and_its_spectrum),
        cmocka_unit_test(the_same_seed_gives_the_same_turbulence_and_another_another),
        cmocka_unit_test(wind_from_the_west_blows_to_the_east),
        cmocka_unit_test(zones_have_their_own_weather_and_leave_the_rest),
        cmocka_unit_test(rain_and_snow_take_grip_only_where_they_are_coupled),
        cmocka_unit_test(rut_slope_is_the_derivative_of_its_height),
        cmocka_unit_test(split_friction_turns_a_braking_bus_to_the_gripping_side),
        cmocka_unit_test(a_wheel_in_a_rut_is_pulled_to_its_bottom),
        cmocka_unit_test(a_standing_bus_on_an_inclined_plane_loads_it_with_its_weight_across),
        cmocka_unit_test(gust_on_a_route_is_felt_module_by_module),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
