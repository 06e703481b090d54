/* Wind. Gust: 1-cosine, (1 - cos(2 pi s))/2 for s from 0 to 1, over its time, over its stretch of road, or both at once.
   Turbulence of the speed along the wind: spectrum of EN 1991-1-4 annex B, n S/sigma^2 = 6.8 f/(1 + 10.2 f)^(5/3), f = n
   L/U. Its integral up to f is 1 - (1 + 10.2 f)^(-2/3), so that it splits into bands of equal energy in closed form: each
   band gives one cosine of variance sigma^2/32, its frequency and phase drawn once from the counter-based stream
   "turbulence" (after Shinozuka's spectral representation). Any time can be read without the times before it. The field
   is frozen and carried by the mean wind: a module further downwind sees it later. Ignores: gusts across the wind,
   coherence across the wind (all modules in a cross wind feel one speed), shear with height. */
#include "sim/surroundings/wind.h"
#include "sim/base/elementary.h"
#include "sim/base/rng.h"

#define TURN (2.0 * ART_PI)

void turbulence_build(uint64_t seed, Turbulence *turbulence)
{
    RngStream stream = rng_stream(seed, "turbulence", 0);
    for (int i = 0; i < TURBULENCE_COMPONENTS; i++) {
        double above = 1.0 - (i + rng_uniform(stream, (uint64_t)i, 0)) / TURBULENCE_COMPONENTS; /* share of energy */
        double f = (1.0 / (above * __builtin_sqrt(above)) - 1.0) / 10.2;
        turbulence->rate[i] = TURN * f;
        turbulence->phase[i] = TURN * rng_uniform(stream, (uint64_t)i, 1);
    }
}

double turbulence_at(const Turbulence *turbulence, double passed)
{
    double sum = 0.0;
    for (int i = 0; i < TURBULENCE_COMPONENTS; i++) {
        sum += art_cos(turbulence->rate[i] * passed + turbulence->phase[i]);
    }
    return sum * __builtin_sqrt(2.0 / TURBULENCE_COMPONENTS);
}

/* 1-cosine at s. */
static double bump(double s)
{
    return s > 0.0 && s < 1.0 ? 0.5 - 0.5 * art_cos(TURN * s) : 0.0;
}

double gust_share(const WeatherSpec *spec, double time, double chainage)
{
    double share = 1.0;
    if (spec->gust_at >= 0.0) share *= bump((time - spec->gust_at) / spec->gust_duration);
    if (spec->gust_length > 0.0) share *= bump((chainage - spec->gust_from) / spec->gust_length);
    return share;
}

Vec2 wind_at(const WeatherSpec *spec, const Turbulence *turbulence, const Weather *weather, const WindPlace *at)
{
    double sine, cosine, speed = weather->wind;
    art_sincos(weather->wind_from, &sine, &cosine);
    Vec2 towards = vec2(-sine, -cosine); /* from north it blows to -y */
    if (spec->turbulence > 0.0 && weather->wind > 0.0) {
        double passed = (at->passed - vec2_dot(at->place, towards)) / spec->turbulence_length;
        speed *= 1.0 + spec->turbulence * turbulence_at(turbulence, passed);
    }
    if (weather->gust != 0.0) speed += weather->gust * gust_share(spec, at->time, at->chainage);
    return vec2_scale(towards, speed);
}
