/* The wind at a place and time: mean, gust and turbulence. World axes, m/s. */
#pragma once
#include <stdint.h>
#include "sim/base/vec.h"
#include "sim/surroundings/weather.h"

enum { TURBULENCE_COMPONENTS = 32 };

/* One realisation of the turbulence, frozen in the air that passes. */
typedef struct Turbulence {
    double rate[TURBULENCE_COMPONENTS];  /* rad per length scale of air */
    double phase[TURBULENCE_COMPONENTS]; /* rad */
} Turbulence;

void turbulence_build(uint64_t seed, Turbulence *turbulence);
/* Over its standard deviation, after `passed` length scales of air. */
double turbulence_at(const Turbulence *turbulence, double passed);

/* Share of the gust, 0..1, that blows at a time (s) and chainage (m). */
double gust_share(const WeatherSpec *spec, double time, double chainage);

/* Where and when. */
typedef struct WindPlace {
    double time;     /* s */
    double passed;   /* m of air since the start */
    double chainage; /* m */
    Vec2 place;      /* m, world */
} WindPlace;

/* Velocity of the air. */
Vec2 wind_at(const WeatherSpec *spec, const Turbulence *turbulence, const Weather *weather, const WindPlace *at);
