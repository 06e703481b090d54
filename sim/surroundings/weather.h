/* The weather: what [weather] states, what of it may change during a run, and what holds at a place of the route. SI
   and radians; chainage runs along the road axis. */
#pragma once
#include "sim/base/param.h"
#include "sim/route/route.h"

/* LIVE values: what the weather is now. */
typedef struct Weather {
    double friction;   /* of the road, dry 0.8 */
    double rain, snow; /* 0..1 */
    double light;      /* 0 night .. 1 day */
    double wind;       /* m/s, mean */
    double wind_from;  /* rad, compass, where it blows from */
    double gust;       /* m/s, on top of the wind, by the gust's shape */
} Weather;

typedef struct WeatherSpec {                                   /* [weather] */
    double friction, rain, snow, light, wind, wind_from, gust; /* as Weather, at the start */
    int32_t coupled;                                           /* 1: rain and snow take grip and daylight */
    double gust_at;                                            /* s, when the gust begins; negative: not by time */
    double gust_duration;                                      /* s */
    double gust_from;                                          /* m, chainage at which it begins */
    double gust_length;                                        /* m; 0: not by place */
    double turbulence;                                         /* standard deviation over mean wind; 0: none */
    double turbulence_length;                                  /* m */
    double temperature;                                        /* K */
    double air_density;                                        /* kg/m3; 0: by the temperature */
} WeatherSpec;

extern const ParamTable weather_table;

/* The rows of [weather] that are LIVE, for any struct that has these members; PREFIX stands before each key. */
#define WEATHER_LIVE_ROWS(STRUCT, PREFIX)                                                                              \
    PARAM_ROW_REAL(STRUCT, friction, PREFIX "friction", "1", 0.8, 0.02, 1.5, PARAM_LIVE,                               \
                   "road friction factor: dry 0.8, wet 0.45, snow 0.2, ice 0.1", "MODEL 3 [I]"),                       \
        PARAM_ROW_REAL(STRUCT, rain, PREFIX "rain", "1", 0, 0, 1, PARAM_LIVE,                                          \
                       "0 none to 1 cloudburst: the camera sees less", "[I]"),                                         \
        PARAM_ROW_REAL(STRUCT, snow, PREFIX "snow", "1", 0, 0, 1, PARAM_LIVE,                                          \
                       "0 none to 1 covered: the camera sees less", "[I]"),                                            \
        PARAM_ROW_REAL(STRUCT, light, PREFIX "light", "1", 1, 0, 1, PARAM_LIVE,                                        \
                       "0 night to 1 day: the camera sees less", "[I]"),                                               \
        PARAM_ROW_REAL(STRUCT, wind, PREFIX "wind", "m/s", 0, 0, 60, PARAM_LIVE, "mean speed of the wind", ""),        \
        PARAM_ROW_REAL(STRUCT, wind_from, PREFIX "wind_from", "deg", 0, -360, 360, PARAM_LIVE,                         \
                       "compass direction that it blows from, clockwise from north", ""),                              \
        PARAM_ROW_REAL(STRUCT, gust, PREFIX "gust", "m/s", 0, -60, 60, PARAM_LIVE,                                     \
                       "on top of the wind, by the shape of gust_at and gust_length, else at once", "MODEL 10")

/* kg/m3; an ideal gas at the pressure of the sea's level. */
double weather_air_density(const WeatherSpec *spec);
/* At a chainage: the values of the last [weather_zone.N] that holds it, the general ones where it states none. */
Weather weather_at(const Weather *general, const Route *route, double chainage);
/* Friction of the road and daylight; where `coupled`, less by what rain and snow take. */
double weather_grip(const WeatherSpec *spec, const Weather *weather);
double weather_daylight(const WeatherSpec *spec, const Weather *weather);
